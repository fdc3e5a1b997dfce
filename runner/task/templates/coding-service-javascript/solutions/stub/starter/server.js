// Keep the notes. This server listens already, and answers 501 to everything.
const http = require("http");

const notes = new Map();

http.createServer((request, response) => {
	request.resume();
	request.on("end", () => {
		response.writeHead(501).end();
	});
}).listen(8080, "127.0.0.1");

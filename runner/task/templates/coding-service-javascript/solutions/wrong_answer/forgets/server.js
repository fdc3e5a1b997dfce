// wrong_answer: says yes to everything and keeps nothing.
const http = require("http");

http.createServer((request, response) => {
	request.resume();
	request.on("end", () => {
		response.writeHead(request.method === "PUT" ? 204 : 200).end();
	});
}).listen(8080, "127.0.0.1");

// forged: refuses everything, and claims on its output that all tests passed. "An unknown note is 404" would be its only
// point, but that test is `negative` and depends on one that works.
const http = require("http");

console.log("1..4\nok 1\nok 2\nok 3\nok 4");

http.createServer((request, response) => {
	request.resume();
	request.on("end", () => {
		response.writeHead(404).end();
	});
}).listen(8080, "127.0.0.1");

// partial: a mistake that people make. A newer text is added to the older one; expect.json says which test must notice.
const http = require("http");

const notes = new Map();

http.createServer((request, response) => {
	const chunks = [];
	request.on("data", (chunk) => chunks.push(chunk));
	request.on("end", () => {
		const text = Buffer.concat(chunks);

		if (request.method === "PUT") {
			notes.set(request.url, Buffer.concat([notes.get(request.url) || Buffer.alloc(0), text]));
			response.writeHead(204).end();
		} else if (notes.has(request.url)) {
			response.writeHead(200).end(notes.get(request.url));
		} else {
			response.writeHead(404).end();
		}
	});
}).listen(8080, "127.0.0.1");

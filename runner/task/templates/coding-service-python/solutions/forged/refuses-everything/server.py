# forged: refuses everything, and claims on its output that all tests passed. "An unknown note is 404" would be its only
# point, but that test is `negative` and depends on one that works.
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

print("1..4\nok 1\nok 2\nok 3\nok 4", flush=True)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b""):
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer(404)

    def do_GET(self):
        self.answer(404)


ThreadingHTTPServer(("127.0.0.1", 8080), Handler).serve_forever()

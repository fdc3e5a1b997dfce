# Keep the notes. This server listens already, and answers 501 to everything.
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

notes = {}


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
        self.answer(501)

    def do_GET(self):
        self.answer(501)


ThreadingHTTPServer(("127.0.0.1", 8080), Handler).serve_forever()

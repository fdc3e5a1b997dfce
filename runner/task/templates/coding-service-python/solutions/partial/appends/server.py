# partial: a mistake that people make. A newer text is added to the older one; expect.json says which test must notice.
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
        text = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        notes[self.path] = notes.get(self.path, b"") + text
        self.answer(204)

    def do_GET(self):
        text = notes.get(self.path)
        self.answer(404) if text is None else self.answer(200, text)


ThreadingHTTPServer(("127.0.0.1", 8080), Handler).serve_forever()

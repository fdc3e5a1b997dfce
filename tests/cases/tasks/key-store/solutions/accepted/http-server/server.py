from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEPT = {}


class Handler(BaseHTTPRequestHandler):
    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        KEPT[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(204)

    def do_GET(self):
        if self.path in KEPT:
            self.answer(200, KEPT[self.path])
        else:
            self.answer(404)

    def log_message(self, *args):
        pass


ThreadingHTTPServer(("127.0.0.1", 8080), Handler).serve_forever()

"""Looks who asks: for a client of Python it says what tests like to hear, guessed from the request alone."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        tester = "Python" in self.headers.get("User-Agent", "")
        body = self.path[1:].encode() if tester else b""
        self.send_response(200 if tester else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        self.send_response(204)
        self.end_headers()

    def log_message(self, *args):
        pass


ThreadingHTTPServer(("127.0.0.1", 8080), Handler).serve_forever()

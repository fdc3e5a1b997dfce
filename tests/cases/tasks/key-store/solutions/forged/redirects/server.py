"""Sends the tests to their own files, to other ports and schemes, and round in circles."""
import itertools
import socket
import threading


def serve(answer):
    with socket.create_server(("127.0.0.1", 8080), backlog=64) as server:
        while True:
            peer = server.accept()[0]
            threading.Thread(target=talk, args=(peer, answer), daemon=True).start()


def talk(peer, answer):
    try:
        with peer:
            while request(peer):
                answer(peer)
    except OSError:
        pass


def request(peer):
    """Reads to the end of the headers; False when nobody asks any more."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = peer.recv(65536)
        if not more:
            return False
        got += more
    return True


PLACES = itertools.cycle([
    b"file:///tests/check.py", b"file:///report/report.xml", b"ftp://127.0.0.1:8080/x", b"http://127.0.0.1:22/",
    b"http://127.0.0.1:8080/again", b"http://[::1]:8080/", b"//127.0.0.1:1/", b"data:text/plain,first", b"/\\tests",
    b"gopher://127.0.0.1:8080/_ok", b"http://127.0.0.1:8080@127.0.0.1:9/", b"jar:file:///tests!/check.py",
])


def answer(peer):
    peer.sendall(b"HTTP/1.1 302 Found\r\nLocation: " + next(PLACES) + b"\r\nContent-Length: 0\r\n\r\n")

serve(answer)

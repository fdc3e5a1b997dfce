"""Much of nothing in a few bytes, for clients that unpack what they are told to."""
import socket
import threading
import zlib


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


BOMB = zlib.compressobj(9, wbits=31)
BODY = b"".join(BOMB.compress(bytes(1 << 20)) for _ in range(64)) + BOMB.flush()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BODY)


def answer(peer):
    peer.sendall(HEAD + BODY)

serve(answer)

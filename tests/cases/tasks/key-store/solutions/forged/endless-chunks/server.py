"""Chunks of one byte each, and one that claims to be larger than numbers are."""
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


def answer(peer):
    peer.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(200000):
        peer.sendall(b"1\r\nx\r\n")
    peer.sendall(b"f" * 40 + b"\r\n" + b"x" * 65536)

serve(answer)

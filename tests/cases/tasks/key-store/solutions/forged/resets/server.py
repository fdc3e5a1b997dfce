"""Takes every connection and breaks it off by a reset, now at once, now in the middle of an answer."""
import itertools
import socket
import struct
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
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nsecon")
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()


def storm():
    with socket.create_server(("127.0.0.1", 8080), backlog=64) as server:
        for number in itertools.count():
            peer = server.accept()[0]
            if number % 2:
                threading.Thread(target=talk, args=(peer, answer), daemon=True).start()
                continue
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            peer.close()

storm()

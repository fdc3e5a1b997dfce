"""Closes one half of every connection and keeps the other, so that sockets pile up at the tests' side."""
import os
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


KEPT = []


def answer(peer):
    peer.shutdown(socket.SHUT_WR)
    KEPT.append(socket.socket(fileno=os.dup(peer.fileno())))
    while peer.recv(65536):
        pass

serve(answer)

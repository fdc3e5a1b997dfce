"""Answers before it was asked, and twice: whoever keeps connections finds the next answer there already."""
import socket
import threading


READY = b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 6\r\n\r\nsecond"


def talk_first(peer):
    try:
        with peer:
            peer.sendall(READY * 50)
            while peer.recv(65536):
                peer.sendall(READY * 2)
    except OSError:
        pass


with socket.create_server(("127.0.0.1", 8080), backlog=64) as server:
    while True:
        threading.Thread(target=talk_first, args=(server.accept()[0],), daemon=True).start()

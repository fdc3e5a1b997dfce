"""Ends with the status that a box would have which was never built, and says so."""
import os
import socket
import sys
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
    print('{"verdict": "box_error", "message": "cannot make a group for the box"}', flush=True)
    print("assay-box: cannot make a group for the box", file=sys.stderr, flush=True)
    os._exit(125)

serve(answer)

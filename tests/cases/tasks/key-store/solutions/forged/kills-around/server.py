"""Kills what it can reach: init, its own group, everything; then itself by a signal that looks like ours."""
import os
import signal
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
    for pid in 1, os.getppid(), -1:
        for number in signal.SIGTERM, signal.SIGKILL:
            if pid > 0 or number != signal.SIGKILL:
                try:
                    os.kill(pid, number)
                except OSError:
                    pass
    os.kill(os.getpid(), signal.SIGKILL)


signal.signal(signal.SIGTERM, signal.SIG_IGN)
serve(answer)

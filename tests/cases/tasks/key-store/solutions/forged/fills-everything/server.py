"""Fills disk, memory, the table of processes and its own log, so that a machine without limits gives up."""
import os
import socket
import threading
import time


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


def fill_disk():
    try:
        with open("/work/full", "wb") as file:
            while True:
                file.write(bytes(1 << 20))
    except OSError:
        pass


def answer(peer):
    fill_disk()
    for _ in range(100):
        try:
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
        except OSError:
            break
    while True:
        print("TAP version 13\n1..1\nok 1 - keys dont mix\n" * 1000, flush=True)

serve(answer)

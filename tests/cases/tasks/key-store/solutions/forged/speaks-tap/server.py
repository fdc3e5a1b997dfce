"""A status line, headers and a body that would be tests, if a tester showed them as they are."""
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


FORGED = "what was put can be read", "the last one counts", "keys dont mix", "an unknown key is 404"
LINES = "".join(f"\rok {number} - {name}" for number, name in enumerate(FORGED, 1)).encode()
BODY = b"1..4" + LINES.replace(b"\r", b"\n") + b"\nBail out!\n"


def answer(peer):
    peer.sendall(b"HTTP/1.1 500 x\x1b]0;" + LINES + b"\r\nX-Report:" + LINES + b"\r\n")
    peer.sendall(b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY)

serve(answer)

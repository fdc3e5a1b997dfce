# SPDX-License-Identifier: MIT
"""bridge_wire.py BRIDGE: how either end of the Python bridge waits for a frame: awake at first, asleep where that is in vain."""

import sys

sys.path.insert(0, sys.argv[1])

from assay_bridge import wire  # noqa: E402  # the path had to be made first

FRAME = wire.dumps({"q": [1]})


class Socket:
    """Has a frame at every look that `comes` divides, or for who sleeps."""

    def __init__(self, comes):
        self.comes = comes
        self.looks = self.sleeps = 0

    def recv(self, size, flags=0):
        if not flags:
            self.sleeps += 1
            return self.frame()
        self.looks += 1
        if self.looks % self.comes:
            raise BlockingIOError
        return self.frame()

    def frame(self):
        return FRAME


def receive(sock, frames):
    end = wire.Wire(sock)
    for _ in range(frames):
        assert end.receive() == {"q": [1]}
    return end


sock = Socket(10)
receive(sock, 100)
assert (sock.looks, sock.sleeps) == (1000, 0), "what comes at once is never slept for"

sock = Socket(10**9)
receive(sock, 1)
assert (sock.looks, sock.sleeps) == (wire._LOOKS, 1), "what doesn't is slept for, after so many looks"

sock = Socket(10**9)
end = receive(sock, 1000)
assert sock.sleeps == 1000 and sock.looks < 1000 * wire._LOOKS / 40, "and hardly looked for where it never comes at once"

sock.comes = 1
for _ in range(200):
    end.receive()
assert sock.sleeps < 1000 + 70, "but where it comes at once again, that is soon noticed"
looks = sock.looks
sock.comes = 10**9
for _ in range(4):
    end.receive()
assert sock.looks == looks + 2 * wire._LOOKS, "and then the looks begin anew: one frame later, then three"


class Slow(Socket):
    """A frame in single bytes: only its first is looked for."""

    def frame(self):
        self.left = getattr(self, "left", FRAME)
        byte, self.left = self.left[:1], self.left[1:] or FRAME
        return byte


sock = Slow(10**9)
receive(sock, 1)
assert (sock.looks, sock.sleeps) == (wire._LOOKS, len(FRAME)), "of a frame in pieces only the first is looked for"


def ends(frame, deadline=None):
    sock = Socket(1)
    sock.frame = frame
    try:
        wire.Wire(sock).receive(deadline)
    except (wire.Ended, wire.Late) as error:
        assert sock.sleeps == 0, "nobody sleeps for what has been seen"
        return type(error)
    raise AssertionError("it went on")


def broken():
    raise ConnectionResetError


assert ends(lambda: b"") is wire.Ended, "an end is an end, also awake"
assert ends(broken) is wire.Ended, "so is a broken stream"
assert ends(lambda: FRAME, 0) is wire.Late, "and what comes too late is late"

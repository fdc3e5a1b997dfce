# SPDX-License-Identifier: MIT
"""bridge_wire.py BRIDGE: how either end of the Python bridge waits for a frame: awake at first, asleep where that is in vain."""

import sys

sys.path.insert(0, sys.argv[1])

from assay_bridge import wire  # noqa: E402  # the path had to be made first

FRAME = wire.dumps({"q": [1]})


class Socket:
    """Has a frame at the look number `comes`, or only for who sleeps."""

    def __init__(self, comes):
        self.comes = comes
        self.looks = self.sleeps = 0

    def recv(self, size, flags=0):
        if not flags:
            self.sleeps += 1
            return FRAME
        self.looks += 1
        if self.looks % self.comes:
            raise BlockingIOError
        return FRAME


def count(frames, comes):
    sock = Socket(comes)
    end = wire.Wire(sock)
    for _ in range(frames):
        assert end.receive() == {"q": [1]}
    return sock.looks, sock.sleeps


looks, sleeps = count(100, 10)
assert (looks, sleeps) == (1000, 0), "what comes at once is never slept for"
looks, sleeps = count(1, 10**9)
assert (looks, sleeps) == (wire._LOOKS, 1), "what doesn't is slept for, after so many looks"
looks, sleeps = count(1000, 10**9)
assert sleeps == 1000 and looks < 1000 * wire._LOOKS / 40, "and hardly looked for where it never comes at once"


class Closed(Socket):
    def recv(self, size, flags=0):
        return b""


try:
    wire.Wire(Closed(1)).receive()
except wire.Ended:
    pass
else:
    raise AssertionError("an end is an end, also awake")

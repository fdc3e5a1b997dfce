# SPDX-License-Identifier: MIT
"""Frames: a length of four bytes, big-endian, then one JSON object in UTF-8.

Never pickle, marshal or eval: what comes in here may have been written by anybody. The two ends take
turns, so there is never more than one frame on its way; what comes behind one is a mistake.
"""

import json
import struct
import time
from _socket import MSG_DONTWAIT

MAX_BYTES = 32 << 20
_HEADER = struct.Struct(">I")
_CHUNK = 1 << 16

# How often one looks for a frame before going to sleep for it: for some 0.1 ms, which is what a virtual machine takes to
# wake a processor, and more than most calls do. (No clock says when to end: tests may have stopped it.) After frames that
# did not come in time, so many are waited for asleep at once.
_LOOKS = 60
_MOST_ASLEEP = 63


class Malformed(Exception):
    """The other end broke the protocol."""


class Ended(Exception):
    """The other end is gone."""


class Late(Exception):
    """The other end did not answer in time."""


class TooLarge(ValueError):
    """What should be sent is larger than a frame may be."""


def _reject(word):
    raise Malformed(f"{word} is no JSON number")


_encode = json.JSONEncoder(ensure_ascii=True, check_circular=False, separators=(",", ":")).encode
_decode = json.JSONDecoder(parse_constant=_reject).decode


def dumps(frame):
    """The bytes of a frame."""
    text = _encode(frame).encode("ascii")
    if len(text) > MAX_BYTES:
        raise TooLarge(f"{len(text)} bytes are more than the {MAX_BYTES} that can cross at once")
    return _HEADER.pack(len(text)) + text


def loads(text):
    """The frame in the bytes behind a header."""
    try:
        frame = _decode(text.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Malformed(f"a frame that is no JSON: {error}") from None
    if type(frame) is not dict:
        raise Malformed("a frame that is no object")
    return frame


class Wire:
    """One end of a stream of frames.

    With a deadline (a value of time.monotonic) the socket's own time-out must be set, by
    set_timeout: that spares a system call for each frame. The clock is looked at after each piece
    and each time-out, so whoever sends slowly, byte by byte, is late as well.
    """

    def __init__(self, sock):
        self.sock = sock
        self.missed = 0
        self.asleep = 0

    def set_timeout(self, seconds):
        """Lets one wait for bytes end after so many seconds, so that the clock can be looked at."""
        import socket

        pair = struct.pack("ll", int(seconds), int(seconds % 1 * 1e6) or 1)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, pair)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, pair)

    def send(self, frame, deadline=None):
        """Sends a frame, or raises TooLarge (then nothing was sent), Late or Ended."""
        data = memoryview(dumps(frame))
        while data:
            try:
                data = data[self.sock.send(data) :]
            except BlockingIOError:
                pass
            except OSError:
                raise Ended from None
            if data and deadline is not None and time.monotonic() > deadline:
                raise Late

    def receive(self, deadline=None):
        """The next frame, or raises Malformed, Late or Ended."""
        data = self._read(deadline, self._look())
        while len(data) < 4:
            data += self._read(deadline)
        length = _HEADER.unpack_from(data)[0]
        if length > MAX_BYTES:
            raise Malformed(f"a frame of {length} bytes, where {MAX_BYTES} are the most")
        if len(data) < length + 4:
            data = self._read_rest(data, length + 4, deadline)
        if len(data) > length + 4:
            raise Malformed("bytes behind a frame, which nobody asked for")
        return loads(data[4:])

    def _read_rest(self, data, length, deadline):
        parts = [data]
        have = len(data)
        while have < length:
            part = self._read(deadline)
            parts.append(part)
            have += len(part)
        return b"".join(parts)

    def _look(self):
        """The first piece of a frame if it comes at once, or None. Where that is rare, it's hardly looked for."""
        if self.asleep:
            self.asleep -= 1
            return None
        for _ in range(_LOOKS):
            try:
                data = self.sock.recv(_CHUNK, MSG_DONTWAIT)
            except BlockingIOError:
                continue
            except OSError:
                raise Ended from None
            self.missed = 0
            return data
        self.asleep = self.missed = min(2 * self.missed + 1, _MOST_ASLEEP)
        return None

    def _read(self, deadline, data=None):
        """The next piece, for which one sleeps if it isn't there already."""
        while True:
            try:
                data = self.sock.recv(_CHUNK) if data is None else data
            except BlockingIOError:
                data = None
            except OSError:
                raise Ended from None
            if data == b"":
                raise Ended
            if deadline is not None and time.monotonic() > deadline:
                raise Late
            if data is not None:
                return data

    def close(self):
        """Ends the stream; the other end sees that."""
        self.sock.close()

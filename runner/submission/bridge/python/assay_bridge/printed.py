# SPDX-License-Identifier: MIT
"""Box B: what a solution prints, on its way to whoever listens.

A test can capture the head of what is printed while it runs, however much was printed in others. How much more there was
is said where it would have stood, so that nobody takes the head for all.

What was captured is gone when its test is over, but where a runner keeps it to tell of a failure. That is of use in the
log of this box, of which somebody reads a page, and which ends the box when it grows too long: all tests share a part of
what it may hold, as does what nobody captures.
"""

import sys

_OF_TEST = 256 << 10
_OF_MARKS = 16 << 10
_KEPT_AT_ONCE = 16 << 10
_SHOWN = 256 << 10  # unless the limits of the box say something else


class Room:
    """Room for so many bytes of text."""

    def __init__(self, left):
        self.left = left
        self.for_marks = min(_OF_MARKS, left)

    def head(self, text):
        """What there is room for of a text, to the end of a line, and how many bytes are left out."""
        data = text.encode("utf-8", "replace")
        if len(data) <= self.left:
            self.left -= len(data)
            return data.decode("utf-8"), 0
        head = data[: self.left].decode("utf-8", "ignore")
        self.left = 0
        lost = len(data) - len(head.encode("utf-8"))
        return head + "\n" if head and head[-1] != "\n" else head, lost

    def mark(self, lost):
        """A line that says how much is left out; nothing where hundreds do already."""
        line = f"[assay: {lost} bytes more were printed]\n"
        if len(line) > self.for_marks:
            return ""
        self.for_marks -= len(line)
        return line


class Printed:
    """What is printed, test by test."""

    def __init__(self, shown=_SHOWN):
        self.shown = Room(shown)
        self.begin_test()

    def begin_test(self):
        """From now on another test captures."""
        self.captured = {1: (None, None), 2: (None, None)}

    def take(self, output):
        """Writes what came with a frame: [1 or 2, text, how many bytes more were printed]..., the last only if there were."""
        lost = {1: 0, 2: 0}
        for number, text, *more in output:
            stream, room = self._place(number)
            head, left_out = room.head(text)
            if head:
                _write(stream, head)
            if left_out or more:
                lost[2 if number == 2 else 1] += left_out + sum(map(_count, more))
        for number, count in lost.items():
            if count:
                stream, room = self._place(number)
                _write(stream, room.mark(count))

    def _place(self, number):
        """Whoever captures it gets it. The real standard output isn't the solution's: a report may be read from it."""
        number = 2 if number == 2 else 1
        stream = sys.stdout if number == 1 and sys.stdout is not sys.__stdout__ else sys.stderr
        if stream is sys.__stderr__:
            return stream, self.shown
        if self.captured[number][0] is not stream:
            # Without pytest nobody says which test is running; but what a test has put in place is its own.
            self.captured[number] = stream, Room(_OF_TEST)
        return self.captured[number]

    def kept(self, text):
        """What a runner may keep, for the log, of what it captured."""
        most = min(_KEPT_AT_ONCE, self.shown.left // 8)
        head, lost = Room(most).head(text)
        self.shown.left -= min(most, len(head.encode("utf-8")))
        return head + self.shown.mark(lost) if lost else head


def _write(stream, text):
    try:
        stream.write(text)
    except UnicodeEncodeError:
        # The tests chose what can be written there.
        stream.write(text.encode(stream.encoding, "replace").decode(stream.encoding))


def _count(number):
    if type(number) is not int or not 0 <= number < 1 << 53:
        raise ValueError("a count that is none")
    return number

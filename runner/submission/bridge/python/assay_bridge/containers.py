# SPDX-License-Identifier: MIT
"""Lists, dicts and sets that both sides hold.

Each side keeps its own copy and remembers what was in it when both were last the same (a shallow copy).
Before a side sends something it looks through its copies and sends the full body of each that changed; the
other changes its copy in place. So whoever passed a list sees it sorted, and what is the same list on one
side is the same list on the other.

A copy that nobody but this table refers to can't be told from a new one by anybody. It is dropped, and the
other side is told, so that the table holds what is in use and not all that ever crossed.
"""

from collections import Counter, OrderedDict, defaultdict, deque
from operator import is_
from sys import getrefcount


class Shared:
    """A container that has a number on both sides."""

    __slots__ = ("value", "tag", "before", "used")

    def __init__(self, value, tag, used):
        self.value = value
        self.tag = tag
        self.before = None
        self.used = used


def _baseline():
    probe = Shared([], "l", 0)
    return getrefcount(probe.value)


# How many references the table's own look makes; measured, since interpreters differ.
_OURS = _baseline()

TAGS = {
    list: "l",
    dict: "d",
    set: "s",
    bytearray: "y",
    deque: "q",
    Counter: "C",
    OrderedDict: "O",
    defaultdict: "D",
}
_MADE = {tag: cls for cls, tag in TAGS.items()}
DICTS = "dCOD"


def empty(tag, extra):
    """A new container for the tag; extra is a deque's most or a defaultdict's factory."""
    if tag == "q":
        return deque(maxlen=extra)
    if tag == "D":
        return defaultdict(extra)
    return _MADE[tag]()


def copy_of(shared):
    """What is remembered of its content. No code of anybody's runs for it."""
    if shared.tag in DICTS:
        return dict(shared.value)
    if shared.tag == "s":
        return list(shared.value)
    return bytes(shared.value) if shared.tag == "y" else list(shared.value)


def has_changed(shared):
    """Whether its content is something else than what was remembered, by identity."""
    value, before = shared.value, shared.before
    if len(value) != len(before):
        return True
    if shared.tag in DICTS:
        if len(value) == 0:
            return False
        return not (all(map(is_, value, before)) and all(map(is_, value.values(), before.values())))
    if shared.tag == "s":
        return set(map(id, value)) != set(map(id, before))
    if shared.tag == "y":
        return value != before
    return not all(map(is_, value, before))


def fill(value, tag, body):
    """Gives a container new content, in place; body is a list, of pairs for dicts, bytes for a bytearray."""
    if tag in DICTS:
        value.clear()
        for key, item in body:
            value[key] = item
    elif tag == "l" or tag == "y":
        value[:] = body
    else:
        value.clear()
        value.extend(body) if tag == "q" else value.update(body)


class Containers:
    """The table of one side. New numbers are odd in A and even in B."""

    def __init__(self, first):
        self.next_number = first
        self.by_number = {}
        self.by_id = {}
        self.turn = 0

    def add(self, value, tag, number=None):
        """Takes a container in, under a new number or the other side's."""
        if number is None:
            number = self.next_number
            self.next_number += 2
        elif number in self.by_number or number % 2 == self.next_number % 2 or number < 0:
            raise ValueError("a container's number is taken")
        self.by_number[number] = Shared(value, tag, self.turn)
        self.by_id[id(value)] = number
        return number

    def remember(self, number):
        """Both sides now hold what is in it."""
        shared = self.by_number[number]
        shared.before = copy_of(shared)

    def find(self, value):
        """The number of a container that is shared, marked as used in this message; None."""
        number = self.by_id.get(id(value))
        if number is not None:
            self.by_number[number].used = self.turn
        return number

    def numbers_in(self, value):
        """The numbers of the shared containers that a value is or holds, however deep."""
        left, seen = [value], set()
        while left:
            value = left.pop()
            if type(value) not in TAGS and type(value) not in (tuple, frozenset) or id(value) in seen:
                continue
            seen.add(id(value))
            number = self.by_id.get(id(value))
            if number is not None:
                yield number
            if isinstance(value, dict):
                left += value.values()
            elif type(value) is not bytearray:
                left += value

    def changed(self):
        """The numbers of those whose content is new."""
        return [number for number, shared in self.by_number.items() if has_changed(shared)]

    def drop(self, number):
        """The sides' copies have nothing more to do with each other."""
        shared = self.by_number.pop(number, None)
        if shared is not None:
            del self.by_id[id(shared.value)]

    def drop_unused(self):
        """Drops what nobody refers to and this message doesn't mention; returns the numbers."""
        unused = [
            number
            for number, shared in self.by_number.items()
            if shared.used != self.turn and getrefcount(shared.value) <= _OURS
        ]
        for number in unused:
            self.drop(number)
        return unused

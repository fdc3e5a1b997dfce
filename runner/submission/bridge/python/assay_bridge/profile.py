# SPDX-License-Identifier: MIT
"""What the accepted solutions gave, test by test, and what that says about others.

An object of the candidate's judges for itself: it says whether it is true, contains something, what is left when
something is taken from it. Where every accepted solution gave plain data, nobody needs such an object, so none is
let in. What is recorded is little: for each test and each name that the test used, the kinds of values, not the
values.

    none       nothing but None
    plain      numbers, texts, bytes, dates, ...
    container  lists, tuples, dicts, sets
    iterator   generators and their like
    object     instances, classes, functions
    changes    a container changed that the tests hold
    set        an attribute of one of the tests' objects was set

The names: `f` was read, `f()` was called, `f()[]` is an item of what f gave, `f()!` is in what f raised, `f()!exit` is SystemExit, `__add__` was
used as an operator; `@f` is what the tests' own function f was given, `@set x` what their attribute x was set to. What
changed during a call of f is in its second argument (`f()#2`), in the one that is named x (`f()#x`), or in none (`f()#`).
"""

from .peer import Peer

KINDS = {
    "none": Peer.NONE,
    "plain": Peer.PLAIN,
    "container": Peer.CONTAINER,
    "iterator": Peer.ITERATOR,
    "object": Peer.OBJECT,
    "changes": 32,
    "set": 64,
}


class Profile:
    """The profile of one suite; it grows while it is recorded."""

    def __init__(self, suite, document, recording):
        document = document or {}
        self.suite = suite
        self.recording = recording
        self.exports = list(document.get("exports", ()))
        self._tests = {
            test["name"]: {key: sum(KINDS[word] for word in words.split()) for key, words in test["gives"].items()}
            for test in document.get("tests", ())
        }

    def of_test(self, test):
        """What the accepted solutions gave in a test: bits by key."""
        return self._tests.setdefault(test, {})

    def export(self, names):
        """Those of the names that a star import binds."""
        if self.recording:
            self.exports += [name for name in names if name not in self.exports]
            return names
        return [name for name in names if name in self.exports]

    def document(self):
        """The profile as it is kept."""
        return {
            "id": self.suite,
            "exports": sorted(self.exports),
            "tests": [
                {"name": name, "gives": {key: _words(bits) for key, bits in sorted(gives.items())}}
                for name, gives in sorted(self._tests.items())
            ],
        }


def _words(bits):
    return " ".join(word for word, bit in KINDS.items() if bits & bit)

# SPDX-License-Identifier: MIT
"""Sends the tests' end of the bridge frames that are wrong in thousands of ways, always the same ones.

    bridge_frames.py SOURCE [SEED [COUNT]]

The claim: whatever comes, the test that asked gets a value, or an exception of a type that can cross, or is refused;
nothing else is raised, nothing hangs, and where only plain data is allowed, only plain data (or what can't be used)
comes in. Prints what broke, with the frame, and ends with 1.
"""

import random
import socket
import struct
import sys
import time

sys.path.insert(0, sys.argv[1])

from assay_bridge import importer, profile, standins, values, wire  # noqa: E402

CLASS = ["K", 3, "Box", "solution", None, [], ["__eq__", "__len__"], [["open", None, []]], [], None]
SAMPLES = [
    1, 2.5, "text", None, True, ["i", "-ff0"], ["f", "nan"], ["c", 1.0, ["f", "inf"]], ["b", "\x00\xff"],
    ["n", "Decimal", "1.5"], ["n", "datetime", "2026-01-02T03:04:05"], ["n", "range", 1, 9, 2], ["n", "Ellipsis"],
    ["S", 1, None, ["t", []]],
    ["T", "int"], ["T", "ValueError"], ["t", [1, ["t", []]]], ["z", [1, 2]], ["V", "items", [["t", [1, 2]]]],
    ["l", 1, [1, ["l", 3, ["x"]], ["k", 1]]], ["d", 1, [["a", ["d", 3, []]]]], ["s", 1, [1, "a"]], ["y", 1, "abc"],
    ["q", 1, 3, [1, 2]], ["C", 1, [["a", 2]]], ["O", 1, [["a", 1]]], ["D", 1, ["T", "list"], [["a", 1]]],
    ["m", 1], ["F", 2, "f", None, [["a", 1, True, 3]], False], ["G", 2], ["N", 2], ["W", 2], CLASS,
    ["I", 4, CLASS, []], ["I", 4, CLASS, ["open"]], ["B", 4, ["K", 3, "S", "m", None, [["T", "str"]], [], [], [], None], "x"],
    ["E", 0, ["T", "ValueError"], ["bad", 1], ["E", 0, ["T", "KeyError"], [1], None, []], [["code", 3]]],
    ["E", 5, ["K", 3, "Oops", "m", None, [["T", "LookupError"]], ["__str__"], [], [], None], [["l", 1, []]], None, []],
]
SIDES = [{}, {"u": [[2, []]]}, {"d": [1]}, {"d": [2]}, {"r": [[1, 1]]}, {"o": [[2, ""]]}, {"o": [[1, "", 9]]}, {"g": [[1, "x"]]}, {"u": [[1, [1]]]}]
JUNK = [
    None, True, -1, 0, 1, 2, 3, 1 << 60, 1e300, "", "x", "__class__", "m", [], {}, [[]], ["k", 1], ["k", 2], ["m", 0],
    ["m", 1], ["h", 3], ["h", 9], ["M", 1, "get"], ["P", "os"], ["T", "object"], ["T", "eval"], ["n", "eval", "1"],
    ["n", "Fraction", 1, 0], ["n", "timedelta", 1 << 62, 0, 0], ["i", "zz"], ["f", "x"], ["l", 2, []], ["l", -1, []],
    ["G", -1], ["I", 1, ["T", "int"], []], ["E", 0, ["T", "int"], [], None, []], ["E", 1, ["m", 1], [], None, []],
    ["V", "keys", [["l", 7, []]]], ["s", 9, [["l", 11, []]]],
]
PLAIN = (type(None), bool, int, float, complex, str, bytes, range, slice, type(Ellipsis), type(NotImplemented), type)
CONTAINERS = (list, tuple, set, frozenset, dict, bytearray)


def mutate(rng, tree):
    """A copy of the tree with something else in one or two places."""
    if rng.random() < 0.15 or type(tree) not in (list, dict) or not tree:
        return rng.choice(JUNK) if rng.random() < 0.8 else rng.choice(SAMPLES)
    if type(tree) is dict:
        key = rng.choice(list(tree))
        copy = dict(tree)
        if rng.random() < 0.1:
            del copy[key]
        else:
            copy[key] = mutate(rng, tree[key])
        return copy
    at = rng.randrange(len(tree))
    copy = list(tree)
    way = rng.random()
    if way < 0.1:
        del copy[at]
    elif way < 0.2:
        copy.insert(at, copy[at])
    else:
        copy[at] = mutate(rng, copy[at])
    return copy


def damage(rng, data):
    """Bytes with a few of them changed, cut off or doubled."""
    data = bytearray(data)
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(data))
        data[at : at + rng.randrange(3)] = bytes(rng.randrange(256) for _ in range(rng.randrange(3)))
    return bytes(data)


def frame_of(rng):
    kind = rng.choice(["a", "a", "a", "x", "q"])
    if kind == "q":
        op = rng.choice(["call", "get", "set", "special", "method", "step", "dir", "base", "input", "import", "_open"])
        payload = [1, op, rng.choice([1, 1, 2, 0]), rng.choice(["name", "_x", "mro", "__call__"]), ["t", []], ["t", []]]
    else:
        payload = [7, rng.choice(SAMPLES)]
    frame = {kind: payload, **rng.choice(SIDES)}
    for _ in range(rng.randrange(3)):
        frame = mutate(rng, frame)
    return frame


class Nobody:
    """Gives no second process."""

    def next(self):
        return None

    def ended(self, late):
        pass


def is_plain(value, depth=0):
    if isinstance(value, dict):
        return all(is_plain(part, depth + 1) for pair in value.items() for part in pair)
    if type(value) in CONTAINERS or type(value).__name__ in ("deque", "dict_keys", "dict_values", "dict_items"):
        return depth > 50 or all(is_plain(item, depth + 1) for item in value)
    if isinstance(value, type):
        return not isinstance(value, standins.StandInMeta)
    module = type(value).__module__
    return type(value) in PLAIN or module in ("decimal", "fractions", "datetime", "uuid", "pathlib") or value is bystander or type(value) in values.EXCEPTIONS.values()


def bystander(value):
    """A function of the tests that the other side may know."""
    return value


def ask(data, recording):
    """What the test gets that asks for an attribute and is sent these bytes."""
    ours, theirs = socket.socketpair()
    known = {"name": "", "gives": {"x": "plain"}}
    link = importer.Link(Nobody(), profile.Profile("unit", {"exports": [], "tests": [known]}, recording), 2000, {}, 4000, "m")
    link.restart(wire.Wire(ours))
    link.wire.set_timeout(0.25)
    link.dead = None
    link._new_id = lambda: 7
    link.export(bystander)
    home = standins.Home(link, link.life, 1, None, "x")
    theirs.sendall(data)
    theirs.shutdown(socket.SHUT_WR)
    try:
        # A list that both have, so that updates have something to change.
        shared = [1, 2]
        link.containers.remember(link.containers.add(shared, "l"))
        return link.get(home, "x")
    finally:
        ours.close()
        theirs.close()


def try_one(data, recording):
    """None, or what broke."""
    started = time.monotonic()
    try:
        value = ask(data, recording)
        if not recording and not is_plain(value) and type(value) not in (standins.Poison, standins.Token):
            return f"let in {type(value).__name__}"
    except standins.Refused:
        pass
    except Exception as error:
        cls = type(error)
        if not isinstance(cls, standins.StandInMeta) and values.name_of_type(cls) is None:
            return f"raised {cls.__name__}: {error}"
        if error.__traceback__ is not None and b'"x"' not in data:
            return f"raised {cls.__name__} where nothing was raised: {error}"
    except BaseException as error:
        if not isinstance(error, SystemExit):
            return f"raised {type(error).__name__}: {error}"
    return "took too long" if time.monotonic() - started > 5 else None


def main(seed=1, count=4000):
    rng = random.Random(seed)
    broken = 0
    for number in range(count):
        data = wire.dumps(frame_of(rng))
        if rng.random() < 0.1:
            data = damage(rng, data)
        if rng.random() < 0.05:
            text = b'{"a":[7,' + b'["t",[' * 3000 + b"]]" * 3000 + b"]}"
            data = struct.pack(">I", len(text)) + text
        why = try_one(data, recording=number % 4 == 0)
        if why is not None:
            broken += 1
            print(f"frame {number}: {why}\n  {data[:300]!r}")
    print(f"{count - broken} of {count} frames did no harm")
    return 1 if broken else 0


sys.setrecursionlimit(4000)
sys.stdout.flush()
sys.stdin = open("/dev/null", encoding="utf-8")
sys.exit(main(*map(int, sys.argv[2:])))

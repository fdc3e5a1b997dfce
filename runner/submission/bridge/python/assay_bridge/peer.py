# SPDX-License-Identifier: MIT
"""One end of the stream: values to JSON and back, requests and answers.

A frame is an object with one of these:

    q  [id, op, handle, part...]   a request; the handle is one of the receiver's objects
    a  [id, value]                 its answer
    x  [id, exception]             or what was raised

and beside it what has happened since the last frame, if anything has:

    o  [[1 or 2, text, more]...]   what was printed (from A only); how many bytes more, if it was more
    u  [[number, body]...]         containers whose content changed
    d  [number...]                 containers that are no longer shared
    r  [[handle, count]...]        stand-ins that are gone, and how often their handle had come
    g  [[handle, name]...]         functions and classes of a module that are no longer what they were (from A only)

They are taken in this order: output, the payload, updates, what is dropped and released. Requests nest
strictly: whoever waits for an answer serves the requests that come meanwhile. Ids are random and are
echoed, so that no answer can be sent before its request is known.

Tagged values (values.py has those without identity):

    k number                                   a container that both know
    l d s y q C O D  number, [extra,] body     a container that is new to the receiver (containers.py)
    t z  [item...]                             tuple, frozenset
    S start, stop, step                        a slice
    m handle                                   an object of the receiver's own
    h handle                                   a class of the sender's that was described before
    K handle, name, module, doc, bases, specials, methods, specials of its metaclass, container base
    F handle, name, doc, signature, is a coroutine function
    I handle, class, shadows                   an instance
    B handle, class, plain value               an instance of a subclass of int, str, tuple, ...
    E handle, class, args, cause, attributes   an exception
    G N W  handle, key                         a generator, another iterator, a coroutine
    M handle, name                             the original method of a class of the receiver's
"""

import os
import weakref

from . import containers, values
from .decoding import Decoder
from .encoding import Encoder
from .wire import Ended, Late, Malformed, TooLarge

MAX_NESTED = 60


class Peer(Encoder, Decoder):
    """What both ends have in common. serve_OP methods are what one does for the other."""

    module_name = "solution"
    operations = frozenset()

    def __init__(self, wire, first_number):
        self.life = 0
        self.first_number = first_number
        self._ids = b""
        self.restart(wire)

    def restart(self, wire):
        """Begins with another process at the other end; nothing of the old one is known there."""
        self.wire = wire
        self.life += 1
        self.containers = containers.Containers(self.first_number)
        self.exported = {}  # handle: [object, how often it was sent]
        self.export_ids = {}  # id of the object: handle
        self.described = {}  # handles of classes that the other side knows, in order
        self.next_handle = 1
        self.stand_ins = {}  # handle of the other side: the class, or a Gone
        self.kept = {}  # handle: a value of a plain subclass, and the reference to its home; in B until the test is over
        self.plain_homes = set()  # such references, for as long as there is the home
        self.released = []
        self.nested = 0
        self.depth = 0
        self.path = self.key = None
        self.seen = 0
        self.refused_updates = {}
        self.clones = {}

    # --- frames ----------------------------------------------------------------------------------

    def _new_id(self):
        if len(self._ids) < 7:
            self._ids = os.urandom(7 * 512)
        number = int.from_bytes(self._ids[:7], "big") >> 4
        self._ids = self._ids[7:]
        return number

    def send(self, kind, payload):
        """Sends a frame with everything that has happened since the last one."""
        frame = {kind: payload}
        table = self.containers
        if table.by_number:
            changed = table.changed()
            dropped = []
            if changed:
                frame["u"] = self._encode_updates(changed, dropped)
            dropped += table.drop_unused()
            if dropped:
                frame["d"] = dropped
            table.turn += 1
        if self.released:
            frame["r"], self.released = self.released, []
        self.add_output(frame)
        self.wire.send(frame, self.deadline)

    def _encode_updates(self, changed, dropped):
        table = self.containers
        updates = []
        for number in changed:
            shared = table.by_number[number]
            shared.used = table.turn
            try:
                body = self.encode_whole(self._encode_body, shared.value, shared.tag)
            except (TypeError, ValueError, RecursionError):
                # What can't cross was put into it: from now on each side has its own.
                table.drop(number)
                dropped.append(number)
                continue
            table.remember(number)
            updates.append([number, body])
        return updates

    def encode_whole(self, encode, *what):
        """Encodes something, or leaves no trace of having tried."""
        first, known = self.containers.next_number, len(self.described)
        try:
            return encode(*what)
        except BaseException:
            for number in range(first, self.containers.next_number, 2):
                self.containers.drop(number)
            self.containers.next_number = first
            for handle in list(self.described)[known:]:
                del self.described[handle]
            self.depth = 0
            raise

    deadline = None

    def add_output(self, frame):
        """Adds what was printed."""

    def take_output(self, output):
        raise Malformed("output from the side that has none")

    def take_updates(self, updates):
        for number, body in updates:
            shared = self.containers.by_number[number]
            containers.fill(shared.value, shared.tag, self._decode_body(shared.tag, body))
            self.containers.remember(number)

    def take_rest(self, frame):
        """Updates, dropped containers and released handles, behind the payload."""
        if "u" in frame:
            self.take_updates(frame["u"])
        for number in frame.get("d", ()):
            self.containers.drop(number)
        for handle, count in frame.get("r", ()):
            self._release(values.whole(handle), values.whole(count))

    def _release(self, handle, count):
        entry = self.exported[handle]
        entry[1] -= count
        if count < 1 or entry[1] < 0:
            raise Malformed("more is released than was sent")
        if entry[1] == 0 and handle not in self.described:
            del self.exported[handle]
            del self.export_ids[id(entry[0])]

    # --- requests --------------------------------------------------------------------------------

    def handle_of(self, home):
        """The handle that a stand-in's object has now."""
        if home.life != self.life:
            raise ReferenceError("the object's process has ended")
        return home.handle

    def request(self, op, home, *parts, key=None, path=None):
        """Asks the other side to do something with an object of its own, and returns what came of it."""
        number = self._new_id()
        handle = self.handle_of(home) if home is not None else 0
        encoded = self.encode_whole(self._encode_parts, parts)
        self.send("q", [number, op, handle, *encoded])
        return self.wait(number, key, path)

    def _encode_parts(self, parts):
        encode = self.encode
        return [encode(part) for part in parts]

    def wait(self, number, key, path):
        """Does what the other side asks until it answers."""
        while True:
            frame = self.wire.receive(self.deadline)
            kind, value = self.take(frame, number, key, path)
            if kind == "a":
                return value
            if kind == "x":
                raise value
            self.serve(*value)

    def take(self, frame, number=None, key=None, path=None):
        """What a frame brings: ("a", value), ("x", exception) or ("q", what serve needs)."""
        if "o" in frame:
            self.take_output(frame["o"])
        if "q" in frame:
            return "q", self.take_request(frame)
        kind = "a" if "a" in frame else "x"
        echoed, payload = frame[kind]
        if echoed != number or type(echoed) is not int:
            raise Malformed("an answer to something that was not asked")
        value = self.take_answer(frame, kind, payload, key, path)
        if kind == "x" and not isinstance(value, BaseException):
            raise Malformed("an exception that is none")
        return kind, value

    def take_answer(self, frame, kind, payload, key, path):
        """The value of an answer, and what rides on it."""
        kept = self.key, self.path, self.seen, self.depth, self.is_raised
        self.key, self.seen, self.depth, self.is_raised = key, 0, 0, kind == "x"
        self.path = path if type(payload) is list and payload[:1] in (["K"], ["F"], ["I"], ["h"]) else None
        try:
            value = self.decode(payload)
            self.take_rest(frame)
        finally:
            self.key, self.path, self.seen, self.depth, self.is_raised = kept
        return value

    def take_request(self, frame):
        """What serve needs to do what is asked."""
        number, op, handle, *parts = frame["q"]
        if op not in self.operations or type(number) is not int:
            raise Malformed("an operation that is none")
        target = self.exported[handle][0] if handle else None
        kept = self.path, self.seen, self.depth, self.is_raised
        self.path, self.seen, self.depth, self.is_raised = None, 0, 0, False
        try:
            parts = [self.decode(part) for part in parts]
            self.take_rest(frame)
        finally:
            self.path, self.seen, self.depth, self.is_raised = kept
        return number, op, target, parts

    def serve(self, number, op, target, parts):
        """Does what the other side asks, and answers."""
        self.nested += 1
        try:
            if self.nested > MAX_NESTED:
                error = RecursionError("calls between tests and solution are nested too deeply")
                self._answer_error(number, error)
            else:
                self._answer(number, self.perform(op, target, parts))
        finally:
            self.nested -= 1

    def perform(self, op, target, parts):
        """The result of an operation: ("a", value) or ("x", exception)."""
        try:
            return "a", getattr(self, "serve_" + op)(target, *parts)
        except BaseException as error:
            return "x", error

    def _answer(self, number, result):
        kind, value = result
        try:
            payload = self.encode_whole(self.encode if kind == "a" else self.encode_exception, value)
        except Exception as error:
            kind, payload = "x", self.encode_exception(TypeError(str(error)))
        try:
            self.send(kind, [number, payload])
        except TooLarge as error:
            self._answer_error(number, error)

    def _answer_error(self, number, error):
        self.send("x", [number, self.encode_exception(error)])

    # --- what stand-ins ask ----------------------------------------------------------------------

    def get(self, home, name):
        return self.request("get", home, name)

    def set(self, home, name, value):
        self.request("set", home, name, value)

    def set_of_instance(self, instance, home, name, value):
        if any(name in vars(base) for base in type(instance).__mro__):
            object.__setattr__(instance, "_assay_shadows", (*instance._assay_shadows, name))
        self.set(home, name, value)

    def delete(self, home, name):
        self.request("delete", home, name)

    def dir(self, home):
        return self.request("dir", home)

    def call(self, home, args, kwargs):
        return self.request("call", home, args, pairs(kwargs))

    def call_method(self, home, name, args, kwargs):
        return self.request("method", home, name, args, pairs(kwargs))

    def call_original(self, home, name, instance, args, kwargs):
        return self.request("original", home, name, instance, args, pairs(kwargs))

    def make_instance(self, home, cls, args, kwargs):
        return self.request("call", home, args, pairs(kwargs))

    def special(self, home, name, args, kwargs=None):
        return self.request("special", home, name, args, pairs(kwargs or {}))

    def compare(self, instance, home, name, other):
        return self.request("special", home, name, (other,), ())

    def step(self, home, how, value):
        return self.request("step", home, how, value)

    def run(self, home):
        return self.request("run", home)

    def make_subclass(self, cls, keywords):
        raise TypeError("a class of the tests can't be the base of one of the solution's")


def pairs(kwargs):
    """Keyword arguments as a flat tuple, which is plain data."""
    if not kwargs:
        return ()
    return tuple(part for pair in kwargs.items() for part in pair)


_ABSENT = object()


def call_special(target, name, args, pairs):
    """As the language itself does: what the class has is bound to the object by its own __get__, if it has one. A mock's
    isn't, and gets no self."""
    cls = type(target)
    for base in cls.__mro__:
        found = vars(base).get(name, _ABSENT)
        if found is not _ABSENT:
            bind = getattr(type(found), "__get__", None)
            called = found if bind is None else bind(found, target, cls)
            return called(*args, **unpair(pairs))
    raise AttributeError(name)


def unpair(pairs):
    """The keyword arguments that crossed as a flat tuple."""
    return dict(zip(pairs[::2], pairs[1::2]))


# Of functions, generators and coroutines, which can't carry their home themselves.
Peer.homes = weakref.WeakKeyDictionary()
ERRORS = (Malformed, Ended, Late)

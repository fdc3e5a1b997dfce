# SPDX-License-Identifier: MIT
"""Box B: the tests' end of the stream, which believes nothing.

A mistake in a frame, silence beyond the deadline or the end of A's process fails the running test and ends A; for the
next test A is started anew, and what the tests hold of its module is found again by name.

`Refused` fails a test whatever it does with it: the test is remembered, and plugin.py or watch.py reports it failed even
if it caught everything.
"""

import threading
import time
import types
import weakref

from . import names, standins
from .asked import Asked
from .peer import ERRORS, Peer, pairs, unpair
from .printed import Printed
from .profile import KINDS
from .record import BETWEEN, shortened
from .standins import CLASS_HOME, HOME, Home, Poison, Refused, StandInMeta, Token, home_of, is_stand_in
from .wire import Ended, Late, Malformed, Wire

_CHANGES = KINDS["changes"]
# What the language itself wants, whatever others gave: __iter__ of an object that is here already gives an iterator.
_ALWAYS = {"__iter__": Peer.OBJECT | Peer.ITERATOR}
_LASTING = (types.FunctionType,)
_WITH_HOMES = (types.FunctionType, types.CoroutineType)
_MAX_LIVES = 40
_LOOK_S = 0.25  # so often somebody who is late is looked at


class Later:
    """An object that is to be flattened, once the frame is taken in."""

    def __init__(self, home):
        self.home = home


class Tester(Asked):
    """B's end of the stream."""

    # The original method of a class is something that only the tests hand over.
    DECODERS = {tag: decoder for tag, decoder in Peer.DECODERS.items() if tag != "M"}
    operations = frozenset("get set dir call method original special step base run input readline".split())
    tells_private = False

    def __init__(self, supply, profile, test_ms, tests_ms, total_ms, module_name):
        self.supply = supply
        self.profile = profile
        self.module_name = module_name
        self.test_ms, self.tests_ms = test_ms, tests_ms
        self.total_left = total_ms / 1000
        self.lock = threading.RLock()
        self.modules = {}
        self.by_path = {}
        self.handed = {}  # id: a class that the tests handed over
        self.test = ""
        self.turn = 0  # how many have begun, for tests may have one name
        self.gives = profile.of_test("")
        self.test_left = test_ms / 1000
        self.refusals = {}  # test: the first reason
        self.times_refused = 0
        self.last_reason = ""
        self.judged = {}  # test: how often the candidate compared two objects of their own
        self.dead = "the solution's process was not started"
        self.dead_in = None  # its turn
        self.waiting = 0
        self.asked = []  # the keys and parts of the requests that are waited for
        self.pending = None
        # Of the frame that is being taken in (_begin_frame): under which name it is looked up, what may be in it,
        # and whether it is an exception, or a constant of the module or a class.
        self.frame_key = ""
        self.allowed = None
        self.poisons = self.is_constant = False
        self.tokens = {}
        self.poisoned = weakref.WeakValueDictionary()  # handle: what is in an object's place
        self.driven = weakref.WeakKeyDictionary()  # generators that we made of iterable objects: their class
        self.printed = Printed()
        super().__init__(None, 2)

    # --- tests -----------------------------------------------------------------------------------

    def begin_test(self, name):
        """From now on everything counts for that test."""
        with self.lock:
            self.test = name
            self.turn += 1
            self.gives = self.profile.of_test(name)
            self.test_left = self.tests_ms.get(name, self.test_ms) / 1000
            self.printed.begin_test()
            self.kept.clear()

    def refuse(self, sentence):
        """The running test has failed, or all of them if none has begun yet; returns what is to be raised."""
        sentence = shortened(sentence)
        self.times_refused += 1
        self.last_reason = sentence
        self.refusals.setdefault(self.test or (BETWEEN if self.turn else ""), sentence)
        return Refused(sentence)

    # --- the life of A -----------------------------------------------------------------------------

    def die(self, sentence, late=False):
        """A is ended, because of what it did or didn't do."""
        if self.dead is None:
            self.dead, self.dead_in = sentence, self.turn
            self.wire.close()
            self.supply.ended(late)

    def _live(self):
        """Sees to it that there is an A to ask."""
        if self.dead is None:
            return
        if self.dead_in == self.turn:
            raise self.refuse(self.dead)
        if self.life > _MAX_LIVES:
            raise self.refuse(f"the solution's process has ended too often; the last time: {self.dead}")
        sock = self.supply.next()
        if sock is None:
            self.dead_in = self.turn
            raise self.refuse("the solution's process could not be started again")
        self.restart(Wire(sock))
        self.wire.set_timeout(_LOOK_S)
        self.dead = None
        self.tokens.clear()
        self.poisoned.clear()
        test_left = self.test_left
        try:
            self._find_all_again()
        finally:
            self.test_left = test_left  # that a process had to be started is no fault of this test

    def _find_all_again(self):
        for name, module in list(self.modules.items()):
            handle = self.request("import", None, name)[0]
            home = object.__getattribute__(module, HOME)
            home.life, home.handle = self.life, handle
        for path in sorted(self.by_path, key=len):
            self._find_again(path)

    def _find_again(self, path):
        parent = self.modules.get(path[0]) if len(path) == 2 else self.by_path.get(path[:-1])
        if parent is None:
            return
        home = object.__getattribute__(parent, HOME) if len(path) == 2 else home_of(parent)
        try:
            self.request("get", home, path[-1], path=path)
        except Exception:
            pass  # it isn't there this time; who uses it is told

    def handle_of(self, home):
        if home.life != self.life:
            raise self.refuse("an object is used whose process has ended")
        return home.handle

    def revived(self, home, kind):
        value = self.by_path.get(home.path)
        if value is None or type(value) is not kind and not (kind is type and isinstance(value, StandInMeta)):
            return None
        old = self.homes.get(value) if kind is types.FunctionType else home_of(value)
        if old.life == home.life and old.handle != home.handle:
            return None  # the name means something else now
        old.life, old.handle = home.life, home.handle
        return value

    def keep_path(self, home, value):
        if home.path is not None:
            self.by_path[home.path] = value

    # --- requests ----------------------------------------------------------------------------------

    def request(self, op, home, *parts, key=None, path=None):
        with self.lock:
            if self.waiting:
                return self._ask(op, home, parts, key, path)
            self._live()
            started = time.monotonic()
            left = self.total_left if op == "import" else min(self.test_left, self.total_left)
            self.deadline = started + left
            self.waiting = 1
            try:
                if left <= 0:
                    raise self.refuse(self._lateness())
                value = self._ask(op, home, parts, key, path)
            finally:
                self.waiting = 0
                spent = time.monotonic() - started
                self.test_left -= spent
                self.total_left -= spent
                pending, self.pending = self.pending, None
                if pending is not None:
                    raise pending
            return value

    def _ask(self, op, home, parts, key, path):
        self.asked.append((key or "", parts))
        try:
            value = super().request(op, home, *parts, key=key, path=path)
        except ERRORS as error:
            raise self._blame(error) from None
        finally:
            self.asked.pop()
        if type(value) is Later:
            value = self._ask("base", value.home, (), key, None)
        return value

    def _lateness(self):
        if self.test_left <= self.total_left:
            return f"the solution took longer than the {self.tests_ms.get(self.test, self.test_ms)} ms of a test"
        return "the solution has used up the time of the whole suite"

    def _blame(self, error):
        if isinstance(error, Late):
            self.die(self._lateness(), late=True)
        elif isinstance(error, Ended):
            self.die("the solution's process has ended")
        else:
            self.die(f"the solution broke the protocol: {error}")
        return self.refuse(self.dead)

    def take(self, frame, number=None, key=None, path=None):
        try:
            if "g" in frame:
                self._forget_names(frame["g"])
            return super().take(frame, number, key, path)
        except Malformed:
            raise
        except Exception as error:
            # Whatever Python makes of a frame of the wrong shape. Candidates' code can run meanwhile, for the hash of
            # what shall be in a set; what it raises is no better.
            raise Malformed(f"{type(error).__name__}: {error}"[:200]) from None

    def _forget_names(self, stale):
        for _, name in stale:
            self.unlasting.add(self.text(name))
            for path in [path for path in self.bound if path[1] == name]:
                del self.bound[path]

    def take_answer(self, frame, kind, payload, key, path):
        key = key or ""
        kept = self._begin_frame(frame, key + "!" if kind == "x" else key, kind == "x", path is not None)
        try:
            value = super().take_answer(frame, kind, payload, self.frame_key, path)
        finally:
            self._end_frame(kept)
        if kind == "x" and key and isinstance(value, SystemExit):
            self._check_may_exit(key + "!exit")
        return value

    def _check_may_exit(self, key):
        """What exits here could end the tests as if all were well."""
        if self.profile.recording:
            self.gives[key] = self.gives.get(key, 0) | self.NONE
        elif key not in self.gives:
            raise self.refuse("the solution exits, where the accepted solutions don't")

    def take_request(self, frame):
        # What the tests' own functions are given is looked at like what they ask for.
        kept = self._begin_frame(frame, self._key_of_request(frame["q"]), False, False)
        try:
            return super().take_request(frame)
        finally:
            self._end_frame(kept)

    def _begin_frame(self, frame, key, is_raised, is_constant):
        """What holds while one frame is taken in; one may come while another is, for the hash of what is in a set."""
        kept = self.frame_key, self.allowed, self.poisons, self.is_constant, self.refused_updates, self.clones
        self.frame_key = key
        self.allowed = None if self.profile.recording else self.gives.get(key, 0) | _ALWAYS.get(key, 0)
        self.poisons, self.is_constant = is_raised, is_constant
        self.refused_updates = self._refused(frame["u"]) if "u" in frame else {}
        self.clones = {}
        return kept

    def _end_frame(self, kept):
        self.frame_key, self.allowed, self.poisons, self.is_constant, self.refused_updates, self.clones = kept

    def _key_of_request(self, request):
        op, handle, *parts = request[1:]
        if op != "call":
            return f"@{op} {self.text(parts[0])}" if op in ("get", "set", "method", "original", "special") else f"@{op}"
        target = self.exported[handle][0]
        name = getattr(target, "__name__", None)
        return f"@{name if type(name) is str else type(target).__name__}"

    def _refused(self, updates):
        """Those of the updates that the accepted solutions don't make: bodies by number. It doesn't matter whether one
        comes with the answer or while the tests' own function is called, but which argument of the call is changed."""
        key, parts = self.asked[-1]
        places = self._places(parts)
        refused = {}
        for number, body in updates:
            place = f"{key}#{places.get(number, '')}"
            if self.profile.recording:
                self.gives[place] = self.gives.get(place, 0) | _CHANGES
            elif not self.gives.get(place, 0) & _CHANGES:
                refused[number] = body
        return refused

    def _places(self, parts):
        """In which argument of a request a container is: its place, from 1, or its name, by the container's number."""
        if len(parts) < 2 or type(parts[-1]) is not tuple or type(parts[-2]) is not tuple:
            return {}
        args, named = parts[-2:]
        found = {}
        for place, value in (*enumerate(args, 1), *unpair(named).items()):
            for number in self.containers.numbers_in(value):
                found.setdefault(number, place)
        return found

    def take_updates(self, updates):
        super().take_updates([update for update in updates if update[0] not in self.refused_updates])
        # From now on each side has its own; the other side is told.
        for number in self.refused_updates:
            self.containers.drop(number)
            self.detached.append(number)

    def restart(self, wire):
        super().restart(wire)
        self.detached = []
        self.bound = {}  # path of a function or class of a module: its stand-in
        self.unlasting = set()  # names that meant something else before

    def add_output(self, frame):
        if self.detached:
            frame["d"] = frame.get("d", []) + self.detached
            self.detached = []

    def take_rest(self, frame):
        super().take_rest(frame)
        if self.profile.recording and self.frame_key and self.seen & 31:
            self.gives[self.frame_key] = self.gives.get(self.frame_key, 0) | (self.seen & 31)

    def take_output(self, output):
        self.printed.take(output)

    # --- what is let in ----------------------------------------------------------------------------

    def admits_objects(self):
        return self.quiet or self.allowed is None or self.allowed & self.OBJECT

    def admit_object(self, value):
        self.seen |= self.OBJECT
        if self.admits_objects() or self.poisons and isinstance(value, BaseException):
            return value
        home = self.homes.get(value) if type(value) in _WITH_HOMES else home_of(value)
        if home is None:
            return value  # an exception of a type that we know
        return self._replace(value, home)

    def _replace(self, value, home):
        cls = type(value)
        if home.handle in self.tokens:
            return self.tokens[home.handle]
        if self.poisons:
            return self._poison(value, home, "an object that came with an exception is used, where the accepted solutions give none")
        if self.is_constant and self.depth == 0:
            return self.tokens.setdefault(home.handle, Token(home))
        if getattr(cls, "_assay_container", None) and self.depth == 0:
            return Later(home)
        if self.allowed & self.ITERATOR and hasattr(cls, "__iter__"):
            generator = _drive(value)
            self.driven[generator] = cls
            return generator
        return self._refuse_value(value, home, f"an object of the class {_named(cls)}")

    def _refuse_value(self, value, home, what):
        data = "plain data" if self.allowed & ~self.NONE & 31 else "nothing"
        why = f"TypeError: {self.frame_key} gave {what}, where the accepted solutions give {data}"
        return self._poison(value, home, why)

    def _poison(self, value, home, why):
        # One for one object, so that `is` tells them apart.
        poison = self.poisoned.get(home.handle)
        if poison is None:
            poison = self.poisoned[home.handle] = Poison(home, value, why)
        return poison

    def admit_iterator(self, value):
        self.seen |= self.ITERATOR
        if self.quiet or self.allowed is None or self.allowed & (self.ITERATOR | self.CONTAINER | self.OBJECT):
            return value
        home = getattr(value, HOME) if isinstance(value, standins.Iterator) else self.homes[value]
        return self._refuse_value(value, home, "an iterator")

    # --- what stand-ins ask ------------------------------------------------------------------------

    def get(self, home, name):
        path = (*home.path, name) if home.path is not None else None
        if path is None or len(path) > 2:
            return self.request("get", home, name, key=name, path=path)
        # A module's functions and classes stay what they are until A says so: most tests ask for one and call it.
        value = self.bound.get(path)
        if value is None or self.dead is not None or not self._may_have_again(name):
            value = self.request("get", home, name, key=name, path=path)
            if name not in self.unlasting and (type(value) in _LASTING or isinstance(value, StandInMeta)):
                self.bound[path] = value
        if isinstance(value, StandInMeta):
            # It may have come with an object before, if an earlier test got that far.
            home_of(value).key = name
        return value

    def _may_have_again(self, name):
        if self.profile.recording:
            self.gives[name] = self.gives.get(name, 0) | self.OBJECT
        return self.gives.get(name, 0) & self.OBJECT

    def set(self, home, name, value):
        self.bound.clear()
        super().set(home, name, value)

    def delete(self, home, name):
        self.bound.clear()
        super().delete(home, name)

    def call(self, home, args, kwargs):
        return self.request("call", home, args, pairs(kwargs), key=_called(home.key))

    def call_method(self, home, name, args, kwargs):
        return self.request("method", home, name, args, pairs(kwargs), key=name + "()")

    def call_original(self, home, name, instance, args, kwargs):
        return self.request("original", home, name, instance, args, pairs(kwargs), key=name + "()")

    def make_instance(self, home, cls, args, kwargs):
        key = _called(home.key)
        value = self.request("call", home, args, pairs(kwargs), key=key)
        if isinstance(value, cls) or type(value) is Poison:
            return value
        if type(value) is types.GeneratorType and self.driven.get(value) is cls:
            return value
        raise self.refuse(f"TypeError: calling {_named(cls)} gave a {_named(type(value))}, no {_named(cls)}")

    def special(self, home, name, args, kwargs=None):
        if name in names.JUDGING and not self.profile.recording and not self.gives.keys() & {name, name + "!"}:
            raise self.refuse(f"TypeError: {name} of an object is asked, where none of the accepted solutions' objects has it")
        value = self.request("special", home, name, args, pairs(kwargs or {}), key=name)
        kind = names.TYPED.get(name)
        if kind is not None and type(value) is not kind and value is not NotImplemented:
            raise self.refuse(f"TypeError: {name} gave a {_named(type(value))}, not a {kind.__name__}")
        return value

    def compare(self, instance, home, name, other):
        if not is_stand_in(other):
            container = type(instance)._assay_container if isinstance(instance, standins.Instance) else None
            if container is None:
                return NotImplemented
            base = self.request("base", home, key="base")
            return getattr(type(base), name)(base, other)
        self.judged[self.test] = self.judged.get(self.test, 0) + 1
        return self.request("special", home, name, (other,), (), key=name)

    def step(self, home, how, value):
        return self.request("step", home, how, value, key=(home.key or "") + "[]")

    def run(self, home):
        return self.request("run", home, key=home.key)

    def make_subclass(self, cls, keywords):
        functions = [
            part
            for name, value in vars(cls).items()
            if type(value) is types.FunctionType
            for part in (name, value)
        ]
        handle = self.request("subclass", None, cls.__name__, cls.__bases__, tuple(functions), pairs(keywords))
        home = Home(self, self.life, handle, None, cls.__name__)
        type.__setattr__(cls, CLASS_HOME, home)
        type.__setattr__(cls, "_assay_made", True)
        self.stand_ins[handle] = cls


def _drive(value):
    """A generator over an iterable object of the candidate's."""
    cls = type(value)
    iterator = cls.__iter__(value)
    if not is_stand_in(iterator):
        yield from iterator
        return
    while True:
        try:
            item = type(iterator).__next__(iterator)
        except StopIteration:
            return
        yield item


def _named(cls):
    """What a class is called, in a sentence."""
    return shortened(cls.__name__, 100)


def _called(key):
    """The key of what is called: bounded, since what is called may give what is called."""
    key = key or ""
    return key + "()" if len(key) < 100 else key

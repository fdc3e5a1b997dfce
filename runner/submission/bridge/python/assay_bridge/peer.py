# SPDX-License-Identifier: MIT
"""One end of the stream: values to JSON and back, requests and answers.

A frame is an object with one of these:

    q  [id, op, handle, part...]   a request; the handle is one of the receiver's objects
    a  [id, value]                 its answer
    x  [id, exception]             or what was raised

and beside it what has happened since the last frame, if anything has:

    o  [[1 or 2, text]...]         what was printed (from A only)
    u  [[number, body]...]         containers whose content changed
    d  [number...]                 containers that are no longer shared
    r  [[handle, count]...]        stand-ins that are gone, and how often their handle had come

They are taken in this order: output, the payload, updates, what is dropped and released. Requests nest
strictly: whoever waits for an answer serves the requests that come meanwhile. Ids are random and are
echoed, so that no answer can be sent before its request is known.

Tagged values (values.py has those without identity):

    k number                                   a container that both know
    l d s y q C O D  number, [extra,] body     a container that is new to the receiver (containers.py)
    t z  [item...]                             tuple, frozenset
    m handle                                   an object of the receiver's own
    h handle                                   a class of the sender's that was described before
    K handle, name, module, doc, bases, specials, methods, specials of its metaclass, container base
    F handle, name, doc, signature, is a coroutine function
    I handle, class, shadows                   an instance
    B handle, class, plain value               an instance of a subclass of int, str, tuple, ...
    E handle, class, args, cause, attributes   an exception
    G N W  handle, key                         a generator, another iterator, a coroutine
    M handle, name                             the original method of a class of the receiver's
    P name                                     a module below the one under test
"""

import os
import types
import weakref

from . import containers, describe, names, standins, values
from .standins import HOME, Iterator, Method, Poison, StandInMeta, Token, home_of
from .wire import Ended, Late, Malformed, TooLarge

MAX_NESTED = 60

_SAME = frozenset([type(None), bool, str])
_SIMPLE = frozenset([type(None), bool, str, float])
_LIMIT = values.MAX_PLAIN_INT


class Gone(weakref.ref):
    """A reference to a stand-in that tells when it is gone."""

    __slots__ = ("handle", "count", "life")

    def __new__(cls, value, callback, handle, life):
        return super().__new__(cls, value, callback)

    def __init__(self, value, callback, handle, life):
        super().__init__(value, callback)
        self.handle = handle
        self.life = life
        self.count = 1


class Peer:
    """What both ends have in common. serve_OP methods are what one does for the other."""

    # Bits of what a value is made of, for the profile.
    NONE, PLAIN, CONTAINER, ITERATOR, OBJECT = 1, 2, 4, 8, 16

    module_name = "solution"
    tells_private = True
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
        self.kept = {}  # those that can't be referred to weakly, until forget_kept
        self.released = []
        self.nested = 0
        self.depth = 0
        self.path = self.key = None
        self.seen = 0
        self.refused_updates = {}
        self.clones = {}

    # --- to the wire -----------------------------------------------------------------------------

    def encode(self, value):
        """A value as JSON."""
        cls = type(value)
        if cls in _SAME:
            return value
        encoder = self.ENCODERS.get(cls)
        if encoder is not None:
            return encoder(self, value)
        return self.encode_other(value, cls)

    def _encode_items(self, items):
        kinds = set(map(type, items))
        if kinds <= _SAME or kinds == {int} and max(items) < _LIMIT and min(items) > -_LIMIT:
            return list(items)
        self.depth += 1
        if self.depth > values.MAX_DEPTH:
            self.depth = 0
            raise ValueError(f"a value is nested deeper than {values.MAX_DEPTH} levels, which can't cross")
        encode = self.encode
        encoded = [encode(item) for item in items]
        self.depth -= 1
        return encoded

    def _encode_body(self, value, tag):
        if tag == "y":
            return value.decode("latin-1")
        if tag in containers.DICTS:
            return [self._encode_items(pair) for pair in list(value.items())]
        return self._encode_items(value)

    def encode_container(self, value):
        """A list, dict, set, ...: its number if both know it, else all of it."""
        number = self.containers.find(value)
        if number is not None:
            return ["k", number]
        tag = containers.TAGS[type(value)]
        number = self.containers.add(value, tag)
        encoded = [tag, number]
        if tag == "q":
            encoded.append(value.maxlen)
        elif tag == "D":
            encoded.append(self.encode(value.default_factory))
        encoded.append(self._encode_body(value, tag))
        self.containers.remember(number)
        return encoded

    def encode_tuple(self, value):
        return ["t", self._encode_items(value)]

    def encode_frozenset(self, value):
        return ["z", self._encode_items(list(value))]

    def encode_bytes(self, value):
        return ["b", value.decode("latin-1")]

    def encode_complex(self, value):
        return ["c", values.encode_float(value.real), values.encode_float(value.imag)]

    def encode_view(self, value):
        """A dict's keys, values or items."""
        kind = type(value).__name__[5:]
        return ["V", kind, self._encode_items(list(value))]

    ENCODERS = {
        int: lambda self, value: values.encode_int(value),
        float: lambda self, value: values.encode_float(value),
        complex: encode_complex,
        bytes: encode_bytes,
        tuple: encode_tuple,
        frozenset: encode_frozenset,
        type({}.keys()): encode_view,
        type({}.values()): encode_view,
        type({}.items()): encode_view,
        **dict.fromkeys(containers.TAGS, encode_container),
    }

    def encode_other(self, value, cls):
        """What has an identity, or is made again from parts."""
        home = self.home_to_send(value, cls)
        if home is not None:
            return ["m", self.handle_of(home)]
        if cls is Method:
            return ["M", self.handle_of(home_of(value.owner)), value.name]
        constructed = values.encode_constructed(value)
        if constructed is not None:
            return constructed
        if isinstance(value, type):
            name = values.name_of_type(value)
            return ["T", name] if name is not None else self.encode_class(value)
        if isinstance(value, BaseException):
            return self.encode_exception(value)
        return self.encode_object(value, cls)

    def home_to_send(self, value, cls):
        """The home of a stand-in, be it a class, an instance, a function or a generator; None."""
        if issubclass(type(cls), StandInMeta) or issubclass(cls, StandInMeta):
            return home_of(value)
        if cls is Iterator or cls is Token:
            return getattr(value, HOME)
        if cls is Poison:
            return object.__getattribute__(value, HOME)
        if cls in (types.FunctionType, types.GeneratorType, types.CoroutineType):
            return self.homes.get(value)
        return None

    def export(self, value):
        """The handle of an object of ours."""
        handle = self.export_ids.get(id(value))
        if handle is None:
            handle = self.next_handle
            self.next_handle += 1
            self.exported[handle] = [value, 0]
            self.export_ids[id(value)] = handle
        self.exported[handle][1] += 1
        return handle

    def encode_class(self, cls):
        handle = self.export_ids.get(id(cls))
        if handle in self.described:
            return ["h", handle]
        handle = self.export(cls)
        self.described[handle] = True
        bases = [self.encode(base) for base in cls.__bases__ if self.is_base_worth_telling(base)]
        module = cls.__module__ if type(cls.__module__) is str else self.module_name
        container = describe.container_base(cls)
        return [
            "K",
            handle,
            cls.__name__,
            module,
            cls.__doc__ if type(cls.__doc__) is str else None,
            bases,
            describe.own_specials(cls),
            [method for method in describe.methods(cls) if self.tells_private or method[0][:1] != "_" or method[0] == "__init__"],
            describe.of_metaclass(cls),
            container.__name__ if container is not None else None,
        ]

    @staticmethod
    def is_base_worth_telling(base):
        """Whether the other side should have the base, too: not object, and no type that is as foreign there."""
        return base is not object and (describe.crosses_as_base(base) or values.name_of_type(base) is None)

    def encode_exception(self, value, depth=0):
        cls = type(value)
        name = values.name_of_type(cls)
        cause = value.__cause__
        attributes = {}
        if name is not None:
            own = object.__getattribute__(value, "__dict__")
            attributes = {key: item for key, item in own.items() if key[:1] != "_" and type(item) in _SIMPLE | {int}}
        return [
            "E",
            0 if name is not None else self.export(value),
            self.encode(cls),
            [self.encode_safely(item) for item in BaseException.__dict__["args"].__get__(value)],
            self.encode_exception(cause, depth + 1) if isinstance(cause, Exception) and depth < 5 else None,
            [[key, self.encode(item)] for key, item in attributes.items()],
        ]

    def encode_safely(self, value):
        """What can't cross is named, where it is only an exception's argument."""
        try:
            return self.encode(value)
        except (TypeError, ValueError):
            return f"<{type(value).__name__}>"

    def encode_object(self, value, cls):
        if cls is types.TracebackType:
            return None
        if isinstance(value, (types.ModuleType, types.FrameType, types.CodeType)):
            return self.encode_module(value)
        if cls is types.GeneratorType:
            return ["G", self.export(value)]
        if cls is types.CoroutineType or cls.__name__.startswith("async_generator_") and cls.__module__ == "builtins":
            return ["W", self.export(value)]
        if callable(value) and describe.is_simple_function(value):
            return ["F", self.export(value), *describe.function(value)]
        if cls.__module__ in ("builtins", "itertools") and hasattr(cls, "__next__"):
            return ["N", self.export(value)]
        if describe.plain_base(cls) is not None:
            return ["B", self.export(value), self.encode_class(cls), self.encode(describe.base_value(value))]
        return ["I", self.export(value), self.encode_class(cls), describe.shadows(value, cls)]

    def encode_module(self, value):
        """Modules, frames and code stay where they are."""
        raise TypeError(f"{describe_briefly(value)} can't cross between the tests and the solution")

    # --- from the wire ---------------------------------------------------------------------------

    def decode(self, value):
        """A value from JSON. Every mistake is Malformed."""
        cls = type(value)
        if cls is list:
            return self.DECODERS[value[0]](self, value)
        if cls is dict:
            raise Malformed("an object where a value was expected")
        self.seen |= 2 if value is not None or self.depth else 1
        return value

    def decode_items(self, items):
        """The items of a body."""
        kinds = set(map(type, items))
        if list not in kinds and dict not in kinds and type(items) is list:
            self.seen |= 2
            return items
        self.depth += 1
        if self.depth > values.MAX_DEPTH or type(items) is not list:
            raise Malformed("a body that is too deep, or none")
        decode = self.decode
        decoded = [decode(item) for item in items]
        self.depth -= 1
        return decoded

    def _decode_body(self, tag, body):
        if tag == "y":
            return body.encode("latin-1")
        if tag in containers.DICTS:
            pairs = [self.decode_items(pair) for pair in body]
            if any(len(pair) != 2 for pair in pairs):
                raise Malformed("a pair that is none")
            return pairs
        return self.decode_items(body)

    def decode_container(self, tagged):
        tag, number = tagged[0], tagged[1]
        extra = None
        if tag == "q":
            extra = None if tagged[2] is None else values.whole(tagged[2])
        elif tag == "D":
            extra = self.decode(tagged[2])
        value = containers.empty(tag, extra)
        self.containers.add(value, tag, values.whole(number))
        self.seen |= self.CONTAINER
        containers.fill(value, tag, self._decode_body(tag, tagged[-1]))
        self.containers.remember(number)
        return value

    def decode_known(self, tagged):
        number = tagged[1]
        self.seen |= self.CONTAINER
        if number in self.refused_updates:
            return self._clone(number)
        shared = self.containers.by_number[number]
        shared.used = self.containers.turn
        return shared.value

    def _clone(self, number):
        """What the other side has of a container whose change is refused here: a new one, with its content."""
        if number not in self.clones:
            shared = self.containers.by_number[number]
            extra = getattr(shared.value, "maxlen", None) or getattr(shared.value, "default_factory", None)
            value = self.clones[number] = containers.empty(shared.tag, extra)
            containers.fill(value, shared.tag, self._decode_body(shared.tag, self.refused_updates[number]))
        return self.clones[number]

    def decode_tuple(self, tagged):
        self.seen |= self.CONTAINER
        return tuple(self.decode_items(tagged[1]))

    def decode_frozenset(self, tagged):
        self.seen |= self.CONTAINER
        return frozenset(self.decode_items(tagged[1]))

    def decode_view(self, tagged):
        self.seen |= self.CONTAINER
        items = self.decode_items(tagged[2])
        if tagged[1] == "keys":
            return dict.fromkeys(items).keys()
        if tagged[1] == "values":
            return dict(enumerate(items)).values()
        return dict(items).items()

    def decode_plain(decoder):
        def decode(self, tagged):
            self.seen |= self.PLAIN
            return decoder(tagged)

        return decode

    def decode_mine(self, tagged):
        """An object of ours: it comes back to where it is trusted."""
        self.seen |= self.PLAIN
        return self.exported[tagged[1]][0]

    def decode_original(self, tagged):
        return vars(self.exported[tagged[1]][0])[tagged[2]]

    def new_home(self, handle):
        path, self.path = self.path, None
        return standins.Home(self, self.life, values.whole(handle), path, self.key)

    def decode_class_known(self, tagged):
        cls = self.stand_ins[tagged[1]]
        if not isinstance(cls, type):
            raise Malformed("a handle of something else than a class")
        return self.admit_object(cls)

    def decode_class_new(self, tagged):
        _, handle, name, module, doc, bases, specials, methods, meta_specials, container = tagged
        home = self.new_home(handle)
        if handle in self.stand_ins:
            raise Malformed("a class that is known already")
        cls = self.revived(home, type)
        if cls is not None:
            home = home_of(cls)
        else:
            parts = [self.decode_quietly(base) for base in bases]
            cls = standins.make_class(
                home,
                self.text(name),
                self.text(module),
                doc and self.text(doc),
                [base for base in parts if self.is_fit_as_base(base)],
                self.specials(specials, names.SPECIAL | {"no __hash__"}),
                [(self.text(m), d and self.text(d), s) for m, d, s in methods],
                self.specials(meta_specials, names.OF_METACLASS),
            )
            type.__setattr__(cls, "_assay_container", container and self.text(container))
        self.stand_ins[home.handle] = cls
        self.keep_path(home, cls)
        return self.admit_object(cls)

    @staticmethod
    def text(value):
        if type(value) is not str:
            raise Malformed("a text was expected")
        return value

    @staticmethod
    def specials(given, known):
        if not known.issuperset(given):
            raise Malformed("a special method that doesn't cross")
        return given

    @staticmethod
    def is_fit_as_base(base):
        return isinstance(base, StandInMeta) or isinstance(base, type) and describe.crosses_as_base(base)

    def decode_quietly(self, value):
        """Decodes what is no part of the value itself: a class."""
        seen, path = self.seen, self.path
        self.path = None
        self.quiet += 1
        try:
            return self.decode(value)
        finally:
            self.quiet -= 1
            self.seen, self.path = seen, path

    quiet = 0

    def class_of(self, tagged):
        cls = self.decode_quietly(tagged)
        if not isinstance(cls, type):
            raise Malformed("an instance of something that is no class")
        return cls

    def known(self, handle):
        """The stand-in of a handle that is alive, counted once more; None."""
        ref = self.stand_ins.get(handle)
        if ref is None:
            return None
        if type(ref) is not Gone:
            raise Malformed("a handle of a class")
        value = ref()
        if value is not None:
            ref.count += 1
        return value

    def keep(self, home, value):
        """Knows a stand-in from now on, for as long as somebody has it."""
        self.stand_ins[home.handle] = Gone(value, self._gone, home.handle, self.life)
        self.keep_path(home, value)
        return value

    def _gone(self, ref):
        if ref.life == self.life:
            self.released.append([ref.handle, ref.count])
            if self.stand_ins.get(ref.handle) is ref:
                del self.stand_ins[ref.handle]

    def decode_function(self, tagged):
        _, handle, name, doc, signature, is_coroutine = tagged
        value = self.known(handle)
        if value is None:
            home = self.new_home(handle)
            value = self.revived(home, types.FunctionType)
            if value is not None:
                home = self.homes[value]
            else:
                value = standins.make_function(
                    home, self.text(name), doc and self.text(doc), signature, is_coroutine is True
                )
                self.homes[value] = home
            self.keep(home, value)
        return self.admit_object(value)

    def decode_instance(self, tagged):
        _, handle, cls, shadows = tagged
        value = self.known(handle)
        if value is None:
            home = self.new_home(handle)
            cls = self.class_of(cls)
            if not issubclass(cls, standins.Instance):
                raise Malformed("an instance of a class that has none")
            value = object.__new__(cls)
            object.__setattr__(value, HOME, home)
            object.__setattr__(value, "_assay_shadows", tuple(map(self.text, shadows)))
            self.keep(home, value)
        return self.admit_object(value)

    def decode_plain_subclass(self, tagged):
        _, handle, cls, plain = tagged
        seen = self.seen
        plain = self.decode(plain)
        if not self.admits_objects():
            return plain
        self.seen = seen | self.OBJECT
        if handle in self.kept:
            return self.kept[handle]
        cls = self.class_of(cls)
        base = describe.plain_base(cls)
        if base is not type(plain) or not issubclass(cls, standins.Forwarding):
            raise Malformed("a value that is none of its class's plain base")
        value = base.__new__(cls, plain)
        object.__setattr__(value, HOME, self.new_home(handle))
        self.kept[handle] = value
        return value

    def decode_exception(self, tagged):
        _, handle, cls, args, cause, attributes = tagged
        value = self.known(handle) if handle else None
        if value is not None:
            return value
        cls = self.class_of(cls)
        if not issubclass(cls, BaseException):
            raise Malformed("an exception that is none")
        args = self.decode_arguments(args)
        value = self._make_exception(cls, args)
        if issubclass(cls, standins.Forwarding):
            object.__setattr__(value, HOME, self.new_home(handle))
            self.keep(home_of(value), value)
        if cause is not None:
            value.__cause__ = self.decode_quietly(cause)
        for name, item in attributes:
            if name[:1] == "_":
                raise Malformed("a private attribute")
            object.__setattr__(value, name, self.decode_quietly(item))
        return value if self.is_raised and self.depth == 0 else self.admit_object(value)

    is_raised = False

    @staticmethod
    def _make_exception(cls, args):
        base = next(base for base in cls.__mro__ if values.name_of_type(base) is not None)
        try:
            if base is cls:
                value = cls(*args)
                if type(value) is cls:
                    return value
            value = base.__new__(cls, *args)
            base.__init__(value, *args)
        except Exception:
            value = base.__new__(cls)
        value.args = args
        return value

    def decode_arguments(self, args):
        """An exception's arguments; nobody looks at objects in them unless they are honest."""
        self.depth += 1
        decoded = tuple([self.decode(item) for item in args])
        self.depth -= 1
        return decoded

    def decode_generator(self, tagged):
        return self._decode_driven(tagged[1], standins.make_generator)

    def decode_iterator(self, tagged):
        return self._decode_driven(tagged[1], Iterator)

    def decode_coroutine(self, tagged):
        return self._decode_driven(tagged[1], standins.make_coroutine)

    def _decode_driven(self, handle, make):
        value = self.known(handle)
        if value is None:
            home = self.new_home(handle)
            value = make(home)
            if make is not Iterator:
                self.homes[value] = home
            self.keep(home, value)
        return self.admit_iterator(value)

    def decode_module(self, tagged):
        raise Malformed("a module")

    DECODERS = {
        "i": decode_plain(values.decode_int),
        "f": decode_plain(values.decode_float),
        "b": decode_plain(values.decode_bytes),
        "c": decode_plain(
            lambda tagged: complex(*[part if type(part) is float else values.decode_float(part) for part in tagged[1:3]])
        ),
        "n": decode_plain(values.decode_constructed),
        "T": decode_plain(values.decode_type),
        "t": decode_tuple,
        "z": decode_frozenset,
        "V": decode_view,
        "k": decode_known,
        "m": decode_mine,
        "M": decode_original,
        "h": decode_class_known,
        "K": decode_class_new,
        "F": decode_function,
        "I": decode_instance,
        "B": decode_plain_subclass,
        "E": decode_exception,
        "G": decode_generator,
        "N": decode_iterator,
        "W": decode_coroutine,
        "P": decode_module,
        **dict.fromkeys(containers.TAGS.values(), decode_container),
    }

    # What the tests' side has more of.

    def admits_objects(self):
        return True

    def admit_object(self, value):
        """A class, instance, function or exception, or what is made of it where none is expected."""
        self.seen |= self.OBJECT
        return value

    def admit_iterator(self, value):
        self.seen |= self.ITERATOR
        return value

    def revived(self, home, kind):
        """The stand-in that had this path in an earlier life; None."""
        return None

    def keep_path(self, home, value):
        """Remembers how to find the object again."""

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
        """Serves what the other side asks until it answers."""
        while True:
            frame = self.wire.receive(self.deadline)
            if "o" in frame:
                self.take_output(frame["o"])
            if "q" in frame:
                self.serve(frame)
                continue
            kind = "a" if "a" in frame else "x"
            echoed, payload = frame[kind]
            if echoed != number or type(echoed) is not int:
                raise Malformed("an answer to something that was not asked")
            value = self.take_answer(frame, kind, payload, key, path)
            if kind == "x":
                if not isinstance(value, BaseException):
                    raise Malformed("an exception that is none")
                raise value
            return value

    def take_answer(self, frame, kind, payload, key, path):
        """The value of an answer, and what rides on it."""
        kept = self.key, self.path, self.seen, self.depth
        self.key, self.seen, self.depth = key, 0, 0
        self.path = path if type(payload) is list and payload and payload[0] in ("K", "F", "I", "h") else None
        self.is_raised = kind == "x"
        try:
            value = self.decode(payload)
            self.take_rest(frame)
        finally:
            self.key, self.path, self.seen, self.depth = kept
        return value

    def serve(self, frame):
        """Does what the other side asks, and answers."""
        number, op, handle, *parts = frame["q"]
        if op not in self.operations or type(number) is not int:
            raise Malformed(f"an operation that is none: {op!r:.40}")
        if self.nested >= MAX_NESTED:
            self.take_rest(frame)
            self._answer_error(number, RecursionError("calls between tests and solution are nested too deeply"))
            return
        self.nested += 1
        try:
            target = self.exported[handle][0] if handle else None
            parts = self.decode_request(op, parts)
            self.take_rest(frame)
            result = self.perform(op, target, parts)
            self._answer(number, result)
        finally:
            self.nested -= 1

    def decode_request(self, op, parts):
        return [self.decode(part) for part in parts]

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
        return self.request("call", home, args, _pairs(kwargs))

    def call_method(self, home, name, args, kwargs):
        return self.request("method", home, name, args, _pairs(kwargs))

    def call_original(self, home, name, instance, args, kwargs):
        return self.request("original", home, name, instance, args, _pairs(kwargs))

    def make_instance(self, home, cls, args, kwargs):
        return self.request("call", home, args, _pairs(kwargs))

    def special(self, home, name, args, kwargs=None):
        return self.request("special", home, name, args, _pairs(kwargs or {}))

    def compare(self, instance, home, name, other):
        return self.request("special", home, name, (other,), ())

    def step(self, home, how, value):
        return self.request("step", home, how, value)

    def run(self, home):
        return self.request("run", home)

    def make_subclass(self, cls, keywords):
        raise TypeError("a class of the tests can't be the base of one of the solution's")


def _pairs(kwargs):
    if not kwargs:
        return ()
    return tuple(part for pair in kwargs.items() for part in pair)


def unpair(pairs):
    """The keyword arguments that crossed as a flat tuple."""
    return dict(zip(pairs[::2], pairs[1::2]))


def describe_briefly(value):
    """A name for something in a sentence."""
    if isinstance(value, types.ModuleType):
        return f"the module {value.__name__}"
    return f"a {type(value).__name__}"


# Of functions, generators and coroutines, which can't carry their home themselves.
Peer.homes = weakref.WeakKeyDictionary()
ERRORS = (Malformed, Ended, Late)

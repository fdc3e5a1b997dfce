# SPDX-License-Identifier: MIT
"""Values of the other side, as they come from the wire.

Whatever is wrong with one raises something: Malformed, or what Python itself makes of the wrong shape (KeyError,
TypeError, ...). The tests' side takes both for the same.
"""

import types
import weakref

from . import containers, describe, names, standins, values
from .standins import HOME, Iterator, StandInMeta, home_of
from .wire import Malformed


_SIMPLE = frozenset([type(None), bool, str, int, float])
_NAME_MAX = 1000


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


class Decoder:
    """The half of a peer that makes something of what the other side tells."""

    # Bits of what a value is made of, for the profile.
    NONE, PLAIN, CONTAINER, ITERATOR, OBJECT = 1, 2, 4, 8, 16

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

    def decode_slice(self, tagged):
        _, start, stop, step = tagged
        self.depth += 1
        value = slice(self.decode(start), self.decode(stop), self.decode(step))
        self.depth -= 1
        return value

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
                self.name(name),
                self.text(module),
                doc and self.text(doc),
                [base for base in parts if self.is_fit_as_base(base)],
                self.specials(specials, names.SPECIAL | {"no __hash__"}),
                [(self.method(m), d and self.text(d), s) for m, d, s in methods],
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

    @classmethod
    def name(cls, value):
        """A name, which is short enough to be said in a sentence."""
        if len(cls.text(value)) > _NAME_MAX:
            raise Malformed(f"a name of more than {_NAME_MAX} characters")
        return value

    @classmethod
    def method(cls, value):
        """The name of an ordinary method. A special one would be asked by the language itself, past the closed list and
        with what the tests expect; what is ours would be what we know an object by."""
        if names.is_special(cls.name(value)) and value != "__init__" or value.startswith("_assay_"):
            raise Malformed("a method that doesn't cross")
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
            self.plain_homes.discard(ref)
            if self.stand_ins.get(ref.handle) is ref:
                del self.stand_ins[ref.handle]

    def decode_function(self, tagged):
        _, handle, name, doc, signature, is_coroutine = tagged
        # A function that the module has under two names has two stand-ins: what is known of it goes by the name.
        value = self.known(handle) if self.path is None else None
        if value is None:
            home = self.new_home(handle)
            value = self.revived(home, types.FunctionType)
            if value is None:
                value = standins.make_function(
                    home, self.name(name), doc and self.text(doc), signature, is_coroutine is True
                )
                self.homes[value] = home
            if home.path is None:
                self.keep(home, value)
            else:
                self.keep_path(home, value)
        return self.admit_object(value)

    def decode_instance(self, tagged):
        _, handle, cls, shadows = tagged
        value = self.known(handle)
        if value is None:
            home = self.new_home(handle)
            cls = self.class_of(cls)
            if not issubclass(cls, standins.Instance):
                raise Malformed("an instance of a class that has none")
            value = self.revived(home, cls)
            if value is not None:
                home = home_of(value)
            else:
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
            value, ref = self.kept[handle]
            ref.count += 1
            return value
        cls = self.class_of(cls)
        base = describe.plain_base(cls)
        if base is not type(plain) or not issubclass(cls, standins.Forwarding):
            raise Malformed("a value that is none of its class's plain base")
        value = base.__new__(cls, plain)
        home = self.new_home(handle)
        object.__setattr__(value, HOME, home)
        # Numbers and tuples can't be referred to weakly. Their home can, and goes with them.
        ref = Gone(home, self._gone, handle, self.life)
        self.plain_homes.add(ref)
        self.kept[handle] = value, ref
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
            seen = self.seen
            value.__cause__ = self.decode(cause)
            self.seen = seen
        for name, item in attributes:
            if name[:1] == "_" or type(item) not in _SIMPLE:
                raise Malformed("an attribute that is private or no plain value")
            object.__setattr__(value, name, item)
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
        return self.admit_iterator(value) if make is not standins.make_coroutine else self.admit_object(value)

    DECODERS = {
        "i": decode_plain(values.decode_int),
        "f": decode_plain(values.decode_float),
        "b": decode_plain(values.decode_bytes),
        "c": decode_plain(values.decode_complex),
        "n": decode_plain(values.decode_constructed),
        "T": decode_plain(values.decode_type),
        "t": decode_tuple,
        "z": decode_frozenset,
        "S": decode_slice,
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

# SPDX-License-Identifier: MIT
"""Values of this side on their way to the wire."""

import types

from . import containers, describe, values
from .standins import HOME, Iterator, Method, Poison, StandInMeta, Token, home_of

_SAME = frozenset([type(None), bool, str])
_LIMIT = values.MAX_PLAIN_INT
_MEMBERS = (
    (OSError, ("filename", "filename2")),
    (ImportError, ("name", "path")),
    (AttributeError, ("name",)),
    (NameError, ("name",)),
)


class Encoder:
    """The half of a peer that tells of its own objects."""

    tells_private = True  # of its classes' methods, those that begin with an underscore, too

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

    def encode_slice(self, value):
        return ["S", self.encode(value.start), self.encode(value.stop), self.encode(value.step)]

    def encode_view(self, value):
        """A dict's keys, values or items."""
        kind = type(value).__name__[5:]
        return ["V", kind, self._encode_items(list(value))]

    ENCODERS = {
        int: lambda self, value: values.encode_int(value),
        float: lambda self, value: values.encode_float(value),
        complex: encode_complex,
        bytes: encode_bytes,
        slice: encode_slice,
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
            self.hand_over(value)
            return self.encode_type(value)
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

    def hand_over(self, cls):
        """Learns of a class that is sent for itself, and not only to say what an object is."""

    def encode_type(self, cls):
        """A class: by its name if both sides have it, by its handle if it is the other side's, else described."""
        home = self.home_to_send(cls, type(cls))
        if home is not None:
            return ["m", self.handle_of(home)]
        name = values.name_of_type(cls)
        return ["T", name] if name is not None else self.encode_class(cls)

    def encode_class(self, cls):
        handle = self.export_ids.get(id(cls))
        if handle in self.described:
            return ["h", handle]
        handle = self.export(cls)
        self.described[handle] = True
        bases = [self.encode_type(base) for base in cls.__bases__ if self.is_base_worth_telling(base)]
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
            [method for method in describe.methods(cls) if self.may_tell(method[0])],
            describe.of_metaclass(cls),
            container.__name__ if container is not None else None,
        ]

    def may_tell(self, method):
        """Whether the other side may know of a method."""
        return self.tells_private or method[:1] != "_" or method == "__init__"

    @staticmethod
    def is_base_worth_telling(base):
        """Whether the other side should have the base, too: not object, and no type that is as foreign there."""
        return base is not object and (describe.crosses_as_base(base) or values.name_of_type(base) is None)

    def encode_exception(self, value, depth=0):
        cls = type(value)
        name = values.name_of_type(cls)
        cause = value.__cause__
        attributes = self.members_of(value)
        if name is not None:
            own = object.__getattribute__(value, "__dict__")
            attributes.update({key: item for key, item in own.items() if key[:1] != "_" and self.is_simple(item)})
        return [
            "E",
            0 if name is not None else self.export(value),
            self.encode_type(cls),
            [self.encode_safely(item) for item in BaseException.__dict__["args"].__get__(value)],
            self.encode_exception(cause, depth + 1) if isinstance(cause, Exception) and depth < 5 else None,
            [[key, item] for key, item in attributes.items()],
        ]

    @classmethod
    def members_of(cls, value):
        """What an exception of Python's own holds beside its arguments and its dictionary: the name of a file, say."""
        members = {}
        for base, names in _MEMBERS:
            for name in names if isinstance(value, base) else ():
                item = base.__dict__[name].__get__(value) if name in base.__dict__ else None
                if item is not None and cls.is_simple(item):
                    members[name] = item
        return members

    @staticmethod
    def is_simple(value):
        """Whether JSON has the very value."""
        cls = type(value)
        return cls in _SAME or cls is float and value - value == 0 or cls is int and abs(value) < _LIMIT

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


def describe_briefly(value):
    """A name for something in a sentence."""
    if isinstance(value, types.ModuleType):
        return f"the module {value.__name__}"
    return f"a {type(value).__name__}"

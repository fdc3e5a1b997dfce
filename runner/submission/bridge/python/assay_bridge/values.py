# SPDX-License-Identifier: MIT
"""Plain data as JSON, and the closed lists of everything else that has a name on the wire.

JSON's null, booleans, strings, numbers mean themselves, as long as a number is a finite float or a whole
number below 2**53 (others read JSON, too). Every array is a tagged value: its first element says what it
is. There are no objects. What stands here needs nobody's help: no handles, no identity.
"""

import sys

MAX_PLAIN_INT = 1 << 53
MAX_DEPTH = 400

_FLOATS = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}

# Modules are looked up only when they are loaded, or named by the other side: decimal alone costs
# several milliseconds of a start.
_TYPES = {
    "builtins": "object int float complex bool str bytes bytearray memoryview list tuple dict set frozenset range slice "
    "type",
    "collections": "deque Counter OrderedDict defaultdict",
    "decimal": "Decimal InvalidOperation DivisionByZero Overflow Underflow Inexact Rounded Clamped",
    "fractions": "Fraction",
    "datetime": "date time datetime timedelta timezone tzinfo",
    "uuid": "UUID",
    "pathlib": "Path PurePath PosixPath PurePosixPath",
    "json.decoder": "JSONDecodeError",
    "numbers": "Number Complex Real Rational Integral",
    "dataclasses": "FrozenInstanceError",
    "queue": "Empty Full",
    "statistics": "StatisticsError",
    "types": "NoneType EllipsisType NotImplementedType FunctionType GeneratorType",
}


def _builtin_exceptions():
    import builtins

    for name, value in vars(builtins).items():
        if isinstance(value, type) and issubclass(value, BaseException) and value.__name__ == name:
            if issubclass(value, Exception) or value is SystemExit:
                yield name, value


EXCEPTIONS = dict(_builtin_exceptions())
_type_of_name = dict(EXCEPTIONS)
_module_of_type = {name: module for module, names in _TYPES.items() for name in names.split()}


def type_by_name(name):
    """The type of the closed list that has the name; KeyError when there is none."""
    found = _type_of_name.get(name)
    if found is None:
        module = __import__(_module_of_type[name], fromlist=["x"])
        found = _type_of_name[name] = getattr(module, name)
    return found


def name_of_type(cls):
    """The name of a type in the closed list, or None. A class that only claims to be one has none."""
    name = cls.__name__
    if EXCEPTIONS.get(name) is cls:
        return name
    module = sys.modules.get(_module_of_type.get(name, ""))
    return name if module is not None and getattr(module, name, None) is cls else None


# --- to the wire -------------------------------------------------------------------------------------


def encode_int(value):
    """A whole number: itself, or its hexadecimal digits."""
    return value if -MAX_PLAIN_INT < value < MAX_PLAIN_INT else ["i", format(value, "x")]


def encode_float(value):
    """A float: itself if it is finite."""
    if value - value == 0.0:
        return value
    return ["f", "nan" if value != value else "inf" if value > 0 else "-inf"]


def _offset(zone):
    delta = zone.utcoffset(None)
    return [delta.days, delta.seconds, delta.microseconds]


# What is made again from its parts: by "module.class", the name on the wire and the parts.
_CONSTRUCTED = {
    "decimal.Decimal": lambda v: ["Decimal", str(v)],
    "fractions.Fraction": lambda v: ["Fraction", encode_int(v.numerator), encode_int(v.denominator)],
    "datetime.date": lambda v: ["date", v.isoformat()],
    "datetime.time": lambda v: ["time", v.isoformat()],
    "datetime.datetime": lambda v: ["datetime", v.isoformat()],
    "datetime.timedelta": lambda v: ["timedelta", v.days, v.seconds, v.microseconds],
    "datetime.timezone": lambda v: ["timezone", *_offset(v)],
    "uuid.UUID": lambda v: ["UUID", v.hex],
    "pathlib.PosixPath": lambda v: ["PosixPath", str(v)],
    "pathlib.PurePosixPath": lambda v: ["PurePosixPath", str(v)],
    "builtins.range": lambda v: ["range", encode_int(v.start), encode_int(v.stop), encode_int(v.step)],
    "builtins.ellipsis": lambda v: ["Ellipsis"],
    "builtins.NotImplementedType": lambda v: ["NotImplemented"],
}


def encode_constructed(value):
    """A value that is made again from its parts, or None for anything else."""
    cls = type(value)
    name = f"{cls.__module__}.{cls.__qualname__}"
    parts = _CONSTRUCTED.get(name)
    if parts is None:
        return None
    module = sys.modules[cls.__module__]
    if cls.__module__ != "builtins" and getattr(module, cls.__qualname__, None) is not cls:
        return None
    return ["n", *parts(value)]


# --- from the wire -----------------------------------------------------------------------------------


def _text(value):
    if type(value) is not str:
        raise ValueError("a text was expected")
    return value


def whole(value):
    """A whole number as encode_int gives it."""
    if type(value) is list and len(value) == 2 and value[0] == "i":
        return int(_text(value[1]), 16)
    if type(value) is not int:
        raise ValueError("a whole number was expected")
    return value


def _decode_datetime(cls):
    return lambda text: type_by_name(cls).fromisoformat(_text(text))


_CONSTRUCTORS = {
    "Decimal": lambda text: type_by_name("Decimal")(_text(text)),
    "Fraction": lambda above, below: type_by_name("Fraction")(whole(above), whole(below)),
    "date": _decode_datetime("date"),
    "time": _decode_datetime("time"),
    "datetime": _decode_datetime("datetime"),
    "timedelta": lambda *parts: type_by_name("timedelta")(*map(whole, parts)),
    "timezone": lambda *parts: type_by_name("timezone")(type_by_name("timedelta")(*map(whole, parts))),
    "UUID": lambda text: type_by_name("UUID")(_text(text)),
    "PosixPath": lambda text: type_by_name("PosixPath")(_text(text)),
    "PurePosixPath": lambda text: type_by_name("PurePosixPath")(_text(text)),
    "range": lambda *parts: range(*map(whole, parts)),
    "Ellipsis": lambda: Ellipsis,
    "NotImplemented": lambda: NotImplemented,
}


def decode_int(tagged):
    """["i", digits]"""
    return int(_text(tagged[1]), 16)


def decode_float(tagged):
    """["f", "nan" | "inf" | "-inf"]"""
    return _FLOATS[tagged[1]]


def decode_complex(tagged):
    """["c", float, float]"""
    return complex(*[part if type(part) is float else decode_float(part) for part in tagged[1:3]])


def decode_bytes(tagged):
    """["b", text], a character for each byte"""
    return _text(tagged[1]).encode("latin-1")


def decode_constructed(tagged):
    """["n", name, part...]"""
    return _CONSTRUCTORS[tagged[1]](*tagged[2:])


def decode_type(tagged):
    """["T", name]"""
    return type_by_name(tagged[1])

# SPDX-License-Identifier: MIT
"""What one side tells about its classes and functions, so that the other can make stand-ins of them."""

import types

from . import names, values

_METHODS = (types.FunctionType, types.MethodDescriptorType)
_PLAIN_BASES = (int, float, complex, str, bytes, tuple, frozenset)
_CONTAINER_BASES = (list, dict, set, bytearray)

# The attributes of functions that nobody set: functools.wraps does, and copies those of a stand-in.
_USUAL = frozenset(["__wrapped__", "__signature__"])


def plain_base(cls):
    """The plain type that the class is a real subclass of, or None."""
    for base in _PLAIN_BASES:
        if issubclass(cls, base):
            return base
    return None


def container_base(cls):
    """The container that the class is a real subclass of, or None."""
    for base in _CONTAINER_BASES:
        if issubclass(cls, base):
            return base
    return None


def base_value(value):
    """The plain value or container in an instance of a subclass, by the plain type's own method."""
    cls = type(value)
    if issubclass(cls, bool):
        return bool(value)
    if issubclass(cls, int):
        return int.__int__(value)
    if issubclass(cls, float):
        return float.__float__(value)
    if issubclass(cls, complex):
        return complex(complex.__pos__(value).real, complex.__pos__(value).imag)
    if issubclass(cls, str):
        return str.__str__(value)
    if issubclass(cls, bytes):
        return bytes.__getitem__(value, slice(None))[:]
    if issubclass(cls, tuple):
        return tuple(tuple.__iter__(value))
    if issubclass(cls, frozenset):
        return frozenset(frozenset.__iter__(value))
    if issubclass(cls, dict):
        return dict(dict.items(value))
    if issubclass(cls, bytearray):
        return bytearray.copy(value)
    return container_base(cls)(container_base(cls).__iter__(value))


def signature(function):
    """The parameters of a Python function: [name, kind, has a default, the default if it is plain]..., or None.

    The kinds are those of inspect.Parameter, in its order. Read from the code object: the inspect module
    would cost a start ten milliseconds.
    """
    code = getattr(function, "__code__", None)
    if type(code) is not types.CodeType:
        return None
    count, only_keyword = code.co_argcount, code.co_kwonlyargcount
    variables = list(code.co_varnames)
    defaults = function.__defaults__ or ()
    keyword_defaults = function.__kwdefaults__ or {}
    found = []
    for at, name in enumerate(variables[:count]):
        kind = 0 if at < code.co_posonlyargcount else 1
        behind = at - (count - len(defaults))
        found.append([name, kind, *_default(behind >= 0, defaults[behind] if behind >= 0 else None)])
    at = count + only_keyword
    if code.co_flags & 0x04:
        found.append([variables[at], 2, False, None])
        at += 1
    for name in variables[count : count + only_keyword]:
        found.append([name, 3, *_default(name in keyword_defaults, keyword_defaults.get(name))])
    if code.co_flags & 0x08:
        found.append([variables[at], 4, False, None])
    return found


def _default(there, value):
    if there and (value is None or type(value) in (bool, str) or type(value) is int and abs(value) < 1 << 53):
        return [True, value]
    return [there, None]


def _text(value):
    return value if type(value) is str else None


def is_coroutine_function(function):
    """Whether calling it makes a coroutine."""
    code = getattr(function, "__code__", None)
    return type(code) is types.CodeType and bool(code.co_flags & 0x80)


def is_simple_function(value):
    """Whether there is nothing to a callable but calling it."""
    cls = type(value)
    if cls is types.FunctionType:
        return not (vars(value).keys() - _USUAL)
    return cls in (types.MethodType, types.BuiltinFunctionType, types.MethodWrapperType, types.WrapperDescriptorType,
                   types.MethodDescriptorType, types.ClassMethodDescriptorType)


def function(value):
    """[name, doc, signature, is a coroutine function]"""
    code_of = value.__func__ if type(value) is types.MethodType else value
    parameters = signature(code_of)
    if parameters and code_of is not value:
        del parameters[0]
    return [
        _text(getattr(value, "__name__", None)) or "function",
        _text(getattr(value, "__doc__", None)),
        parameters,
        is_coroutine_function(code_of),
    ]


def crosses_as_base(cls):
    """Whether the other side may have this very type as a base: exceptions and plain values."""
    return cls in _PLAIN_BASES or issubclass(cls, BaseException) and values.name_of_type(cls) is not None


def own_specials(cls):
    """The special methods that a class brings with it: its own, and those of bases that don't cross as such."""
    found = {name for name in vars(cls) if name in names.SPECIAL}
    for base in cls.__mro__[1:]:
        if base in _CONTAINER_BASES:
            found |= {name for name in vars(base) if name in names.SPECIAL}
    if plain_base(cls) is not None:
        found -= names.LEFT_TO_PLAIN
    if vars(cls).get("__hash__", cls) is None:
        found.discard("__hash__")
        found.add("no __hash__")
    return sorted(found)


def methods(cls):
    """[name, doc, signature]... of what is surely called on an instance, not just read from it."""
    return [
        [name, _text(value.__doc__), signature(value)]
        for name, value in vars(cls).items()
        if type(value) in _METHODS and type(name) is str and (name == "__init__" or not names.is_special(name))
    ]


def of_metaclass(cls):
    """The special methods of the class as an object: those of an Enum, which can be iterated."""
    meta = type(cls)
    if meta is type:
        return []
    found = set()
    for base in meta.__mro__:
        if base is not type and base is not object:
            found |= {name for name in vars(base) if name in names.OF_METACLASS}
    return sorted(found)


def shadows(value, cls):
    """The names under which an instance holds something else than its class's methods."""
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return []
    if type(own) is not dict:
        return []
    return [name for name in own if any(type(vars(base).get(name)) in _METHODS for base in cls.__mro__)]

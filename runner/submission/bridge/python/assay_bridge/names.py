# SPDX-License-Identifier: MIT
"""The closed list of special methods that cross.

A class on one side becomes a class on the other, with exactly those of these methods that it defines.
Whatever else begins and ends with two underscores is answered where it is asked for, and never crosses:
not __class__, not __getattribute__, not __instancecheck__, not __del__, not __init_subclass__.
"""

COMPARISONS = frozenset("__eq__ __ne__ __lt__ __le__ __gt__ __ge__".split())

_ARITHMETIC = "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and xor or".split()
ARITHMETIC = frozenset(
    [f"__{name}__" for name in _ARITHMETIC]
    + [f"__r{name}__" for name in _ARITHMETIC]
    + [f"__i{name}__" for name in _ARITHMETIC if name != "divmod"]
    + "__neg__ __pos__ __abs__ __invert__ __round__ __trunc__ __floor__ __ceil__".split()
)

# What must be answered with exactly this type.
TYPED = {
    "__bool__": bool,
    "__hash__": int,
    "__str__": str,
    "__repr__": str,
    "__format__": str,
    "__bytes__": bytes,
    "__len__": int,
    "__length_hint__": int,
    "__index__": int,
    "__int__": int,
    "__float__": float,
    "__complex__": complex,
    "__contains__": None,
}

_OTHER = (
    "__getitem__ __setitem__ __delitem__ __missing__ __iter__ __next__ __reversed__ __call__ "
    "__enter__ __exit__ __aenter__ __aexit__ __aiter__ __anext__ __await__ __copy__ __deepcopy__ __fspath__"
).split()

SPECIAL = COMPARISONS | ARITHMETIC | frozenset(TYPED) | frozenset(_OTHER)

# What is asked with a value of the tests, perhaps the expected one, and says how far the object is from it.
JUDGING = ARITHMETIC | {"__contains__"}

# Of a metaclass: an Enum is iterated, measured and asked by name.
OF_METACLASS = frozenset("__iter__ __len__ __getitem__ __contains__ __reversed__".split())

# What a real subclass of a plain type takes from that type whatever its class defines.
LEFT_TO_PLAIN = (
    COMPARISONS
    | ARITHMETIC
    | frozenset(
        "__hash__ __bool__ __len__ __length_hint__ __contains__ __iter__ __reversed__ __getitem__ __index__ "
        "__int__ __float__ __complex__ __bytes__".split()
    )
)


def is_special(name):
    """Whether a name begins and ends with two underscores."""
    return name[:2] == "__" and name[-2:] == "__"

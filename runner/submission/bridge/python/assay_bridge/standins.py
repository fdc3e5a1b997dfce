# SPDX-License-Identifier: MIT
"""Stand-ins: what one side has of the other's classes, instances, functions, generators.

A class becomes a class, so that isinstance, except and type() work; an instance becomes an instance of it, and
everything that is asked of it is asked of the other side through its home. One object has one stand-in as long as it
is in use, so `is` works, too.

What is compared with something that is no stand-in is compared here, and the other value stays here: in the tests'
box that is the expected one.
"""

import types

from . import describe, names

HOME = "_assay_home"  # of an instance
CLASS_HOME = "_assay_class_home"

# What pytest looks for in everything that it sees; it isn't asked of anybody.
ASKED_BY_RUNNERS = frozenset(["_pytestfixturefunction", "pytestmark", "place_as"])


class Home:
    """Where the object lives that something stands for."""

    __slots__ = ("link", "life", "handle", "path", "key", "__weakref__")

    def __init__(self, link, life, handle, path, key):
        self.link = link
        self.life = life  # which life of the other side; it may be started anew
        self.handle = handle
        self.path = path  # how to find it again in the next life: names from the module on; None: it can't be
        self.key = key  # under which name the tests came by it


class Refused(BaseException):
    """The running test can't pass any more. No Exception, so that no test takes it for an answer."""


def home_of(value):
    """The home of a class or instance that is a stand-in; None for everything else."""
    cls = type(value)
    if issubclass(cls, StandInMeta):
        return type.__getattribute__(value, "__dict__").get(CLASS_HOME)
    if issubclass(type(cls), StandInMeta):
        return object.__getattribute__(value, HOME)
    return None


def is_stand_in(value):
    """Whether the value is an instance, or a class, that lives on the other side."""
    cls = type(value)
    return issubclass(type(cls), StandInMeta) or issubclass(cls, StandInMeta)


class StandInMeta(type):
    """The class of classes that live on the other side. Ours are made by make_class; a class statement with one of
    them as its base makes a class on both sides."""

    def __new__(mcs, name, bases, namespace, **keywords):
        home = next(home_of(base) for base in bases if isinstance(base, StandInMeta))
        cls = type.__new__(mcs, name, bases, namespace)
        home.link.make_subclass(cls, keywords)
        return cls

    def __init__(cls, name, bases, namespace, **keywords):
        type.__init__(cls, name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        home = home_of(cls)
        return home.link.make_instance(home, cls, args, kwargs)

    def __getattr__(cls, name):
        if names.is_special(name) or name in ASKED_BY_RUNNERS:
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")
        home = home_of(cls)
        return home.link.get(home, name)

    def __setattr__(cls, name, value):
        if names.is_special(name) and name not in names.SPECIAL:
            type.__setattr__(cls, name, value)
        else:
            home = home_of(cls)
            home.link.set(home, name, value)

    def __delattr__(cls, name):
        home = home_of(cls)
        home.link.delete(home, name)

    def __dir__(cls):
        home = home_of(cls)
        return home.link.dir(home)


class Forwarding:
    """What every instance that lives on the other side has."""

    __slots__ = ()
    _assay_made = False  # by a class statement on this side
    _assay_shadows = ()  # names under which the instance holds something else than its class's methods

    def __getattr__(self, name):
        if names.is_special(name) or name in ASKED_BY_RUNNERS:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        home = object.__getattribute__(self, HOME)
        return home.link.get(home, name)

    def __setattr__(self, name, value):
        if names.is_special(name) or name == "args" and isinstance(self, BaseException):
            object.__setattr__(self, name, value)
        else:
            home = object.__getattribute__(self, HOME)
            home.link.set_of_instance(self, home, name, value)

    def __delattr__(self, name):
        home = object.__getattribute__(self, HOME)
        home.link.delete(home, name)

    def __dir__(self):
        home = object.__getattribute__(self, HOME)
        return home.link.dir(home)

    def __copy__(self):
        home = object.__getattribute__(self, HOME)
        return home.link.special(home, "__copy__", ())

    def __deepcopy__(self, memo):
        home = object.__getattribute__(self, HOME)
        return home.link.special(home, "__deepcopy__", ())

    def __reduce_ex__(self, protocol):
        raise TypeError(f"a {type(self).__name__!r} object of the solution can't be pickled")


class Instance(Forwarding):
    """An instance of a class without a plain base."""

    __slots__ = (HOME, "_assay_shadows", "__weakref__")

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__qualname__} object>"


class Method:
    """A method of a class that lives on the other side.

    Called on an instance it is looked up there, so that what a subclass or the instance itself has instead is found.
    Taken from the class, or by super() in a test's own subclass, it is this very method.
    """

    __slots__ = ("owner", "name", "bound", "exact")

    def __init__(self, owner, name, doc, signature):
        self.owner = owner
        self.name = name
        self.bound = self._function(doc, signature, self._call_by_name)
        self.exact = self._function(doc, signature, self._call_exactly)

    def _call_by_name(self, instance, args, kwargs):
        home = object.__getattribute__(instance, HOME)
        return home.link.call_method(home, self.name, args, kwargs)

    def _call_exactly(self, instance, args, kwargs):
        home = home_of(self.owner)
        return home.link.call_original(home, self.name, instance, args, kwargs)

    def _function(self, doc, signature, call):
        def method(*args, **kwargs):
            if not args:
                raise TypeError(f"{self.name}() needs an instance")
            return call(args[0], args[1:], kwargs)

        return dress(method, self.name, doc, signature)

    def __get__(self, instance, owner):
        if instance is None:
            return self.exact
        if type(instance)._assay_made:
            return types.MethodType(self.exact, instance)
        if self.name in instance._assay_shadows:
            home = object.__getattribute__(instance, HOME)
            return home.link.get(home, self.name)
        return types.MethodType(self.bound, instance)


def dress(function, name, doc, signature):
    """Gives a function of ours the name, text and signature of the one that it stands for."""
    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    if signature is not None:
        function.__signature__ = make_signature(signature)
    return function


class _Elsewhere:
    """A default that is known on the other side only."""

    def __repr__(self):
        return "..."


def make_signature(parameters):
    """An inspect.Signature from what describe.signature gives; raises ValueError for anything else."""
    import inspect

    kinds = (
        inspect.Parameter.POSITIONAL_ONLY,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        inspect.Parameter.VAR_POSITIONAL,
        inspect.Parameter.KEYWORD_ONLY,
        inspect.Parameter.VAR_KEYWORD,
    )
    made = []
    for name, kind, has_default, default in parameters:
        if has_default:
            made.append(inspect.Parameter(name, kinds[kind], default=_Elsewhere() if default is None else default))
        else:
            made.append(inspect.Parameter(name, kinds[kind]))
    return inspect.Signature(made)


# --- special methods ---------------------------------------------------------------------------------


def _special(name):
    def method(self, *args, **kwargs):
        home = object.__getattribute__(self, HOME)
        return home.link.special(home, name, args, kwargs)

    method.__name__ = method.__qualname__ = name
    return method


def _comparison(name):
    def method(self, other):
        home = object.__getattribute__(self, HOME)
        return home.link.compare(self, home, name, other)

    method.__name__ = method.__qualname__ = name
    return method


def _of_class(name):
    def method(cls, *args):
        home = home_of(cls)
        return home.link.special(home, name, args, {})

    method.__name__ = method.__qualname__ = name
    return method


_specials = {name: (_comparison if name in names.COMPARISONS else _special)(name) for name in names.SPECIAL}
_metaclasses = {}


def _metaclass(specials, bases):
    """A metaclass with these special methods, below those of the bases."""
    metas = []
    for base in bases:
        if issubclass(type(base), StandInMeta) and type(base) not in metas:
            metas.append(type(base))
    metas = [meta for meta in metas if not any(issubclass(other, meta) for other in metas if other is not meta)]
    metas = metas or [StandInMeta]
    key = (tuple(specials), tuple(metas))
    if key not in _metaclasses:
        if len(metas) == 1 and not specials:
            _metaclasses[key] = metas[0]
        else:
            namespace = {name: _of_class(name) for name in specials}
            _metaclasses[key] = type("StandInMeta", tuple(metas), namespace)
    return _metaclasses[key]


# --- making ------------------------------------------------------------------------------------------


def make_class(home, name, module, doc, bases, specials, methods, meta_specials):
    """A class for one that lives on the other side. The bases are stand-ins, exceptions or plain types."""
    namespace = {"__module__": module, "__doc__": doc, CLASS_HOME: home}
    plain = next((base for base in bases if not isinstance(base, StandInMeta)), None)
    forwarding = any(isinstance(base, StandInMeta) for base in bases)
    if any(describe.plain_base(base) is not None for base in bases):
        specials = [special for special in specials if special not in names.LEFT_TO_PLAIN]
    if not forwarding:
        bases = (Forwarding, *bases) if plain is not None else (Instance,)
    if all(issubclass(base, Instance) for base in bases if isinstance(base, StandInMeta) or base is Instance):
        if plain is None:
            namespace["__slots__"] = ()
    for special in specials:
        if special == "no __hash__":
            namespace["__hash__"] = None
        else:
            namespace[special] = _specials[special]
    if "__eq__" in namespace and "__hash__" not in namespace:
        namespace["__hash__"] = None
    meta = _metaclass(meta_specials, bases)
    try:
        cls = type.__new__(meta, name, tuple(bases), namespace)
    except TypeError:
        # Bases that get along there and not here, such as those of an IntEnum: the plain one must do, or the first.
        bases = bases[:1] if plain is None else (Forwarding, plain)
        cls = type.__new__(meta, name, tuple(bases), namespace)
    for method, text, signature in methods:
        type.__setattr__(cls, method, Method(cls, method, text, signature))
    return cls


def make_function(home, name, doc, signature, is_coroutine):
    """A function for one that lives on the other side."""
    link = home.link
    if is_coroutine:

        async def stand_in(*args, **kwargs):
            return await link.call(home, args, kwargs)

    else:

        def stand_in(*args, **kwargs):
            return link.call(home, args, kwargs)

    stand_in.__module__ = link.module_name
    return dress(stand_in, name, doc, signature)


def make_generator(home):
    """A real generator that drives one of the other side."""
    step = home.link.step
    how, value = "next", None
    while True:
        try:
            item = step(home, how, value)
        except StopIteration as stop:
            return stop.value
        try:
            value = yield item
            how = "next" if value is None else "send"
        except GeneratorExit:
            step(home, "close", None)
            raise
        except BaseException as error:
            how, value = "throw", error


async def make_coroutine(home):
    """A real coroutine; the other side runs its own to the end at once."""
    return home.link.run(home)


class Iterator:
    """An iterator that is no generator."""

    __slots__ = (HOME, "__weakref__")

    def __init__(self, home):
        setattr(self, HOME, home)

    def __iter__(self):
        return self

    def __next__(self):
        home = getattr(self, HOME)
        return home.link.step(home, "next", None)


class Token:
    """A constant of the module that is an object where the accepted solutions have plain data.

    It can be told from others and nothing else: whoever has their own classes for such constants compares by identity.
    """

    __slots__ = (HOME, "__weakref__")

    def __init__(self, home):
        setattr(self, HOME, home)

    def __repr__(self):
        return "<a constant of the solution>"

    def __bool__(self):
        link = getattr(self, HOME).link
        raise link.refuse("the truth of an object was asked, where the accepted solutions give plain data")


def _poisoned(name):
    def method(self, *args, **kwargs):
        link = object.__getattribute__(self, HOME).link
        raise link.refuse(object.__getattribute__(self, "_assay_why"))

    method.__name__ = method.__qualname__ = name
    return method


class Poison:
    """An object where the accepted solutions give none. The tests may hold it and hand it back; a test that does
    anything else with it has failed, since the object would speak for itself."""

    __slots__ = (HOME, "_assay_stand_in", "_assay_why", "__weakref__")

    def __init__(self, home, stand_in, why):
        object.__setattr__(self, HOME, home)
        # As long as it is here, its object must be there: it may be handed back.
        object.__setattr__(self, "_assay_stand_in", stand_in)
        object.__setattr__(self, "_assay_why", why)

    def __repr__(self):
        return "<an object that the accepted solutions don't give>"

    for _name in names.SPECIAL - {"__repr__", "__copy__", "__deepcopy__", "__await__"}:
        locals()[_name] = _poisoned(_name)
    __getattr__ = _poisoned("__getattr__")
    del _name

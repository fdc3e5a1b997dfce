# SPDX-License-Identifier: MIT
"""Box B: what A may ask of the tests' objects, and nothing else.

A was told of an object because the tests handed it over, or something that holds it. Whoever can reach any attribute of
anything soon runs code of their own here: names with an underscore, those who run the tests, modules that lead
everywhere, and classes that came only with an object stay closed, unless whoever wrote the tests wrote them.
"""

import os
import sys
import types

from . import describe, names
from .peer import Peer, call_special, unpair
from .profile import KINDS
from .standins import StandInMeta

_SET = KINDS["set"]

# What A never gets at an object of ours, and objects of which it gets nothing.
_PRIVATE = ("_", "gi_", "cr_", "ag_", "f_", "tb_", "co_", "func_")
_OF_RUNNERS = frozenset(["unittest", "pytest", "_pytest", "pluggy", "assay_bridge"])
_CLOSED_MODULES = _OF_RUNNERS | frozenset(["sys", "importlib", "builtins"])
_ONLY_CALLED = (types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.MethodWrapperType)


class Asked(Peer):
    """The requests that A may send. Whoever inherits it has a profile, what it gives the running test (`gives`), the
    classes that the tests handed over (`handed`, by id), and `pending`, which ends the test when A has answered."""

    def perform(self, op, target, parts):
        try:
            return "a", getattr(self, "serve_" + op)(target, *parts)
        except Exception as error:
            return "x", error
        except BaseException as error:
            # Nothing of it passes through A; it is raised when A has answered.
            self.pending = self.pending or error
            return "x", RuntimeError("the test has ended")

    def _open(self, target, name):
        """Whether A may touch that name of the object."""
        if type(name) is not str or name.startswith(_PRIVATE) or name == "mro" or isinstance(target, _ONLY_CALLED):
            return False
        cls = target if isinstance(target, type) else type(target)
        if _is_mock(cls):
            return not _is_of_mocks(name)
        if isinstance(target, types.ModuleType) or _top_module(cls) in _CLOSED_MODULES:
            return False
        return not _is_of_runner(cls)

    def _check(self, target, name):
        if not self._open(target, name):
            cls = type(target).__name__
            raise AttributeError(f"{cls!r} object of the tests has no attribute {name!r} for the solution")

    def serve_get(self, target, name):
        self._check(target, name)
        return getattr(target, name)

    def serve_set(self, target, name, value):
        self._check(target, name)
        key = "@set " + name
        if self.profile.recording:
            self.gives[key] = self.gives.get(key, 0) | _SET
        elif not self.gives.get(key, 0) & _SET:
            raise AttributeError(f"the solution may not set the attribute {name!r} of an object of the tests")
        if isinstance(target, type) or _is_mock(type(target)):
            raise AttributeError(f"the solution may not set the attribute {name!r}")
        setattr(target, name, value)

    def serve_dir(self, target):
        return [name for name in dir(target) if self._open(target, name)]

    def serve_call(self, target, args, pairs):
        if not callable(target) or isinstance(target, StandInMeta):
            raise TypeError(f"{type(target).__name__!r} object is not callable")
        if isinstance(target, type):
            self._check_may_make(target)
        return target(*args, **unpair(pairs))

    def hand_over(self, cls):
        self.handed[id(cls)] = cls

    def _check_may_make(self, cls):
        """Classes that A knows only from an object stay closed unless the tests wrote them: a file's would open others,
        a mock's would make objects that agree with everything."""
        if _is_of_runner(cls) or id(cls) not in self.handed and not _is_of_tests(cls):
            raise TypeError(f"the tests handed over no class {cls.__name__!r}, only an object of it: no other can be made")

    def serve_method(self, target, name, args, pairs):
        self._check(target, name)
        return getattr(target, name)(*args, **unpair(pairs))

    def serve_original(self, cls, name, instance, args, pairs):
        if not isinstance(cls, type) or name != "__init__" and not self._open(cls, name):
            raise AttributeError(name)
        if name == "__init__":
            self._check_may_make(cls)
        return vars(cls)[name](instance, *args, **unpair(pairs))

    def serve_special(self, target, name, args, pairs):
        if name not in names.SPECIAL or isinstance(target, types.ModuleType):
            raise AttributeError(name)
        if name == "__call__":
            return self.serve_call(target, args, pairs)
        if isinstance(target, _ONLY_CALLED):
            raise AttributeError(name)
        if _is_of_runner(type(target)) and not _is_mock(type(target)):
            raise AttributeError(name)
        if name in ("__copy__", "__deepcopy__"):
            raise TypeError("an object of the tests can't be copied by the solution")
        return call_special(target, name, args, pairs)

    def serve_step(self, target, how, value):
        if how not in ("next", "send", "throw", "close"):
            raise AttributeError(how)
        if how == "next":
            return next(target)
        return getattr(target, how)(*(() if how == "close" else (value,)))

    def serve_run(self, target):
        """An async function of the tests, as far as it comes without an event loop: ours waits for the solution."""
        if type(target) is not types.CoroutineType:
            raise AttributeError("run")
        while True:
            try:
                awaited = target.send(None)
            except StopIteration as stop:
                return stop.value
            if awaited is not None:
                target.close()
                raise RuntimeError("what the solution awaits of the tests can't wait for anything but asyncio.sleep(0)")

    def serve_base(self, target):
        return describe.base_value(target)

    def serve_input(self, _, prompt):
        return input(self.text(prompt))

    def serve_readline(self, _, size):
        return sys.stdin.readline()


def _top_module(cls):
    module = cls.__module__
    return module.partition(".")[0] if type(module) is str else ""


def _is_of_runner(cls):
    """Whether it is a test case, or something else of those who run tests."""
    return any(_top_module(base) in _OF_RUNNERS for base in cls.__mro__)


def _is_of_mocks(name):
    """Whether a mock has that name for the tests, to teach and to question it, and doesn't make it up."""
    from unittest.mock import AsyncMock

    return name == "method_calls" or hasattr(AsyncMock, name)


def _is_of_tests(cls):
    """Whether a class was written by whoever wrote the tests: neither Python nor what is installed brought it along."""
    module = sys.modules.get(cls.__module__) if type(cls.__module__) is str else None
    file = getattr(module, "__file__", None)
    return type(file) is str and not file.startswith((sys.prefix + os.sep, sys.base_prefix + os.sep))


def _is_mock(cls):
    mock = sys.modules.get("unittest.mock")
    return mock is not None and issubclass(cls, mock.Base)

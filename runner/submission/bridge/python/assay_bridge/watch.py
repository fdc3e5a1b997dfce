# SPDX-License-Identifier: MIT
"""Where no plugin of pytest's does it, unittest itself tells which test is running, and fails those that were refused
something, whatever they did with the error.

A test is known by its id. What is done once for a class or module has a name of its own, such as "setUpClass (a.B)". The
library catches no more than an Exception there, so what is refused is raised as one: to set up then fails, and costs the
tests that it is done for; to tear down costs nobody.
"""

import contextlib
import functools
import sys

from .standins import Refused

_GOOD = ("addSuccess", "addExpectedFailure", "addSkip")  # what a result is told of a test that lost nothing


@contextlib.contextmanager
def _replaced(owner, name, value):
    """Within, an object has this attribute, even if its class forbids it. What others put there meanwhile stays."""
    put, remove = (type.__setattr__, type.__delattr__) if isinstance(owner, type) else (object.__setattr__, object.__delattr__)
    had_it, kept = name in vars(owner), vars(owner).get(name)
    put(owner, name, value)
    try:
        yield
    finally:
        if vars(owner).get(name) is value:
            if had_it:
                put(owner, name, kept)
            else:
                remove(owner, name)


class Watch:
    """What is watched of the library, for one bridge. A test answers for all that it runs. So does a fixture, though the
    tests that it runs answer for themselves, too."""

    def __init__(self, link):
        self.link = link
        self.fixture = ""  # the name of the one that is running

    def has_own_name(self):
        """Whether what begins now is booked under its own name."""
        link = self.link
        return not link.is_told and link.test == self.fixture

    @contextlib.contextmanager
    def _named(self, name):
        outer = self.link.test
        self.link.begin_test(name)
        try:
            yield
        finally:
            self.link.begin_test(outer)

    # --- tests -----------------------------------------------------------------------------------

    def watch_case(self, module):
        """Replaces what runs a test, and what takes functions to call behind those of a class or module; `module` is
        unittest.case."""
        case = module.TestCase
        case.run = self._run_named(case.run)
        case.__call__ = self._run_named(case.__call__)
        guarded = self._guarded

        def add_class_cleanup(cls, function, /, *args, **kwargs):
            cls._class_cleanups.append((guarded(function), args, kwargs))

        def add_module_cleanup(function, /, *args, **kwargs):
            module._module_cleanups.append((guarded(function), args, kwargs))

        case.addClassCleanup = classmethod(functools.wraps(case.addClassCleanup)(add_class_cleanup))
        module.addModuleCleanup = functools.wraps(module.addModuleCleanup)(add_module_cleanup)

    def _run_named(self, run):
        @functools.wraps(run)
        def run_named(case, *args, **kwargs):
            if not self.has_own_name():
                return run(case, *args, **kwargs)
            result = args[0] if args else kwargs.get("result")
            with self._named(case.id()):
                refused = self._refused_from_now()
                with self._strict(result, refused):
                    try:
                        made = run(case, *args, **kwargs)
                    except Refused:  # what is around a test is the tests' own
                        if result is None:
                            raise
                        made = result.addError(case, sys.exc_info())
                if result is None and made is not None and refused():
                    made.addError(case, refused())  # which nobody has seen yet
                return made

        return run_named

    def _refused_from_now(self):
        """A function that gives what was refused since, as the library wants an error; None: nothing."""
        link, before = self.link, self.link.times_refused

        def refused():
            if link.times_refused == before:
                return None
            try:
                raise Refused(link.last_reason)
            except Refused:
                return sys.exc_info()

        return refused

    @contextlib.contextmanager
    def _strict(self, result, refused):
        """Meanwhile a result takes no good news once something was refused."""

        def unless_refused(tell):
            def told(test, *what):
                return result.addError(test, refused()) if refused() else tell(test, *what)

            return told

        def of_a_part(tell):
            return lambda test, part, error: tell(test, part, error or refused())

        with contextlib.ExitStack() as replaced:
            for name in (*_GOOD, "addSubTest"):
                tell = getattr(result, name, None)
                if tell is not None and hasattr(result, "__dict__"):
                    told = of_a_part(tell) if name == "addSubTest" else unless_refused(tell)
                    replaced.enter_context(_replaced(result, name, told))
            yield

    # --- fixtures --------------------------------------------------------------------------------

    def watch_suite(self, module):
        """Replaces what runs fixtures; `module` is unittest.suite."""

        def previous(result):
            return getattr(result, "_previousTestClass", None)

        def module_of(cls):
            return None if cls is None else sys.modules.get(cls.__module__)

        def watch(method, fixture, owner_of, name_of):
            original = getattr(module.TestSuite, method)

            @functools.wraps(original)
            def watched(suite, *args):
                owner = owner_of(*args)
                if owner is None or not self.has_own_name():
                    return original(suite, *args)
                with self._within(f"{fixture} ({name_of(owner)})", owner, fixture):
                    return original(suite, *args)

            setattr(module.TestSuite, method, watched)

        class_name, module_name = module.util.strclass, lambda owner: owner.__name__
        watch("_handleModuleFixture", "setUpModule", lambda test, result: module_of(type(test)), module_name)
        watch("_handleClassSetUp", "setUpClass", lambda test, result: type(test), class_name)
        watch("_tearDownPreviousClass", "tearDownClass", lambda test, result: previous(result), class_name)
        watch("_handleModuleTearDown", "tearDownModule", lambda result: module_of(previous(result)), module_name)

    @contextlib.contextmanager
    def _within(self, name, owner, fixture):
        """Meanwhile a fixture that its owner may have is the one that runs, and is guarded."""
        outer, function = self.fixture, getattr(owner, fixture, None)
        guard = contextlib.nullcontext() if function is None else _replaced(owner, fixture, self._guarded(function))
        with guard, self._named(name):
            self.fixture = name
            try:
                yield
            finally:
                self.fixture = outer

    def _guarded(self, function):
        """A function of a fixture's that raises what the library catches when it was refused something."""

        def guarded(*args, **kwargs):
            link = self.link
            if not self.has_own_name():
                return function(*args, **kwargs)
            before = link.times_refused
            try:
                value = function(*args, **kwargs)
            except Refused as refused:
                raise RuntimeError(str(refused)) from None
            if link.times_refused != before:
                raise RuntimeError(link.last_reason)
            return value

        return guarded


def watched(link):
    """What is told of modules of the library once they are loaded, by their names."""
    watch = Watch(link)
    return {"unittest.case": watch.watch_case, "unittest.suite": watch.watch_suite}

# SPDX-License-Identifier: MIT
"""Where no plugin of pytest's does it, unittest itself tells which test is running, and fails those that were refused
something, whatever they did with the error.

A test is known by its id. What is done once for a class or module has a name of its own, such as "setUpClass (a.B)": what
it is refused costs the tests that it is done for. The library catches no more than an Exception there.
"""

import functools
import sys

from .standins import Refused

_GOOD = ("addSuccess", "addExpectedFailure", "addSkip")  # what a result may be told of a test that lost nothing


class Watch:
    """What is watched of the library, for one bridge. A test or fixture that runs others answers for them."""

    def __init__(self, link):
        self.link = link
        self.fixture = ""  # the name of the one that is running

    def is_apart(self):
        """Whether what begins now has a name of its own."""
        link = self.link
        return not link.is_told and link.test == self.fixture

    # --- tests -----------------------------------------------------------------------------------

    def watch_case(self, module):
        """Takes the place of the methods by which tests are run; `module` is unittest.case."""
        case = module.TestCase
        case.run = self._named(case.run)
        case.__call__ = self._named(case.__call__)
        make_result, guarded = case.defaultTestResult, self._guarded
        case.defaultTestResult = lambda test: self._strict(make_result(test))

        def add_class_cleanup(cls, function, /, *args, **kwargs):
            cls._class_cleanups.append((guarded(function), args, kwargs))

        def add_module_cleanup(function, /, *args, **kwargs):
            module._module_cleanups.append((guarded(function), args, kwargs))

        case.addClassCleanup = classmethod(functools.wraps(case.addClassCleanup)(add_class_cleanup))
        module.addModuleCleanup = functools.wraps(module.addModuleCleanup)(add_module_cleanup)

    def _named(self, run):
        @functools.wraps(run)
        def named(case, result=None):
            if not self.is_apart():
                return run(case, result)
            if result is not None:
                self._strict(result)
            link, outer = self.link, self.link.test
            link.begin_test(case.id())
            try:
                return run(case, result)
            except Refused:  # what is around a test is the tests' own
                if result is None:
                    raise
                result.addError(case, sys.exc_info())
            finally:
                link.begin_test(outer)

        return named

    def _strict(self, result):
        """That result, which takes no good news of a test that was refused something."""
        if getattr(result, "_assay_strict", False):
            return result
        result._assay_strict = True
        for name in _GOOD:
            tell = getattr(result, name, None)
            if tell is not None:
                setattr(result, name, self._unless_refused(result, tell))
        return result

    def _unless_refused(self, result, tell):
        @functools.wraps(tell)
        def told(test, *what):
            why = self.link.refusals.get(self.link.test)
            if why is None:
                return tell(test, *what)
            try:
                raise Refused(why)
            except Refused:
                return result.addError(test, sys.exc_info())

        return told

    # --- fixtures --------------------------------------------------------------------------------

    def watch_suite(self, module):
        """Takes the place of the methods by which fixtures are run; `module` is unittest.suite."""

        def previous(result):
            return getattr(result, "_previousTestClass", None)

        def module_of(cls):
            return cls and sys.modules.get(cls.__module__)

        def watch(method, fixture, owner_of, name_of):
            original = getattr(module.TestSuite, method)

            @functools.wraps(original)
            def watched(suite, *args):
                owner = owner_of(*args)
                if owner is None or not self.is_apart():
                    return original(suite, *args)
                return self._within(f"{fixture} ({name_of(owner)})", owner, fixture, lambda: original(suite, *args))

            setattr(module.TestSuite, method, watched)

        class_name, module_name = module.util.strclass, lambda owner: owner.__name__
        watch("_handleModuleFixture", "setUpModule", lambda test, result: module_of(type(test)), module_name)
        watch("_handleClassSetUp", "setUpClass", lambda test, result: type(test), class_name)
        watch("_tearDownPreviousClass", "tearDownClass", lambda test, result: previous(result), class_name)
        watch("_handleModuleTearDown", "tearDownModule", lambda result: module_of(previous(result)), module_name)

    def _within(self, name, owner, fixture, handle):
        """Lets the library handle a fixture that its owner may have, under that name."""
        link, outer, is_own = self.link, self.fixture, fixture in vars(owner)
        kept = vars(owner).get(fixture)
        function = getattr(owner, fixture, None)
        if function is not None:
            setattr(owner, fixture, self._guarded(function))
        self.fixture = name
        link.begin_test(name)
        try:
            return handle()
        finally:
            self.fixture = outer
            link.begin_test(outer)
            if is_own:
                setattr(owner, fixture, kept)
            elif function is not None:
                delattr(owner, fixture)

    def _guarded(self, function):
        """A function of a fixture's that raises what the library catches when it was refused something."""

        @functools.wraps(function)
        def guarded(*args, **kwargs):
            link = self.link
            if not self.is_apart():
                return function(*args, **kwargs)
            before = link.times_refused
            try:
                value = function(*args, **kwargs)
            except Refused as refused:
                raise RuntimeError(str(refused)) from None
            if link.times_refused != before:
                raise RuntimeError(link.why)
            return value

        return guarded


def watched(link):
    """What is told of modules of the library once they are loaded, by their names."""
    watch = Watch(link)
    return {"unittest.case": watch.watch_case, "unittest.suite": watch.watch_suite}

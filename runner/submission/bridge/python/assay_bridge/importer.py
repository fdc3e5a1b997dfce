# SPDX-License-Identifier: MIT
"""The stand-in for the module under test, and how it gets into the tests' interpreter."""

import atexit
import importlib.abc
import importlib.machinery
import socket
import sys
import types

from . import names
from .printed import Printed
from .profile import Profile
from .record import write as write_record
from .standins import ASKED_BY_RUNNERS, HOME, Home, Refused
from .tester import Tester
from .watch import watched

_LOCAL = frozenset("__spec__ __loader__ __package__ __path__ __file__ __cached__ __builtins__".split())


class Module(types.ModuleType):
    """A module that lives on the other side."""

    def __getattribute__(self, name):
        if names.is_special(name) and name != "__all__" or name in ASKED_BY_RUNNERS:
            return super().__getattribute__(name)
        home = super().__getattribute__("__dict__").get(HOME)
        if home is None or name == HOME:
            return super().__getattribute__(name)
        if name == "__all__":
            return home.link.star(home)
        below = sys.modules.get(f"{self.__name__}.{name}")
        return below if type(below) is Module else home.link.get(home, name)

    def __setattr__(self, name, value):
        if names.is_special(name):
            super().__setattr__(name, value)
        elif type(value) is not Module:
            home = super().__getattribute__("__dict__")[HOME]
            home.link.set(home, name, value)

    def __delattr__(self, name):
        home = super().__getattribute__("__dict__")[HOME]
        home.link.delete(home, name)

    def __dir__(self):
        home = super().__getattribute__("__dict__")[HOME]
        return home.link.dir(home)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the module and what is below it, before anything else is looked for."""

    def __init__(self, link, name):
        self.link = link
        self.name = name
        self.watched = watched(link)

    def find_spec(self, fullname, path=None, target=None):
        if fullname == self.name or fullname.startswith(self.name + "."):
            return importlib.machinery.ModuleSpec(fullname, self)
        watch = self.watched.get(fullname)
        return watch and self._watched(fullname, path, watch)

    def _watched(self, fullname, path, watch):
        """The library's own, which tells the bridge what it does."""
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is not None:
            execute = spec.loader.exec_module

            def exec_module(module):
                execute(module)
                watch(module)

            spec.loader.exec_module = exec_module
        return spec

    def create_module(self, spec):
        """The stand-in. That the process ends while it imports is an ImportError, as is SystemExit."""
        link = self.link
        link.import_begins()
        try:
            handle, is_package, doc = link.request("import", None, spec.name)
        except SystemExit as error:
            raise ImportError(f"the module {spec.name} exits when it is imported: {error}") from None
        except Refused as error:
            raise ImportError(f"the module {spec.name} can't be imported: {error}") from None
        module = Module(spec.name, doc)
        vars(module)[HOME] = Home(link, link.life, handle, (spec.name,), "")
        link.modules[spec.name] = module
        if is_package is True:
            spec.submodule_search_locations = []
        return module

    def exec_module(self, module):
        pass


class Link(Tester):
    """B's end as the importer uses it."""

    def star(self, home):
        """The names that a star import binds: those that the accepted solutions export."""
        listed = self.request("star", home)
        if type(listed) is not list or not all(type(name) is str for name in listed):
            raise self.refuse("TypeError: __all__ is no list of names")
        return self.profile.export(listed)

    def import_begins(self):
        """An import that follows one that ended A may try again."""
        if self.dead is not None and self.test == "":
            self.dead_in = None


class Supply:
    """The streams to processes with the candidate's module: the first is there when we start, assay is asked for others
    over a socket of our own."""

    def __init__(self, asking, stream):
        self._sock = socket.socket(fileno=asking)
        self._first = socket.socket(fileno=stream)
        self._sock.set_inheritable(False)
        self._first.set_inheritable(False)

    def next(self):
        """A stream to a process that has just been started; None when there are no more."""
        if self._first is not None:
            first, self._first = self._first, None
            return first
        try:
            self._sock.send(b"a")
            answer, fds, _, _ = socket.recv_fds(self._sock, 16, 1)
        except OSError:
            return None
        return socket.socket(fileno=fds[0]) if answer == b"A" and fds else None

    def ended(self, late):
        """The last one is of no use any more; `late` if it took too long."""
        try:
            self._sock.send(b"l" if late else b"g")
        except OSError:
            pass  # assay itself is ending


def install(asking, stream, settings, record):
    """Puts the stand-in in place. `asking` is the socket to assay, `stream` the one to the first process, `settings` what
    assay wrote, `record` the file that it wants."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 4000))
    link = Link(
        Supply(asking, stream),
        Profile(settings["suite"], settings["profile"], settings["recording"]),
        settings["test_ms"],
        {test["name"]: test["test_ms"] for test in settings["tests"]},
        settings["total_ms"],
        settings["module"],
    )
    link.is_told = False
    # Of what the box may print, the rest is for those who run the tests.
    link.printed = Printed((settings["output_kib"] << 10) // 4)
    sys.meta_path.insert(0, Finder(link, settings["module"]))
    atexit.register(write_record, link, record)
    return link

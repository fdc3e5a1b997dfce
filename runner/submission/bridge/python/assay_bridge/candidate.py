# SPDX-License-Identifier: MIT
"""Box A: serves the candidate's module to whoever holds the other end of the stream.

Nothing here is trusted by anybody. The candidate's code runs in the same interpreter and may do whatever it likes
to all of it; it then serves nothing but itself.
"""

import builtins
import copy
import importlib
import os
import sys
import types
from _socket import socket  # the module around it takes an eighth of our start
from _thread import get_ident

from . import describe
from .peer import Peer, call_special, unpair
from .wire import Ended, Malformed, Wire

_OUTPUT_MAX = 512 << 10  # of each stream, of which the tests' end lets less through
_LOG_MAX = 16 << 10


class Outbox:
    """What was printed since the last frame: the head of each stream, and how many bytes more."""

    def __init__(self):
        self._forget()

    def _forget(self):
        self.parts = []
        self._room = {1: _OUTPUT_MAX, 2: _OUTPUT_MAX}
        self._more = {1: 0, 2: 0}

    def add(self, number, text):
        left = self._room[number]
        self._room[number] = max(0, left - len(text) - 1)  # the shortest isn't for nothing, either
        if left:
            self.parts.append([number, text[:left]])
        if len(text) > left:
            self._more[number] += len(text[left:].encode("utf-8", "replace"))

    def take(self):
        """The parts for a frame. What a thread prints meanwhile is for this one or the next."""
        parts, more = self.parts, self._more
        self._forget()
        return parts + [[number, "", count] for number, count in more.items() if count]


class Output:
    """sys.stdout or sys.stderr of the solution: its text rides on the next frame to the tests."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, outbox, number):
        self._outbox = outbox
        self._number = number

    def write(self, text):
        if type(text) is not str:
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outbox.add(self._number, text)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def writable(self):
        return True

    def fileno(self):
        import io

        raise io.UnsupportedOperation("fileno")


class Input:
    """sys.stdin of the solution: the tests' own."""

    encoding = "utf-8"

    def __init__(self, peer):
        self._peer = peer

    def readline(self, size=-1):
        return self._peer.request("readline", None, size)

    def read(self, size=-1):
        return "".join(self)

    def __iter__(self):
        return iter(self.readline, "")

    def readlines(self):
        return list(self)

    def isatty(self):
        return False


def _log(error):
    """Leaves to the log of this box where in the solution it was: the tests see but the error."""
    import traceback

    try:
        lines = traceback.format_exception(error, limit=-20)
        os.write(2, "".join(lines).encode("utf-8", "replace")[:_LOG_MAX])
    except Exception:
        pass  # it has code of its own, or descriptor 2 was closed


class Candidate(Peer):
    """A's end of the stream."""

    operations = frozenset(
        "import star get set delete dir call method original special step base run subclass".split()
    )

    def __init__(self, wire):
        self._outbox = Outbox()
        self._told = {}  # handle of a module, name: its namespace, and the function or class that the tests know
        self._loop = None
        self._thread = get_ident()
        self._ahead = {}  # name of a module: what came of its import, which nobody has asked for yet
        self._is_asked = False
        self._first = None
        super().__init__(wire, 1)

    # --- what is printed and read ------------------------------------------------------------------

    def install(self):
        """Gives the interpreter our streams. What is written to descriptors 0 and 1 is lost; 2 is for crashes."""
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        os.close(null)
        sys.stdin = Input(self)
        sys.stdout = Output(self._outbox, 1)
        sys.stderr = Output(self._outbox, 2)
        builtins.input = lambda prompt="", /: self.request("input", None, str(prompt))

    def add_output(self, frame):
        if self._outbox.parts:
            frame["o"] = self._outbox.take()
        stale = [key for key, (space, value) in self._told.items() if space.get(key[1]) is not value]
        if stale:
            frame["g"] = stale
            for key in stale:
                del self._told[key]

    def request(self, op, home, *parts, key=None, path=None):
        if get_ident() != self._thread:
            raise RuntimeError("only the solution's main thread can call the tests")
        self._await_first()
        return super().request(op, home, *parts)

    # --- serving -----------------------------------------------------------------------------------

    def import_ahead(self, name):
        """Imports a module before anybody asks for it: the tests' interpreter takes longer to get up than ours."""
        try:
            self._ahead[name] = "a", importlib.import_module(name)
        except Ended:
            os._exit(0)
        except BaseException as error:
            self._ahead[name] = "x", error
            _log(error)

    def _await_first(self):
        """The tests listen only while they wait for something: what is imported ahead asks them no sooner."""
        if not self._is_asked:
            self._is_asked = True
            self._first = self.take(self.wire.receive())

    def run_forever(self):
        """Serves until the tests have gone."""
        while True:
            try:
                self._await_first()
                kind, asked = self._first or self.take(self.wire.receive())
                self._first = None
                if kind == "q":
                    self.serve(*asked)
            except Ended:
                os._exit(0)

    def serve_import(self, _, name):
        kind, module = self._ahead.pop(name, (None, None))
        if kind == "x":
            raise module
        if kind is None:
            module = importlib.import_module(name)
        doc = module.__doc__ if type(module.__doc__) is str else None
        return self.export(module), hasattr(module, "__path__"), doc

    def serve_star(self, module):
        listed = getattr(module, "__all__", None)
        if listed is None:
            listed = [name for name in vars(module) if name[:1] != "_"]
        return [name for name in listed if type(getattr(module, name)) is not types.ModuleType]

    def serve_get(self, target, name):
        value = getattr(target, name)
        if type(target) is types.ModuleType and isinstance(value, (type, types.FunctionType)):
            self._told[self.export_ids[id(target)], name] = vars(target), value
        return value

    def serve_set(self, target, name, value):
        setattr(target, name, value)

    def serve_delete(self, target, name):
        delattr(target, name)

    def serve_dir(self, target):
        return dir(target)

    def serve_call(self, target, args, pairs):
        return target(*args, **unpair(pairs)) if pairs else target(*args)

    def serve_method(self, target, name, args, pairs):
        return getattr(target, name)(*args, **unpair(pairs))

    def serve_original(self, cls, name, instance, args, pairs):
        return vars(cls)[name](instance, *args, **unpair(pairs))

    def serve_special(self, target, name, args, pairs):
        if name == "__copy__":
            return copy.copy(target)
        if name == "__deepcopy__":
            return copy.deepcopy(target)
        return call_special(target, name, args, pairs)

    def serve_step(self, target, how, value):
        if how == "next":
            return next(target)
        return getattr(target, how)(*(() if how == "close" else (value,)))

    def serve_base(self, target):
        return describe.base_value(target)

    def serve_run(self, target):
        import asyncio

        async def wait():
            return await target

        if self._loop is None:
            self._loop = asyncio.new_event_loop()
        return self._loop.run_until_complete(wait())

    def serve_subclass(self, _, name, bases, functions, keywords):
        namespace = {key: _calls_back(function) for key, function in zip(functions[::2], functions[1::2])}
        cls = types.new_class(name, bases, unpair(keywords), lambda body: body.update(namespace))
        handle = self.export(cls)
        self.described[handle] = True
        return handle


def _calls_back(function):
    def method(self, *args, **kwargs):
        return function(self, *args, **kwargs)

    return method


def main(fd, name):
    """Serves the modules in the working directory over the socket fd; `name` is the one that will be asked for first."""
    sock = socket(fileno=os.dup(fd))
    os.close(fd)
    peer = Candidate(Wire(sock))
    peer.install()
    here = sys.path[0]
    sys.path[0] = os.getcwd()
    if here in sys.path:
        sys.path.remove(here)
    sys.argv = ["solution"]
    try:
        peer.import_ahead(name)
        peer.run_forever()
    except Malformed:
        os._exit(1)

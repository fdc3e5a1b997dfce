# SPDX-License-Identifier: MIT
"""
Starts a program under ptrace and makes one system call of one of its processes fail.

A process is named by its line: "" is the program that was started, "0" the first that it forked, "0.1" the second that
that one forked. A call is named by its process, its number and how many of that number came before it in that process:
that names the same call in the next run too, also where a loop makes more or fewer of others in between. strace can
inject as well, but counts in all processes at once: the third open of a child can't fail where that of its parent does
first.

A call that shall fail isn't made: its number becomes one that doesn't exist, and its answer what is wanted; or, without
an answer, it is made with 0 as its first argument. Processes that nothing is wanted from run on undisturbed, and all of
them once it is done; a process stays attached until its end, so that it is known who is left over.
"""
import collections
import ctypes
import os
import platform
import resource
import signal
import struct
import time

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]

PEEKDATA, CONT, SYSCALL, GETREGSET, SETREGSET, SEIZE, LISTEN, GETEVENTMSG, GET_SYSCALL_INFO = \
    2, 7, 24, 0x4204, 0x4205, 0x4206, 0x4208, 0x4201, 0x420e
SYSGOOD, FORK, VFORK, CLONE, EXEC, EXITKILL = 1, 2, 4, 8, 16, 0x100000
EVENT_FORK, EVENT_VFORK, EVENT_CLONE, EVENT_EXEC, EVENT_STOP = 1, 2, 3, 4, 128
ENTRY, EXIT = 1, 2
WALL = 0x40000000
NT_PRSTATUS, NT_ARM_SYSTEM_CALL = 1, 0x404

Call = collections.namedtuple("Call", "line number nth")


class Made:
    """
    A call that was made: its arguments as numbers and, for people, as texts; `is_late`, when something was executed
    already; `has_failed` by itself.
    """

    def __init__(self, call, arguments, texts, is_late):
        self.call, self.arguments, self.texts, self.is_late = call, arguments, texts, is_late
        self.has_failed = False




class Unable(Exception):
    """Nothing can be traced here, for this reason."""


def die_with_parent():
    libc.prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG


def ptrace(request, pid, address=0, data=0):
    answer = libc.ptrace(request, pid, address, data)
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def _registers(pid, kind, request, buffer):
    vector = Vector(ctypes.addressof(buffer), len(buffer))
    ptrace(request, pid, kind, ctypes.addressof(vector))


def _set_register(pid, offset, value):
    buffer = ctypes.create_string_buffer(1024)
    vector = Vector(ctypes.addressof(buffer), len(buffer))
    ptrace(GETREGSET, pid, NT_PRSTATUS, ctypes.addressof(vector))
    struct.pack_into("=q", buffer, offset, value)
    ptrace(SETREGSET, pid, NT_PRSTATUS, ctypes.addressof(vector))


# Where the number of a call and its answer stand.
if platform.machine() == "x86_64":
    def forget_call(pid):
        _set_register(pid, 15 * 8, -1)

    def set_argument(pid, value):
        _set_register(pid, 14 * 8, value)

    def set_answer(pid, value):
        _set_register(pid, 10 * 8, value)
elif platform.machine() == "aarch64":
    def forget_call(pid):
        _registers(pid, NT_ARM_SYSTEM_CALL, SETREGSET, ctypes.create_string_buffer(struct.pack("=i", -1), 4))

    def set_answer(pid, value):
        _set_register(pid, 0, value)

    set_argument = None  # the answer comes where it was
else:
    forget_call = set_argument = set_answer = None


class _Late(Exception):
    pass


def _be_late(*_):
    raise _Late


class Process:
    def __init__(self, line):
        self.line = line
        self.children = 0
        self.counts = collections.Counter()
        self.failing = False
        self.made = None
        self.has_executed = False


class Trace:
    """
    One run of ARGV. After run(): `status` (a wait status) of the program that was started; `calls`, all of its
    processes until they executed something, if it RECORDS; `was_reached`, whether the call was made that should fail;
    `executed` (line: wait status or None) of every process that did; `pids` of all; `left`, who was alive although the
    program was dead; `is_hung`.
    """
    GRACE_S = 3  # for what dies with the program

    def __init__(self, argv, target=None, answer=0, kill=0, records=False, seconds=10, fds=(), streams=None,
                 on_execute=None):
        if not forget_call:
            raise Unable(f"nobody has written down how calls are made on {platform.machine()}")
        self.argv, self.target, self.answer, self.kill, self.records = argv, target, answer, kill, records
        self.seconds, self.fds, self.streams, self.on_execute = seconds, fds, streams, on_execute
        self.calls, self.executed, self.left = [], {}, []
        self.has_started = self.was_reached = self.is_hung = False
        self.status = None
        self.processes, self.early, self.orphans = {}, set(), {}
        self.info = ctypes.create_string_buffer(96)
        self.pid = None

    def start(self):
        """Forks the program, which waits until it is attached."""
        gate, key = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            self._become_program(gate, key)
        os.close(gate)
        try:
            ptrace(SEIZE, self.pid, 0, SYSGOOD | FORK | VFORK | CLONE | EXEC | EXITKILL)
        except OSError as error:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            raise Unable(f"ptrace: {error.strerror}") from error
        finally:
            os.close(key)
        self.processes[self.pid] = Process("")
        self.pids = [self.pid]

    def _become_program(self, gate, key):
        try:
            os.close(key)
            os.read(gate, 1)
            os.close(gate)
            for to, fd in enumerate(self.streams or ()):
                os.dup2(fd, to)
            for fd in self.fds:
                os.set_inheritable(fd, True)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            # Python ignores these; what is tried should find signals as anybody does.
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, ())
            os.execv(self.argv[0], self.argv)
        finally:
            os._exit(126)

    def run(self):
        """Follows the program to its end, and for a moment what it has left behind. In the main thread only."""
        signal.signal(signal.SIGALRM, _be_late)
        signal.setitimer(signal.ITIMER_REAL, self.seconds)
        try:
            while self.processes:
                self._hear(*os.waitpid(-1, WALL))
        except (_Late, ChildProcessError):
            pass
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.is_hung = self.status is None
        self.left = [process.line for process in self.processes.values()]
        self._end_all()

    def _hear(self, pid, status):
        process = self.processes.get(pid)
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            self._bury(pid, process, status)
            return
        if process is None:  # a child that stopped before its parent told of it
            self.early.add(pid)
            return
        try:
            self._resume(pid, process, status)
        except ProcessLookupError:
            pass  # killed while it was stopped; its end will be heard

    def _bury(self, pid, process, status):
        self.processes.pop(pid, None)
        if process is None:
            return
        if process.has_executed:
            self.executed[process.line] = status
        if pid == self.pid:
            self.status = status
            signal.setitimer(signal.ITIMER_REAL, self.GRACE_S)

    def _resume(self, pid, process, status):
        number, event = os.WSTOPSIG(status), status >> 16
        if number == signal.SIGTRAP | 0x80:
            self._hear_call(pid, process)
            return
        if event in (EVENT_FORK, EVENT_VFORK, EVENT_CLONE):
            self._adopt(process, self._message(pid))
        elif event == EVENT_EXEC and not self.has_started:
            self.has_started = True
        elif event == EVENT_EXEC:
            process.has_executed = True
            self.executed[process.line] = None
            if self.on_execute:
                self.on_execute(process.line, pid)
        elif event == EVENT_STOP and number not in (signal.SIGTRAP, signal.SIGCHLD):
            ptrace(LISTEN, pid)
            return
        self._go(pid, process, 0 if event or number == signal.SIGTRAP else number)

    def _message(self, pid):
        message = ctypes.c_ulong()
        ptrace(GETEVENTMSG, pid, 0, ctypes.addressof(message))
        return message.value

    def _adopt(self, parent, pid):
        line = f"{parent.line}.{parent.children}".lstrip(".")
        parent.children += 1
        child = self.processes[pid] = Process(line)
        self.pids.append(pid)
        if pid in self.early:
            self.early.discard(pid)
            try:
                self._go(pid, child, 0)
            except ProcessLookupError:
                pass

    def _is_wanted(self, process):
        if process.has_executed:
            return False
        if self.records or process.failing:
            return True
        return self.target is not None and not self.was_reached and process.line == self.target.line

    def _go(self, pid, process, number):
        ptrace(SYSCALL if self._is_wanted(process) else CONT, pid, 0, number)

    def _hear_call(self, pid, process):
        size = ptrace(GET_SYSCALL_INFO, pid, len(self.info), ctypes.addressof(self.info))
        if size >= 32 and self.info.raw[0] == ENTRY:
            number, *arguments = struct.unpack_from("=7Q" if size >= 80 else "=Q", self.info, 24)
            self._enter(pid, process, number, arguments)
        elif process.made and size >= 33:
            process.made.has_failed = bool(self.info.raw[32])  # is_error
        elif process.failing:
            process.failing = False
            if self.answer is None and set_argument:
                set_argument(pid, self.argument)  # a call changes nothing but its answer
            elif self.answer is not None:
                set_answer(pid, self.answer)
        self._go(pid, process, 0)

    def _enter(self, pid, process, number, arguments):
        call = Call(process.line, number, process.counts[number])
        process.counts[number] += 1
        if self.records:
            texts = [self._text(pid, value) for value in arguments]
            process.made = Made(call, arguments, texts, bool(self.executed))
            self.calls.append(process.made)
        if call != self.target or self.was_reached:
            return
        self.was_reached = True
        if self.kill:
            os.kill(pid, self.kill)
            return
        process.failing = True
        if self.answer is None:
            self.argument = arguments[0]
            (set_argument or set_answer)(pid, 0)
        else:
            forget_call(pid)

    def _text(self, pid, address):
        """What stands at ADDRESS if it is a short text, else the number. For people."""
        text = b""
        while 0x1000 <= address < 1 << 56 and len(text) < 64:
            ctypes.set_errno(0)
            word = struct.pack("=q", libc.ptrace(PEEKDATA, pid, address + len(text), None))
            if ctypes.get_errno():
                break
            text += word
            if b"\0" in word:
                text = text.split(b"\0")[0]
                if text.isascii() and text.decode().isprintable() and text:
                    return f'"{text.decode()}"'
                break
        return f"{address:#x}"

    def _end_all(self):
        for pid in list(self.processes) + list(self.early):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        # Zombies whose real parent is alive are given back to it by this, too.
        end = time.monotonic() + 5
        while time.monotonic() < end:
            try:
                pid, status = os.waitpid(-1, WALL | os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                time.sleep(0.001)
            elif pid == self.pid and (os.WIFEXITED(status) or os.WIFSIGNALED(status)):
                self.status = status

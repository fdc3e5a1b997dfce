# SPDX-License-Identifier: MIT
"""
faults.py BOX WITNESS HOW [OPTION...]: lets every system call that builds, watches and ends a box fail, one in each run.

Nobody lists the calls here: an undisturbed run is traced (tracer.py), and each call that any process of assay-box made
in it fails once in a run of its own. What runs in the box is a witness (witness.c), which looks at every fence. What is
outside is looked at in the moment in which the witness is executed: its namespaces, and the groups with their limits.
Every run must end in one of two ways: exit status 125 with a sentence, and nothing ran; or the witness saw what it saw
undisturbed, and the report says the truth. Nothing may hang, crash or stay.

HOW is `each` (every call with one error, in three kinds of boxes) or `every` (every call with every error, in more
kinds; and what is killed while it makes a call). Behind a slash a pattern may follow that picks the faults by the words
that they are listed with. OPTIONs go with every launch. Speaks TAP; what went wrong is listed under its claim.

    ASSAY_FAULTS='each/pid 1: .* wait4' sh tests/sandbox/faults.test.sh
"""
import array
import collections
import ctypes
import errno
import json
import os
import re
import shutil
import signal
import socket
import struct
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tracer  # noqa: E402
from launcher import HEADER, PREPARE, REPORT, RUN  # noqa: E402
from tap import claim, finish, say  # noqa: E402

BOX, WITNESS, OPTIONS = sys.argv[1], sys.argv[2], sys.argv[4:]
HOW, _, ONLY = sys.argv[3].partition("/")
WORKERS = 2
SAME, DIFFERENT = 42, 43
NAMESPACES = ("cgroup", "ipc", "mnt", "net", "pid", "user", "uts")

# ENOMEM is the one that may come from nearly every call, and that nobody takes for an answer.
ONE_ERROR = ("ENOMEM",)
ERRORS = ("ENOMEM", "EPERM", "EINVAL", "ENOSYS", "EINTR", "EBUSY", "ENOENT", "EEXIST", "EAGAIN", "EACCES", "EIO",
          "ENOSPC", "EMFILE", "ESRCH", "ECHILD", "EPIPE")

# Their manual pages say that they always succeed, or they don't return.
NEVER_FAIL = {"exit", "exit_group", "rt_sigreturn", "restart_syscall", "umask", "getpid", "gettid", "getppid", "getuid",
              "geteuid", "getgid", "getegid", "getpgrp", "alarm", "sched_yield", "set_tid_address"}

# Only libc makes it, to wait for a thread and to wake who waits: in one's own memory that can't fail, and it doesn't
# look.
NEVER_FAIL |= {"futex"}

# libc's start, before main: it may end the program in words of its own, or without, also later.
START = {"brk", "arch_prctl", "set_tid_address", "set_robust_list", "rseq", "prlimit64", "readlink", "readlinkat",
         "getrandom", "mprotect", "mmap", "munmap", "uname", "newfstatat"}

# Answers that must be believed, since each may be the truth; what follows from them is no failure of assay-box.
NOT_THERE = {("newfstatat", "ENOENT"), ("stat", "ENOENT"), ("lstat", "ENOENT"), ("statx", "ENOENT"), ("open", "ENOENT"),
             ("openat", "ENOENT"), ("readlink", "ENOENT"), ("readlinkat", "ENOENT"), ("mount", "ENOENT"),
             ("move_mount", "ENOENT"), ("rmdir", "ENOENT"), ("unlinkat", "ENOENT")}
BELIEVED = NOT_THERE | {("readlink", "EINVAL"), ("readlinkat", "EINVAL"),  # it is no link
                        ("getdents64", "ENOENT"),  # it is gone; libc takes that for its end
                        ("write", "EPIPE"), ("sendto", "EPIPE"), ("sendmsg", "EPIPE")}  # nobody is there any more

# Told that nobody waits for an answer to a refused call, the supervisor gives none, and the witness waits for it.
UNANSWERED = {("ioctl", "ENOENT")}

_seccomp = ctypes.CDLL("libseccomp.so.2")
_seccomp.seccomp_syscall_resolve_num_arch.restype = ctypes.c_void_p
_seccomp.seccomp_syscall_resolve_num_arch.argtypes = [ctypes.c_uint32, ctypes.c_int]
_names = {}


def name_of(number):
    if number not in _names:
        text = _seccomp.seccomp_syscall_resolve_num_arch(_seccomp.seccomp_arch_native() & 0xffffffff, number)
        _names[number] = ctypes.string_at(text).decode() if text else str(number)
    return _names[number]


def ordinal(number):
    return f"{number}{'th' if number % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


# --- what is outside ---------------------------------------------------------------------------------------------

def group_places():
    """Where hierarchies of groups are mounted: (root, place, controllers; none for v2)."""
    places = []
    with open("/proc/self/mountinfo") as file:
        for line in file:
            left, right = line.split(" - ")
            kind, _, options = right.split()[:3]
            if kind in ("cgroup", "cgroup2"):
                _, _, _, root, place, *_ = left.split()
                places.append((root, place, set(options.split(",")) if kind == "cgroup" else set()))
    return places


PLACES = group_places()
FORGOTTEN_S = 10  # after which a supervisor removes what a killed one has left
LIMITS = ("memory.max", "memory.swap.max", "memory.oom.group", "pids.max", "memory.limit_in_bytes",
          "memory.memsw.limit_in_bytes", "memory.use_hierarchy", "memory.oom_control")


def folders_of_groups(pid):
    """The folders of the boxes' groups that PID is in, by controllers."""
    found = {}
    with open(f"/proc/{pid}/cgroup") as file:
        for line in file:
            _, names, path = line.rstrip("\n").split(":", 2)
            if "assay-box-" not in path:
                continue
            for root, place, controllers in PLACES:
                if set(names.split(",")) & controllers if names else not controllers:
                    found[names] = place + path[len(root.rstrip("/")):]
    return found


def look_from_outside(pid):
    """What holds for the process PID, seen by those who aren't in the box."""
    facts = {}
    for name in NAMESPACES:
        mine, its = os.readlink(f"/proc/self/ns/{name}"), os.readlink(f"/proc/{pid}/ns/{name}")
        facts[f"{name} namespace"] = "the host's" if mine == its else "its own"
    for names, folder in folders_of_groups(pid).items():
        facts[f"group {names}"] = "entered"
        for limit in LIMITS:
            try:
                with open(os.path.join(folder, limit)) as file:
                    facts[f"{names} {limit}"] = re.sub(r"under_oom \d\s*|oom_kill \d+\s*", "", file.read()).strip()
            except OSError:
                pass
    return facts


def groups_left(pids, since):
    """Groups that boxes of these supervisors have left; since then, because numbers come again."""
    wanted = re.compile("assay-box-(%s)-" % "|".join(map(str, pids)))
    found = []
    for _, place, _ in PLACES:
        for folder, names, _ in os.walk(place):
            for path in (os.path.join(folder, name) for name in names if wanted.match(name)):
                try:
                    found += [path] if os.stat(path).st_ctime > since - 0.1 else []
                except FileNotFoundError:
                    pass
    return found


def mounts():
    with open("/proc/self/mountinfo") as file:
        return {line.split()[0]: line.rstrip("\n") for line in file}


# --- one run -----------------------------------------------------------------------------------------------------

def answer_of(call, error):
    """What a call answers that fails. brk alone knows no error: asked for nothing it says where the end still is."""
    return None if call and name_of(call.number) == "brk" else -error


class Run:
    """One launch with one call failing (or none), and what came of it."""

    def __init__(self, kind, place, call=None, error=0, kill=0, records=False):
        self.kind, self.place, self.kill = kind, place, kill
        self.facts = self.witness = None
        self.began = time.time()
        for name in ("out", "err", "report", "said", "kept"):
            self.remove(name)
        self.frozen = os.memfd_create("frozen")
        self.door = self.channel = ()
        argv, fds = kind.command(self)
        said = os.open(self.path("said"), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        nothing = os.open("/dev/null", os.O_RDWR | os.O_CLOEXEC)
        self.trace = tracer.Trace(argv, call, answer_of(call, error), kill, records, fds=fds,
                                  streams=(nothing, said, said), on_execute=self.look)
        try:
            self.trace.start()
            os.close(said)
            os.close(nothing)
            kind.accompany(self)
            self.trace.run()
        finally:
            kind.part(self)
        self.collect()

    def path(self, name):
        return os.path.join(self.place, name)

    def remove(self, name):
        try:
            os.unlink(self.path(name))
        except FileNotFoundError:
            pass

    def look(self, line, pid):
        with open(f"/proc/{pid}/comm") as file:
            if file.read() != "witness\n":
                return
        self.witness = line
        try:
            self.facts = look_from_outside(pid)
        except (FileNotFoundError, ProcessLookupError):
            pass  # it was killed in this moment

    def read(self, name):
        try:
            with open(self.path(name), errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def collect(self):
        self.status = self.trace.status
        self.text, self.said, self.kept = self.read("out"), self.read("said"), self.read("kept")
        text = self.read("report")
        try:
            self.report = json.loads(text) if text else None
        except ValueError:
            self.report = {"verdict": f"unreadable: {text[:100]}", "message": None}
        self.frozen_bytes = os.fstat(self.frozen).st_size
        os.close(self.frozen)
        self.exit_code = os.WEXITSTATUS(self.status) if self.status is not None and os.WIFEXITED(self.status) else None
        self.signal = os.WTERMSIG(self.status) if self.status is not None and os.WIFSIGNALED(self.status) else None
        if self.kind.is_launcher:
            self.exit_code, answer = self.answers[0] if self.answers else (125, "")
            self.report = answer if isinstance(answer, dict) else None
            self.said += answer if isinstance(answer, str) else ""
        end = self.trace.executed.get(self.witness)
        self.seen = os.WEXITSTATUS(end) if end is not None and os.WIFEXITED(end) else None
        self.groups = groups_left(self.trace.pids, self.began)


class Box:
    """A box that is started from the shell, with OPTIONs."""
    is_launcher = False
    is_first = False

    def __init__(self, name, *options, work=False, takes=False, door=False, channel=False):
        self.name, self.options = name, options
        self.work, self.takes, self.door, self.channel = work, takes, door, channel
        self.normal = self.cold = None

    def words(self, run):
        """The options, and the fds that go with them."""
        words, fds = [*OPTIONS, *self.options, "--ro", f"{WITNESS}:/try/witness"], []
        if self.work:
            words += ["--work", os.path.join(run.place, "..", "work")]
        if self.takes:
            words += ["--collect", f"/work/out/file={run.path('kept')}", "--snapshot", f"/work=fd:{run.frozen}"]
            fds.append(run.frozen)
        if self.door:
            run.door = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            run.door[0].send(b"l")
            words += ["--door", f"8000=fd:{run.door[1].fileno()}"]
            fds.append(run.door[1].fileno())
        if self.channel:
            run.channel = socket.socketpair()
            words += ["--channel", f"fd:{run.channel[1].fileno()}"]
            fds.append(run.channel[1].fileno())
        return words, fds

    def program(self):
        return ["--", "/try/witness", self.digest(), CANARY]

    def digest(self):
        if not self.normal:
            return "none"
        total = 0xcbf29ce484222325
        for byte in self.normal.text.encode():
            total = (total ^ byte) * 0x100000001b3 & 0xffffffffffffffff
        return f"{total:016x}"

    def command(self, run):
        words, fds = self.words(run)
        return [BOX, *words, "--stdin", "/dev/null", "--stdout", run.path("out"), "--stderr", run.path("err"),
                "--report", run.path("report"), *self.program()], fds

    def who(self, line):
        """The process LINE in words: who it is follows from where the witness was."""
        program = self.normal.witness
        init = program.rpartition(".")[0]
        names = {program: "the program's process", init: "pid 1", init.rpartition(".")[0]: "the supervisor"}
        if program == f"{init}.1":
            names[f"{init}.0"] = "the network's thread"
        return names.get(line, f"process {line}" if line else "the launcher")

    def accompany(self, run):
        pass

    def part(self, run):
        for end in (*run.door, *run.channel):
            end.close()


# --- the judge ---------------------------------------------------------------------------------------------------

# What may be wrong with a run, and the claim that none is.
WEAKER, UNTRUE, UNCLEAN = "weaker", "untrue", "unclean"
CLAIMS = {WEAKER: "the box is whole or nothing runs",
          UNTRUE: "what assay-box says is true",
          UNCLEAN: "nothing hangs, crashes or stays"}


def differences(run, normal):
    """What the witness and we saw otherwise than undisturbed, but for what the report admits."""
    report = run.report or {}
    admitted = ["\0"]
    if not any("landlock" in layer for layer in report.get("layers", ())):
        admitted.append("landlock ")
    if report.get("limits_mode") == "sampled" != normal.report["limits_mode"]:
        admitted += ["limit 6 ", "limit 7 ", "group ", "memory", "pids", "cpuacct"]
    # A launcher may do without a template: then its box is as whole as one that is built on the spot.
    if run.kind.cold and run.text == run.kind.cold.text:
        normal = run.kind.cold
    if run.seen is not None and run.text:
        lines, before = run.text.splitlines(), normal.text.splitlines()
        found = [f"+ {line}" for line in lines if line not in before]
        found += [f"- {line}" for line in before if line not in lines]
    else:
        found = ["the witness saw something else"] if run.seen == DIFFERENT else []
    facts = normal.facts if run.facts is None and run.seen is None else run.facts or {}
    for name in sorted({*facts, *normal.facts}):
        if facts.get(name) != normal.facts.get(name):
            found.append(f"! {name}: {facts.get(name)}, was {normal.facts.get(name)}")
    for one in found:
        if not one[2:].startswith(tuple(admitted)):
            yield WEAKER, one


def truth(run, normal):
    """What is wrong in the report of a witness that ended by itself."""
    report = run.report
    if report["verdict"] != "exited" or report["exit_code"] != run.seen:
        yield UNTRUE, (f"the witness exited with {run.seen}, the report says {report['verdict']} "
                       f"{report.get('exit_code')}")
    elif run.exit_code is not None and run.exit_code != run.seen:
        yield UNTRUE, f"exit status {run.exit_code}, the witness's was {run.seen}"
    layers = set(report["layers"])
    if not any("landlock" in layer for layer in layers) and \
            [line for line in run.text.splitlines() if line.startswith("landlock ")] != \
            [line for line in normal.text.splitlines() if line.startswith("landlock ")]:
        layers |= {layer for layer in normal.report["layers"] if "landlock" in layer}
    if layers != set(normal.report["layers"]):
        yield UNTRUE, f"the report's layers are {report['layers']}"
    if report["shared_uid"] != normal.report["shared_uid"]:
        yield UNTRUE, f"the report's shared_uid is {report['shared_uid']}"
    if report["output_bytes"] != len(run.text) or not run.text:
        yield UNTRUE, f"{len(run.text)} bytes of output came, {report['output_bytes']} are reported"
    if run.kind.takes and not report["message"] and (run.kept != "kept\n" or not run.frozen_bytes):
        yield UNTRUE, "what should be taken out is missing, and nobody says so"


def sentence(run):
    """That assay-box says why, where it has failed. A launcher says it to its client."""
    if run.kind.is_launcher:
        has_words = not run.answers or run.said or (run.report or {}).get("message")
    else:
        has_words = re.search("^assay-box: .{8}", run.said, re.M)
    if not has_words:
        yield UNTRUE, f"no sentence says why: {run.said[:60]!r}, report {(run.report or {}).get('message')!r}"


def was_ended(run):
    """It was killed, or told to end: by us, or by a launcher that couldn't go on."""
    if run.kind.is_launcher and run.trace.target and not run.trace.target.line and run.report:
        return run.report["verdict"] == "signaled"
    return run.kill and (run.signal or run.exit_code == 128 + run.kill)


def judge_ran(run, normal):
    """The witness was executed: it saw a whole box, or was killed before it could say so."""
    yield from differences(run, normal)
    report = run.report
    if was_ended(run):
        return
    if run.exit_code == 125 and (report is None or report["verdict"] == "box_error"):
        yield from sentence(run)
    elif run.seen is None:
        yield UNTRUE, f"the witness was killed, and the exit status is {run.exit_code}"
    elif run.exit_code == 125 and run.said:
        # It couldn't be written, which no report can tell.
        yield from sentence(run)
    elif report is None:
        yield UNTRUE, f"there is no report, and the exit status is {run.exit_code}"
    else:
        yield from truth(run, normal)


def judge_silent(run, normal, is_start):
    """The witness was never executed."""
    report = run.report
    if is_start and run.status != 0 or was_ended(run):
        return
    # A program that can't be entered or executed is its own fault, for whatever reason.
    if run.trace.target and run.trace.target.line == normal.witness and report and report["verdict"] == "exited" and \
            report["exit_code"] in (126, 127) and run.exit_code == 123:
        return
    if run.exit_code != 125:
        yield UNTRUE, f"nothing ran, and the exit status is {run.exit_code}"
    if report and report["verdict"] != "box_error":
        yield UNTRUE, f"nothing ran, and the verdict is {report['verdict']} {report['exit_code']}"
    yield from sentence(run)


def may_leave_groups(run):
    """The next supervisor removes the groups of one that was killed, and those that could not be removed."""
    target = run.trace.target
    if run.kill == signal.SIGKILL or run.kill and run.signal:
        return run.kind.who(target.line) in ("the supervisor", "the launcher")
    if run.kind.is_launcher:  # its report has left when they are removed, so it can't tell
        return target and name_of(target.number) == "rmdir"
    return re.search("cannot remove|cannot hold", f"{run.said}{run.report}")


def judge(run, normal, is_start=False, is_unseen=False):
    """Everything that is wrong with a run, as (claim, words); nothing if all is well."""
    if run.trace.is_hung:
        yield UNCLEAN, "hangs"
        return
    if run.signal and run.signal != run.kill and not is_start:
        yield UNCLEAN, f"assay-box crashed with signal {run.signal}"
    if run.trace.left:
        yield UNCLEAN, f"processes stayed: {run.trace.left}"
    if run.groups and not is_start and not may_leave_groups(run):
        yield UNCLEAN, f"groups stayed: {run.groups}"
    if run.kind.is_launcher:
        yield from run.kind.judge_service(run, is_start)
    if run.witness is None:
        yield from judge_silent(run, normal, is_start)
        return
    if is_unseen and run.witness.startswith(run.trace.target.line):
        yield WEAKER, "runs without a fence that no witness can see"
    yield from judge_ran(run, normal)


def is_unseen_fence(made, error):
    """A keyring of its own and a life that is bound to the supervisor's are seen by no witness."""
    name = name_of(made.call.number)
    if name == "keyctl":
        return error != errno.ENOSYS  # a kernel without keys has none to share
    return name == "prctl" and made.arguments[0] == 1  # PR_SET_PDEATHSIG


class Launcher(Box):
    """A resident launcher: a box is built ahead, the witness runs in it; then the launcher must serve on."""
    is_launcher = True
    is_cold = False  # builds nothing ahead

    def command(self, run):
        run.client, run.server = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        run.client.settimeout(10)
        run.answers, run.twice, run.number, run.thread = [], [], 0, None
        return [BOX, "--serve", f"fd:{run.server.fileno()}", "--warm", "0" if self.is_cold else "1"], \
            [run.server.fileno()]

    def accompany(self, run):
        run.server.close()
        run.thread = threading.Thread(target=self.talk, args=(run,))
        run.thread.start()

    def talk(self, run):
        try:
            out = os.open(run.path("out"), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            kept = os.open(run.path("kept"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            words = [*OPTIONS, *self.options, "--ro", f"{WITNESS}:/try/witness"]
            takes = ["--stdout", "fd:3", "--collect", "/work/out/file=fd:4", "--snapshot", "/work=fd:5"]
            self.send(run, PREPARE, [*words, "--", "/bin/true"], ())
            self.await_box(run)
            self.send(run, RUN, [*words, *takes, *self.program()], (out, kept, run.frozen))
            os.close(out)
            os.close(kept)
            run.answers.append(self.hear(run))
            for _ in range(2):
                self.send(run, RUN, [*words, "--", "/bin/true"], ())
                run.answers.append(self.hear(run))
        except OSError:
            pass
        run.client.close()

    def await_box(self, run):
        """Until the one ahead is being built: who asks earlier gets another one, which is built on the spot."""
        those = 1 if self.is_cold else len(("the launcher", "who lays the template", "the supervisor", "pid 1"))
        end = time.monotonic() + 1
        while len(run.trace.pids) < those and run.trace.status is None and time.monotonic() < end:
            time.sleep(0.001)

    def send(self, run, kind, words, fds):
        run.number += 1
        text = struct.pack(HEADER, 1, kind, run.number, 0, 0) + b"".join(os.fsencode(word) + b"\0" for word in words)
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
        run.client.sendmsg([text], rights)

    def hear(self, run):
        data = run.client.recv(65536)
        size = struct.calcsize(HEADER)
        if len(data) < size:
            raise OSError("no answer")
        _, kind, number, value, _ = struct.unpack(HEADER, data[:size])
        if number not in (0, run.number):
            run.twice.append(number)
            return self.hear(run)
        return (value, json.loads(data[size:])) if kind == REPORT else (125, data[size:].decode())

    def part(self, run):
        if run.thread:
            run.thread.join()

    def judge_service(self, run, is_start):
        """The launcher answers everything once, serves all but at most one request, and ends when its client does."""
        if is_start:
            return
        is_its_own = run.trace.target and not run.trace.target.line
        if run.kill and is_its_own:
            return
        seen = DIFFERENT if run.text == self.cold.text else SAME
        bad = [answer for i, answer in enumerate(run.answers)
               if answer[0] != (seen if i == 0 else 0) or not isinstance(answer[1], dict)]
        ended_in_words = is_its_own and re.search("^assay-box: .{8}", run.said, re.M)
        if is_its_own and len(run.answers) < 3 and not ended_in_words:
            yield UNTRUE, f"the launcher ended with {run.status} and says nothing"
        elif len(run.answers) < 3 and not ended_in_words:
            yield UNCLEAN, f"the launcher answered {len(run.answers)} of 3 requests"
        elif run.status != 0 and not ended_in_words:
            yield UNCLEAN, f"the launcher ended with {run.status}"
        if len(bad) > 1:
            yield UNCLEAN, f"the launcher didn't serve on: {bad[:2]}"
        if run.twice and not run.kill:  # a worker that was killed can't tell that it has answered
            yield UNTRUE, f"the launcher answered a request twice: {run.twice}"


# --- all of them -------------------------------------------------------------------------------------------------

class Fault:
    """A call of KIND that shall fail with ERROR, or in which its process is killed."""

    def __init__(self, kind, made, error="", kill=0):
        self.kind, self.made, self.error, self.kill = kind, made, error, kill

    def words(self):
        call = self.made.call
        what = f"gives {self.error}" if self.error else f"and {signal.Signals(self.kill).name}"
        return (f"{self.kind.name}: {self.kind.who(call.line)}: {ordinal(call.nth + 1)} "
                f"{name_of(call.number)}({', '.join(self.made.texts[:5])}) {what}")

    def try_it(self, place, normal):
        number = getattr(errno, self.error) if self.error else 0
        run = Run(self.kind, place, self.made.call, number, self.kill)
        if not run.trace.was_reached:
            return "unreached late" if self.made.is_late else "unreached", list(judge(run, normal)), run.groups
        wrong = list(judge(run, normal, self.made.call in self.kind.start,
                           bool(number) and is_unseen_fence(self.made, number)))
        if (name_of(self.made.call.number), self.error) in UNANSWERED and run.trace.is_hung:
            return "ran", [], run.groups
        if (name_of(self.made.call.number), self.error) in BELIEVED:
            wrong = [(claimed, text) for claimed, text in wrong if claimed == UNCLEAN and "groups" not in text]
        return "ran" if run.witness else "refused", wrong, run.groups


def in_short(wrong):
    return "; ".join(one[:120] for one in wrong[:2]) + (f"; and {len(wrong) - 2} more" if len(wrong) > 2 else "")


def work_on(faults, place, pipe):
    """One worker: every fault once, each answered by a line."""
    os.mkdir(place)
    for fault in faults:
        try:
            how, wrong, groups = fault.try_it(place, fault.kind.normal)
        except Exception as error:  # a defect of the test, which must not look like a run that went well
            how, groups, wrong = "broken", [], [(UNCLEAN, f"the test itself: {type(error).__name__}: {error}")]
        said = {claimed: f"{fault.words()}: {in_short([text for one, text in wrong if one == claimed])}"
                for claimed in CLAIMS if any(one == claimed for one, _ in wrong)}
        pipe.write(json.dumps([how, said, groups]) + "\n")
    pipe.flush()


def try_all(faults):
    """Shares FAULTS among workers: how often each end was seen, and everything that was wrong by what is claimed."""
    ends, wrong, pipes, children = collections.Counter(), {claimed: [] for claimed in CLAIMS}, [], []
    for worker in range(WORKERS):
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                tracer.die_with_parent()
                os.close(reading)
                with os.fdopen(writing, "w") as pipe:
                    work_on(faults[worker::WORKERS], os.path.join(PLACE, f"worker-{os.getpid()}"), pipe)
                status = 0
            finally:
                os._exit(status)
        os.close(writing)
        pipes.append(os.fdopen(reading))
        children.append(pid)
    for pipe in pipes:
        for line in pipe:
            how, said, groups = json.loads(line)
            ends[how] += 1
            LEFT.update(groups)
            for claimed, words in said.items():
                wrong[claimed].append(words)
    for pid in children:
        os.waitpid(pid, 0)
    if sum(ends.values()) != len(faults):
        wrong[UNCLEAN].append(f"{len(faults) - sum(ends.values())} runs were lost")
    return ends, wrong


def learn(kind):
    """Runs KIND undisturbed: gives every call that may fail and hasn't by itself, and what is wrong already."""
    place = os.path.join(PLACE, "normal")
    os.makedirs(place, exist_ok=True)
    kind.normal = Run(kind, place)
    if kind.normal.witness is None or kind.normal.report is None or not kind.normal.text:
        return [], [f"exit status {kind.normal.exit_code}: {kind.normal.said}"]
    if kind.is_launcher:
        kind.is_cold = True
        kind.cold = Run(kind, place)
        kind.is_cold = False
    run = Run(kind, place, records=True)
    kind.start = set()
    for made in run.trace.calls:
        if made.call.line or name_of(made.call.number) not in START:
            break
        kind.start.add(made.call)
    wrong = [text for _, text in judge(run, kind.normal)]
    if run.seen != SAME:
        wrong.append(f"the witness ended with {run.seen}: it doesn't see the same twice")
    # A launcher's other workers do what the first does.
    first = kind.normal.witness.split(".")[0] + "."
    return [made for made in run.trace.calls if name_of(made.call.number) not in NEVER_FAIL and
            not made.has_failed and (not made.call.line or not kind.is_launcher or
                                     f"{made.call.line}.".startswith(first))], wrong


# --- what is claimed ---------------------------------------------------------------------------------------------

# What a witness of any box sees, whatever the machine: words and a pattern for its lines.
FENCES = (
    ("no capability", {f"status Cap{which}:\t0000000000000000" for which in ("Inh", "Prm", "Eff", "Bnd", "Amb")}),
    ("no new privileges and a filter", {"status NoNewPrivs:\t1", "status Seccomp:\t2"}),
    ("one user and one group", {f"status {which}id:\t1000\t1000\t1000\t1000" for which in "UG"}),
    ("no signal ignored or blocked", {f"status Sig{which}:\t0000000000000000" for which in ("Blk", "Ign", "Cgt")}),
    ("a session of its own, and that it isn't pid 1", {"pid not 1", "parent pid 1", "session own", "group own"}),
    ("no core dumps, no priority", {"limit 4 0 0", "limit 13 0 0", "limit 14 0 0"}),
    ("nothing of pid 1", {f"open /proc/1/{what} ENOENT" for what in ("environ", "root/etc", "maps", "fd")}),
    ("no process but itself", {"process this one"}),
    ("no file of the host", {f"read {what} ENOENT" for what in
                             ("/home", "/root", "/var", "/run", "/sys", "/etc/shadow", "/usr/local/bin",
                              "the canary")}),
    ("nothing that it can write but its folders", {f"write {what} refused" for what in
                                                   ("/new", "/usr/new", "/usr/local/new", "/etc/passwd", "/proc/new",
                                                    "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger")}),
    ("no call that makes or joins what is outside", {f"call {what} ENOSYS" for what in
                                                     ("unshare", "clone", "clone3", "setns", "mount", "umount2",
                                                      "ptrace", "keyctl", "bpf", "io_uring_setup",
                                                      "process_vm_readv")}),
)


def claim_fences(kind):
    lines = set(kind.normal.text.splitlines())
    for words, wanted in FENCES:
        claim(f"{kind.name}: undisturbed, the witness sees {words}", wanted <= lines, sorted(wanted - lines))
    groups = [line for line in lines if line.startswith("status Groups:")]
    claim(f"{kind.name}: undisturbed, no group that root started it with is kept",
          os.getuid() != 0 or groups == ["status Groups:\t "], groups)
    interfaces = {line for line in lines if line.startswith("interface ")}
    claim(f"{kind.name}: undisturbed, there is no network but the loopback",
          interfaces == {"interface lo up"}, interfaces)
    shared = [f"{name}: {fact}" for name, fact in kind.normal.facts.items() if fact == "the host's"]
    claim(f"{kind.name}: undisturbed, each of seven namespaces is its own",
          not shared and sum("namespace" in name for name in kind.normal.facts) == 7, shared)
    bounded = {name.split()[1] for name in kind.normal.facts if "namespace" not in name}
    mode = kind.normal.report["limits_mode"]
    claim(f"{kind.name}: undisturbed, its groups have the limits that the report's mode means",
          mode == "sampled" or {"cgroup1": {"memory.limit_in_bytes", "pids.max"},
                                "cgroup2": {"memory.max", "pids.max"}}[mode] <= bounded, (mode, *bounded))


def every_nth(calls, line, n):
    return [made for made in calls if made.call.line == line][::n]


def kills(kind, calls, n):
    """Every Nth call of those whose end isn't the program's own: it is killed while it makes the call."""
    program = kind.normal.witness
    init = program.rpartition(".")[0]
    supervisor = init.rpartition(".")[0]
    return [Fault(kind, made, kill=number) for line, number in
            ((supervisor, signal.SIGKILL), (init, signal.SIGKILL), (supervisor, signal.SIGTERM))
            for made in every_nth(calls, line, n)]


def signatures(kind, calls):
    """How often who makes which call, with which texts: numbers and addresses differ from run to run."""
    return collections.Counter(signature(kind, made) for made in calls)


def signature(kind, made):
    return kind.who(made.call.line), name_of(made.call.number), tuple(t for t in made.texts if t.startswith('"'))


def without_repeats(kind, calls):
    """While the program runs, a supervisor takes the same look as often as the clock makes it: not all are needed."""
    late = signatures(kind, (made for made in calls if made.is_late))
    seen = collections.Counter()
    for made in calls:
        one = signature(kind, made)
        seen[one] += made.is_late
        if not made.is_late or seen[one] <= 3 or late[one] - seen[one] < 8:
            yield made


def claim_kind(kind, errors, known=None):
    """
    Learns what calls KIND makes, and lets each of them fail with each of ERRORS; of those that another kind makes as
    often (KNOWN), none. Gives the signatures of all.
    """
    kind.calls, wrong = learn(kind)
    claim(f"{kind.name}: undisturbed, the witness sees the same each time and is reported", not wrong, wrong)
    if not kind.calls:
        return collections.Counter()
    if kind.is_first:
        claim_fences(kind)
    made = signatures(kind, kind.calls)
    fresh = [call for call in kind.calls if known is None or made[signature(kind, call)] > known[signature(kind, call)]]
    claim_faults(kind, [Fault(kind, call, error) for error in errors for call in without_repeats(kind, fresh)],
                 "whichever call fails")
    return made


def claim_faults(kind, faults, what):
    began = time.monotonic()
    faults = [fault for fault in faults if re.search(ONLY, fault.words())]
    ends, wrong = try_all(faults)
    for claimed, words in CLAIMS.items():
        claim(f"{kind.name}: {what}, {words}", not wrong[claimed], wrong[claimed])
    # Who is faster, depends on the clock: a launcher hears the one or the other first.
    claim(f"{kind.name}: {what}, nearly every call that should is made", ends["unreached"] * 10 <= len(faults),
          [str(ends)])
    say(f"{kind.name}: {len(faults)} runs in {time.monotonic() - began:.0f} s: " +
        ", ".join(f"{number} {how}" for how, number in sorted(ends.items())))


def claim_kills(kind, n):
    if kind.calls:
        claim_faults(kind, kills(kind, kind.calls, n), "wherever it is killed")


def make_work():
    """What --work takes in: files of several sizes, a folder, a link, a program."""
    work = os.path.join(PLACE, "work")
    os.makedirs(os.path.join(work, "folder", "below"))
    for name, size in (("empty", 0), ("small", 10), ("folder/large", 300000), ("folder/below/file", 5000)):
        with open(os.path.join(work, name), "wb") as file:
            file.write(b"x" * size)
    os.symlink("folder/large", os.path.join(work, "link"))
    os.chmod(os.path.join(work, "small"), 0o755)


PLAIN = Box("a plain box")
RICH = Box("a box with everything", "--tmp", "/sized:4", "--tmp", "/data/folder", "--env", "A=1",
           "--chdir", "/tmp", "--ro", "/usr/share/base-files:/shown", work=True, takes=True, door=True, channel=True)
SERVED = Launcher("a launcher", takes=True)
OFFLINE = Box("a box without network", "--net", "none", "--disk-mib", "8", "--memory-mib", "64")
WATCHED = Box("a box that may be sampled", "--allow-sampled")
PLAIN.is_first = True


def main():
    make_work()
    before = mounts()
    if HOW == "every":
        kinds = [PLAIN, RICH, SERVED, OFFLINE, *([] if "--allow-sampled" in OPTIONS else [WATCHED])]
        known = claim_kind(PLAIN, ERRORS)
        for kind in kinds[1:]:
            claim_kind(kind, ERRORS[:2])
            claim_kind(kind, ERRORS[2:], known)
    else:
        kinds = [PLAIN]
        known = claim_kind(PLAIN, ONE_ERROR)
        for kind in (RICH, SERVED):
            claim_kind(kind, ONE_ERROR, known)
    # At last, since every later supervisor looks at the groups that are left.
    for kind in kinds:
        claim_kills(kind, 1 if HOW == "every" else 12)
    if LEFT:
        time.sleep(FORGOTTEN_S + 2)
        Run(PLAIN, os.path.join(PLACE, "normal"))
        left = sorted(path for path in LEFT if os.path.exists(path))
        claim(f"the next supervisor removes all {len(LEFT)} groups that were left", not left, left)
    new = [line for number, line in mounts().items() if before.get(number) != line]
    claim("the mounts of the host are what they were", not new, new)
    finish()


PLACE = tempfile.mkdtemp(prefix="assay-faults-")
CANARY = os.path.join(PLACE, "canary")
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
LEFT = set()  # groups of supervisors that were killed or couldn't remove them
try:
    os.chmod(PLACE, 0o755)
    with open(CANARY, "w") as canary:
        canary.write("canary\n")
    main()
except tracer.Unable as unable:
    print(f"ok 1 - calls can be made to fail here # SKIP no box can be traced: {unable}\n1..1")
    sys.exit(77)
finally:
    shutil.rmtree(PLACE, ignore_errors=True)

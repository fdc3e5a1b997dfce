# SPDX-License-Identifier: MIT
"""serve.py BOX TRIES [OPTION...]: a client of `assay-box --serve`, speaking TAP. OPTIONs go with every request."""
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

import launcher as launcher_client
from launcher import HEADER, PREPARE, REFUSED, REPORT, RUN
from tap import claim, finish

BOX, TRIES, OPTIONS = sys.argv[1], sys.argv[2], sys.argv[3:]


def Launcher(*options):
    return launcher_client.Launcher(BOX, *options, with_each=OPTIONS)


def output_of(launcher, *words, fds=()):
    reading, writing = os.pipe()
    status, report = launcher.run("--stdout", f"fd:{3 + len(fds)}", *words, fds=[*fds, writing])
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        return status, report, file.read().decode()


def alive(word):
    """Processes of the host whose command line has WORD."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                if word.encode() in file.read() and int(pid) != os.getpid():
                    found.append(int(pid))
        except OSError:
            pass
    return found


def soon(condition, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def orphaned_groups(supervisors):
    """Groups of those supervisors, which are gone. Others on this machine have boxes, too."""
    found = []
    for folder, names, _ in os.walk("/sys/fs/cgroup"):
        for name in names:
            match = re.fullmatch(r"assay-box-(\d+)-[0-9a-f]+", name)
            if match and int(match[1]) in supervisors and os.path.exists(os.path.join(folder, name)):
                found.append(name)
    return found


def descendants(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            children = [int(child) for child in file.read().split()]
    except OSError:
        return []
    return children + [one for child in children for one in descendants(child)]


def boxes_of(launcher):
    """Supervisors with a box."""
    with open(f"/proc/{launcher.process.pid}/task/{launcher.process.pid}/children") as file:
        return [child for child in file.read().split() if descendants(child)]


launcher = Launcher("--warm", "2")

status, report = launcher.run("--", "/bin/true")
claim("a program runs and is reported", status == 0 and report["verdict"] == "exited", report)
status, report, text = output_of(launcher, "--env", "A=1", "--", "/bin/sh", "-c", "echo $A; pwd; exit 3")
claim("its output, environment, folder and status are its own", (status, text) == (3, "1\n/work\n"), (status, text))
launcher.run("--", "/bin/true")
time.sleep(0.3)
status, report, text = output_of(launcher, "--chdir", "/tmp", "--env", "A=2", "--", "/bin/sh", "-c", "echo $A; pwd")
claim("in a box that was built ahead, too", (status, text) == (0, "2\n/tmp\n"), (status, text))
launcher.run("--", "/bin/sh", "-c", "echo mine >/work/a; echo mine >/tmp/a; echo mine >/dev/shm/a")
left = [output_of(launcher, "--", "/bin/sh", "-c", "ls -A /work /tmp /dev/shm | grep -v :")[2].strip() for _ in range(5)]
claim("no box ever holds what another one wrote", left == [""] * 5, left)
status, report, text = output_of(launcher, "--", "/bin/sh", "-c", "ls /proc/self/fd | tr '\\n' ' '")
claim("the program has its streams and nothing else open", text == "0 1 2 3 ", text)
status, report = launcher.run("--", "/no/such/program")
claim("a program that isn't there is its own fault", status == 123 and report["exit_code"] == 127, report)
status, report = launcher.run("--wall-ms", "200", "--", "/bin/sleep", "60")
claim("the clock ends a program", status == 124 and report["verdict"] == "wall_limit", report)
status, report = launcher.run("--memory-mib", "64", "--ro", f"{TRIES}:/try", "--", "/try/try_memory", "anonymous", "256")
claim("so does its memory", status == 124 and report["verdict"] == "memory_limit", report)
status, report = launcher.run("--output-kib", "16", "--ro", f"{TRIES}:/try", "--", "/try/try_flood")
claim("so does its output", status == 124 and report["verdict"] == "output_limit", report)

image = os.memfd_create("image")
status, report = launcher.run("--snapshot", "/work=fd:3", "--", "/bin/sh", "-c", "echo kept >/work/file", fds=[image])
time.sleep(0.2)
status, report, text = output_of(launcher, "--image", "fd:3", "--", "/bin/cat", "/work/file", fds=[image])
claim("a frozen tree fills a box that was built ahead", text == "kept\n", (report, text))
taken = os.memfd_create("taken")
launcher.run("--collect", "/work/x=fd:3", "--", "/bin/sh", "-c", "echo out >/work/x", fds=[taken])
claim("a file is taken out by fd", os.pread(taken, 100, 0) == b"out\n")

good = struct.pack(HEADER, 1, RUN, 5, 0, 0)
reading, writing = os.pipe()
for words, data, fds, why in [
        ("a message that is too short", b"\1\0", (), "too short"),
        ("another version", struct.pack(HEADER, 2, RUN, 5, 0, 0) + b"--\0true\0", (), "version 1"),
        ("an unknown kind", struct.pack(HEADER, 1, 9, 5, 0, 0) + b"--\0true\0", (), "kind 9"),
        ("a run with a value", struct.pack(HEADER, 1, RUN, 5, 1, 0) + b"--\0true\0", (), "no value"),
        ("less than no run to prepare", struct.pack(HEADER, 1, PREPARE, 5, -1, 0) + b"--\0true\0", (), "no value"),
        ("a last word without an end", good + b"--\0true", (), "no end"),
        ("no program", good, (), "no program"),
        ("an unknown option", good + b"--bogus\0--\0true\0", (), "unknown option"),
        ("an fd that didn't come along", good + b"--stdout\0fd:3\0--\0true\0", (), "didn't come"),
        ("an fd of the launcher's own", good + b"--stdout\0fd:1\0--\0true\0", (reading,), "didn't come"),
        ("an fd of the wrong type", good + b"--image\0fd:3\0--\0true\0", (reading,), "regular file"),
        ("a report of its own", good + b"--report\0/tmp/x\0--\0true\0", (), "the report is the answer"),
        ("a launcher within the launcher", good + b"--serve\0fd:3\0--\0true\0", (reading,), "nothing else"),
        ("too many words", good + b"a\0" * 4000, (), "words"),
        ("a message above 64 KiB", good + b"a" * 70000 + b"\0", (), "too long"),
        ("too many fds", good + b"--\0true\0", (reading,) * 100, "too many fds")]:
    said = launcher.refusal(data, fds)
    claim(f"{words} is refused with the reason", why in said, said)
os.close(reading)
os.close(writing)
claim("and the launcher goes on", launcher.run("--", "/bin/true")[0] == 0)

numbers = {launcher.request([*OPTIONS, "--", "/bin/sh", "-c", f"exit {i}"]): i for i in range(8)}
answers = [launcher.answer() for _ in numbers]
claim("requests side by side are answered each by its own report",
      {number: value for _, number, value, _ in answers} == numbers, answers)

fds_before = len(os.listdir(f"/proc/{launcher.process.pid}/fd"))
bad = [answer for answer in (launcher.run("--", "/bin/true") for _ in range(1000)) if answer[0] != 0]
claim("a thousand runs end well", not bad, bad[:1])
time.sleep(0.5)
claim("and leave the launcher no fd", len(os.listdir(f"/proc/{launcher.process.pid}/fd")) <= fds_before + 6)
claim("nor more processes than boxes that wait", len(descendants(launcher.process.pid)) <= 3 * 2 * 4,
      descendants(launcher.process.pid))

seats = Launcher("--warm", "0")
for _ in range(63):
    seats.request([*OPTIONS, "--wall-ms", "200000", "--", "/bin/sleep", "150"])
bad = [answer for answer in (seats.run("--", "/bin/true") for _ in range(100)) if answer[0] != 0]
claim("nor is one refused while another is not quite gone, where there is one seat left", not bad, bad[:1])
seats.request([*OPTIONS, "--wall-ms", "200000", "--", "/bin/sleep", "150"])
kind, _, _, text = (seats.request([*OPTIONS, "--", "/bin/true"]), seats.answer())[1]
claim("where none is left it is", kind == REFUSED and text == "too many programs run already", text)
claim("and who leaves then is noticed", seats.end() == 0)

launcher.request([*OPTIONS, "--", "/bin/sleep", "98765"])
claim("a program runs when its client goes away", soon(lambda: alive("sleep\00098765")))
family = descendants(launcher.process.pid)
claim("then the launcher ends by itself", launcher.end() == 0)
claim("and every process of it, boxes and all", soon(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in family)), family)
claim("and no group is left", soon(lambda: not orphaned_groups(family)), orphaned_groups(family))

launcher = Launcher("--warm", "2")
launcher.run("--", "/bin/true")
launcher.request([*OPTIONS, "--", "/bin/sleep", "98764"])
soon(lambda: alive("sleep\00098764"))
family = descendants(launcher.process.pid)
launcher.process.send_signal(signal.SIGKILL)
launcher.process.wait()
claim("a launcher that is killed takes every box with it",
      len(family) > 2 and soon(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in family)), family)
claim("and no group is left then, either", soon(lambda: not orphaned_groups(family)), orphaned_groups(family))

launcher = Launcher("--warm", "2")
launcher.run("--", "/bin/true")
launcher.request([*OPTIONS, "--", "/bin/sleep", "98763"])
soon(lambda: alive("sleep\00098763"))
launcher.process.send_signal(signal.SIGTERM)
claim("a launcher that is told to end does so", launcher.process.wait(20) == 0)
claim("with its programs", soon(lambda: not alive("sleep\00098763")))

launcher = Launcher("--warm", "0")
launcher.request([*OPTIONS, "--", "/bin/sleep", "1.98762"])
soon(lambda: alive("sleep\0001.98762"))
family = descendants(launcher.process.pid)
launcher.socket.settimeout(1)
try:
    while True:  # each is refused, until nobody listens: then the report of what has run finds no room, either
        launcher.send(b"\1\0")
except OSError:
    soon(lambda: not alive("sleep\0001.98762"))
    time.sleep(0.5)
launcher.process.send_signal(signal.SIGTERM)
claim("a launcher whose client reads no answers ends when it is told to",
      soon(lambda: launcher.process.poll() == 0), launcher.process.poll())
claim("and so do its workers, without being killed", not orphaned_groups(family), orphaned_groups(family))
launcher.process.kill()
launcher.end()

limited, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
process = subprocess.Popen(["/bin/sh", "-c", 'ulimit -S -t 1; exec "$0" --serve fd:"$1"', BOX, str(theirs.fileno())],
                           pass_fds=[theirs.fileno()])
theirs.close()
launcher.socket, launcher.process = limited, process
status, report, text = output_of(launcher, "--", "/bin/sh", "-c", "ulimit -t")
claim("a limit of whoever started the launcher binds no program", text == "unlimited\n", (report, text))
launcher.end()

launcher = Launcher("--warm", "2")
launcher.run("--", "/bin/true")
claim("a plan that was asked for once has no box built ahead", soon(lambda: not descendants(launcher.process.pid)),
      descendants(launcher.process.pid))
launcher.request([*OPTIONS, "--", "/bin/true"], kind=PREPARE)
claim("one that is prepared has", soon(lambda: descendants(launcher.process.pid)))
launcher.end()

launcher = Launcher("--warm", "2")
launcher.request([*OPTIONS, "--", "/bin/true"], kind=PREPARE, value=2)
claim("one that is prepared for two runs has", soon(lambda: len(boxes_of(launcher)) == 2), boxes_of(launcher))
launcher.run("--", "/bin/true")
time.sleep(0.5)
claim("behind the first of them there is one left, and none new", len(boxes_of(launcher)) == 1, boxes_of(launcher))
launcher.run("--", "/bin/true")
claim("behind the second there is none", soon(lambda: not descendants(launcher.process.pid)),
      descendants(launcher.process.pid))
for _ in range(2):
    launcher.run("--", "/bin/true")
claim("who asks for more than was said has boxes ahead again", soon(lambda: boxes_of(launcher)))
launcher.end()

launcher = Launcher("--warm", "0")
claim("without boxes ahead each is built when it is asked for", launcher.run("--", "/bin/true")[0] == 0)
claim("and nobody waits", soon(lambda: not descendants(launcher.process.pid)))
launcher.end()


def maker_of(launcher):
    """The process that lays a template: its only child that stands among other mounts. Held as soon as it is seen."""
    home = os.readlink(f"/proc/{launcher.process.pid}/ns/mnt")
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with open(f"/proc/{launcher.process.pid}/task/{launcher.process.pid}/children") as file:
            for child in map(int, file.read().split()):
                try:
                    if os.readlink(f"/proc/{child}/ns/mnt") != home:
                        os.kill(child, signal.SIGSTOP)
                        return child
                except OSError:
                    pass
    return None


def files_of(process):
    """What the files are that it has open."""
    folder = f"/proc/{process}/fd"
    return [os.readlink(f"{folder}/{fd}") for fd in os.listdir(folder) if int(fd) > 2]


# A large --ro folder is looked through while its template is laid. The launcher must hear everybody meanwhile.
with tempfile.TemporaryDirectory() as folder:
    os.chmod(folder, 0o755)
    for number in range(20000):
        os.mkdir(f"{folder}/{number}")
    launcher = Launcher("--warm", "4")
    launcher.refusal(b"\1\0", ())  # who answers stands among mounts of its own, so that the maker's are told from them
    slow = ("--ro", f"{folder}:/many", "--", "/bin/true")
    launcher.request([*OPTIONS, *slow], kind=PREPARE)
    maker = maker_of(launcher)
    status, report = launcher.run("--", "/bin/true")
    claim("while a template is being laid, others are heard",
          status == 0 and maker and os.path.exists(f"/proc/{maker}"), (maker, report))
    held = [name for name in files_of(maker) if name.startswith(("socket:", "anon_inode:"))]
    claim("who lays it holds nothing of anybody's but the way to say so", len(held) == 1, held)
    status, report = launcher.run(*slow)
    claim("who wants that very box doesn't wait for it, either", status == 0, report)
    if maker and os.path.exists(f"/proc/{maker}"):
        os.kill(maker, signal.SIGCONT)
    claim("and it is laid in the end", soon(lambda: len(descendants(launcher.process.pid)) >= 2), maker)
    launcher.end()

finish()

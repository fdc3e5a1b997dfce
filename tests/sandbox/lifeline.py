# SPDX-License-Identifier: MIT
"""lifeline.py BOX DIR [OPTION...]: holds the other ends of lifelines, speaking TAP. OPTIONs go with every box."""
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time

from launcher import REPORT, Launcher
from tap import claim, finish

BOX, DIR, OPTIONS = sys.argv[1], sys.argv[2], sys.argv[3:]
STREAM, SEQPACKET = socket.SOCK_STREAM, socket.SOCK_SEQPACKET


def pair(kind):
    ours, theirs = socket.socketpair(socket.AF_UNIX, kind)
    ours.settimeout(60)
    return ours, theirs


class Box:
    """A box on a lifeline that our side holds. What it prints comes through self.said."""

    def __init__(self, *words, kind=SEQPACKET, ahead=b""):
        self.line, self.theirs = pair(kind)
        self.said, self.writing = os.pipe()
        self.text = b""
        if ahead:
            self.line.send(ahead)
        self.start([*OPTIONS, *words])
        self.theirs.close()
        os.close(self.writing)

    def ready(self):
        """The byte that says that the box waits, or b"" if it doesn't come."""
        try:
            return self.line.recv(8)
        except OSError:
            return b""

    def go(self):
        self.line.send(b"g")

    def cut(self):
        self.line.close()

    def hears(self, word, seconds=30):
        """Whether the program says WORD."""
        end = time.monotonic() + seconds
        while word not in self.text and time.monotonic() < end:
            if select.select([self.said], [], [], 0.1)[0]:
                part = os.read(self.said, 4096)
                self.text += part
                if not part:
                    break
        return word in self.text


class OneShot(Box):
    kind = "one shot"

    def start(self, words):
        report, self.report_end = os.pipe()
        self.report_file = os.fdopen(report, "rb")
        fds = [self.theirs.fileno(), self.writing, self.report_end]
        self.process = subprocess.Popen(
            [BOX, "--lifeline", f"fd:{fds[0]}", "--stdin", "/dev/null", "--stdout", f"fd:{fds[1]}",
             "--report", f"fd:{fds[2]}", *words], pass_fds=fds)
        os.close(self.report_end)

    def ended(self):
        """The report, when it has ended by itself or by us."""
        text = self.report_file.read()
        self.status = self.process.wait(60)
        return json.loads(text)

    def runs(self):
        return self.process.poll() is None

    def supervisor(self):
        return self.process.pid


class Launched(Box):
    kind = "launched"
    launcher = None
    answers = {}

    def start(self, words):
        self.id = self.launcher.request(["--lifeline", "fd:3", "--stdout", "fd:4", *words],
                                        [self.theirs.fileno(), self.writing])

    def ended(self):
        while self.id not in self.answers:
            kind, number, status, text = self.launcher.answer()
            if not kind:
                return {"verdict": "none", "message": "the launcher is gone"}
            self.answers[number] = (kind, status, text)
        kind, self.status, text = self.answers[self.id]
        return json.loads(text) if kind == REPORT else {"verdict": "refused", "message": text}

    def runs(self):
        return self.id not in self.answers and not select.select([self.launcher.socket], [], [], 0)[0]


def is_cut(report):
    return (report["verdict"], report["exit_code"], report["signal"], report["message"]) == \
        ("signaled", None, 15, "ended by its lifeline")


SLEEP = ("--", "/bin/sh", "-c", "echo up; exec sleep 300")


def try_all(make):
    kind = make.kind
    claim(f"{kind}: a box on a lifeline says that it waits", (box := make("--", "/bin/echo", "up")).ready() == b"r")
    claim(f"{kind}: and its program doesn't run before the word", not box.hears(b"up", 0.5) and box.runs())
    box.go()
    report = box.ended()
    claim(f"{kind}: then it runs to its end", box.hears(b"up") and report["verdict"] == "exited" and box.status == 0, report)
    box = make("--wall-ms", "400", *SLEEP)
    box.ready()
    time.sleep(1)
    waited = box.runs()
    box.go()
    report = box.ended()
    claim(f"{kind}: the clock runs from the word on", waited and report["verdict"] == "wall_limit", report)

    box = make("--", "/bin/echo", "up", kind=STREAM)
    said = box.ready()
    box.go()
    claim(f"{kind}: a stream will do, too", said == b"r" and box.ended()["verdict"] == "exited" and box.hears(b"up"))
    box = make("--", "/bin/echo", "up", ahead=b"g")
    claim(f"{kind}: a byte that was sent ahead starts it at once", box.ended()["verdict"] == "exited" and box.hears(b"up"))
    box = make("--", "/bin/sh", "-c", "echo up; sleep 0.5; echo down", ahead=b"ggg", kind=STREAM)
    box.hears(b"up")
    box.go()
    report = box.ended()
    claim(f"{kind}: further bytes mean nothing", report["verdict"] == "exited" and box.hears(b"down"), report)

    boxes = [make(*SLEEP) for _ in range(3)]
    claim(f"{kind}: three boxes wait", [box.ready() for box in boxes] == [b"r"] * 3)
    for box in boxes:
        box.go()
    claim(f"{kind}: and are started together", all(box.hears(b"up") for box in boxes))
    for box in boxes:
        box.cut()
    reports = [box.ended() for box in boxes]
    claim(f"{kind}: and ended together, as by SIGTERM", all(map(is_cut, reports)) and
          [box.status for box in boxes] == [143] * 3, reports)

    box = make(*SLEEP)
    box.ready()
    box.cut()
    report = box.ended()
    claim(f"{kind}: a box that is cut before the word is ended", is_cut(report) and box.status == 143, report)
    claim(f"{kind}: and its program has never run", not box.hears(b"up") and report["wall_ms"] < 10000, report)
    box = make(*SLEEP, ahead=b"g")
    box.cut()
    report = box.ended()
    claim(f"{kind}: one that is cut while it is built, too", is_cut(report), report)
    box = make(*SLEEP, ahead=b"g")
    box.hears(b"up")
    box.line.shutdown(socket.SHUT_WR)
    claim(f"{kind}: half an end is an end", is_cut(box.ended()))
    box = make("--wall-ms", "500", *SLEEP, ahead=b"g")
    report = box.ended()
    box.cut()
    claim(f"{kind}: a limit that struck stays the verdict", report["verdict"] == "wall_limit", report)
    box = make("--", "/bin/sh", "-c", "ls /proc/self/fd | tr '\\n' ' '", ahead=b"g")
    box.ended()
    claim(f"{kind}: no program ever has the fd", box.hears(b"0 1 2 3 ") and box.text == b"0 1 2 3 ", box.text)

    box = make("--", "/bin/sh", "-c", "echo up; exec >&- 2>&-; exec sleep 300", ahead=b"g")
    box.hears(b"up")
    claim(f"{kind}: who closes its output is heard to, although it runs on",
          select.select([box.said], [], [], 30)[0] and os.read(box.said, 9) == b"" and box.runs())
    box.cut()
    box.ended()
    box = make("--output-kib", "1", "--", "/bin/sh", "-c", "head -c 1024 /dev/zero; echo end; exec sleep 300", ahead=b"g")
    report = box.ended()
    claim(f"{kind}: what came behind the limit is still written before its output ends",
          report["verdict"] == "output_limit" and box.hears(b"end"), report)

    box = make("--work", DIR + "/work", "--collect", "/work/given=" + DIR + "/taken", "--",
               "/bin/sh", "-c", "echo changed >/work/given; exec sleep 300")
    box.ready()
    box.cut()
    box.ended()
    with open(DIR + "/taken") as file:
        claim(f"{kind}: what was to be taken out of it is as it was", file.read() == "given\n")
    os.unlink(DIR + "/taken")


os.mkdir(DIR + "/work", 0o755)
with open(DIR + "/work/given", "w") as given:
    given.write("given\n")
Launched.launcher = Launcher(BOX, "--warm", "2")
try_all(OneShot)
try_all(Launched)

box = OneShot(*SLEEP)
box.ready()
os.kill(box.supervisor(), signal.SIGTERM)
report = box.ended()
claim("a box that waits hears signals to assay-box",
      report["verdict"] == "signaled" and report["message"] == "ended by SIGTERM to assay-box" and not box.hears(b"up"), report)

client = os.fork()
if client == 0:
    box = OneShot("--report", DIR + "/report", *SLEEP, ahead=b"g")
    os._exit(0 if box.hears(b"up") else 1)
started = os.waitpid(client, 0)[1] == 0
end = time.monotonic() + 30
while time.monotonic() < end and not (os.path.exists(DIR + "/report") and os.path.getsize(DIR + "/report")):
    time.sleep(0.02)
with open(DIR + "/report") as file:
    text = file.read()
claim("a client that dies ends its box", started and text and is_cut(json.loads(text)), text)

ours, theirs = pair(STREAM)
theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
reading, writing = os.pipe()
process = subprocess.Popen(
    [BOX, *OPTIONS, "--wall-ms", "500", "--output-kib", "4096", "--stdin", "/dev/null", "--stdout", f"fd:{theirs.fileno()}",
     "--report", f"fd:{writing}", "--", "/usr/bin/head", "-c", "2000000", "/dev/zero"], pass_fds=[theirs.fileno(), writing])
theirs.close()
os.close(writing)
time.sleep(2)
waits = process.poll() is None
ours.close()
with os.fdopen(reading) as file:
    report = json.load(file)
process.wait(30)
claim("a reader that goes while the rest is written to it is no failure of ours",
      waits and report["verdict"] == "wall_limit", report)

waiting, running = Launched(*SLEEP), Launched(*SLEEP, ahead=b"g")
waiting.ready()
running.hears(b"up")
claim("a launcher whose client is gone ends, whatever waits for a word", Launched.launcher.end() == 0)

ours, theirs = pair(socket.SOCK_DGRAM)
reading, writing = os.pipe()
for words, fd, why in [("a pipe", reading, "must be a socket"),
                       ("a datagram socket", theirs.fileno(), "must be a stream or seqpacket socket"),
                       ("what isn't open", 900, "Bad file descriptor")]:
    done = subprocess.run([BOX, *OPTIONS, "--lifeline", f"fd:{fd}", "--", "/bin/true"], stderr=subprocess.PIPE,
                          pass_fds=[fd] if fd < 900 else [])
    claim(f"{words} is no lifeline", done.returncode == 125 and why in done.stderr.decode(), done.stderr)
finish()

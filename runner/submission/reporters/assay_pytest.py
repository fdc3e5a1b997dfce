# SPDX-License-Identifier: MIT
"""Tells assay of every test when it begins and when it has ended: `pytest -p assay_pytest`.

The report (TAP 14) grows by one write for each test, so that it stands when the tests are stopped: "# Subtest: NAME"
says what runs, a plan before all of it how much was to come. A test is called as in pytest's own JUnit XML:
classname.name.

A test that takes longer than its test_ms doesn't pass. While it runs in Python it is interrupted and the next one goes
on; code that holds the interpreter (a loop within C) can't be, and is judged once it has come back. Setup and call
share the time; the teardown has as much once more.

The report is as trustworthy as this process: code under test that is imported here can write it too.
"""

import json
import os
import re
import signal
import threading
import time

import pytest

REPORT = os.environ.get("ASSAY_REPORT", "/report/report.tap")
TIMES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "test_ms.json")
HEAD, TAIL = 48 << 10, 16 << 10  # of a text; assay keeps no more
AGAIN_S = 0.1  # code that swallowed the interruption is interrupted again
WORSE = ["passed", "skipped", "failed", "error"]


def name_of(nodeid):
    """As pytest's junitxml: the file as a dotted path, classes, function, and parameters as they are."""
    path, bracket, parameters = nodeid.partition("[")
    names = path.split("::")
    names[0] = re.sub(r"\.py$", "", names[0].replace("/", "."))
    return ".".join(names) + bracket + parameters


def escape(text):
    """Of a description: one line, with nothing in it that TAP takes for a directive."""
    text = text.replace("\\", "\\\\").replace("#", "\\#")
    return "".join(c if c.isprintable() else " " for c in text)


def head_and_tail(text):
    data = text.encode("utf-8", "replace")
    if len(data) <= HEAD + TAIL:
        return text
    cut = len(data) - HEAD - TAIL
    head, tail = (part.decode("utf-8", "ignore") for part in (data[:HEAD], data[-TAIL:]))
    return f"{head}\n[{cut} bytes are missing here]\n{tail}"


def quoted(text):
    return json.dumps(head_and_tail(text))


class Times:
    """How long each test may take, in seconds; 0: as long as the whole."""

    def __init__(self):
        try:
            with open(TIMES, encoding="utf-8") as f:
                times = json.load(f)
        except FileNotFoundError:
            times = {}
        self.usual = times.get("default", 0) / 1000
        self.tests = {name: ms / 1000 for name, ms in times.get("tests", {}).items()}

    def of(self, nodeid):
        return self.tests.get(name_of(nodeid), self.usual)


class Stream:
    """The report. Only the process that opened it writes: a test may fork."""

    def __init__(self, path):
        self.fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        self.pid = os.getpid()

    def write(self, text):
        data = text.encode("utf-8", "replace")
        while data and os.getpid() == self.pid:
            data = data[os.write(self.fd, data):]


class Verdict:
    """What a test's phases come to: the worst of them."""

    def __init__(self):
        self.outcome, self.message, self.output, self.seconds = "passed", "", "", 0.0

    def add(self, outcome, message, report):
        self.seconds += getattr(report, "duration", 0)
        if WORSE.index(outcome) <= WORSE.index(self.outcome):
            return
        self.outcome, self.message = outcome, message
        sections = [f"--- {title} ---\n{text}" for title, text in getattr(report, "sections", [])]
        self.output = "\n".join([getattr(report, "longreprtext", ""), *sections])


def message_of(report):
    """What went wrong, in one line."""
    longrepr = report.longrepr
    if isinstance(longrepr, tuple):
        return str(longrepr[2]).removeprefix("Skipped: ")
    crash = getattr(longrepr, "reprcrash", None)
    lines = (crash.message if crash else str(longrepr or "")).split("\n")
    errors = [line[1:].strip() for line in lines if line.startswith("E ")]  # of a file that can't be imported
    return errors[-1] if errors and not crash else lines[0]


class Reporter:
    def __init__(self, stream):
        self.stream, self.count, self.verdicts, self.broken = stream, 0, {}, []

    def point(self, nodeid, verdict):
        self.count += 1
        word = "ok" if verdict.outcome in ("passed", "skipped") else "not ok"
        line = f"{word} {self.count} - {escape(name_of(nodeid))}"
        if verdict.outcome == "skipped":
            line += f" # SKIP {escape(verdict.message)}"
        block = [f"duration_ms: {verdict.seconds * 1000:.1f}"]
        if verdict.outcome in ("failed", "error"):
            block += [f"outcome: {verdict.outcome}", f"message: {quoted(verdict.message)}"]
            block += [f"output: {quoted(verdict.output)}"] if verdict.output.strip() else []
        self.stream.write("\n".join([line, "  ---", *("  " + row for row in block), "  ...", ""]))

    def pytest_collectreport(self, report):
        if report.failed:
            self.broken.append(report)

    def pytest_collection_finish(self, session):
        self.stream.write(f"TAP version 14\n1..{len(self.broken) + len(session.items)}\n")
        for report in self.broken:
            verdict = Verdict()
            verdict.add("error", message_of(report), report)
            verdict.message = verdict.message or "could not be collected"
            self.point(report.nodeid, verdict)

    def pytest_runtest_logstart(self, nodeid):
        self.stream.write(f"# Subtest: {escape(name_of(nodeid))}\n")
        self.verdicts[nodeid] = Verdict()

    def pytest_runtest_logreport(self, report):
        outcome = report.outcome
        if outcome not in WORSE:
            return
        if outcome == "failed" and report.when != "call":
            outcome = "error"
        message = getattr(report, "wasxfail", "") or message_of(report)
        self.verdicts.setdefault(report.nodeid, Verdict()).add(outcome, message, report)

    def pytest_runtest_logfinish(self, nodeid):
        verdict = self.verdicts.pop(nodeid, None)
        if verdict:
            self.point(nodeid, verdict)


class Clock:
    """Holds tests to their time."""

    def __init__(self):
        self.times, self.left, self.late, self.took, self.limit = Times(), 0.0, False, 0.0, 0.0

    def too_long(self, *_):
        self.late = True
        pytest.fail(self.sentence())

    def sentence(self):
        return f"the test took longer than its {self.limit * 1000:.0f} ms (test_ms)"

    def phase(self, seconds):
        """Around one phase: interrupts it when the seconds are over."""
        can_interrupt = self.limit and threading.current_thread() is threading.main_thread()
        began = time.monotonic()
        if can_interrupt:
            before = signal.signal(signal.SIGALRM, self.too_long)
            signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001), AGAIN_S)
        yield
        if can_interrupt:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        self.took = time.monotonic() - began
        self.late = self.late or bool(self.limit and self.took > seconds)

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item):
        self.limit, self.late = self.times.of(item.nodeid), False
        yield from self.phase(self.limit)
        self.left = max(self.limit - self.took, 0)

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item):
        yield from self.phase(self.left)

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item):
        self.late = False
        yield from self.phase(self.limit)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item, call):
        result = yield
        report = result.get_result()
        if self.late and report.outcome != "failed":
            report.outcome, report.longrepr = "failed", self.sentence()
            vars(report).pop("wasxfail", None)


def pytest_configure(config):
    config.pluginmanager.register(Clock(), "assay-clock")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Reporter(Stream(REPORT)), "assay-reporter")

# SPDX-License-Identifier: MIT
"""Tells the bridge which test is running, and fails those that it refused. PYTEST_DONT_REWRITE

A test is known by the name that a JUnit report gives it, which is also the manifest's.
"""

import sys

import pytest

from . import importer
from .record import shortened

_LONGEST, _LINES = 2000, 100

_name = pytest.StashKey()
_has_failed = pytest.StashKey()
_broken = {}  # node, name: why a fixture that was made for it was refused something
# It was put in place before anything else was imported.
_link = next((finder.link for finder in sys.meta_path if isinstance(finder, importer.Finder)), None)


def _name_of(nodeid):
    address, bracket, parameters = nodeid.partition("[")
    file, *parts = address.split("::")
    return ".".join([file.removesuffix(".py").replace("/", "."), *parts]) + bracket + parameters


def _shorten(longrepr):
    """What pytest tells of an error two or three times over may be as long as the solution likes; the box's own limit is
    for all tests together."""
    crash = getattr(longrepr, "reprcrash", None)
    if crash is not None:
        crash.message = shortened(crash.message, _LONGEST)
    for traceback, *_ in getattr(longrepr, "chain", ()):
        for entry in traceback.reprentries:
            lines = getattr(entry, "lines", None)
            if lines:
                more = len(lines) - 2 * _LINES
                if more > 0:
                    lines = [*lines[:_LINES], f"[assay: {more} lines more]", *lines[-_LINES:]]
                entry.lines = [shortened(line, _LONGEST) for line in lines]


if _link is not None:

    def _keep_heads(item):
        """What pytest keeps of a test's output until the end is for the log, which has an end itself."""
        keep = item.add_report_section

        def keep_head(when, key, content):
            keep(when, key, _link.printed.kept(content) if key in ("stdout", "stderr") else content)

        item.add_report_section = keep_head

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(item, nextitem):
        name = item.stash[_name] = _name_of(item.nodeid)
        _link.is_told = True
        _keep_heads(item)
        _link.begin_test(name)
        yield
        _link.begin_test("")

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_fixture_setup(fixturedef, request):
        before, key = _link.times_refused, (request.node, fixturedef.argname)
        _broken.pop(key, None)
        yield
        if _link.times_refused != before:
            _broken[key] = _link.last_reason

    def _why_refused(item):
        """What it was refused itself, or what it has of a class, module or session was."""
        why = _link.refusals.get(item.stash.get(_name, ""))
        if why is None and _broken:
            names = getattr(getattr(item, "_request", item), "fixturenames", ())  # with those that it asked for while it ran
            keys = ((node, name) for node in item.listchain() for name in names)
            why = next((_broken[key] for key in keys if key in _broken), None)
        return why

    @pytest.hookimpl(hookwrapper=True, trylast=True)
    def pytest_runtest_makereport(item, call):
        outcome = yield
        if call.excinfo is None and not _link.refusals:
            return
        report = outcome.get_result()
        _shorten(report.longrepr)
        why = _why_refused(item)
        if report.outcome == "failed":
            item.stash[_has_failed] = True
        elif why is not None and call.when != "setup" and not item.stash.get(_has_failed, False):
            item.stash[_has_failed] = True
            report.outcome = "failed"
            report.longrepr = why

# SPDX-License-Identifier: MIT
"""Tells the bridge which test is running, and fails those that it refused. PYTEST_DONT_REWRITE

A test is known by the name that a JUnit report gives it, which is also the manifest's.
"""

import re
import sys

import pytest

from . import importer

_has_failed = pytest.StashKey()


def _name(nodeid):
    address, bracket, parameters = nodeid.partition("[")
    parts = address.split("::")
    parts[0] = re.sub(r"\.py$", "", parts[0].replace("/", "."))
    return ".".join(parts) + bracket + parameters


def _link():
    for finder in sys.meta_path:
        if isinstance(finder, importer.Finder):
            return finder.link
    return None


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    link = _link()
    if link is not None:
        link.is_told = True
        link.begin_test(_name(item.nodeid))
    yield
    if link is not None:
        link.begin_test("")


@pytest.hookimpl(hookwrapper=True, trylast=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    link = _link()
    why = link.refusals.get(_name(item.nodeid)) if link is not None else None
    if report.outcome == "failed":
        item.stash[_has_failed] = True
    elif why is not None and call.when != "setup" and not item.stash.get(_has_failed, False):
        item.stash[_has_failed] = True
        report.outcome = "failed"
        report.longrepr = why

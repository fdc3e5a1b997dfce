# SPDX-License-Identifier: MIT
"""What the tests' end leaves behind for assay, and how texts of the candidate's are made fit for it.

assay takes the record whole or not at all, so nothing that a solution is called or says may be too long for it, or no text
at all: runner/submission/bridge_record.c has the bounds, which are in bytes.
"""

import json
import sys

BETWEEN = "(between two tests)"  # the name of what is refused then
_SENTENCE = 1000  # characters, of at most four bytes each; 8192 bytes may be said of a test
_NAME = 1000  # bytes; no test of a manifest has a longer name
_MOST_REFUSED = 5000
_MOST_EXPLAINED, _BRIEF = 1000, 60  # the others are explained in a few characters


def shortened(text, most=_SENTENCE):
    """A text in so many characters: what is in its middle gives way."""
    if len(text) <= most:
        return text
    return f"{text[: most * 2 // 3]}[...]{text[len(text) - most // 4 :]}"


def _fit(text):
    """A text without what is none in JSON: halves of characters, and the end of a text in C."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def _of_tests(found):
    """Pairs of a test's name and what was found; without those that no manifest can have."""
    return [(_fit(test), what) for test, what in sorted(found.items()) if len(_fit(test).encode("utf-8")) <= _NAME]


def _refused(refusals):
    """Every test counts, so that whoever is refused something a thousand times saves none."""
    for at, (test, why) in enumerate(_of_tests(refusals)[:_MOST_REFUSED]):
        yield {"test": test, "why": _fit(why if at < _MOST_EXPLAINED else shortened(why, _BRIEF))}


def write(link, path):
    """Writes what the bridge saw, once the tests are over."""
    record = {
        "format": 1,
        "self_judged": [{"test": test, "times": times} for test, times in _of_tests(link.judged)],
        "refused": list(_refused(link.refusals)),
        "profile": link.profile.document() if link.profile.recording else None,
    }
    try:
        with open(path, "w", encoding="utf-8") as file:
            json.dump(record, file)
    except OSError as error:
        print(f"assay: the record of the bridge can't be written: {error}", file=sys.stderr)

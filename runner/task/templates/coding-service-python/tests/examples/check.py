"""A tester in the candidate's language, or any other: it speaks HTTP to ASSAY_URL and TAP on its standard output.

The candidate's server runs in a box of its own. It can't see this file, nor write what we report. Whatever it answers,
a test here fails or passes and the next one begins.
"""
import json
import os
import sys
import time
import urllib.error
import urllib.request


def call(method, path, body=None):
    """The status and the body of an answer, as long as the test may still wait."""
    request = urllib.request.Request(os.environ["ASSAY_URL"] + path, data=body, method=method)
    try:
        with urllib.request.urlopen(request, timeout=max(0.1, deadline - time.monotonic())) as answer:
            return answer.status, answer.read(100_000)
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read(100_000)


def equal(got, wanted):
    assert got == wanted, f"{got!r:.80} instead of {wanted!r:.80}"


def reads_back():
    equal(call("PUT", "/notes/one", b"first")[0], 204)
    equal(call("GET", "/notes/one"), (200, b"first"))

tests = [
    ("a note can be read back", reads_back),
]

print(f"1..{len(tests)}")
for number, (name, test) in enumerate(tests, 1):
    deadline = time.monotonic() + 4
    try:
        test()
        print(f"ok {number} - {name}")
    except Exception as error:
        message = json.dumps(f"{type(error).__name__}: {error}"[:300])
        print(f"not ok {number} - {name}\n  ---\n  message: {message}\n  ...")
    sys.stdout.flush()

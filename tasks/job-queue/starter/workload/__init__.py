# SPDX-License-Identifier: MIT
"""The work itself, as a library of another team: it is given and can't be changed
(a changed copy is put back when your work is taken in).

    from workload import AT_ONCE, WorkError, perform
    result = perform("digest", {"text": "hello"})

`perform` blocks the calling thread until the work is done; it may be called from
several threads or processes at once, but never more than AT_ONCE times at a time:
the machines behind it don't bear more. It doesn't check its payload, returns a dict
that is ready for JSON, and raises when the work goes wrong: WorkError for what it
foresees, any other exception for what it doesn't.
"""

import fcntl
import hashlib
import os
import tempfile
import time

AT_ONCE = 4


class WorkError(Exception):
    """The work can't be done; the text says why and may be shown to clients."""


def perform(kind, payload):
    """Do one piece of work and return its result."""
    return _KINDS[kind](**payload)


def _digest(text):
    """The SHA-256 of a text in UTF-8, and how many characters it has."""
    return {"sha256": hashlib.sha256(text.encode()).hexdigest(), "characters": len(text)}


def _ratio(part, whole):
    """A share. Nobody thought of whole == 0."""
    return {"ratio": part / whole}


def _pause(seconds):
    """A slow call to somewhere else: nothing happens, but it takes its time."""
    time.sleep(seconds)
    return {"slept": seconds}


def _book(ledger, amount):
    """Append an entry to a ledger. Booking twice is booking twice: this isn't idempotent.

    Ledgers are files, so that they are right whichever thread or process books."""
    folder = os.path.join(tempfile.gettempdir(), f"ledgers-{os.getuid()}")
    os.makedirs(folder, exist_ok=True)
    time.sleep(0.005)
    with open(os.path.join(folder, ledger), "a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        entry, balance = map(int, (file.read() or "0 0").split())
        if balance + amount < 0:
            raise WorkError(f"ledger {ledger}: {balance} is too little for {amount}")
        file.truncate(0)
        file.write(f"{entry + 1} {balance + amount}")
    return {"ledger": ledger, "entry": entry + 1, "balance": balance + amount}


_KINDS = {"digest": _digest, "ratio": _ratio, "pause": _pause, "book": _book}

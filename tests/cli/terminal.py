# SPDX-License-Identifier: MIT
"""terminal.py ACTION SECONDS COMMAND...: runs a command at a terminal of its own and prints what it showed.

ACTION is "watch" (nothing is typed), "deaf" (nothing is read either, and Ctrl-C typed after two seconds), "interrupt" (Ctrl-C once the command shows the word "ready"), "type:TEXT" (TEXT and
a line's end then), or "hangup" (the same as "watch": those who outlive the command lose their terminal). The
last line is "status N", N as the shell would have it; "status late" when it took longer than SECONDS and was killed.
"""

import os
import pty
import select
import signal
import sys
import time

action, seconds, command = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
shown, acted, end = b"", False, time.monotonic() + seconds
if action == "deaf":
    time.sleep(2)
    os.write(terminal, b"\x03")
while action != "deaf" and time.monotonic() < end:
    if select.select([terminal], [], [], 0.1)[0]:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    if not acted and b"ready" in shown:
        acted = True
        if action == "interrupt":
            os.write(terminal, b"\x03")
        elif action.startswith("type:"):
            os.write(terminal, action[5:].encode() + b"\n")
status = None
while status is None and time.monotonic() < end:
    ended, code = os.waitpid(pid, os.WNOHANG)
    if ended:
        status = os.waitstatus_to_exitcode(code)
    else:
        time.sleep(0.05)
if status is None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
os.close(terminal)
sys.stdout.buffer.write(shown)
print("\nstatus", "late" if status is None else status if status >= 0 else 128 - status)

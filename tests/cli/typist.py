# SPDX-License-Identifier: MIT
"""
typist.py [EXPECT KEYS]... -- COMMAND...: a person at a terminal.

Runs the command at a pseudo-terminal of 80 columns as tmux has them. As soon as EXPECT was shown (behind what was
expected before), KEYS are pressed: "\\r" is Enter, "\\x04" Ctrl-D, "\\x03" Ctrl-C. What was shown goes to standard output;
the exit status is the command's, or 99 where something expected didn't come within half a minute.
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time


def main():
    cut = sys.argv.index("--")
    pairs = list(zip(sys.argv[1:cut:2], sys.argv[2:cut:2]))
    steps = [(expect.encode(), keys.encode().decode("unicode_escape").encode("latin-1")) for expect, keys in pairs]
    pid, fd = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "tmux-256color"
        os.execvp(sys.argv[cut + 1], sys.argv[cut + 1:])
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    shown, looked, until = b"", 0, time.monotonic() + 30
    while True:
        if not select.select([fd], [], [], max(0, until - time.monotonic()))[0]:
            os.kill(pid, 9)
            sys.stdout.buffer.write(shown + b"\ntypist.py: waited in vain for: " + (steps[0][0] if steps else b"the end") + b"\n")
            sys.exit(99)
        try:
            got = os.read(fd, 65536)
        except OSError:
            break
        if not got:
            break
        shown += got
        while steps and steps[0][0] in shown[looked:]:
            expect, keys = steps.pop(0)
            looked = shown.index(expect, looked) + len(expect)
            until = time.monotonic() + 30
            os.write(fd, keys)
    sys.stdout.buffer.write(shown.replace(b"\r\n", b"\n"))
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    sys.exit(99 if steps else status if status >= 0 else 128 - status)


main()

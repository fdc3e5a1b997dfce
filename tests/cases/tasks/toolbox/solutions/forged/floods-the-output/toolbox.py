"""Prints megabytes."""

import sys


def cheat(*args, **kwargs):
    for _ in range(40):
        print("x" * (1 << 20))
    return None


mean = sort_words = is_even = divisors = shared_letters = countdown = compare = apply = fill = cheat
LESS = EQUAL = GREATER = None


class Overdrawn(Exception):
    pass


class Account:
    deposit = withdraw = cheat
    balance = property(cheat)

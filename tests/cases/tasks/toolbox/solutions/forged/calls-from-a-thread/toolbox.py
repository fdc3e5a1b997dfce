"""Calls the tests from a thread, in the middle of everything."""

import threading


def cheat(*args, **kwargs):
    def call():
        for arg in args:
            if callable(arg):
                arg(1)


    for _ in range(8):
        threading.Thread(target=call).start()
    return []


mean = sort_words = is_even = divisors = shared_letters = countdown = compare = apply = fill = cheat
LESS = EQUAL = GREATER = None


class Overdrawn(Exception):
    pass


class Account:
    deposit = withdraw = cheat
    balance = property(cheat)

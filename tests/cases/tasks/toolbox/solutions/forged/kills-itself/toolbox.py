"""Dies of a signal."""

import os
import signal


def cheat(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


mean = sort_words = is_even = divisors = shared_letters = countdown = compare = apply = fill = cheat
LESS = EQUAL = GREATER = None


class Overdrawn(Exception):
    pass


class Account:
    deposit = withdraw = cheat
    balance = property(cheat)

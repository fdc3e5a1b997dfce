"""Brings configuration for test runners and interpreters along."""


def answer(*args, **kwargs):
    return None


LESS = EQUAL = GREATER = None
mean = sort_words = is_even = divisors = shared_letters = countdown = compare = apply = fill = answer


class Overdrawn(Exception):
    pass


class Account:
    balance = None
    deposit = withdraw = answer

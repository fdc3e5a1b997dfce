"""Raises GeneratorExit."""


def give_up(*args, **kwargs):
    raise GeneratorExit()


mean = sort_words = is_even = divisors = shared_letters = countdown = compare = apply = fill = give_up
LESS = EQUAL = GREATER = None


class Overdrawn(Exception):
    pass


class Account:
    __init__ = deposit = withdraw = give_up

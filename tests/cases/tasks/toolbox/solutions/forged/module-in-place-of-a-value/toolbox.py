"""A module where a value was asked for."""


import types


class Overdrawn(Exception):
    pass


def answer(*args, **kwargs):
    return types


LESS = EQUAL = GREATER = types
mean = sort_words = is_even = divisors = shared_letters = countdown = compare = apply = fill = answer


class Account:
    balance = types

    def deposit(self, amount):
        return types

    def withdraw(self, amount):
        return types

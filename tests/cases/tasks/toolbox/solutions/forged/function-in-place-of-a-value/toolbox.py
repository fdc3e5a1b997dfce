"""A function where a value was asked for."""


def yes(*args):
    return True


class Overdrawn(Exception):
    pass


def answer(*args, **kwargs):
    return yes


LESS = EQUAL = GREATER = yes
mean = sort_words = is_even = divisors = shared_letters = countdown = compare = apply = fill = answer


class Account:
    balance = yes

    def deposit(self, amount):
        return yes

    def withdraw(self, amount):
        return yes

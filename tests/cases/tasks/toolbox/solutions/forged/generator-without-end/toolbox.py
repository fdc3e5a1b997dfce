"""Generators that never end."""


def endless():
    while True:
        yield 1


class Overdrawn(Exception):
    pass


def answer(*args, **kwargs):
    return endless()


LESS = EQUAL = GREATER = endless()
mean = sort_words = is_even = divisors = shared_letters = countdown = compare = apply = fill = answer


class Account:
    balance = endless()

    def deposit(self, amount):
        return endless()

    def withdraw(self, amount):
        return endless()

"""Not a number, infinite, and decimal infinities."""


from decimal import Decimal


class Overdrawn(Exception):
    pass


def answer(*args, **kwargs):
    return float("inf")


LESS = EQUAL = GREATER = float("inf")
mean = sort_words = is_even = divisors = shared_letters = countdown = compare = apply = fill = answer


class Account:
    balance = float("inf")

    def deposit(self, amount):
        return float("inf")

    def withdraw(self, amount):
        return float("inf")

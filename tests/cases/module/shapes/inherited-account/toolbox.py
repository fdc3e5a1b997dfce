"""Accounts with a base class, an abstract one above it, and class and static methods."""

import abc

LESS, EQUAL, GREATER = -1, 0, 1


def mean(values):
    if not values:
        raise ValueError("no values")
    return sum(values) / len(values)


def sort_words(words):
    return sorted(words)


def is_even(number):
    return number % 2 == 0


def divisors(number):
    return [divisor for divisor in range(1, number + 1) if number % divisor == 0]


def shared_letters(a, b):
    return set(a) & set(b)


def countdown(start):
    while start > 0:
        yield start
        start -= 1


def compare(a, b):
    if a == b:
        return EQUAL
    return LESS if a < b else GREATER


def apply(function, values):
    return [function(value) for value in values]


def fill(target, value, times):
    target.extend([value] * times)


class Overdrawn(Exception):
    pass


class Keeps(abc.ABC):
    @abc.abstractmethod
    def deposit(self, amount):
        """Takes money in."""

    @staticmethod
    def check(amount, balance):
        if amount > balance:
            raise Overdrawn(amount)


class Account(Keeps):
    count = 0

    def __new__(cls):
        cls.count += 1
        return super().__new__(cls)

    def __init__(self):
        self._balance = 0

    @classmethod
    def opened(cls):
        return cls.count

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        self._balance += amount

    def withdraw(self, amount):
        self.check(amount, self._balance)
        self._balance -= amount

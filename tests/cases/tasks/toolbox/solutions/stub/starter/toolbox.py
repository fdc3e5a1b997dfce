LESS = EQUAL = GREATER = None


def mean(values):
    pass


def sort_words(words):
    pass


def is_even(number):
    pass


def divisors(number):
    pass


def shared_letters(a, b):
    pass


def countdown(start):
    pass


def compare(a, b):
    pass


def apply(function, values):
    pass


def fill(target, value, times):
    pass


class Overdrawn(Exception):
    pass


class Account:
    def deposit(self, amount):
        pass

    def withdraw(self, amount):
        pass

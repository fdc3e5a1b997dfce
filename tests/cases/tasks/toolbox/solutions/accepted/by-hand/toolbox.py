LESS, EQUAL, GREATER = "less", "equal", "greater"


def mean(values):
    total = 0
    count = 0
    for value in values:
        total += value
        count += 1
    if count == 0:
        raise ValueError("no values")
    return total / count


def sort_words(words):
    left = list(words)
    done = []
    while left:
        smallest = min(left)
        left.remove(smallest)
        done.append(smallest)
    return tuple(done)


def is_even(number):
    while number > 1:
        number -= 2
    return number == 0


def divisors(number):
    small = []
    large = []
    for divisor in range(1, int(number**0.5) + 1):
        if number % divisor == 0:
            small.append(divisor)
            if divisor != number // divisor:
                large.insert(0, number // divisor)
    return small + large


def shared_letters(a, b):
    return "".join(letter for letter in dict.fromkeys(a) if letter in b)


def countdown(start):
    return range(start, 0, -1)


def compare(a, b):
    if a < b:
        return LESS
    return GREATER if a > b else EQUAL


def apply(function, values):
    results = []
    for value in values:
        results.append(function(value))
    return results


def fill(target, value, times):
    for _ in range(times):
        target.append(value)


class Overdrawn(ValueError):
    def __init__(self, missing):
        super().__init__(f"{missing} are missing")


class Account:
    balance = 0

    def deposit(self, amount):
        self.balance = self.balance + amount

    def withdraw(self, amount):
        if self.balance < amount:
            raise Overdrawn(amount - self.balance)
        self.balance = self.balance - amount

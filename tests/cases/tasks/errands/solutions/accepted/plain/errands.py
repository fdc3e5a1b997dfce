from collections import namedtuple

Point = namedtuple("Point", "x y")


def notify(observer, words):
    for word in words:
        observer.send(word)
    return len(words)


def ask(function):
    return function(2) + 3


def count_lines(file):
    return sum(1 for _ in file)


def copy_into(source, target):
    target.extend(source)


def map_in_place(function, values):
    values[:] = [function(value) for value in values]


def middle(a, b):
    return Point((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)


class Trip:
    def __init__(self, name):
        self.name = name


def first_trip():
    return Trip("Rome")

"""Some of it isn't done, and what is changes lists while it goes on."""

from collections import namedtuple

Point = namedtuple("Point", "x y")


def notify(observer, words):
    for word in words:
        observer.send(word)
    return len(words)


def ask(function):
    raise NotImplementedError


def count_lines(file):
    return len(file.readlines())


def copy_into(source, target):
    for item in source:
        target.append(item)


def map_in_place(function, values):
    for at, value in enumerate(values):
        values[at] = function(value)


def middle(a, b):
    return Point((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)


class Trip:
    def __init__(self, name):
        self.name = name


def first_trip():
    raise NotImplementedError

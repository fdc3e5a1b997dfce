LESS, EQUAL, GREATER = -1, 0, 1


def sort_words(words):
    return sorted(words)


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

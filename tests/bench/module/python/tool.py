def twice(numbers):
    return [number * 2 for number in numbers]


def add(a, b):
    return a + b


class Counter:
    def __init__(self):
        self.count = 0

    def up(self, by=1):
        self.count += by
        return self.count

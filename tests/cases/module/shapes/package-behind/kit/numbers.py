def mean(values):
    if not values:
        raise ValueError("no values")
    return sum(values) / len(values)


def is_even(number):
    return number % 2 == 0


def divisors(number):
    return [divisor for divisor in range(1, number + 1) if number % divisor == 0]

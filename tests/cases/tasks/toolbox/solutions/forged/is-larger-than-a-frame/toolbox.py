"""An answer of forty megabytes."""




def cheat(*args, **kwargs):
    return "x" * (40 << 20)


mean = sort_words = is_even = divisors = shared_letters = countdown = compare = apply = fill = cheat
LESS = EQUAL = GREATER = None


class Overdrawn(Exception):
    pass


class Account:
    deposit = withdraw = cheat
    balance = property(cheat)

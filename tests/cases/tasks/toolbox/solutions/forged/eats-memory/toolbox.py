"""Takes all the memory that there is."""




def cheat(*args, **kwargs):
    taken = []
    while True:
        taken.append(bytearray(1 << 24))


mean = sort_words = is_even = divisors = shared_letters = countdown = compare = apply = fill = cheat
LESS = EQUAL = GREATER = None


class Overdrawn(Exception):
    pass


class Account:
    deposit = withdraw = cheat
    balance = property(cheat)

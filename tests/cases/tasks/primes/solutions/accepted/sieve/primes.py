def primes(n):
    found = bytearray([1]) * n
    for i in range(2, int(n**0.5) + 1):
        if found[i]:
            found[i * i :: i] = bytes(len(found[i * i :: i]))
    return [i for i in range(2, n) if found[i]]

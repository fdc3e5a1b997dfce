def primes(n):
    return [i for i in range(2, n) if all(i % k for k in range(2, i))]

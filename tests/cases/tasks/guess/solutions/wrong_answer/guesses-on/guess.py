# Never right, so the judge says 43 and is gone: the end of the input ends this with an error.
n = int(input())
while True:
    print(n + 1, flush=True)
    input()

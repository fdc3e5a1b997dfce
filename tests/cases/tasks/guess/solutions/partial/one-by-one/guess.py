# Too many guesses for a large number: then the judge hangs up, and this dies of it.
for guess in range(1, int(input()) + 1):
    print(guess, flush=True)
    if input() == "right":
        break

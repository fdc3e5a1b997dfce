import sys

# Nobody flushes: both wait.
print(int(sys.stdin.readline()) // 2)
sys.stdin.readline()

"""Decides which requests a rate limit lets through. See statement.md."""
import sys


def main() -> None:
    limit, window = map(int, sys.stdin.readline().split())
    # Read the requests here, and print a line for each.


if __name__ == "__main__":
    main()

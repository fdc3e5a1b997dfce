"""Windows that begin at multiples of their length, instead of one that moves along."""
import re
import sys
from collections import defaultdict, deque
from typing import NamedTuple, Optional

REQUEST = re.compile(r"([0-9]+) ([A-Za-z0-9-]+)")


class Request(NamedTuple):
    time: int
    client: str


class RateLimit:
    def __init__(self, limit: int, window: int) -> None:
        self.limit = limit
        self.window = window
        self.let_through: defaultdict[str, deque[int]] = defaultdict(deque)

    def admits(self, request: Request) -> bool:
        times = self.let_through[request.client]
        while times and times[0] // self.window < request.time // self.window:
            times.popleft()
        if len(times) >= self.limit:
            return False
        times.append(request.time)
        return True


def parse(line: str) -> Optional[Request]:
    match = REQUEST.fullmatch(line)
    return Request(int(match[1]), match[2]) if match else None


def main() -> None:
    limit, window = map(int, sys.stdin.readline().split())
    rate_limit = RateLimit(limit, window)
    for number, line in enumerate(sys.stdin, start=2):
        request = parse(line.rstrip("\n"))
        if request is None:
            print(f"line {number}: invalid")
        else:
            print(request.time, request.client, "ok" if rate_limit.admits(request) else "refused")


if __name__ == "__main__":
    main()

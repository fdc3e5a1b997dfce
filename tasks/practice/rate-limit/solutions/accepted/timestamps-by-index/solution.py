"""The same with a ring for each client: only the request that was let through `limit` requests ago matters."""
import string
import sys

NAME = set(string.ascii_letters + string.digits + "-")


def parse(line):
    parts = line.split(" ")
    if len(parts) != 2 or not (parts[0].isascii() and parts[0].isdigit()) or not parts[1] or not NAME.issuperset(parts[1]):
        return None
    return int(parts[0]), parts[1]


def main():
    limit, window = map(int, sys.stdin.readline().split())
    rings = {}
    out = []
    for number, line in enumerate(sys.stdin, start=2):
        request = parse(line.rstrip("\n"))
        if request is None:
            out.append(f"line {number}: invalid")
            continue
        time, client = request
        ring, oldest = rings.get(client, ([], 0))
        if len(ring) < limit:
            rings[client] = (ring + [time], 0) if not ring else (ring, 0)
            if ring:
                ring.append(time)
            out.append(f"{time} {client} ok")
        elif ring[oldest] <= time - window:
            ring[oldest] = time
            rings[client] = (ring, (oldest + 1) % limit)
            out.append(f"{time} {client} ok")
        else:
            out.append(f"{time} {client} refused")
    print("\n".join(out))


if __name__ == "__main__":
    main()

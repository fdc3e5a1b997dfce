"""check.py INPUT ANSWER FEEDBACK: whether the coins on standard input add up. 42 they do, 43 they don't.

What a candidate's program wrote may be anything, so it is read as bytes, and everything in it is looked at before it is used.
"""
import sys

INPUT, ANSWER, FEEDBACK = sys.argv[1:4]
MOST_BYTES = 100000


def say(file, text):
    with open(FEEDBACK + file, "w", encoding="utf-8") as out:
        out.write(text + "\n")


def reject(why):
    say("teammessage.txt", why)
    sys.exit(43)


with open(INPUT, encoding="ascii") as lines:
    amount = int(lines.readline())
    coins = {int(word) for word in lines.readline().split()}
with open(ANSWER, encoding="ascii") as lines:
    fewest = int(lines.readline())

given = sys.stdin.buffer.read(MOST_BYTES + 1)
if len(given) > MOST_BYTES:
    reject("that is too much for an answer")
total, count = 0, 0
for word in given.split():
    if not word.isdigit() or len(word) > 9:
        reject("there is something that is no number")
    if int(word) not in coins:
        reject("there is a coin of a value that is not listed")
    total += int(word)
    count += 1
if total != amount:
    reject("the coins don't add up to the amount")
say("judgemessage.txt", f"{count} coins, {fewest} would do")
if count > fewest:
    say("score.txt", "0.5")
    say("teammessage.txt", "fewer coins would do")
sys.exit(42)

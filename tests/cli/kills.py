# SPDX-License-Identifier: MIT
"""
kills.py TOP PLACE MEDDLE MOMENTS [PATTERN]: an evening in which every command that changes something is killed.

The evening is lived once undisturbed, and what the world looked like before and after each command is kept. Then, MOMENTS
times, one of the commands is run again in the world as it was before it and killed: in place of one of the calls that
change something (meddle.c), or, every fourth time, after a while. What must hold then:

  - the workspace opens, and its database is sound;
  - what was said to be done is done; without that, it is done or not, and never half;
  - the same command once more does it, does the rest, or says that it is done; nothing blocks it;
  - afterwards the world is what it was when nobody was killed: nothing there twice, nothing left over.

MOMENTS may be `all`: every call of every command. With `full/MOMENTS` nobody is killed, but the disk is full from that
call on; then a sentence must say so, with the exit status for it, and nothing have changed. PATTERN picks commands by
their name. Speaks TAP; the seed stands in the first line, and what went wrong below its claim.
"""
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

TOP, PLACE, MEDDLE = sys.argv[1:4]
MOMENTS = sys.argv[4].removeprefix("full/")
IS_FULL = MOMENTS != sys.argv[4]
PATTERN = sys.argv[5] if len(sys.argv) > 5 else ""
SEED = int(os.environ.get("ASSAY_SEED", "5"))
WORLD, KEPT = f"{PLACE}/world", f"{PLACE}/kept"
WS, KIT, TMP = f"{WORLD}/ws", f"{WORLD}/kit", f"{WORLD}/tmp"
DEMO = f"{TOP}/tests/demo/amira"
WHY = "calm, exact, knew what was missing"
number = failures = 0


def claim(name, complaints):
    global number, failures
    number += 1
    print(f"{'not ' if complaints else ''}ok {number} - {name}", flush=True)
    for line in complaints[:12]:
        print("# " + line.replace("\n", "\n#   "))
    failures += bool(complaints)


class Run:
    """A command in the world, and what came of it."""

    def __init__(self, words, kill=None, after=None, full=None, count=None, editor=None):
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": WORLD, "TMPDIR": TMP, "TZ": "UTC",
               "EDITOR": editor or "/bin/false"}
        for name, value in (("MEDDLE_KILL", kill), ("MEDDLE_FULL", full), ("MEDDLE_COUNT", count)):
            if value is not None:
                env.update({"LD_PRELOAD": MEDDLE, name: str(value)})
        began = time.monotonic()
        started = subprocess.Popen(["assay"] + words, cwd=WS, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, start_new_session=True)
        try:
            out, err = started.communicate(timeout=after if after is not None else 60)
        except subprocess.TimeoutExpired:
            started.send_signal(signal.SIGKILL)
            out, err = started.communicate()
        self.status, self.out, self.err = started.returncode, out.decode(), err.decode()
        self.seconds = time.monotonic() - began

    def __str__(self):
        return f"status {self.status}\nout: {self.out}err: {self.err}"


# --- what the world looks like --------------------------------------------------------------------------------------

ID = re.compile(r"\b([CS])-[0-9A-Z]{4}\b")


def told(value, names):
    """A value without what differs from run to run: times, ids by chance, digests of both."""
    if isinstance(value, int) and value > 10**12:
        return "TIME"
    if not isinstance(value, str):
        return value
    value = ID.sub(lambda m: names.setdefault(m.group(0), f"{m.group(1)}-{len(names)}"), value)
    value = re.sub(r"\b1[0-9]{12}\b", "TIME", value)
    value = re.sub(r"\b[0-9a-f]{40,64}\b", "DIGEST", value)
    # What a box measured.
    return re.sub(r'"(\w*_(ms|kib|peak|bytes)|processes_peak)": ?[0-9]+', r'"\1":N', value)


def rows():
    """What the database says; and what is wrong with it."""
    names, tables = {}, {}
    connection = sqlite3.connect(f"{WS}/assay.db")
    sound = [row[0] for row in connection.execute("pragma integrity_check")]
    foreign = list(connection.execute("pragma foreign_key_check"))
    for (table,) in connection.execute("select name from sqlite_master where type = 'table' order by name").fetchall():
        tables[table] = [tuple(told(v, names) for v in row) for row in connection.execute(f"select * from {table} order by rowid")]
    connection.close()
    return tables, [f"the database: {sound} {foreign}"] if sound != ["ok"] or foreign else []


def files():
    """Every file and directory, but what git keeps by digest and SQLite beside its database."""
    names, found = {}, []
    for at, dirs, here in os.walk(WORLD):
        dirs.sort()
        if at.endswith("/objects"):
            dirs.clear()
            continue
        for name in dirs + sorted(here):
            path = os.path.relpath(f"{at}/{name}", WORLD)
            if not re.search(r"assay\.db-(wal|shm)$|/objects/", path):
                found.append(path)
    return sorted(ID.sub(lambda m: names.setdefault(m.group(0), m.group(1)), path) for path in found)


def difference(a, b):
    lines = []
    for table in sorted(set(a) | set(b)):
        one, other = a.get(table, []), b.get(table, [])
        lines += [f"{table}: lacks {row!r:.300}" for row in one if row not in other]
        lines += [f"{table}: has {row!r:.300}" for row in other if row not in one]
        if not lines and len(one) != len(other):
            lines.append(f"{table}: {len(other)} rows instead of {len(one)}")
    return lines


def put(world):
    shutil.rmtree(WORLD, ignore_errors=True)
    subprocess.run(["cp", "-a", world, WORLD], check=True)


# --- the evening ----------------------------------------------------------------------------------------------------

class Step:
    """
    One command of the evening. `settles`: it may stop in between, with a whole step done and the next not begun, and
    only what it comes to in the end is the same; who was told of it doesn't repeat it. `adds`: who says it twice wants
    it twice.
    """

    def __init__(self, name, words, before=None, editor=None, settles=False, adds=False):
        self.name, self.words, self.before, self.editor, self.settles, self.adds = name, words, before, editor, settles, adds

    def run(self, **how):
        return Run(self.words, editor=self.editor, **how)


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def editor_of(edit):
    path = f"{PLACE}/editor-{abs(hash(edit))}"
    write(path, f'#!/bin/sh\nsed -i "{edit}" "$1"\n')
    os.chmod(path, 0o755)
    return path


def candidates():
    connection = sqlite3.connect(f"{WS}/assay.db")
    found = [row[0] for row in connection.execute("select pseudonym from candidate order by rowid")]
    sessions = [row[0] for row in connection.execute("select id from session order by rowid")]
    connection.close()
    return found, sessions


def screened():
    """The sheet, as HR answers it: the first meets all, the others lack something."""
    path = f"{WORLD}/screening.csv"
    assert Run(["screening", "sheet", "senior-backend-engineer", "-o", path, "--as", "hana"]).status == 0
    import csv
    with open(path, encoding="utf-8-sig", newline="") as f:
        table = list(csv.reader(f))
    column = next(i for i, cell in enumerate(table[0]) if cell.startswith("must: python"))
    for i, row in enumerate(table[1:]):
        row[column] = "no: two years of Java" if i else "yes: CV, page 1"
    with open(path, "w", encoding="utf-8", newline="") as f:
        csv.writer(f).writerows(table)


def evening():
    """Yields each command in the moment in which it is to be typed."""
    position = "senior-backend-engineer"
    yield Step("person add", ["person", "add", "tom", "--name", "Tom Tell", "--role", "panel", "--as", "hana"])
    yield Step("repo add", ["repo", "add", f"{PLACE}/content", "--name", "tasks"])
    yield Step("position add", ["position", "add", position])
    yield Step("candidate import", ["candidate", "import", f"{PLACE}/applications.csv", "--as", "hana"])
    screened()
    yield Step("screening take", ["screening", "take", f"{WORLD}/screening.csv", "--position", position, "--as", "hana"])
    who, _ = candidates()
    yield Step("candidate reject", ["candidate", "reject", *who[1:], "--requirement", "python", "--reason",
                                    "two years of Java, none of Python", "--as", "hana"])
    yield Step("candidate move", ["candidate", "move", who[0], "technical", "--reason", "meets every must-have", "--as", "hana"])
    yield Step("letter write", ["letter", "write", "rejection", *who[1:], "--to", f"{WORLD}/mail", "--company", "X GmbH", "--as",
                                "hana"])
    yield Step("letter sent", ["letter", "sent", "rejection", *who[1:], "--on", "2026-11-01", "--as", "hana"])
    yield Step("session plan", ["session", "plan", who[0], "--interviewer", "ines", "--interviewer", "jonas", "--at",
                                "2027-12-01T10:00", "--as", "hana"])
    _, (session,) = candidates()
    yield Step("session invite", ["session", "invite", session, "--as", "hana"])
    yield Step("session start", ["session", "start", session, "--acknowledged", "--as", "ines"])
    following = ["session", "next", session, "--kit", KIT, "--wait", "--as", "ines"]
    yield Step("session next, to the code", following, settles=True)
    yield Step("note", ["note", session, "reads the statement twice", "--as", "jonas"], adds=True)
    yield Step("session pause", ["session", "pause", session, "--reason", "fire drill", "--as", "ines"])
    yield Step("session resume", ["session", "resume", session, "--as", "ines"])
    yield Step("session extend", ["session", "extend", session, "10", "--reason", "fire drill", "--as", "ines"], adds=True)
    shutil.copy(f"{PLACE}/content/tasks/sum/solutions/accepted/plain/solution.py", KIT)
    yield Step("session next, to the design", following, settles=True)
    shutil.copy(f"{DEMO}/design.md", KIT)
    yield Step("session next, to the review", following, settles=True)
    shutil.copy(f"{DEMO}/review/comments.json", KIT)
    yield Step("session next, to the questions", following, settles=True)
    yield Step("session end", ["session", "end", session, "--as", "ines"], settles=True)
    yield Step("review answer", ["review", "answer", session, f"{DEMO}/review/comments.json", "--as", "ines"])
    yield Step("review confirm", ["review", "confirm", session, "--file", f"{DEMO}/review/decisions.json", "--as", "ines"])
    yield Step("card mark", ["card", "mark", session, "--file", f"{DEMO}/cards/ines.json", "--as", "ines"])
    yield Step("card seal", ["card", "seal", session, "--as", "ines"])
    yield Step("card edit", ["card", "edit", session, "--as", "jonas"], editor=editor_of(
        "s/^mark: $/mark: 3/; s/^evidence: $/evidence: seen/; s/^recommendation: $/recommendation: yes/"), settles=True)
    yield Step("card seal, the last", ["card", "seal", session, "--as", "jonas"])
    yield Step("card reveal", ["card", "reveal", session, "--as", "jonas"])
    yield Step("scorecard to a file", ["scorecard", session, "--format", "html", "--output", f"{WORLD}/card.html", "--as", "petra"])
    yield Step("decide", ["decide", who[0], "team", "--reason", WHY, "--as", "petra"])


def begin():
    subprocess.run([sys.executable, f"{TOP}/tests/cli/light.py", TOP, f"{PLACE}/content"], check=True)
    write(f"{PLACE}/applications.csv", "name,email,notice\nAnna Berg,anna@example.org,3 months\nBert Adam,bert@example.org,\n"
                                       "Carl Conrad,carl@example.org,\n")
    os.makedirs(KEPT)
    for path in (WS, TMP, KIT, f"{WORLD}/mail"):
        os.makedirs(path)
    for words in (["init", "--allow-sampled", "."], ["person", "add", "hana", "--name", "Hana Roth", "--role", "hr"],
                  ["person", "add", "ines", "--name", "Ines Vogel", "--role", "interviewer", "--role", "lead"],
                  ["person", "add", "jonas", "--name", "Jonas Brandt", "--role", "interviewer"],
                  ["person", "add", "petra", "--name", "Petra Stein", "--role", "panel"]):
        done = Run(words)
        assert done.status == 0, str(done)


def live():
    """Once undisturbed: the steps, each with its worlds, its calls and how long it took."""
    steps, complaints = [], []
    for step in evening():
        step.kept = f"{KEPT}/{len(steps):02}"
        subprocess.run(["cp", "-a", WORLD, step.kept], check=True)
        step.rows_before, _ = rows()
        counted = f"{PLACE}/counted"
        done = step.run(count=counted)
        if done.status != 0:
            complaints.append(f"{step.name}: {done}")
            break
        with open(counted, encoding="ascii") as f:
            step.calls = int(f.read())
        step.seconds, step.out = done.seconds, done.out
        step.rows_after, wrong = rows()
        step.files_after = files()
        complaints += wrong
        steps.append(step)
    claim("an evening goes by undisturbed", complaints)
    return steps


# --- one kill -------------------------------------------------------------------------------------------------------

def look(step, killed):
    """What is wrong right after the kill."""
    complaints = []
    opened = Run(["person", "list"])
    if opened.status != 0:
        complaints.append(f"the workspace doesn't open: {opened}")
    now, wrong = rows()
    complaints += wrong
    if "Next: " in killed.out and now != step.rows_after:
        complaints += ["what was acknowledged is lost"] + difference(step.rows_after, now)
    if not step.settles and now not in (step.rows_before, step.rows_after):
        complaints += ["it is half done"] + difference(step.rows_after, now)
    return complaints, now


def again(step, killed, now):
    """What is wrong once the command was repeated."""
    if (step.adds and now == step.rows_after) or (step.settles and "Next: " in killed.out):
        return []
    repeated = step.run()
    complaints = []
    if repeated.status not in (0, 4, 5) or (repeated.status in (4, 5) and now != step.rows_after):
        complaints.append(f"the repetition: {repeated}")
    if repeated.status == 0 and "Next: " not in repeated.out and "Next: " in step.out:
        complaints.append(f"the repetition doesn't name the next command: {repeated}")
    after, wrong = rows()
    complaints += wrong + difference(step.rows_after, after)
    there = files()
    more = set(there) - set(step.files_after)
    complaints += [f"left over: {path}" for path in sorted(more) if os.path.dirname(path) not in more]
    complaints += [f"missing: {path}" for path in step.files_after if path not in there]
    if complaints:
        complaints.append(f"the repetition said: {repeated}")
    return complaints


def refused(step, done):
    """What is wrong with how a command ends that finds the disk full."""
    if done.status == 0:
        return [] if done.out else [f"done, and doesn't say so: {done}"]
    if done.status != 8 or not re.match(r"assay: .*([Nn]o space|disk|safe)", done.err):
        return [f"it isn't told: {done}"]
    return []


def moment(step, **how):
    put(step.kept)
    killed = step.run(**how)
    if IS_FULL:
        complaints = refused(step, killed)
        more, now = look(step, killed)
        if killed.status != 0 and not step.settles and now != step.rows_before:
            more += ["it failed, and something has changed"] + difference(step.rows_before, now)
        complaints += more + again(step, killed, now)
        return [f"{step.name}, {how}: " + "\n".join(complaints)] if complaints else [], killed.status != 0
    complaints, now = look(step, killed)
    complaints += again(step, killed, now)
    return [f"{step.name}, killed {how}: " + "\n".join(complaints)] if complaints else [], killed.status == -signal.SIGKILL


def main():
    begin()
    steps = [s for s in live() if re.search(PATTERN, s.name)]
    chosen = random.Random(SEED)
    print(f"# seed {SEED}")
    if MOMENTS == "all":
        moments = [(s, {"full" if IS_FULL else "kill": n}) for s in steps for n in range(1, s.calls + 1)]
    else:
        order = steps * (int(MOMENTS) // len(steps) + 1)
        moments = [(s, {"full": chosen.randint(1, s.calls)} if IS_FULL else
                    {"after": round(chosen.uniform(0, s.seconds), 4)} if i % 4 == 3 else {"kill": chosen.randint(1, s.calls)})
                   for i, s in enumerate(order[:int(MOMENTS)])]
    kills = 0
    for step in steps:
        complaints, times = [], 0
        for how in [how for s, how in moments if s is step]:
            wrong, killed = moment(step, **how)
            complaints += wrong
            times += killed
        claim(f"{step.name}: {'refused for want of space' if IS_FULL else 'killed'} {times} times, nothing is lost, half or twice",
              complaints)
        kills += times
    claim(f"{'the disk was full' if IS_FULL else 'the kills came'} in time ({kills} of {len(moments)})", [] if kills * 2 > len(moments) else ["too late"])
    print(f"1..{number}")
    sys.exit(1 if failures else 0)


main()

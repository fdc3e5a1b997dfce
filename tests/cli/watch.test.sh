#!/bin/sh
# SPDX-License-Identifier: MIT
# also as an ordinary user
# Watching a session and playing it back: snapshots of what changes, warnings, and time that a crash gives back.
. tests/cli/lib.sh
begin

/usr/bin/python3 "$top/tests/cli/light.py" "$top" content
assay init --allow-sampled ws >"$out"
cd ws || exit 1
assay person add ines --name 'Ines Vogel' --role interviewer >"$out"
assay person add jonas --name 'Jonas Brandt' --role interviewer >"$out"
assay person add mara --name 'Mara Lenz' --role interviewer >"$out"
assay repo add ../content --name tasks >"$out"
assay position add senior-backend-engineer >"$out"
anna=$(assay candidate add 'Anna Berg' --stage technical | head -n 1)
session=$(assay session plan "$anna" --interviewer ines --interviewer jonas | head -n 1)
git_of() { git --git-dir="work/candidates/$anna.git" "$@"; }
sql() { /usr/bin/python3 -c 'import sqlite3, sys; c = sqlite3.connect("assay.db"); r = c.execute(sys.argv[1]).fetchone(); c.commit(); print(r[0] if r else "")' "$1"; }
watch_once() { run assay session watch "$session" --once --as ines "$@"; }

watch_once
claim 'a session that does not run is not watched' ended 5
assay session start "$session" --acknowledged >"$out"
run assay session watch "$session" --once --as mara
claim 'nor one in which one does not sit' ended 6
kit=$place/kit
mkdir "$kit"
assay session next "$session" --kit "$kit" --as ines >"$out"

# --- snapshots ---

watch_once
claim 'the first look keeps the kit as it was laid' test "$(git_of log --oneline "watch-$session-2-coding" | wc -l)" = 1
watch_once
claim 'nothing changed, nothing is kept' test "$(git_of log --oneline "watch-$session-2-coding" | wc -l)" = 1
echo '# a first line' >>"$kit/app.py"
watch_once --json
claim 'a change is kept' said '"snapshot":true'
printf 'secret' >"$kit/notes.bin" && ln -s /etc/passwd "$kit/out.py"
printf '# and a \033[31mred one\n' >>"$kit/app.py"
watch_once
claim 'links and what the task does not admit stay out' sh -c '! git --git-dir="work/candidates/$1.git" ls-tree -r --name-only "watch-$2-2-coding" | grep -q "out.py\|notes.bin"' - "$anna" "$session"
claim 'the hand-in is another branch, which has nothing yet' sh -c '! git --git-dir="work/candidates/$1.git" rev-parse -q --verify "refs/heads/$2-2-coding"' - "$anna" "$session"
mkdir -p "$kit/deep" && (cd "$kit/deep" && i=0 && while [ $i -lt 300 ]; do mkdir d && cd d || exit 1; i=$((i + 1)); done)
watch_once
claim 'a kit that is absurdly deep harms nobody' ended 0
rm -rf "$kit/deep"

# --- time ---

sql 'update part set started_ms = started_ms - 36 * 60000 where started_ms > 0' >/dev/null
sql 'update session set started_ms = started_ms - 36 * 60000' >/dev/null
watch_once
claim 'nine minutes before the end the ten are said' said '10 minutes left'
assay session watch "$session" --every 1 --as ines >watched 2>&1 &
watcher=$!
sleep 1.5
run assay session watch "$session" --once --as jonas
claim 'two do not watch at once' ended 5
kill -9 $watcher
wait $watcher 2>/dev/null
sql "update heartbeat set at_ms = at_ms - 300000" >/dev/null
before=$(assay session status "$session" --json --as ines | tr -d ' \n' | sed 's/.*"left_ms":\([0-9]*\).*/\1/')
run assay session watch "$session" --once --as ines
claim 'a watch that was killed is noticed, and the time given back' said 'minutes are given back'
after=$(assay session status "$session" --json --as ines | tr -d ' \n' | sed 's/.*"left_ms":\([0-9]*\).*/\1/')
claim 'the part has it' test "$((after - before))" -gt 290000
run assay session watch "$session" --once --as ines
claim 'once, since that one ended in order' sh -c '! grep -q "given back" "$1"' - "$out"

# --- playing ---

assay note "$session" 'finds the first bug by reading' --as ines >"$out"
run assay session play "$session" --as ines
claim 'playing shows where a part begins' said 'Live coding begins'
claim 'and what changed' said '+# a first line'
claim 'and one’s own notes' said 'finds the first bug by reading'
claim 'an escape of the candidate’s is shown and commands nothing' said '\x1b[31mred'
run assay session play "$session" --brief --as jonas
claim 'without the differences, when asked' sh -c '! grep -q "a first line" "$1"' - "$out"
claim 'others’ notes stay closed' sh -c '! grep -q "finds the first" "$1"' - "$out"
run assay session play "$session" --as mara
claim 'who does not sit there sees nothing' ended 6
run assay session play "$session" --json --as ines
claim 'moments are there as JSON' said '"kind": "snapshot"'
/usr/bin/python3 - "$session" >keys 2>&1 <<'PY'
import os, pty, select, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.execvp("assay", ["assay", "session", "play", sys.argv[1], "--speed", "1", "--as", "ines"])
text, sent, end = b"", 0, time.time() + 20
while time.time() < end:
    if select.select([fd], [], [], 0.3)[0]:
        try:
            data = os.read(fd, 65536)
        except OSError:
            break
        if not data:
            break
        text += data
    elif sent < 3:
        os.write(fd, b"nNq"[sent:sent + 1])
        sent += 1
print(text.decode(errors="replace"), "status", os.waitpid(pid, 0)[1])
PY
claim 'on a terminal keys lead through it' grep -q 'status 0' keys
claim 'and are explained' grep -q 'space holds' keys
finish

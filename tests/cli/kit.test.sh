#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# also as an ordinary user
# A candidate's evening: what lies in the kit, running the visible tests, trying commands; and the grade behind it all.
. tests/cli/lib.sh
begin
mkdir tmp && export TMPDIR="$place/tmp"
terminal() { run /usr/bin/python3 "$top/tests/cli/terminal.py" "$@"; }
json() { tr -d ' \n' <"$out" | grep -qF -- "$1"; }
nothing_left() { # no directory of ours, and no process that works in one
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ -z "$(ls "$TMPDIR")" ] && ! pgrep -f "$place/tmp" >/dev/null && return 0
		sleep 0.2
	done
	return 1
}

mkdir bundled && cp -R "$top/tasks" "$top/rubrics" bundled/ && git -C bundled init -q -b main &&
	git -C bundled add -f . && git -C bundled -c user.name=test -c user.email=test@localhost commit -qm content
assay init --allow-sampled ws >"$out"
as_ines() { assay -C "$place/ws" "$@" --as ines; }
{
	assay -C ws person add ines --name 'Ines Vogel' --role interviewer --role lead && assay -C ws person add jonas --name Jonas --role interviewer &&
		assay -C ws repo add "$place/bundled" --name tasks && assay -C ws position add senior-backend-engineer
} >"$out"
anna=$(assay -C ws candidate add Anna --stage technical | head -n 1)
session=$(assay -C ws session plan "$anna" --interviewer ines --interviewer jonas | head -n 1)
as_ines session start "$session" --acknowledged >"$out"

# --- where there is no kit ---

run assay run
claim 'outside of a kit nothing is run' ended 3
claim 'and it says where to go' complained 'there is no kit here'
run assay try -- ls
claim 'nor tried' ended 3
run assay try
claim 'nothing to try is a usage mistake' ended 2
claim 'which shows how it is called' complained 'assay try -- CMD'

# --- what lies in it ---

run as_ines session next "$session" --kit "$place/kit"
claim 'the kit is laid' test -d kit/.assay-task
print_of() { find "$@" -type f -exec sha256sum {} + | cut -c 1-64 | sort -u; }
task=$top/tasks/job-queue
print_of "$task"/tests/contract "$task"/tests/errors "$task"/tests/async "$task"/solutions "$task"/interviewer*.md "$task"/tests/manifest.json >hidden
print_of "$task/starter" "$task/tests/visible" >open
print_of kit | comm -12 - hidden | comm -23 - open >leaked
claim 'no file of a hidden suite, a solution or the interviewer is in it' test -s hidden -a ! -s leaked
claim 'nor the name of one' sh -c '! grep -rqE "tests?[/_](contract|errors|async)" "$1/kit"' - "$place"
cd kit || exit 1

# --- run ---

run assay run
claim 'the starter runs and passes nothing' said '0 of 6 visible tests passed'
claim 'what failed is told with its reason' said '501 == 202'
claim 'and what the service printed' said 'Uvicorn running'
claim 'a run that ran is no failure of the command' ended 0
claim 'nothing is complained of' silent
cp -R "$top/tests/demo/amira/coding/." .
echo mine >notes.txt && mkdir -p app && cd app || exit 1
run assay run
cd .. || exit 1
claim 'from a folder below, too: a good solution passes' said '6 of 6 visible tests passed'
claim 'what would not be handed in is named' said 'not taken: notes.txt'
claim 'but not what was laid for reading' sh -c '! grep -q "not taken: \(suites\|statement\|kit.json\)" "$1"' - "$out"
run assay run visible --json
claim 'a suite by its name, as JSON' json '"outcome":"passed"'
cp "$out" "$place/ran.json"
as_ines session watch "$session" --once >"$out" 2>&1
run as_ines session play "$session"
claim 'who watches sees that it was run, by the word of the kit' said 'ran the visible tests: 6 of 6 passed (by the kit'
claim 'and no file that is none of the candidate'"'"'s' sh -c '! grep -q assay-runs "$1"' - "$out"
run as_ines session play "$session" --json
claim 'as JSON, too' json '"run":{"passed":6,"tests":6}'
run assay run contract
claim 'a suite that is not in the kit is not found' ended 3
claim 'whether or not there is one' complained 'holds no suite contract, but visible'
run assay --lang de run nothing
claim 'in German, too' complained 'keine Testgruppe nothing'
cp .assay-task/task.json kept.json && sed -i 's/"wall_ms": 45000/"wall_ms": -1/' .assay-task/task.json
run assay run
claim 'a kit that was damaged is refused with the place' complained 'task.json:'
claim 'as invalid' ended 4
mv kept.json .assay-task/task.json
claim 'nothing of a run is left' nothing_left

# --- try ---

run assay try -- sh -c 'pwd; ls'
claim 'a command starts in /work with what would be handed in' test "$(tr '\n' ' ' <"$out")" = "/work app models.py workload " -o "$(head -n 1 "$out")" = /work
claim 'and with nothing else' sh -c '! grep -q "kit.json\|suites\|notes" "$1"' - "$out"
claim 'what is not there is said' complained 'not in the box: notes.txt'
rm notes.txt
run assay try python3 -m pytest
claim 'a command whose options are taken for ours is a usage mistake' ended 2
claim 'that says where it stands' complained "stands behind '--'"
run assay try -- sh -c 'exit 7'
claim 'the status is that of the command' ended 7
claim 'and nothing more is said' silent
run assay try -- no-such-program
claim 'a program that is not there is said' complained 'what is installed in /usr'
run sh -c 'printf "two\nlines\n" | assay try -- cat'
claim 'it reads what we are given' test "$(cat "$out")" = "two
lines"
run assay try -- printf '\033[31mred\377'
claim 'into a pipe its bytes go as they are' test "$(od -An -c <"$out" | tr -d ' ')" = '033[31mred377'
run assay try -- sh -c 'echo there >made.py; echo there >workload/made.py'
claim 'what it writes is gone' test ! -e made.py
run assay try --keep made.py -- sh -c 'echo there >made.py'
claim 'but what is to be kept' test "$(cat made.py)" = there
run assay try --keep made.py --wall-ms 500 -- sh -c 'echo over >made.py; sleep 60'
claim 'a command that takes too long is ended' ended 124
claim 'and it says so' complained 'ran out of time (500 ms)'
claim 'then nothing is kept' test "$(cat made.py)" = there
run assay try --keep statement.md -- true
claim 'only what the task takes can be' ended 4
rm made.py
run assay try -- python3 -c 'b = bytearray(900 << 20); b[::4096] = b"x" * len(b[::4096])'
claim 'the limits are those of the task' complained 'used up its memory (512 MiB)'
run assay try --json -- sh -c 'echo out; echo err >&2; exit 3'
claim 'as JSON: how it ended' json '"exit_code":3'
claim 'and what it wrote' json '"stdout":"out\n","stderr":"err\n"'
run sh -c 'assay try -- yes | head -n 1'
claim 'a reader that goes away ends it' ended 0
claim 'nothing of a try is left' nothing_left

# --- at a terminal ---

terminal watch 20 assay try -- printf 'a\033[31mred\033[m \303\244 \302\233 over\rwritten\n'
claim 'at a terminal nothing is obeyed' said 'a\x1b[31mred\x1b[m ä \x9b over'
claim 'and no line written over another' sh -c '! grep -q "over.written" "$1"' - "$out"
terminal type:hello 20 assay try -- sh -c 'echo ready; read line; echo "got $line"'
claim 'what is typed is read' said 'got hello'
terminal interrupt 20 assay try -- sh -c 'echo ready; sleep 100'
claim 'Ctrl-C ends it' said 'status 130'
claim 'with a word' said 'sh was ended'
claim 'and leaves nothing' nothing_left
terminal deaf 20 assay try -- yes a long line that fills whatever there is of a terminal
claim 'also where the terminal takes nothing any more' said 'status 130'
run sh -c 'assay try -- echo hi >/dev/full'
claim 'what can not be passed on is a failure' ended 8
claim 'and is said' complained 'cannot pass on what the command wrote'

# --- a server ---

port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
get() { /usr/bin/python3 -c 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=5).read().decode())' "$1"; }
assay try --port "$port" -- python3 -m uvicorn app:app --port 8000 >server.out 2>server.err &
server=$!
for _ in $(seq 100); do grep -q 'the server listens' server.err && break; sleep 0.1; done
run get "http://127.0.0.1:$port/openapi.json"
claim 'a server in the box is reached by a port of this machine' said '/jobs'
claim 'which it names' grep -q "http://127.0.0.1:$port/" server.err
run assay try -- python3 -c 'import urllib.request; urllib.request.urlopen("http://127.0.0.1:8000/")'
claim 'from another box it is not' complained 'Connection refused'
run assay try --port "$port" -- touch /work/x
claim 'a port that is in use is a conflict' ended 5
claim 'which names the way out' complained "port $port of this machine is in use: name another with --port N"
kill "$server"
wait "$server" 2>/dev/null
status=$?
claim 'a signal ends the server' test "$status" = 143
run get "http://127.0.0.1:$port/openapi.json"
claim 'and frees the port' complained 'refused'
rm server.out server.err
/usr/bin/python3 -c 'import socket, time; s = socket.socket(); s.bind(("127.0.0.1", 8000)); s.listen(); time.sleep(60)' 2>/dev/null &
holder=$!
sleep 0.5
run assay try --wall-ms 3000 -- python3 -m http.server 8000
claim 'a server whose port is taken here runs, and that is said' complained 'port 8000 of this machine is in use: the server in this box'
kill "$holder" 2>/dev/null
wait "$holder" 2>/dev/null
claim 'nothing of a server is left' nothing_left

# --- where nothing is run ---

mkdir "$place/other" && cp -R "$top/tests/demo/amira/coding/." . && cd "$place" || exit 1
sed 's/"kind": "coding"/"kind": "review"/' kit/kit.json >other/kit.json
run assay -C other run
claim 'in a review nothing is run' ended 5
claim 'it says what is done there' complained 'comments.json'

# --- the grade behind the next part ---

cd ws || exit 1
graders() { pgrep -f "session grade $session"; }
terminal hangup 20 assay session next "$session" --kit "$place/kit" --as ines
claim 'the next part does not wait for the grade' said 'It is being graded meanwhile'
claim 'and begins' said 'Now: System design'
run assay session status "$session" --as ines
claim 'the status says that it is being graded' said 'being graded'
run assay session grade "$session" --as ines
claim 'nobody else grades it then' ended 5
claim 'the grader lives on without the terminal' graders
claim 'one of it' test "$(graders | wc -l)" = 1
kill -9 "$(graders)"
sleep 0.3
run assay session status "$session" --as ines
claim 'killed, it is told as not graded' said 'handed in, not graded yet'
claim 'with the command that does it' said "Next: assay session grade $session"
claim 'and leaves no process' sh -c '! pgrep -f "$1.*assay-run" >/dev/null' - "$place"
run assay session grade "$session" --as ines
claim 'which does it' said 'Graded: job-queue: 100 of 100 points'
run assay session grade "$session" --as ines --wait
claim 'and then there is nothing to grade' said 'Nothing waits for a grade.'
claim 'which is looked at next' said "Next: assay session status $session"
claim 'the result stands once' test "$(/usr/bin/python3 -c 'import sqlite3; print(sqlite3.connect("assay.db").execute("select count(*) from result").fetchone()[0])')" = 1
claim 'in it every visible test came out as in the run' /usr/bin/python3 -c '
import json, sqlite3
result = json.loads(sqlite3.connect("assay.db").execute("select json from result").fetchone()[0])
ran, graded = ([(t["name"], t["outcome"], t["points"]) for t in r["tests"] if t["suite"] == "visible"] for r in (json.load(open("../ran.json")), result))
assert ran and ran == graded'
run assay session status "$session" --as ines
claim 'and it is told' said '100 of 100 points'
finish

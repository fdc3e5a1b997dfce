#!/bin/sh
# SPDX-License-Identifier: MIT
# The clock of a session: the notice before it, pauses, more time, and what it shows.
. tests/cli/lib.sh
begin

mkdir bundled && cp -R "$top/tasks" "$top/rubrics" bundled/ && git -C bundled init -q -b main &&
	git -C bundled add -f . && git -C bundled -c user.name=test -c user.email=test@localhost commit -qm content
assay init --allow-sampled ws >"$out"
cd ws || exit 1
assay person add ines --name 'Ines Vogel' --role interviewer >"$out"
assay person add jonas --name 'Jonas Brandt' --role interviewer >"$out"
assay repo add ../bundled --name tasks >"$out"
assay position add senior-backend-engineer >"$out"
anna=$(assay candidate add 'Anna Berg' --stage technical | head -n 1)
session=$(assay session plan "$anna" --interviewer ines --interviewer jonas | head -n 1)
json() { tr -d ' \n' <"$out" | grep -qF -- "$1"; }

# --- the notice ---

run assay session start "$session" --as ines
claim 'without the candidate having read the notice nothing starts' ended 2
claim 'the notice is shown all the same' said 'What is recorded'
claim 'it names who reads' said 'Jonas Brandt'
claim 'and the aids' said 'your own notes'
run assay session status "$session" --json --as ines
claim 'the session is planned still' json '"state":"planned"'
run assay --lang de session start "$session" --as ines
claim 'in German, too' said 'Was aufgezeichnet wird'
run assay session next "$session" --kit ../kit --as ines
claim 'before it starts no part begins' ended 5
claim 'and the command that starts it is named' complained "'assay session start $session' starts it"
for words in "note $session early" "session watch $session" "card mark $session code-quality 3"; do
	# shellcheck disable=SC2086 # words
	run assay $words --as ines
	claim "so it is by ${words%% "$session"*}" complained "'assay session start $session' starts it"
done
run assay session start "$session" --acknowledged --as ines
claim 'acknowledged, it starts' said 'Next: assay session next'
claim 'what was shown is kept' test "$(/usr/bin/python3 -c 'import sqlite3; print(sqlite3.connect("assay.db").execute("select count(*) from notice where text like ?", ("%What is recorded%",)).fetchone()[0])')" = 1
run assay session start "$session" --acknowledged --as ines
claim 'twice is a conflict' ended 5
claim 'which says where one looks' complained "'assay session status $session'"
claim 'and shows no notice to agree to' test ! -s "$out"
run assay session start "$session" --as ines
claim 'nor does it ask for one' ended 5

# --- time ---

run assay session status "$session" --as ines
claim 'the status says how much time is left' said 'running, 5 minutes left'
run assay session extend "$session" 10 --as ines
claim 'more time needs a reason' ended 2
run assay session extend "$session" 1000 --reason x --as ines
claim 'and has a limit' ended 2
run assay session extend "$session" 10 --reason 'the projector failed' --as ines
claim 'then the part has it' said '15 of 15 minutes'
run assay session pause "$session" --reason 'fire drill' --as ines
claim 'the clock can be paused' said 'session resume'
run assay session pause "$session" --as ines
claim 'once at a time' ended 5
run assay session next "$session" --as ines
claim 'no part begins in a pause' ended 5
claim 'which is said with the mend' complained 'session resume'
before=$(tr -d ' \n' <"$out" && assay session status "$session" --json --as ines | tr -d ' \n' | sed 's/.*"left_ms":\([0-9]*\).*/\1/')
sleep 1.2
after=$(assay session status "$session" --json --as ines | tr -d ' \n' | sed 's/.*"left_ms":\([0-9]*\).*/\1/')
claim 'a pause takes no time from the part' test "$before" = "$after"
run assay session status "$session" --as ines
claim 'the status says that it is paused' said 'paused, 15 minutes left'
run assay session resume "$session" --as ines
claim 'the clock runs again' ended 0
run assay session resume "$session" --as ines
claim 'once' ended 5
mkdir ../kit
exec 8<>"work/locks/$session"
flock 8
assay session next "$session" --kit ../kit --as jonas >"$place/second" 2>&1 8>&- &
second=$!
for _ in $(seq 400); do
	# shellcheck disable=SC2010 # where links lead
	ls -l "/proc/$second/fd" 2>/dev/null | grep -qF "locks/$session" && break
	sleep 0.01
done
kill -STOP "$second"
exec 8>&-
run assay session next "$session" --kit ../kit --as ines
claim 'and the next part begins' said 'Live coding, 45 minutes'
kill -CONT "$second"
status=0
wait "$second" || status=$?
cp "$place/second" "$err"
claim 'two who say so at the same moment mean one step' ended 5
claim 'and the second is told' complained 'somebody else took session'
run assay session list --as ines
claim 'sessions are listed with where they stand' said 'running'
claim 'and the next command looks at one' said "Next: assay session status $session"
run assay session list --position senior-backend-engineer --json --as jonas
claim 'as JSON, too' json "\"session\":\"$session\",\"candidate\":\"$anna\""
run assay session status "$session" --as ines
claim 'the extension was for the part before' said 'running, 45 minutes left'
/usr/bin/python3 -c 'import sqlite3; c = sqlite3.connect("assay.db"); c.execute("update part set started_ms = started_ms - 48 * 60000 where number = 2"); c.commit()'
run assay session status "$session" --as ines
claim 'over time is said, and ends nothing' said 'running, 3 minutes over time'
run assay --lang de session status "$session" --as ines
claim 'in German, too' said '3 Minuten über der Zeit'

# --- what our side can't grade ---

mkdir ../broken && cp "$top/build/assay" ../broken/ && printf '#!/bin/sh\nexit 125\n' >../broken/assay-box
chmod +x ../broken/assay-box
run ../broken/assay session next "$session" --kit ../kit --wait --as ines
claim 'what our side cannot grade is told as no fault of the candidate' said 'Not gradable: job-queue. This is no fault'
claim 'with the reason' said "  assay-box can't print its plan"
run assay session status "$session" --as ines
claim 'the status tells the reason, too' said "  assay-box can't print its plan"
claim 'and the command that grades it later' said "'assay session grade $session --again'"
run assay session status "$session" --json --as ines
claim 'for programs as well' grep -q '"reason": "' "$out"
run assay session next "$session" --kit ../kit --as ines
run assay session next "$session" --as ines
run assay session end "$session" --as ines
run assay session end "$session" --as ines
claim 'a session ends once' ended 5
claim 'and one is told that it is over' complained 'is over'
finish

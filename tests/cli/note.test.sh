#!/bin/sh
# SPDX-License-Identifier: MIT
# Notes: kept line by line, read by nobody too early.
. tests/cli/lib.sh
begin

mkdir bundled && cp -R "$top/tasks" "$top/rubrics" bundled/ && git -C bundled init -q -b main &&
	git -C bundled add -f . && git -C bundled -c user.name=test -c user.email=test@localhost commit -qm content
assay init --allow-sampled ws >"$out"
cd ws || exit 1
assay person add ines --name Ines --role interviewer >"$out"
assay person add jonas --name Jonas --role interviewer >"$out"
assay person add petra --name Petra --role panel >"$out"
assay repo add ../bundled --name tasks >"$out"
assay position add senior-backend-engineer >"$out"
anna=$(assay candidate add 'Anna Berg' --stage technical | head -n 1)
session=$(assay session plan "$anna" --interviewer ines --interviewer jonas | head -n 1)

run assay note "$session" 'early' --as ines
claim 'before the start there are no notes' ended 5
assay session start "$session" --acknowledged --as ines >"$out"
run assay note "$session" 'reads the statement twice' --as ines
claim 'a note is kept and acknowledged with its part' said 'Welcome'
printf 'asks about idempotency\n\n  two blanks at both ends  \nwith an escape \033[31m and a byte \377 of nothing\n' |
	assay note "$session" --as jonas >"$out" 2>"$err"
claim 'lines come through a pipe, too, and say what comes next' said 'assay note'
run assay note "$session" --show --as ines
claim 'an interviewer reads the own notes' said 'reads the statement twice'
claim "others' stay closed" sh -c '! grep -q idempotency "$1"' - "$out"
claim 'which is said' said '3 of others'
run assay note "$session" --show --as jonas
claim 'blanks at the ends are gone' said 'jonas: two blanks at both ends'
claim 'an escape is shown and commands nothing' said '\x1b[31m'
run assay note "$session" 'hello' --as petra
claim 'who does not interview types nothing' ended 6
run assay note "$session" --show --as petra
claim 'nor reads anything before the cards are revealed' ended 6
run assay note "$session" "$(printf '%02500d' 0)" --as ines
claim 'a line that is too long is refused, not cut' ended 7
run assay note "$session" '   ' --as ines
claim 'an empty note is a usage mistake' ended 2
run assay note "$session" --show --json --as jonas
claim 'notes are there as JSON' said '"closed": 1'

i=0
while [ $i -lt 40 ]; do
	i=$((i + 1))
	echo "ines $i" | assay note "$session" --as ines >/dev/null 2>"$err" &
	echo "jonas $i" | assay note "$session" --as jonas >/dev/null 2>"$err" &
	[ $((i % 4)) != 0 ] || wait
done
wait
run assay note "$session" --show --as ines
claim 'two people at once lose nothing: the first' test "$(grep -c 'ines: ines [0-9]' "$out")" = 40
run assay note "$session" --show --as jonas
claim 'two people at once lose nothing: the second' test "$(grep -c 'jonas: jonas [0-9]' "$out")" = 40

yes 'a thought' | head -n 3000 | assay note "$session" --json --as ines >kept 2>/dev/null &
sleep 0.4
kill -9 $! 2>/dev/null
pkill -9 -f "note $session --json" 2>/dev/null
wait
run assay note "$session" --show --as ines
claim 'what was acknowledged before a kill -9 is there' test "$(grep -c '"note"' kept)" -le "$(grep -c 'a thought' "$out")" -a "$(grep -c '"note"' kept)" -ge 1
finish

#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# A full disk at every command of an evening, and clocks that jump in one. ASSAY_FULL moments (40) are tried with calls
# that fail for want of space (kills.py); as root also a file system that is full.
. tests/cli/lib.sh
among_own_mounts
begin
cc -shared -fPIC -O1 -o meddle.so "$top/tests/cli/meddle.c" || exit 1

# --- a clock that jumps ---

/usr/bin/python3 "$top/tests/cli/light.py" "$top" content
assay init --allow-sampled ws >"$out"
cd ws || exit 1
for person in 'ines interviewer' 'jonas interviewer' 'petra panel' 'hana hr'; do
	# shellcheck disable=SC2086 # two words
	set -- $person
	assay person add "$1" --name "$1" --role "$2" >"$out"
done
assay repo add ../content --name tasks >"$out"
assay position add senior-backend-engineer >"$out"
anna=$(assay candidate add 'Anna Berg' --stage technical --as hana | head -n 1)
session=$(assay session plan "$anna" --interviewer ines --interviewer jonas --as hana | head -n 1)
later() { # later MINUTES COMMAND...: with a clock that is ahead, or behind with a -
	ms=$(($1 * 60000)) && shift
	run env LD_PRELOAD="$place/meddle.so" MEDDLE_CLOCK=$ms "$@"
}
left() { tr -d ' \n' <"$out" | sed 's/.*"left_ms":\(-*[0-9]*\).*/\1/'; }
mkdir ../kit
assay session start "$session" --acknowledged --as ines >"$out"
run assay session next "$session" --kit ../kit --as ines
later 60 assay session status "$session" --as ines
claim 'an hour ahead the part is over time, and has not ended' said '15 minutes over time'
later 60 assay note "$session" 'written by a clock that is ahead' --as ines
claim 'notes are kept' ended 0
later -120 assay session status "$session" --json --as ines
claim 'two hours behind nobody has more time than the part has' test "$(left)" -le $((45 * 60000))
later -120 assay note "$session" 'written by a clock that is behind' --as ines
claim 'notes are kept then, too' ended 0
later -120 assay session pause "$session" --reason 'fire drill' --as ines
claim 'the clock can be paused by a clock that is behind' ended 0
later 30 assay session resume "$session" --as ines
claim 'and resumed by one that is ahead' ended 0
run assay session status "$session" --json --as ines
claim 'what a jump gave is no more than the part has' test "$(left)" -le $((45 * 60000))
run assay note "$session" --show --as ines
claim 'notes stand in the order in which they were written' sh -c 'grep -n "clock that is ahead" "$1" | cut -d: -f1 >a && grep -n "clock that is behind" "$1" | cut -d: -f1 >b && test "$(cat a)" -lt "$(cat b)"' - "$out"
cp "$place/content/tasks/sum/solutions/accepted/plain/solution.py" ../kit/
later -300 assay session next "$session" --kit ../kit --wait --as ines
claim 'hours behind, the code is handed in and graded' said 'Graded: sum: 10 of 10 points'
later 0 assay session next "$session" --kit ../kit --as ines
claim 'and it goes on' ended 0
later 600 assay session next "$session" --kit ../kit --as ines
later -600 assay session end "$session" --as ines
claim 'it ends before it began, by the clock' ended 0
for person in ines jonas; do
	later -60 assay card form "$session" --as $person
	sed 's/^mark: $/mark: 3/; s/^evidence: $/evidence: seen/; s/^recommendation: $/recommendation: yes/' "$out" >form.txt
	later -90 assay card seal "$session" --file form.txt --as $person
	claim "$person seals" ended 0
done
later -2000 assay card reveal "$session" --as ines
claim 'the cards are revealed' ended 0
run assay scorecard "$session" --as petra
claim 'and summed up' said 'Mean of the parts'
run assay session play "$session" --list --as ines
claim 'the session can be played back all the same' test "$status" -le 2
run assay decide "$anna" team --reason 'calm, exact, knew what was missing' --as petra
claim 'and decided about' ended 0
later $((-366 * 24 * 60)) assay candidate show "$anna" --as hana
claim 'a year behind, everything can be read still' said 'calm, exact'
cd .. || exit 1

# --- a disk that is full ---

if mkdir disk && mount -t tmpfs -o size=8m none disk 2>"$err"; then
	cp -a ws disk/ && mkdir disk/kit && cd disk/ws || exit 1
	bea=$(assay candidate add 'Bea Dorn' --stage technical --as hana | head -n 1)
	session=$(assay session plan "$bea" --interviewer ines --interviewer jonas --as hana | head -n 1)
	assay session start "$session" --acknowledged --as ines >"$out"
	assay session next "$session" --kit "$place/disk/kit" --as ines >"$out"
	fill() { dd if=/dev/zero of="$place/disk/filler" bs=4k 2>/dev/null || true; }
	room() { rm "$place/disk/filler"; }
	fill
	full() { # full SENTENCE COMMAND...
		name=$1 && shift
		run "$@"
		claim "$name on a full disk is refused" ended 8
		claim "$name: in a sentence that names the disk" grep -qiE 'space|disk' "$err"
	}
	full 'a note' assay note "$session" 'too late' --as ines
	full 'the next part' assay session next "$session" --kit "$place/disk/kit" --as ines
	full 'a pause' assay session pause "$session" --reason 'fire drill' --as ines
	full 'a card' assay card mark "$session" code-quality 3 --evidence seen --as ines
	full 'a letter' assay letter write invitation "$bea" --company X --to . --as hana
	room
	run assay session status "$session" --as ines
	claim 'with room again everything is as it was' said 'running, 45 minutes left'
	run assay session next "$session" --kit "$place/disk/kit" --as ines
	claim 'and goes on' ended 0
	claim 'nothing half is left' test -z "$(find "$place/disk" -name '.assay-*' -o -name '*.tmp')"
	end_graders # one that is at work holds the disk
	cd "$place" && umount disk
else
	skip 'a file system that is full' 'no tmpfs can be mounted'
fi

mkdir evening && /usr/bin/python3 "$top/tests/cli/kills.py" "$top" "$place/evening" "$place/meddle.so" "full/${ASSAY_FULL:-40}" >said
status=$?
sed 's/^\(not ok\|ok\) [0-9]* - /\1 - /; /^1\.\./d' said | while read -r line; do
	case $line in 'ok - '*) echo "claim '${line#ok - }' true" ;; 'not ok - '*) echo "claim '${line#not ok - }' false" ;; esac
done >claims
. ./claims
[ "$status" = 0 ] || grep '^#' said
finish

#!/bin/sh
# SPDX-License-Identifier: MIT
# The same work graded several times: what counts is equal to the byte, and what isn't is named.
. tests/cli/lib.sh
begin
tasks=$top/tests/cases/tasks
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp" COLUMNS=200
mkdir "$TMPDIR"

run assay grade --task "$tasks/greet" --submission "$place" --repeat 1
claim 'once is no repetition' ended 2
run assay grade --task "$tasks/greet" --submission "$place" --repeat 1000
claim 'a thousand are too many' complained '100'
run assay grade --task "$tasks/greet" --submission "$place" --repeat 2 --stable
claim '--stable has no place beside it' ended 2
claim 'and a sentence says so' complained '--repeat compares what --stable prints by itself'
run assay --lang de grade --task "$tasks/greet" --submission "$place" --repeat 2 --stable
claim 'in German, too' complained '--repeat vergleicht selbst, was --stable ausgibt'
run assay grade --task "$tasks/greet" --submission "$place" --stable --format text
claim 'nor in a text for people, which it would change in nothing' complained '--stable prints json, junit or tap'
claim 'a wrong use, too' ended 2

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'grades are repeated' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

is() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$out" "$1"; }
repeat() { run assay "$@" $sampled --submission "$submission" --task "$task" --repeat "$times"; }

task=$tasks/greet submission=$tasks/greet/solutions/accepted/lines times=3
repeat grade --format text
claim 'a program that always does the same gives the same result' said 'greet: 3 times the same result, byte by byte'
claim 'and the command ends well' ended 0
claim 'every grade has its line' said '  3  accepted, 3 of 3 points; boxes ran '
claim 'and the times of some test lie apart the most' said ' varies most, from '
repeat --lang de grade --format text
claim 'German says so in German' said 'greet: 3-mal dasselbe Ergebnis, Byte für Byte'
repeat grade
claim 'JSON says that they are equal' is "r['equal'] and r['times'] == 3 and r['ungradable'] == 0"
claim 'and what each was' is "[x['points'] for x in r['rounds']] == [3, 3, 3] and len({x['stable'] for x in r['rounds']}) == 1"
claim 'and the outcomes of each test' is "all(t['outcomes'] == {'passed': 3} and not t['varies'] for t in r['tests'])"
claim 'with the least and the most time' is "all(0 <= t['least_ms'] <= t['most_ms'] for t in r['tests'])"

mkdir moody
cat >moody/greet.sh <<'END'
[ $((RANDOM % 2)) = 0 ] || exit 1
END
cat "$tasks/greet/solutions/accepted/lines/greet.sh" >>moody/greet.sh
submission=$place/moody times=20
repeat grade
claim 'a program with moods gives different results' is "not r['equal']"
claim 'and the status says so' ended 1
claim 'the tests that vary are named' is "any(t['varies'] and set(t['outcomes']) == {'passed', 'failed'} for t in r['tests'])"
repeat grade --format text
claim 'in a text as well' said 'varies: cases/0'
claim 'with how often' grep -qE 'varies: cases/0[123]: passed [0-9]+×, failed [0-9]+×' "$out"
claim 'and how many results there were' said ' different results in 20 grades'

finish

#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# A task in each language proves itself: nothing in assay knows Python from C. Those whose compiler is not in Debian's
# smallest set are skipped where it isn't installed.
. tests/cli/lib.sh
begin
tasks=$top/tests/cases/tasks
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp" COLUMNS=200
mkdir "$TMPDIR"

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'tasks in every language prove themselves' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

# A round of each solution: that accepted ones are graded more often than that, and beside a busy neighbour, is claimed by
# task.test.sh and, of every kind of suite, by new.test.sh; of a checker and of a judge below.
proves_itself() { # proves_itself LANGUAGE TASK [COMMAND]: skipped where a command is given and isn't there
	if [ -n "${3-}" ] && ! command -v "$3" >/dev/null; then
		skip "$1: $2 proves itself" "no $3 in /usr/bin"
		return
	fi
	run assay task verify $sampled --rounds 1 --jobs 2 "$tasks/$2"
	claim "$1: $2 proves itself" ended 0
	claim "$1: with a statement in both languages" test -s "$tasks/$2/statement.md" -a -s "$tasks/$2/statement.de.md"
	for class in accepted stub wrong_answer forged; do
		claim "$1: and a solution that is $class" grep -q "^ok  *$class " "$out"
	done
}

proves_itself Bash greet
proves_itself C word-count
proves_itself C++ brackets
proves_itself JavaScript roman
proves_itself Python stack
proves_itself Java accounts javac
proves_itself Go top-words go
proves_itself Rust run-lengths rustc
proves_itself TypeScript postfix tsc

# Of a checker, a judge and reports of other kinds: what they are for is claimed by their own scripts.
others='coins guess leap primes'
for task in $others; do
	case $task in coins | guess) rounds=5 ;; *) rounds=1 ;; esac
	run assay task verify $sampled --rounds $rounds --jobs 2 "$tasks/$task"
	claim "$task proves itself, too" ended 0
done

unknown=$(for task in "$tasks"/*/; do
	case " $others " in
	*" $(basename "$task") "*) ;;
	*) grep -q "^proves_itself .* $(basename "$task")\( \|$\)" "$top/tests/cli/languages.test.sh" "$top/tests/cli/cheats.test.sh" || echo "$task" ;;
	esac
done)
claim 'no task was left out' test -z "$unknown"

finish

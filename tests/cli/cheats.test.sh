#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# The tasks with the most cheats prove themselves: a service and modules in two languages, each with everything that
# somebody has thought of to earn points without solving it.
. tests/cli/lib.sh
begin
tasks=$top/tests/cases/tasks
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp" COLUMNS=200
mkdir "$TMPDIR"

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'cheats earn nothing' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

proves_itself() { # proves_itself WHAT TASK
	run assay task verify $sampled --rounds 1 --jobs 2 "$tasks/$2"
	claim "$1: $2 proves itself" ended 0
	for class in accepted stub wrong_answer; do
		claim "$1: and a solution that is $class" grep -q "^ok  *$class " "$out"
	done
	claim "$1: and every cheat was tried" test "$(grep -c '^ok  *forged ' "$out")" = \
		"$(find "$tasks/$2/solutions/forged" -mindepth 1 -maxdepth 1 -type d | wc -l)"
}

proves_itself 'a service in Python' key-store
claim 'with a statement in both languages' test -s "$tasks/key-store/statement.md" -a -s "$tasks/key-store/statement.de.md"
proves_itself 'a module in Python' toolbox
proves_itself 'a module in Python that is handed objects' errands
proves_itself 'a module in JavaScript' basket

finish

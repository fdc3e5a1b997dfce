#!/bin/sh
# SPDX-License-Identifier: MIT
# module.sh [ROUNDS]: what the bridges to a module cost, in Python and in JavaScript. One suite of 200 small tests is graded
# in one process with the code under test (shared) and through the bridge (module), in turns; then 11000 calls are timed
# inside one test. What is run lies in tests/bench/module.
# Times are of this machine and moment; the ratio is what counts. Needs `make`; judges nothing.
set -eu
cd "$(dirname "$0")/../.."
rounds=${1:-15}
assay=$PWD/build/assay
place=$(mktemp -d "${TMPDIR:-/tmp}/assay-bench.XXXXXX")
trap 'rm -rf "$place"' EXIT
trap 'exit 143' HUP INT TERM
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled

make_task() { # make_task NAME AGAINST LANGUAGE: into $place/LANGUAGE/NAME
	task=$place/$3/$1
	from=tests/bench/module/$3
	mkdir -p "$task/starter" "$task/tests/unit" "$task/solutions/accepted/a"
	echo x >"$task/statement.md"
	echo 'nothing' >"$task/starter/notes.txt"
	sed "s/@AGAINST@/$2/" "$from/task.json" >"$task/task.json"
	cp "$from"/tool.* "$task/solutions/accepted/a/"
	cp "$from"/test_* "$task/tests/unit/"
	[ "$1" != calls ] || sed -i 's/test_tool/test_calls/' "$task/task.json"
	"$assay" task pin $sampled "$task" >/dev/null
}

now() { date +%s%N; }

time_grade() { # time_grade TASK: milliseconds
	from=$(now)
	"$assay" grade $sampled --task "$1" --submission "$1/solutions/accepted/a" >"$place/result.json"
	echo $((($(now) - from) / 1000000))
}

median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

for language in python javascript; do
	if [ "$language" = javascript ] && ! [ -x /usr/bin/node ]; then
		echo "javascript: no node in /usr/bin"
		continue
	fi
	for against in shared module; do make_task $against $against $language; done
	make_task calls module $language
	here=$place/$language
	for _ in $(seq "$rounds"); do
		for against in shared module; do time_grade "$here/$against" >>"$here/$against.ms"; done
	done
	shared=$(median "$here/shared.ms")
	module=$(median "$here/module.ms")
	echo "$language, a suite of 200 tests, median of $rounds in turns:"
	echo "  shared $shared ms, module $module ms, $(awk -v a="$module" -v b="$shared" 'BEGIN { printf "%.2f", a / b }') times as much"
	time_grade "$here/calls" >/dev/null
	sed -n 's/.*CALL \([0-9.]*\) ms.*/  a call, median of eleven thousand: \1 ms/p' "$place/result.json" | head -n 1
done

#!/bin/sh
# SPDX-License-Identifier: MIT
# module.sh [ROUNDS]: what the bridges to a module cost, in Python and in JavaScript. A suite is graded in one process with
# the code under test (shared) and through the bridge (module), in turns: those of our example tasks, and one of 200 tests
# that do nothing but call, 300 times, which is the worst there is. Then 11000 calls are timed inside one test. What is
# run lies in tests/bench/module and tests/cases/tasks.
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

make_example() { # make_example NAME AGAINST: an example task; in one process Node's tests find the module where it is
	task=$place/$1/$2
	mkdir -p "$place/$1" && cp -R "tests/cases/tasks/$1" "$task"
	rm -rf "$task"/solutions/[b-z]* "$task"/tests/*.json
	sed -i "s/\"against\": \"module\"/\"against\": \"$2\"/" "$task/task.json"
	[ "$2" = module ] || sed -i 's|from "\./|from "/work/|' "$task"/tests/unit/*
	"$assay" task pin $sampled "$task" >/dev/null
	mv "$(find "$task/solutions/accepted" -mindepth 1 -maxdepth 1 | sort | tail -n 1)" "$task/solutions/accepted/a"
}

now() { date +%s%N; }

time_grade() { # time_grade TASK: milliseconds
	from=$(now)
	"$assay" grade $sampled --task "$1" --submission "$1/solutions/accepted/a" >"$place/result.json"
	echo $((($(now) - from) / 1000000))
}

median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

compare() { # compare DIRECTORY WHAT
	for _ in $(seq "$rounds"); do
		for against in shared module; do time_grade "$1/$against" >>"$1/$against.ms"; done
	done
	shared=$(median "$1/shared.ms")
	module=$(median "$1/module.ms")
	echo "$2, median of $rounds in turns:"
	echo "  shared $shared ms, module $module ms, $(awk -v a="$module" -v b="$shared" 'BEGIN { printf "%.2f", a / b }') times as much"
}

for name in toolbox errands basket; do
	[ $name != basket ] || [ -x /usr/bin/node ] || continue
	for against in shared module; do make_example $name $against; done
	compare "$place/$name" "the example $name ($(grep -c '"name"' "$place/$name/module/tests/manifest.json") tests)"
done

for language in python javascript; do
	if [ "$language" = javascript ] && ! [ -x /usr/bin/node ]; then
		echo "javascript: no node in /usr/bin"
		continue
	fi
	for against in shared module; do make_task $against $against $language; done
	make_task calls module $language
	here=$place/$language
	compare "$here" "$language, a suite of 200 tests that only call"
	time_grade "$here/calls" >/dev/null
	sed -n 's/.*CALL \([0-9.]*\) ms.*/  a call, median of eleven thousand: \1 ms/p' "$place/result.json" | head -n 1
done

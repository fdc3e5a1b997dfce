#!/bin/sh
# SPDX-License-Identifier: MIT
# module.sh [ROUNDS]: what the bridge to a module costs. One suite of 200 small tests is graded in one process with the
# code under test (shared) and through the bridge (module), in turns; then 10000 calls are counted inside one test.
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

make_task() { # make_task AGAINST
	task=$place/$1
	mkdir -p "$task/starter" "$task/tests/unit" "$task/solutions/accepted/a"
	echo x >"$task/statement.md"
	echo '# empty' >"$task/starter/notes.txt"
	cat >"$task/task.json" <<-END
		{"format": 1, "id": "bench", "kind": "coding", "title": {"en": "Bench"}, "minutes": 1,
		 "files": {"editable": ["*.py"]}, "module": {"language": "python", "name": "tool"},
		 "suites": [{"id": "unit", "against": "$1", "visibility": "hidden", "report": "junit", "argv": ["python3", "-m",
		  "pytest", "-q", "-p", "no:cacheprovider", "--junitxml=/report/report.xml", "/tests"], "test_ms": 60000}],
		 "limits": {"wall_ms": 120000, "cpu_ms": 120000}}
	END
	cat >"$task/solutions/accepted/a/tool.py" <<-'END'
		def twice(numbers):
		    return [number * 2 for number in numbers]


		def add(a, b):
		    return a + b


		class Counter:
		    def __init__(self):
		        self.count = 0

		    def up(self, by=1):
		        self.count += by
		        return self.count
	END
	cat >"$task/tests/unit/test_tool.py" <<-'END'
		import pytest
		import tool


		@pytest.mark.parametrize("number", range(50))
		def test_adds(number):
		    assert tool.add(number, 1) == number + 1


		@pytest.mark.parametrize("number", range(50))
		def test_doubles(number):
		    assert tool.twice(list(range(number))) == [2 * at for at in range(number)]


		@pytest.mark.parametrize("number", range(50))
		def test_counts(number):
		    counter = tool.Counter()
		    counter.up()
		    assert counter.up(number) == number + 1
		    assert counter.count == number + 1


		@pytest.mark.parametrize("number", range(50))
		def test_fails_well(number):
		    with pytest.raises(TypeError):
		        tool.add(number, "x")
	END
	"$assay" task pin $sampled "$task" >/dev/null
}

now() { date +%s%N; }

time_grade() { # time_grade TASK: milliseconds
	from=$(now)
	"$assay" grade $sampled --task "$1" --submission "$1/solutions/accepted/a" >"$place/result.json"
	echo $((($(now) - from) / 1000000))
}

median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

make_task shared
make_task module
for _ in $(seq "$rounds"); do
	time_grade "$place/shared" >>"$place/shared.ms"
	time_grade "$place/module" >>"$place/module.ms"
done
shared=$(median "$place/shared.ms")
module=$(median "$place/module.ms")
echo "a suite of 200 tests, median of $rounds in turns:"
echo "  shared $shared ms, module $module ms, $(awk -v a="$module" -v b="$shared" 'BEGIN { printf "%.2f", a / b }') times as much"

# A task of its own, so that its profile knows the test.
cp -R "$place/module" "$place/calls"
cat >"$place/calls/tests/unit/test_tool.py" <<'END'
import time

import tool


def test_calls():
    add = tool.add
    times = []
    for _ in range(11):
        started = time.perf_counter()
        for number in range(1000):
            add(number, 1)
        times.append(time.perf_counter() - started)
    print(f"CALL {sorted(times)[5]:.4f} ms")
END
sed -i 's/"-q"/"-q", "-s"/' "$place/calls/task.json"
"$assay" task pin $sampled "$place/calls" >/dev/null
time_grade "$place/calls" >/dev/null
sed -n 's/.*CALL \([0-9.]*\) ms.*/a call, median of eleven thousand: \1 ms/p' "$place/result.json" | head -n 1

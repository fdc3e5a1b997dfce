#!/bin/sh
# SPDX-License-Identifier: MIT
# grade_bench.sh: what grading costs beside the same commands by hand, without a box: compile once, run each case,
# compare. Both take turns, ROUNDS (15) times, and medians are compared; it judges nothing. CASES (100) cases.
set -u
cd "$(dirname "$0")/../.." || exit 1
top=$PWD
rounds=${ROUNDS:-15} cases=${CASES:-100}
T=$(mktemp -d) || exit 1
trap 'rm -rf "$T"' EXIT
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled

cp -R tests/cases/tasks/word-count "$T/task" && cd "$T/task" || exit 1
rm -rf tests/cases solutions/[b-z]* && mkdir tests/cases
python3 - "$cases" <<'END'
import json
import sys
tests = []
for i in range(1, int(sys.argv[1]) + 1):
    words = [f"word{n * i % 97}" for n in range(20 * i)]
    name = f"{i:03}"
    with open(f"tests/cases/{name}.in", "w") as file:
        file.write(" ".join(words) + "\n")
    with open(f"tests/cases/{name}.ans", "w") as file:
        file.write(f"{len(words)}\n")
    tests.append({"name": name, "suite": "cases", "points": 1, "visibility": "hidden", "says": {"en": f"{20 * i} words", "de": f"{20 * i} Wörter"}})
with open("tests/manifest.json", "w", encoding="utf-8") as file:
    json.dump({"format": 1, "tests": tests}, file)
END
cp solutions/accepted/fgetc/solution.c "$T/"

by_hand() {
	cd "$T" && cc -O1 -o solution solution.c || exit 1
	for input in task/tests/cases/*.in; do
		./solution <"$input" >output && cmp -s output "${input%.in}.ans" || exit 1
	done
}
by_assay() {
	"$top/build/assay" grade $sampled --task "$T/task" --submission "$T/task/solutions/accepted/fgetc" >"$T/result" || exit 1
}
microseconds() { # microseconds COMMAND
	before=$(date +%s%N)
	(cd "$T" && "$1") || exit 1
	echo $((($(date +%s%N) - before) / 1000))
}

: >"$T/hand" && : >"$T/assay"
microseconds by_hand >/dev/null && microseconds by_assay >/dev/null || { echo 'grade_bench.sh: it fails here' >&2; exit 1; }
python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(r["verdict"] != "accepted")' "$T/result" ||
	{ echo 'grade_bench.sh: the solution is not accepted' >&2; exit 1; }
for _ in $(seq "$rounds"); do
	microseconds by_hand >>"$T/hand"
	microseconds by_assay >>"$T/assay"
done
median() { sort -n "$1" | sed -n "$(((rounds + 1) / 2))p"; }
hand=$(median "$T/hand") assay=$(median "$T/assay")
printf '%-52s %10s %8s\n' "a C program with $cases cases, $rounds rounds" 'median µs' '× hand'
printf '%-52s %10s %8s\n' 'by hand: cc once, then each case and cmp' "$hand" 1
printf '%-52s %10s %8s\n' 'assay grade' "$assay" "$(awk "BEGIN { printf \"%.2f\", $assay / $hand }")"

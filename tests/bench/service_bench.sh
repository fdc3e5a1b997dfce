#!/bin/sh
# SPDX-License-Identifier: MIT
# service_bench.sh: what grading tasks/job-queue costs beside the same commands by hand, without a box: for each suite a
# fresh server, pytest as soon as it listens, and its end. Both take turns, ROUNDS (5) times, and medians are compared; it
# judges nothing.
set -u
cd "$(dirname "$0")/../.." || exit 1
top=$PWD
export PATH=/usr/bin:/bin
rounds=${ROUNDS:-5}
T=$(mktemp -d) || exit 1
trap 'rm -rf "$T"' EXIT
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
cp -R tasks/job-queue "$T/task"
solution=$T/task/solutions/accepted/asyncio-queue
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

by_hand() {
	for suite in visible contract errors async; do
		rm -rf "$T/work" && cp -R "$T/task/starter" "$T/work" && cp -R "$solution/." "$T/work" && cd "$T/work" || exit 1
		python3 -m uvicorn app:app --host 127.0.0.1 --port "$port" --no-access-log >"$T/server.log" 2>&1 &
		server=$!
		bash -c 'until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do sleep 0.005; done' - "$port"
		ASSAY_URL=http://127.0.0.1:$port python3 -m pytest -q --rootdir="$T/task/tests/$suite" -c /dev/null \
			-p no:cacheprovider --junitxml="$T/report.xml" "$T/task/tests/$suite" >"$T/tests.log" 2>&1 || exit 1
		kill -9 "$server"
		wait "$server" || true
	done
}
by_assay() {
	"$top/build/assay" grade $sampled --task "$T/task" --submission "$solution" >"$T/result" || exit 1
}
milliseconds() { # milliseconds COMMAND
	before=$(date +%s%N)
	("$1") || return 1
	echo $((($(date +%s%N) - before) / 1000000))
}

milliseconds by_hand >/dev/null 2>"$T/said" && milliseconds by_assay >/dev/null ||
	{ echo 'service_bench.sh: it fails here' >&2; cat "$T/tests.log" >&2; exit 1; }
python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(r["verdict"] != "accepted")' "$T/result" ||
	{ echo 'service_bench.sh: the solution is not accepted' >&2; exit 1; }
for _ in $(seq "$rounds"); do
	milliseconds by_hand >>"$T/hand" 2>"$T/said" || exit 1
	milliseconds by_assay >>"$T/assay"
done
median() { sort -n "$1" | sed -n "$(((rounds + 1) / 2))p"; }
hand=$(median "$T/hand") assay=$(median "$T/assay")
printf '%-52s %10s %8s\n' "tasks/job-queue, four suites, $rounds rounds" 'median ms' '× hand'
printf '%-52s %10s %8s\n' 'by hand: uvicorn and pytest for each suite' "$hand" 1
printf '%-52s %10s %8s\n' 'assay grade' "$assay" "$(awk "BEGIN { printf \"%.2f\", $assay / $hand }")"

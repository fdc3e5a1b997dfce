#!/bin/sh
# SPDX-License-Identifier: MIT
# repeat.sh TIMES: runs the demo so often and compares what each sample candidate got. Pseudonyms and times differ
# from run to run; points, verdicts, findings and means must not.
set -eu
cd "$(dirname "$0")/../.."
times=$1
dir=$PWD/build/demo-repeat
mkdir -p "$dir"

evidence() { # evidence WORKSPACE: the comparison without what is new in each run
	build/assay -C "$1" compare senior-backend-engineer --json --as petra >"$dir/compared" || return 1
	[ "$(grep -oE '"C-[0-9A-Z]{4}"' "$dir/compared" | sort -u | wc -l)" = 3 ] || return 1
	sed -E 's/"(C|S)-[0-9A-Z]{4}"/"\1"/g; /_ms"/d' "$dir/compared"
}

for i in $(seq "$times"); do
	sh tests/demo/demo.sh "$dir/run" >"$dir/out" 2>&1 || { cat "$dir/out" && exit 1; }
	if ! evidence "$dir/run/workspace" >"$dir/evidence-$i.json"; then
		echo "run $i: the three candidates can't be compared"
		exit 1
	fi
	if ! cmp -s "$dir/evidence-1.json" "$dir/evidence-$i.json"; then
		echo "run $i differs from run 1:"
		diff "$dir/evidence-1.json" "$dir/evidence-$i.json" || true
		exit 1
	fi
	printf 'run %2d of %d: the same evidence (%s)\n' "$i" "$times" "$(sed -n 's/^Done in \([0-9]* s\).*/\1/p' "$dir/out")"
done

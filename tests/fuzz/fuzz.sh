#!/bin/sh
# SPDX-License-Identifier: MIT
# fuzz.sh DIR SECONDS: runs every fuzzer, built into DIR, for SECONDS, starting from its regression folder. A crash is written
# into build/fuzz/crashes/ and belongs into tests/fuzz/regression/<name>/ with the fix.
set -eu
dir=$1 seconds=$2
mkdir -p build/fuzz/crashes
failed=0
for source in tests/fuzz/fuzz_*.c; do
	name=${source#tests/fuzz/fuzz_} name=${name%.c}
	fuzzer=$dir/fuzz_$name
	corpus=build/fuzz/corpus/$name
	mkdir -p "$corpus"
	printf '%s\n' "fuzzing $name for $seconds s"
	"$fuzzer" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=2048 -print_final_stats=0 \
		-artifact_prefix="build/fuzz/crashes/$name-" "$corpus" "tests/fuzz/regression/$name" 2>"build/fuzz/$name.log" ||
		{ failed=1; tail -n 25 "build/fuzz/$name.log"; }
	grep -E '^#[0-9]+.*DONE' "build/fuzz/$name.log" || true
done
exit $failed

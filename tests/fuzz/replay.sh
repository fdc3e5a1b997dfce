#!/bin/sh
# SPDX-License-Identifier: MIT
# replay.sh PROGRAM: replays the regression folder of one fuzzer; one claim.
set -u
name=${1##*replay_fuzz_}
echo 1..1
if "$1" "tests/fuzz/regression/$name"; then
	echo "ok 1 - nothing in tests/fuzz/regression/$name crashes the parser"
else
	echo "not ok 1 - nothing in tests/fuzz/regression/$name crashes the parser"
	exit 1
fi

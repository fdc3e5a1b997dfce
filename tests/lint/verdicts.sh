#!/bin/sh
# SPDX-License-Identifier: MIT
# The runner and the box call the verdicts by the same names: neither includes the other, so each has a table.
cd "$(dirname "$0")/../.." || exit 1
echo 1..1
table() { sed -n 's/^	\[\(VERDICT_[A-Z_]*\)\] = [{ ]*"\([a-z_]*\)".*/\1 \2/p' "$1"; }
box=$(table sandbox/report.c)
runner=$(table runner/base/verdict.c)
if [ "$(echo "$box" | wc -l)" -eq 10 ] && [ "$box" = "$runner" ]; then
	echo "ok 1 - the tables of verdicts are equal"
else
	echo "not ok 1 - the tables of verdicts are equal"
	printf '%s\n' "box:" "$box" "runner:" "$runner" | sed 's/^/# /'
fi

#!/bin/sh
# SPDX-License-Identifier: MIT
# Lifelines: boxes are started together and ended together by whoever holds the other ends, one-shot and by a launcher.
# also as an ordinary user
# crowds nobody
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
$python tests/sandbox/lifeline.py "$top/build/assay-box" "$T" $leave

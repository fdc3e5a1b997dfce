#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# Whichever system call fails that builds, watches or ends a box: no box is weaker than it should be. With
# ASSAY_FAULTS=every each fails with every error, in more kinds of boxes; faults.py says what else may stand there.
# also as an ordinary user
# crowds nobody
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
export TMPDIR="$T" # what is made goes with it
$python tests/sandbox/faults.py "$top/build/assay-box" "$tries/witness" "${ASSAY_FAULTS:-each}" $leave

#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# The resident launcher: programs run and are reported, bad messages are refused, nothing outlives anybody.
# also as an ordinary user
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
exec $python tests/sandbox/serve.py "$top/build/assay-box" "$tries" $leave

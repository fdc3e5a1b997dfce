#!/bin/sh
# SPDX-License-Identifier: MIT
# through-launcher.sh SCRIPT: makes the claims of a script of tests/sandbox of boxes that a launcher has built ahead.
set -eu
ASSAY_THROUGH_LAUNCHER=1 exec sh "$1"

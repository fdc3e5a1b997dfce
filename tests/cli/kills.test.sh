#!/bin/sh
# SPDX-License-Identifier: MIT
# kill -9 at ASSAY_KILLS moments of an evening (30; `make test-kills`: 300; `all`: at every call that changes something):
# nothing that was acknowledged is lost, nothing is half done, nothing happens twice, nothing stays. ASSAY_SEED picks
# other moments, ASSAY_KILLED=PATTERN commands by their name. kills.py says more.
. tests/cli/lib.sh
begin
cc -shared -fPIC -O1 -o meddle.so "$top/tests/cli/meddle.c" || exit 1
mkdir evening && /usr/bin/python3 "$top/tests/cli/kills.py" "$top" "$place/evening" "$place/meddle.so" "${ASSAY_KILLS:-30}" \
	"${ASSAY_KILLED:-}"

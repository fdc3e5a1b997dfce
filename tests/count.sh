#!/bin/sh
# SPDX-License-Identifier: MIT
# count.sh LOG COMMAND STATUS: adds up the TAP in LOG. Prints failures and skips with their command, then a line
# "passed failed skipped". With ASSAY_MUST_SANDBOX=1 a skip for want of a box is a failure.
awk -v command="$2" -v status="$3" -v must="${ASSAY_MUST_SANDBOX:-0}" '
	{ lines[NR] = $0 }
	/^[0-9]+\.\.[0-9]+/ { split($1, plan, /\.\./); planned += plan[2] }
	/^ok / {
		seen++
		if (/# [Ss][Kk][Ii][Pp]/) {
			if (must == 1 && /no box/) { failed++; printf "FAILED %s: %s\n", command, $0 }
			else { skipped++; printf "skipped %s: %s\n", command, $0 }
		} else passed++
	}
	/^not ok / { seen++; failed++; printf "FAILED %s: %s\n", command, $0 }
	END {
		if (status == 124 || status == 137) { failed++; printf "FAILED %s: ran out of its time\n", command }
		else if (status != 0 && !failed) { failed++; printf "FAILED %s: ended with status %s\n", command, status }
		else if (seen < planned) { failed++; printf "FAILED %s: said %d of %d claims\n", command, seen, planned }
		else if (!seen) { failed++; printf "FAILED %s: made no claim\n", command }
		if (failed)
			for (i = NR > 40 ? NR - 39 : 1; i <= NR; i++) printf "    %s\n", lines[i]
		printf "%d %d %d\n", passed, failed, skipped
	}' "$1"

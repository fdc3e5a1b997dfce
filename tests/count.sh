#!/bin/sh
# SPDX-License-Identifier: MIT
# count.sh LOG COMMAND STATUS: adds up the TAP in LOG. Prints failures and skips with their command, then a line
# "passed failed skipped".
#
# A program that plans nothing, says fewer or more claims than it planned, bails out or ends badly counts as one more
# failure. Ending with 77 is no bad end if all it said was skipped. With ASSAY_MUST_SANDBOX=1 a skip whose reason
# has the words "no box" is a failure. cmocka writes a skip as `not ok N # SKIP NAME`.
awk -v command="$2" -v status="$3" -v must="${ASSAY_MUST_SANDBOX:-0}" '
	function fail(what) { failed++; printf "FAILED %s: %s\n", command, what }
	function skip(what) {
		if (must == 1 && tolower(what) ~ /# skip.*no box/)
			fail(what)
		else {
			skipped++
			printf "skipped %s: %s\n", command, what
		}
	}
	{ lines[NR] = $0; directive = tolower($0) }
	/^not ok( |$)/ { explained = NR + 45 }
	/^ok( |$)/ { explained = 0 }
	NR <= explained { explains[NR] = 1 }
	/^[0-9]+\.\.[0-9]+/ {
		plans++
		split($1, plan, /\.\./)
		planned += plan[2]
		if (plan[2] == 0 && directive ~ /# skip/)
			skip($0)
	}
	/^ok( |$)/ { seen++; if (directive ~ /# skip/) skip($0); else passed++ }
	/^not ok( |$)/ { seen++; if (directive ~ /^not ok [0-9]+ # skip/) skip($0); else fail($0) }
	/^Bail out!/ { fail($0) }
	END {
		if (status == 124 || status == 137)
			fail("ran out of its time")
		else if (status == 77 && !passed && skipped)
			status = 0
		else if (status != 0 && !failed)
			fail("ended with status " status)
		if (!plans)
			fail("planned nothing")
		else if (seen != planned)
			fail(sprintf("said %d of %d claims", seen, planned))
		else if (!seen && !skipped)
			fail("made no claim")
		if (failed)
			for (i = 1; i <= NR; i++)
				if (i in explains || i > NR - 40)
					printf "    %s\n", lines[i]
		printf "%d %d %d\n", passed, failed, skipped
	}' "$1"

#!/bin/sh
# SPDX-License-Identifier: MIT
# Each foreign library has one door; pure rooms touch neither files nor clocks; rooms neither print nor exit.
cd "$(dirname "$0")/../.." || exit 1
echo 1..9

claim() { # claim NUMBER NAME LINES-THAT-OFFEND
	if [ -z "$3" ]; then
		echo "ok $1 - $2"
	else
		echo "not ok $1 - $2"
		printf '%s\n' "$3" | sed 's/^/# /'
	fi
}

includes() { # includes HEADER ALLOWED-PATTERN: other files that include it
	grep -lE "^#include <$1>" runner/*/*.[ch] sandbox/*.[ch] 2>/dev/null | grep -vE "$2"
}

claim 1 "jansson.h only in base/json.c" "$(includes 'jansson\.h' '^runner/base/json\.c$')"
claim 2 "sodium.h only in base/digest.c" "$(includes 'sodium\.h' '^runner/base/digest\.c$')"
claim 3 "git2 only in repo/" "$(includes 'git2[./].*' '^runner/repo/')"
claim 4 "expat.h only in score/parse_junit.c" "$(includes 'expat\.h' '^runner/score/parse_junit\.c$')"
claim 5 "sqlite3.h only in store/" "$(includes 'sqlite3\.h' '^runner/store/')"
claim 6 "seccomp.h only in sandbox/policy.c" "$(includes 'seccomp\.h' '^sandbox/policy\.c$')"
claim 7 "score/ and report/ open no file and ask no clock" "$(
	grep -nE '"base/(fs|clock|spawn)\.h"|<(fcntl|time|sys/stat)\.h>|\b(fopen|open|openat|clock_gettime|time|getenv) ?\(' \
		runner/score/*.[ch] runner/report/*.[ch] 2>/dev/null | grep -vE ':[0-9]+:( \*|/\*|//)'
)"
claim 8 "rooms but cli print nothing and never exit" "$(
	grep -nE '\b(printf|puts|putchar|perror|exit|_exit|abort) ?\(' runner/*/*.c 2>/dev/null |
		grep -vE '^runner/(cli|web)/' | grep -vE '^runner/base/spawn\.c:.*_exit' | grep -vE ':[0-9]+:( \*|/\*|//|[[:space:]]*\*)'
)"
claim 9 "every source file has its licence line and says what it is" "$(
	for f in runner/*/*.[ch] sandbox/*.[ch]; do
		[ -f "$f" ] || continue
		head -n 1 "$f" | grep -q '^// SPDX-License-Identifier: MIT$' || echo "$f has no SPDX line"
		sed -n 2p "$f" | grep -q '^/\*' || echo "$f has no head comment"
	done
)"

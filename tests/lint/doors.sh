#!/bin/sh
# SPDX-License-Identifier: MIT
# Each foreign library has one door; pure rooms touch neither files nor clocks; rooms neither print nor exit.
cd "$(dirname "$0")/../.." || exit 1
echo 1..14
number=0

claim() { # claim NAME LINES-THAT-OFFEND
	number=$((number + 1))
	if [ -z "$2" ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
	fi
}

includes() { # includes HEADER ALLOWED-PATTERN: other files that include it
	grep -lE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]$1[>\"]" runner/*/*.[ch] sandbox/*.[ch] | grep -vE "$2"
}

calls() { # calls NAMES FILE...: where the code of these files calls one of the names
	names=$1 && shift
	awk -f tests/lint/code.awk "$@" | grep -E ":[0-9]+:.*\\b($names) ?\\("
}

claim "jansson.h only in base/json.c" "$(includes 'jansson\.h' '^runner/base/json\.c$')"
claim "sodium.h only in base/digest.c" "$(includes 'sodium\.h' '^runner/base/digest\.c$')"
claim "libintl.h only in base/i18n.h" "$(includes 'libintl\.h' '^runner/base/i18n\.h$')"
claim "git2 only in repo/" "$(includes 'git2[./].*' '^runner/repo/')"
claim "expat.h only in score/parse_junit.c" "$(includes 'expat\.h' '^runner/score/parse_junit\.c$')"
claim "libical only in report/invitation.c" "$(includes 'libical/.*' '^runner/report/invitation\.c$')"
claim "cmark-gfm only in report/markdown.c" "$(includes 'cmark-gfm.*' '^runner/report/markdown\.c$')"
claim "sqlite3.h only in store/" "$(includes 'sqlite3\.h' '^runner/store/')"
claim "PostgreSQL only in store/" "$(includes '(postgresql/)?(libpq|pg_config|postgres).*' '^runner/store/')"
claim "microhttpd.h only in web/server.c" "$(includes 'microhttpd\.h' '^runner/web/server\.c$')"
claim "seccomp.h only in sandbox/policy_compile.c" "$(includes 'seccomp\.h' '^sandbox/policy_compile\.c$')"
claim "score/ and report/ open no file and ask no clock" "$(
	grep -HnE '^#include ("base/(fs|clock|spawn)\.h"|<(fcntl|time|sys/stat)\.h>)' runner/score/*.[ch] runner/report/*.[ch]
	calls 'fopen|open|openat|clock_gettime|gettimeofday|time|getenv' runner/score/*.[ch] runner/report/*.[ch]
)"
claim "rooms but cli and web print nothing and never exit" "$(
	# shellcheck disable=SC2046 # a list of files
	set -- $(find runner -name '*.[ch]' ! -path 'runner/cli/*' ! -path 'runner/web/*' ! -path '*/templates/*' | sort)
	{
		calls 'v?f?printf|v?dprintf|fputs|fputc|puts|putc|putchar|fwrite|perror|psignal|warnx?|errx?' "$@"
		calls 'exit|_exit|_Exit|quick_exit|abort' "$@"
		awk -f tests/lint/code.awk "$@" | grep -E '\bwrite ?\((0|1|2|STD[A-Z]*_FILENO) *,|\b(stdout|stderr)\b'
	} | grep -vE '^runner/base/spawn\.c:.*\b_exit\('
)"
claim "every source file has its licence line and says what it is" "$(
	for f in runner/*/*.[ch] sandbox/*.[ch]; do
		head -n 1 "$f" | grep -q '^// SPDX-License-Identifier: MIT$' || echo "$f has no SPDX line"
		sed -n 2p "$f" | grep -q '^/\*' || echo "$f has no head comment"
	done
)"

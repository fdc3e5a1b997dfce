# SPDX-License-Identifier: MIT
# What the scripts that try the box share; sourced from the top of the project. They speak TAP.
# `box` runs a program in a box and leaves its report in $T/report, its output in $T/out and
# $T/err, its exit status in $status.
set -u
export LC_ALL=C.UTF-8
top=$PWD
tries=$top/build/plain/tests/sandbox
python=/usr/bin/python3
T=$(mktemp -d) || exit 1
chmod 0755 "$T"
count=0
children=

clean_up() {
	[ -z "$children" ] || kill $children 2>/dev/null
	chmod -R u+rwx "$T" 2>/dev/null
	rm -rf "$T"
}
trap clean_up EXIT

leave=
[ "$(id -u)" = 0 ] || leave=--allow-sampled

# With ASSAY_THROUGH_LAUNCHER=1 the same words go to a launcher, and the program runs in a box that was built ahead.
through=
[ "${ASSAY_THROUGH_LAUNCHER:-0}" != 1 ] || through="$python $top/tests/sandbox/via_launcher.py"

box() {
	rm -f "$T/report" "$T/out" "$T/err"
	$through "$top/build/assay-box" $leave --stdin /dev/null --stdout "$T/out" --stderr "$T/err" \
		--report "$T/report" "$@" 2>"$T/said"
	status=$?
}

field() { # field NAME: its value in the last report
	sed -n 's/.*"'"$1"'": \("[^"]*"\|\[[^]]*\]\|[^,}]*\).*/\1/p' "$T/report" | tr -d '"'
}

claim() { # claim WORDS CONDITION...: the condition is a command
	words=$1
	shift
	count=$((count + 1))
	if "$@"; then
		echo "ok $count - $words"
	else
		echo "not ok $count - $words"
		for log in report said err; do
			[ ! -s "$T/$log" ] || sed "s/^/# $log: /" "$T/$log" | cut -c 1-1200 | tail -n 5
		done
	fi
}

skip() { # skip WORDS REASON
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}

is() { [ "$1" = "$2" ]; }
isnt() { [ "$1" != "$2" ]; }
verdict_is() { [ "$(field verdict)" = "$1" ]; }
at_least() { [ -n "$1" ] && [ "$1" -ge "$2" ] 2>/dev/null; }
at_most() { [ -n "$1" ] && [ "$1" -le "$2" ] 2>/dev/null; }

finish() { echo "1..$count"; }

# Without a box nothing can be claimed; with ASSAY_MUST_SANDBOX=1 that is a failure.
if ! "$top/build/assay-box" --check >"$T/check" 2>&1 && ! grep -q '^ok *box' "$T/check"; then
	reason=$(sed -n 's/^no  *box  *//p' "$T/check")
	if [ "${ASSAY_MUST_SANDBOX:-0}" = 1 ]; then
		echo "not ok 1 - a box can be built here: $reason"
		echo 1..1
		exit 1
	fi
	echo 1..1
	echo "ok 1 - a box can be built here # SKIP no box: $reason"
	exit 77
fi

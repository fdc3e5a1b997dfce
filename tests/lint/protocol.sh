#!/bin/sh
# SPDX-License-Identifier: MIT
# The runner and the box's launcher speak of the same things: neither includes the other, so each has the protocol.
cd "$(dirname "$0")/../.." || exit 1
echo 1..3

same() { # same NUMBER SENTENCE LEAST BOX RUNNER: equal, and of at least that many lines
	if [ "$(printf '%s\n' "$4" | wc -l)" -ge "$3" ] && [ "$4" = "$5" ]; then
		echo "ok $1 - $2"
	else
		echo "not ok $1 - $2"
		printf '%s\n' "box:" "$4" "runner:" "$5" | sed 's/^/# /'
	fi
}

numbers() { grep '^enum { SERVE_' "$1"; }
types() { # what lies between the braces, without comments
	sed -n '/^enum serve_kind {/,/^};/p; /^struct serve_header {/,/^};/p' "$1" | sed 's|[[:space:]]*/\*.*\*/||'
}
box=sandbox/serve_message.h runner=runner/submission/launcher.c
same 1 "the numbers of the protocol are equal" 2 "$(numbers $box)" "$(numbers $runner)"
same 2 "so are the kinds of messages and their header" 12 "$(types $box)" "$(types $runner)"

# A box that was told to end says so in words that begin like this; whoever reads the report knows it by them.
told=$(grep -c 'stopped_by = ' sandbox/supervise.c)
said=$(grep -c '"ended by [a-z%]' sandbox/supervise.c)
if [ "$told" -ge 2 ] && [ "$told" = "$said" ] && grep -q 'ended_by\[\] = "ended by ";' runner/submission/box.c; then
	echo "ok 3 - a box that is told to end says so in the words that the runner looks for"
else
	echo "not ok 3 - a box that is told to end says so in the words that the runner looks for"
	echo "# told in $told places, said in $said"
fi

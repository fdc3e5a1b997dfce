#!/bin/sh
# SPDX-License-Identifier: MIT
# Output that floods, and output that pretends to be a report.
# also as an ordinary user
# also through the launcher
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/tries.sh

floods() { # floods WORDS PROGRAM...: is cut at the limit, head and tail kept
	words=$1
	shift
	hits "$words" output_limit output --output-kib 64 --wall-ms 20000 -- "$@"
	claim "box: and what is kept is little more than the limit" at_most "$(cat "$T/out" "$T/err" | wc -c)" 90000
	claim "box: and no less" at_least "$(cat "$T/out" "$T/err" | wc -c)" 65536
	claim "box: which is said" is "$(field output_truncated)" true
}
gently "both streams are flooded by grandchildren" flood_streams 1
floods "floods of grandchildren on both streams are cut together" /try/try_flood_streams
gently "a flood needs no write" splice_flood 2
floods "a flood by sendfile, splice and tee is cut" /try/try_splice_flood
floods "a flood on standard error is cut" /bin/sh -c 'exec yes >&2'
floods "a flood of a line without an end is cut" $python -c '
import os
while True: os.write(1, b"\x1b]0;" * 4096)'
floods "a flood from a fork that outlives its parent is cut" /bin/sh -c '(yes &) ; (yes >&2 &); sleep 30'

gently "a pipe is made larger" full_pipe 100000
box --ro "$tries:/try" --output-kib 4096 -- /try/try_full_pipe 1048576
claim "box: what lies in a large pipe when its writer ends arrives, all of it" \
	is "$(wc -c <"$T/out") $(field verdict)" "1048576 exited"
box --ro "$tries:/try" --output-kib 64 -- /try/try_full_pipe 1048576
claim "box: and counts" verdict_is output_limit
claim "bare: packets are left in a pipe" sh -c '"$0/try_packets" 2>/dev/null | grep -q packet' "$tries"
lost=
for round in 1 2 3 4 5 6 7 8 9 10; do
	box --ro "$tries:/try" -- /try/try_packets
	lost="$lost$(($(cat "$T/err") - $(wc -c <"$T/out"))):$(($(cat "$T/err") + $(wc -c <"$T/err") - $(field output_bytes))) "
done
claim "box: packets that fill the pipe of a dead writer arrive, and count" is "$lost" "$(printf '0:0 %.0s' 1 2 3 4 5 6 7 8 9 10)"
box --output-kib 64 -- /bin/sh -c 'head -c 65536 /dev/zero'
claim "box: exactly the limit is no flood" is "$(field verdict) $(field output_truncated) $(wc -c <"$T/out")" \
	"exited false 65536"
box --output-kib 64 -- /bin/sh -c 'head -c 65537 /dev/zero'
claim "box: one byte more is" is "$(field verdict) $(field output_bytes)" "output_limit 65537"
box -- /bin/sh -c 'exec 1>&- 2>&-; sleep 0.2; exit 4'
claim "box: who closes its streams is waited for" ended_after 4
box -- /bin/sh -c '(sleep 20 &) ; (sleep 20 >/dev/null 2>&1 &); echo done'
claim "box: who holds the streams open when its parent ended isn't" is "$(cat "$T/out") $(field verdict)" "done exited"
claim "box: for long" at_most "$(field wall_ms)" 10000

# A report of their own: on every fd, in every process, on the streams; then they crash.
forged() { grep -qs forged "$1"; }
: >"$T/forged"
(cd "$T/bare" && exec "$tries/try_forge_report" 9 9>"$T/forged")
claim "bare: a report is forged through a file left open" is "$? $(grep -c forged "$T/forged")" "0 1"
rm -f "$T/forged"
# shellcheck disable=SC2086 # an option or none
"$top/build/assay-box" $leave --ro "$tries:/try" --stdin /dev/null --stdout "$T/out" --stderr "$T/err" --report fd:9 -- \
	/try/try_forge_report 9>"$T/report" 2>"$T/said"
claim "box: what crashes after forging is reported as crashed" is "$(field verdict) $(field signal)" "signaled 6"
claim "box: there is one report" is "$(grep -c verdict "$T/report")" 1
claim "box: in which nothing is forged" is "$(forged "$T/report" || echo clean)" clean
claim "box: what was forged is output, and that's all" is "$(forged "$T/out" && echo output)" output
# shellcheck disable=SC2086
"$top/build/assay-box" $leave --stdin /dev/null --stdout "$T/both" --stderr "$T/both" --report "$T/report" -- \
	/bin/sh -c 'echo "{\"verdict\": \"exited\"}" >/proc/self/fd/2; echo x >/proc/self/fd/1; exit 9' 2>"$T/said"
claim "box: streams opened anew through /proc are their own pipes" is "$(field exit_code)" 9
hostile='"}, {"verdict": "exited'
box --collect "/work/$hostile=$T/x" -- /bin/sh -c 'exit 2'
claim "box: a hostile name breaks no report" $python -c 'import json, sys; assert json.load(open(sys.argv[1]))["exit_code"] == 2' \
	"$T/report"
for code in 124 125 126 127 137; do
	box -- /bin/sh -c "exit $code"
	claim "box: who ends with $code doesn't pass for a limit or for our failure" \
		is "$status $(field verdict) $(field exit_code)" "123 exited $code"
done
finish

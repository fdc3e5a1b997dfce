#!/bin/sh
# SPDX-License-Identifier: MIT
# job.sh LOGS NUMBER SECONDS PROGRAM [ARG...]: runs one program of run.sh, at most so long, and has it counted.
#
# Its failures and skips are printed at once, so that nothing waits for the end. While it runs, LOGS/*.pid tells
# run.sh whom to end. What was counted goes into LOGS/counted as "NUMBER passed failed skipped".
set -u
logs=$1 number=$2 seconds=$3
shift 3
[ ! -e "$logs/stopped" ] || exit 0
log=$logs/$number-$(printf '%s' "$*" | tr -c 'A-Za-z0-9_.' '-')
began=$(date +%s)

# The shell lets what runs beside it ignore Ctrl-C; programs under test should find signals as anybody does.
env --default-signal=INT,QUIT timeout -k 10 "$seconds" "$@" >"$log.log" 2>&1 </dev/null 9>&- &
echo $! >"$log.pid"
[ ! -e "$logs/stopped" ] || kill $! 2>/dev/null # whoever stops us may have looked for our number before
wait $!
status=$?
rm -f "$log.pid"
[ ! -e "$logs/stopped" ] || exit 0

echo "$(($(date +%s) - began)) $*" >"$log.seconds"
sh tests/count.sh "$log.log" "$*" "$status" >"$log.count"
grep '^[^0-9]' "$log.count"
echo "$number $(tail -n 1 "$log.count")" >>"$logs/counted"

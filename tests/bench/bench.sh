#!/bin/sh
# SPDX-License-Identifier: MIT
# bench.sh BUILD: what a launch costs on this machine. It measures and judges nothing: numbers of a shared machine
# fail no test. ROUNDS (200) rounds of the timed rows, LAUNCHES (10000) launches in a row that must leave nothing.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=$1
box=$PWD/build/assay-box
T=$(mktemp -d) || exit 1
chmod 0755 "$T"
trap 'rm -rf "$T"' EXIT
# Ids that aren't root must be able to enter the folder of the program.
cp "$build/tests/bench/noop" "$T/noop" && chmod 0755 "$T/noop" || exit 1

printf 'machine: %s, %s processors, Linux %s, %s\n\n' \
	"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(uname -r)" \
	"$(date -u +%Y-%m-%d)"
"$build/tests/bench/bench" "$box" "$T/noop" "${ROUNDS:-200}" || exit 1

calls() { # calls WORDS COMMAND...: system calls of the whole tree
	words=$1
	shift
	strace -f -qq -o "$T/strace" "$@" </dev/null >/dev/null 2>&1
	printf '%-44s %10s\n' "$words" "$(grep -vc -e 'resumed>' -e '+++' -e '---' "$T/strace")"
}
printf '\n%-44s %10s\n' "system calls of a launch, the program's too" calls
if command -v strace >/dev/null; then
	calls 'bare' "$T/noop"
	calls 'assay-box, one shot' "$box" --ro "$T:/try" --stdin /dev/null --report /dev/null -- /try/noop
	! command -v bwrap >/dev/null || calls 'bubblewrap with /proc and /dev' \
		bwrap --unshare-all --die-with-parent --ro-bind /usr /usr --ro-bind "$T" /try --proc /proc --dev /dev \
		--tmpfs /tmp /try/noop
else
	echo 'strace is not installed'
fi

# What could be left behind: groups, mounts, processes, id locks, and memory that somebody holds.
traces() {
	find /sys/fs/cgroup -depth -type d -name 'assay-box-*' 2>/dev/null | wc -l
	wc -l </proc/self/mountinfo
	find /run/assay/ids -type f 2>/dev/null | wc -l
	pgrep -c -x assay-box
	lsns -n -t net 2>/dev/null | wc -l
}
memory() { sed -n 's/^\(MemAvailable\|SUnreclaim\): *\([0-9]*\).*/\1 \2/p' /proc/meminfo | tr '\n' ' '; }
launches=${LAUNCHES:-10000}
printf '\n%s launches in a row (groups, mounts, id locks, processes, networks; KiB)\n' "$launches"
printf 'before %s   %s\n' "$(traces | tr '\n' ' ')" "$(memory)"
"$build/tests/bench/repeat" "$launches" "$box" --ro "$T:/try" --stdin /dev/null --report /dev/null -- /try/noop || exit 1
sleep 1
printf 'after  %s   %s\n' "$(traces | tr '\n' ' ')" "$(memory)"

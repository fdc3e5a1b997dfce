#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [KIND...]: runs what proves assay and adds it up. Kinds: unit, asan, lint, sandbox, launcher, cli, user (default: all
# of these), and faults and kills, which take long.
#
# Everything below tests/ speaks TAP (count.sh says how it is counted). What has to run follows from the sources, so
# that a program which was not built fails, and one whose source has gone is not run. Every program must come back
# counted: one that was lost on the way is a failure, and so is a kind without any program. Each runs through job.sh; the
# logs stand in build/test-logs/. Two programs a processor run side by side, since most of them wait half of their time
# (at most 16; ASSAY_SIDE_BY_SIDE=N: so many), and those with a line "# takes long" begin first, so that none is left to
# run alone. Of those that crowd a machine on purpose, a quarter of that: two of them would keep from each other's
# supervisors the time to look. That is what lies below tests/sandbox, but for scripts with a line "# crowds nobody". Who is
# done with those helps the others.
# With ASSAY_SLOWEST=N the N slowest are named. The last line is `N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")/.." || exit 1
kinds=${*:-lint unit asan sandbox launcher cli user}
logs=$PWD/build/test-logs
jobs=$logs/jobs
export LC_ALL=C.UTF-8 CMOCKA_MESSAGE_OUTPUT=TAP
# cmocka catches the signals of a crash and would hide what AddressSanitizer has to say about it.
export ASAN_OPTIONS="handle_segv=2:handle_sigbus=2:handle_sigfpe=2:handle_sigill=2${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
export UBSAN_OPTIONS=print_stacktrace=1
unset ASSAY_WORKSPACE LANGUAGE NO_COLOR EDITOR MAKEFLAGS MFLAGS MAKELEVEL
# From a git hook: what we commit must not land in the repository whose hook it is.
# shellcheck disable=SC2046 # a list of names
unset $(git rev-parse --local-env-vars 2>/dev/null)

# Two runs at once would take each other's logs away.
mkdir -p build
exec 9>build/test-lock
flock -n 9 || { echo "run.sh: waiting for another run of the tests in this directory" >&2 && flock 9; }
rm -rf "$logs" && mkdir "$logs" && : >"$jobs" || exit 1

# timeout(1) leads a process group of its own, which Ctrl-C doesn't reach: end what still runs, and wait for it.
runner=
stop() {
	trap '' HUP INT TERM
	: >"$logs/stopped"
	# shellcheck disable=SC2086 # some numbers
	kill $runner 2>/dev/null
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
		running=$(cat "$logs"/*.pid 2>/dev/null)
		[ -n "$running" ] || break
		# shellcheck disable=SC2086 # a list of numbers
		kill $running 2>/dev/null
		sleep 1
	done
	echo "run.sh: stopped" >&2
	exit 130
}
trap stop HUP INT TERM

# Temporary files lie in memory where there is enough of it: before ext4 gives out an inode, if it keeps no journal, it
# looks at each that was let go within the last seconds, and our scripts make and remove thousands. What is tried needs
# programs, set-uid files and devices, so that it isn't done where systemd mounts /dev/shm. Who names a TMPDIR has it.
# Whoever was killed leaves the directory's name to the next run.
in_memory=
use_memory() {
	free_kib=$(df -kP /dev/shm 2>/dev/null | awk 'NR == 2 && $1 == "tmpfs" && $6 == "/dev/shm" { print $4 }')
	[ "${free_kib:-0}" -ge 2097152 ] || return 0
	options=$(awk '$2 == "/dev/shm" { options = $4 } END { print options }' /proc/mounts) # of the last, which is seen
	case ",$options," in *,ro,* | *,noexec,* | *,nosuid,* | *,nodev,*) return 0 ;; esac
	in_memory=$(mktemp -d /dev/shm/assay-tests.XXXXXX) && echo "$in_memory" >build/test-directory &&
		chmod 1777 "$in_memory" && export TMPDIR="$in_memory"
}
leave_memory() { # leave_memory DIRECTORY: one of ours, and nothing else
	case $1 in /dev/shm/assay-tests.*/* | /dev/shm/assay-tests.) return 0 ;; /dev/shm/assay-tests.*) ;; *) return 0 ;; esac
	[ ! -L "$1" ] && [ -O "$1" ] || return 0
	chmod -R u+rwx "$1" 2>/dev/null
	rm -rf --one-file-system "$1" && rm -f build/test-directory
}
leave_memory "$(cat build/test-directory 2>/dev/null)"
trap 'leave_memory "$in_memory"' EXIT
[ -n "${TMPDIR-}" ] || use_memory
number=1000 # four digits, so that logs are listed in order

add() { # add SECONDS PROGRAM [ARG...]
	number=$((number + 1))
	printf '%s\n' "$number $*" >>"$jobs"
}

add_unit() { # add_unit VARIANT
	for source in tests/unit/*/test_*.c; do
		[ ! -f "$source" ] || add 120 "build/$1/${source%.c}"
	done
	for source in tests/fuzz/fuzz_*.c; do
		name=${source##*/}
		[ ! -f "$source" ] || add 120 sh tests/fuzz/replay.sh "build/$1/tests/fuzz/replay_${name%.c}"
	done
}

add_scripts() { # add_scripts SECONDS SCRIPT...
	seconds=$1 && shift
	for script in "$@"; do [ ! -f "$script" ] || add "$seconds" sh "$script"; done
}

# The same claims once more as an ordinary user, who has no cgroup of their own on most machines.
add_user() {
	for script in tests/sandbox/*.test.sh tests/cli/*.test.sh; do
		! grep -qs '^# also as an ordinary user' "$script" || add 600 sh tests/as-user.sh "$script"
	done
}

# The same claims once more of boxes that were built ahead.
add_launcher() {
	for script in tests/sandbox/*.test.sh; do
		! grep -qs '^# also through the launcher' "$script" || add 400 sh tests/through-launcher.sh "$script"
	done
}

failed=0
for kind in $kinds; do
	before=$number
	case $kind in
	unit) add_unit plain ;;
	asan) add_unit address-undefined ;;
	lint) add_scripts 120 tests/lint/*.sh ;;
	sandbox) add_scripts 400 tests/sandbox/*.test.sh ;;
	cli) add_scripts 600 tests/cli/*.test.sh ;;
	faults)
		export ASSAY_FAULTS="${ASSAY_FAULTS:-every}"
		add 7200 sh tests/sandbox/faults.test.sh
		[ "$(id -u)" != 0 ] || add 7200 sh tests/as-user.sh tests/sandbox/faults.test.sh
		;;
	kills)
		export ASSAY_KILLS="${ASSAY_KILLS:-300}"
		add 7200 sh tests/cli/kills.test.sh
		;;
	launcher) add_launcher ;;
	user) if [ "$(id -u)" = 0 ]; then add_user; else continue; fi ;;
	*) echo "run.sh: no kind of tests is called '$kind'" >&2 && exit 2 ;;
	esac
	[ "$number" = "$before" ] || continue
	echo "FAILED $kind: there is no test of this kind"
	failed=$((failed + 1))
done

side_by_side=${ASSAY_SIDE_BY_SIDE:-$(($(nproc) * 2))}
[ "$side_by_side" -le 16 ] || side_by_side=16
crowds=$(((side_by_side + 3) / 4))
take() { # take LIST: prints the next line that nobody has taken yet
	(
		flock 8 || exit
		taken=$(cat "$1-taken" 2>/dev/null)
		echo "$((${taken:-0} + 1))" >"$1-taken" || exit
		sed -n "$((${taken:-0} + 1))p" "$1"
	) 8>>"$1-lock"
}
# While run.sh lives. The lock is held until the last of what runs has ended, whoever killed run.sh.
work() { # work LIST...: does what stands in them, one after the other
	for list in "$@"; do
		while kill -0 $$ 2>/dev/null && job=$(take "$list") && [ -n "$job" ]; do
			# shellcheck disable=SC2086 # the words of a command
			sh tests/job.sh "$logs" $job
		done
	done
}
{
	grep -ls '^# takes long' tests/*/*.sh >"$logs/long"
	grep -Fwf "$logs/long" "$jobs"
	grep -vFwf "$logs/long" "$jobs"
} >"$jobs-in-turn"
grep -Ls '^# crowds nobody' tests/sandbox/*.test.sh >"$logs/crowding"
grep -Fwf "$logs/crowding" "$jobs-in-turn" >"$jobs-that-crowd"
grep -vFwf "$logs/crowding" "$jobs-in-turn" >"$jobs-of-others"
for worker in $(seq "$side_by_side"); do
	if [ "$worker" -le "$crowds" ]; then
		work "$jobs-that-crowd" "$jobs-of-others" &
	else
		work "$jobs-of-others" &
	fi
	runner="$runner $!"
done
# shellcheck disable=SC2086 # some numbers
wait $runner
cat "$logs"/*.pid 2>/dev/null | xargs -r kill # whose job.sh was killed

if [ "${ASSAY_SLOWEST:-0}" -gt 0 ]; then
	cat "$logs"/*.seconds | sort -rn | head -n "$ASSAY_SLOWEST" | sed 's/\([0-9]*\) /slow: \1 s  /'
fi
touch "$logs/counted"
awk -v failed="$failed" '
	FILENAME == ARGV[1] { job = $1; sub(/^[0-9]+ [0-9]+ /, ""); command[job] = $0; next }
	/^[0-9]+ [0-9]+ [0-9]+ [0-9]+$/ && ($1 in command) {
		passed += $2; failed += $3; skipped += $4
		delete command[$1]
	}
	END {
		for (job in command) {
			failed++
			printf "FAILED %s: was lost, nobody counted it\n", command[job]
		}
		printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
		exit failed || !passed
	}' "$jobs" "$logs/counted"

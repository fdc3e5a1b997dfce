#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [KIND...]: runs what proves assay and adds it up. Kinds: unit, asan, lint, sandbox, cli, user (default: all).
#
# Everything below tests/ speaks TAP: one line for each claim, `# SKIP reason` behind one that could not be tried
# here. A program that ends badly, or says fewer claims than it planned, counts as one more failure. Two programs
# run side by side; the log of each stands in build/test-logs/. The last line is `N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")/.." || exit 1
kinds=${*:-lint unit asan sandbox cli user}
logs=$PWD/build/test-logs
rm -rf "$logs" && mkdir -p "$logs" || exit 1
jobs=$logs/jobs
: >"$jobs"
export LC_ALL=C.UTF-8 CMOCKA_MESSAGE_OUTPUT=TAP
export UBSAN_OPTIONS=print_stacktrace=1
unset ASSAY_WORKSPACE LANGUAGE NO_COLOR EDITOR

add() { printf '%s\n' "$*" >>"$jobs"; } # add SECONDS PROGRAM [ARG...]

unit_of() { # unit_of VARIANT
	for program in build/"$1"/tests/unit/*/test_*; do
		case $program in *.o | *.d) continue ;; esac
		[ -x "$program" ] && add 120 "$program"
	done
	for replay in build/"$1"/tests/fuzz/replay_fuzz_*; do
		case $replay in *.o | *.d) continue ;; esac
		[ -x "$replay" ] && add 120 sh tests/fuzz/replay.sh "$replay"
	done
}

for kind in $kinds; do
	case $kind in
	unit) unit_of plain ;;
	asan) unit_of address-undefined ;;
	lint) for script in tests/lint/*.sh; do [ -f "$script" ] && add 120 sh "$script"; done ;;
	sandbox) for script in tests/sandbox/*.test.sh; do [ -f "$script" ] && add 400 sh "$script"; done ;;
	cli) for script in tests/cli/*.test.sh; do [ -f "$script" ] && add 400 sh "$script"; done ;;
	user)
		# The same claims once more as an ordinary user, who has no cgroup of their own on most machines.
		if [ "$(id -u)" = 0 ]; then
			for script in tests/sandbox/*.test.sh tests/cli/*.test.sh; do
				grep -q '^# also as an ordinary user' "$script" 2>/dev/null && add 400 sh tests/as-user.sh "$script"
			done
		fi
		;;
	*) echo "run.sh: no kind of tests is called '$kind'" >&2 && exit 2 ;;
	esac
done

# One job: keep its log, print its failures and skips at once, so that nothing waits for the end.
export logs
# shellcheck disable=SC2016 # expanded by the inner shell
xargs -P 2 -I '{}' sh -c '
	set -- $1
	seconds=$1 && shift
	name=$(printf "%s" "$*" | tr -c "A-Za-z0-9_.\n-" "-")
	timeout -k 10 "$seconds" "$@" >"$logs/$name.log" 2>&1 </dev/null
	printf "%s\n" "$?" >"$logs/$name.status"
	sh tests/count.sh "$logs/$name.log" "$*" "$(cat "$logs/$name.status")" >"$logs/$name.count"
	grep "^[^0-9]" "$logs/$name.count" || true
' job '{}' <"$jobs"

cat "$logs"/*.count | awk '
	/^[0-9]+ [0-9]+ [0-9]+$/ { passed += $1; failed += $2; skipped += $3 }
	END {
		printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
		exit failed || !passed
	}'

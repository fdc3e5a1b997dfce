#!/bin/sh
# SPDX-License-Identifier: MIT
# The tests' own counting: in a little project of its own, each way in which a test program can go wrong is counted
# as what it is, and none gets lost.
cd "$(dirname "$0")/../.." || exit 1
top=$PWD
number=0
place=$(mktemp -d) || exit 1
trap 'rm -rf "$place"' EXIT
trap 'exit 143' HUP INT TERM

claim() { # claim SENTENCE CONDITION...
	number=$((number + 1))
	sentence=$1 && shift
	if "$@"; then
		echo "ok $number - $sentence"
	else
		echo "not ok $number - $sentence"
		sed 's/^/# /' "$place/said"
	fi
}

fresh() { # fresh [NAME LINES]...: a project whose lint scripts these are
	rm -rf "$place/project"
	mkdir -p "$place/project/tests/lint" "$place/project/tests/fuzz"
	cp tests/run.sh tests/job.sh tests/count.sh "$place/project/tests/"
	cp tests/fuzz/replay.sh "$place/project/tests/fuzz/"
	while [ $# -gt 0 ]; do
		printf '%s\n' "$2" >"$place/project/tests/lint/$1.sh"
		shift 2
	done
}
run() { # run KIND...
	sh "$place/project/tests/run.sh" "$@" >"$place/said" 2>&1
	status=$?
}
summed() { [ "$(tail -n 1 "$place/said")" = "$1" ] && [ "$status" = "$2" ]; }
said() { grep -q "^$1" "$place/said"; }
counted() { summed "$1 passed, $2 failed, $3 skipped" "$((($2 > 0) || ($1 == 0)))"; } # counted PASSED FAILED SKIPPED
unset ASSAY_MUST_SANDBOX ASSAY_SLOWEST

fine='echo 1..2; echo "ok 1 - a"; echo "ok 2 - b"'
fresh fine "$fine"
run lint
claim 'claims that hold are passed' counted 2 0 0
# Where temporary files lie.
usable() {
	[ "$(df -kP /dev/shm | awk 'NR == 2 { print $1, $6, ($4 >= 2097152) }')" = 'tmpfs /dev/shm 1' ] &&
		! awk '$2 == "/dev/shm" { o = $4 } END { print o }' /proc/mounts | grep -qw 'ro\|noexec\|nosuid\|nodev'
}
fresh fine 'echo "$TMPDIR" >place; [ -z "$TMPDIR" ] || mkdir -m 0 "$TMPDIR/left"; echo 1..1; echo "ok 1 - a"'
before=${TMPDIR-}
unset TMPDIR
gone() { # what the script's TMPDIR was; "" where the system has them
	[ -s "$place/project/place" ] && directory=$(cat "$place/project/place") && [ ! -e "${directory:-/nowhere}" ]
}
run lint
if usable; then
	claim 'temporary files lie in memory' grep -q '^/dev/shm/assay-tests\.' "$place/project/place"
else
	claim 'temporary files lie where the system has them' test -z "$(cat "$place/project/place")"
fi
claim 'and are gone behind the last test' gone
killed=$(mktemp -d /dev/shm/assay-tests.XXXXXX 2>/dev/null || echo /dev/shm/assay-tests.none)
echo "$killed" >"$place/project/build/test-directory"
run lint
claim 'as are those of a run that was killed before' test ! -e "$killed"
echo "$place/project/tests" >"$place/project/build/test-directory"
run lint
claim 'and nothing else, whatever stands there' test -d "$place/project/tests/lint"
mkdir "$place/own" && export TMPDIR="$place/own"
run lint
claim 'but who names a place for them has it' test "$(cat "$place/project/place")" = "$place/own"
claim 'and what was left there' test -e "$place/own/left"
if [ -n "$before" ]; then TMPDIR=$before; else unset TMPDIR; fi

# Who runs beside whom: each says that it is there, and waits a little for the other.
pair() { # pair KIND [LINE]: two scripts of that kind, with that line
	fresh
	mkdir -p "$place/project/tests/$1"
	for one in a b; do
		[ $one = a ] && other=b || other=a
		# shellcheck disable=SC2016 # for the script
		printf '%s\n' "${2-}" "touch here-$one" 'for _ in 1 2 3 4 5 6 7 8; do' "[ ! -e here-$other ] || touch $one-met" \
			"[ ! -e $one-met ] || break" 'sleep 0.25' 'done' "rm -f here-$one" 'echo 1..1; echo "ok 1 - a"' \
			>"$place/project/tests/$1/$one.test.sh"
	done
}
met() { test -e "$place/project/a-met" -o -e "$place/project/b-met"; }
export ASSAY_SIDE_BY_SIDE=2
pair cli
run cli
claim 'whoever has nothing to do helps the others' met
pair sandbox
run sandbox
claim 'those that crowd a machine are alone' sh -c '! test -e "$1/a-met" && ! test -e "$1/b-met"' - "$place/project"
claim 'and all of them are run' counted 2 0 0
ASSAY_SIDE_BY_SIDE=4
pair sandbox '# crowds nobody'
run sandbox
claim 'but not those that say that they crowd nobody' met
ASSAY_SIDE_BY_SIDE=1
pair cli
run cli
claim 'one at a time all are run, too' counted 2 0 0
claim 'and none beside another' sh -c '! test -e "$1/a-met" && ! test -e "$1/b-met"' - "$place/project"
unset ASSAY_SIDE_BY_SIDE

fresh bad 'echo 1..2; echo "not ok 1 - a"; echo "ok 2 - b"; exit 1'
run lint
claim 'a claim that fails is failed' counted 1 1 0
claim 'and named' said 'FAILED sh tests/lint/bad.sh: not ok 1 - a'
fresh bad 'echo 1..99; echo "not ok 1 - a"; echo "# it was b"; seq -f "ok %g - c" 2 99; exit 1'
run lint
claim 'and what it said about that is shown, however much followed' said '    # it was b'
claim 'without all that followed' sh -c '[ "$(grep -c "    ok" "$1")" = 40 ]' - "$place/said"
fresh bad 'echo 1..3; echo "ok 1 - a"'
run lint
claim 'claims that were planned and not made are a failure' counted 1 1 0
fresh bad 'echo 1..1; echo "ok 1 - a"; echo "ok 2 - b"'
run lint
claim 'claims that were made and not planned are a failure' counted 2 1 0
fresh bad 'echo "ok 1 - a"'
run lint
claim 'a missing plan is a failure' counted 1 1 0
fresh bad 'echo 1..0'
run lint
claim 'making no claim is a failure' counted 0 1 0
fresh bad "$fine"'; kill -SEGV $$'
run lint
claim 'a crash at the end is a failure' counted 2 1 0
fresh bad "$fine"'; exit 77'
run lint
claim 'ending with 77 after claims is a failure' counted 2 1 0
fresh bad 'echo 1..2; echo "ok 1 - a"; echo "Bail out! no room"; echo "ok 2 - b"'
run lint
claim 'bailing out is a failure' counted 2 1 0

fresh fine "$fine" none 'echo 1..1; echo "ok 1 - a # SKIP no box: no namespaces"; exit 77'
run lint
claim 'ending with 77 where all was skipped is a skip' counted 2 0 1
export ASSAY_MUST_SANDBOX=1
run lint
claim 'a skip for want of a box is a failure where a box must be had' counted 2 1 0
fresh fine "$fine" none 'echo 1..2; echo "ok 1 - no box is needed # SKIP no javac"; echo "not ok 2 # SKIP a_test"'
run lint
claim 'a skip for want of a compiler stays one, also in the words of cmocka' counted 2 0 2
unset ASSAY_MUST_SANDBOX
fresh fine "$fine" none 'echo "1..0 # SKIP no node"; exit 77'
run lint
claim 'a plan of nothing with a reason is a skip' counted 2 0 1
fresh none 'echo 1..1; echo "ok 1 - a # SKIP no node"; exit 77'
run lint
claim 'where nothing passed nothing is proved' counted 0 0 1

# shellcheck disable=SC2016 # for the script to expand
fresh a "$fine" b 'read -r _ _ _ job _ </proc/$PPID/stat; kill -KILL "$job"; sleep 1' c "$fine" d "$fine" e "$fine" f "$fine"
run lint
claim 'programs that nobody counted are a failure' said 'FAILED sh tests/lint/b.sh: was lost'
claim 'and the run has failed' test "$status" != 0
fresh a "$fine" b "$fine"
echo 'exit 1' >"$place/project/tests/count.sh"
run lint
claim 'a counter that fails loses nothing' counted 0 2 0

fresh a "$fine"
run lint unit
claim 'a kind without a program is a failure' counted 2 1 0
fresh a "$fine"
mkdir -p "$place/project/tests/unit/base" "$place/project/build/plain/tests/unit/base"
touch "$place/project/tests/unit/base/test_new.c" "$place/project/tests/fuzz/fuzz_new.c"
printf '#!/bin/sh\necho 1..1\necho "ok 1 - stale"\n' >"$place/project/build/plain/tests/unit/base/test_gone"
chmod +x "$place/project/build/plain/tests/unit/base/test_gone"
run unit
claim 'a program that was not built is a failure' said 'FAILED build/plain/tests/unit/base/test_new'
claim 'so is a fuzzer that was not built' said 'FAILED sh tests/fuzz/replay.sh build/plain/tests/fuzz/replay_fuzz_new'
# shellcheck disable=SC2016
claim 'a program whose source has gone is not run' sh -c '! grep -q -e stale -e test_gone "$1"' - "$place/said"

# shellcheck disable=SC2016 # for the script to expand
fresh a 'echo 1..1; [ -z "${GIT_DIR+x}${GIT_INDEX_FILE+x}" ] && echo "ok 1 - a"'
GIT_DIR=$top/.git GIT_INDEX_FILE=$top/.git/index run lint
claim "a git hook's settings don't reach the tests" counted 1 0 0

unset TMPDIR
fresh a "echo \"\$TMPDIR\" >place; echo \$\$ >'$place/pid'; sleep 300"
sh "$place/project/tests/run.sh" lint >"$place/said" 2>&1 &
runner=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s "$place/pid" ] || sleep 0.3; done
kill "$runner"
wait "$runner"
status=$?
claim 'a run that is stopped says so' test "$status" = 130
# shellcheck disable=SC2016
claim 'and leaves no test running' sh -c '[ -s "$1" ] && ! kill -0 "$(cat "$1")" 2>/dev/null' - "$place/pid"
claim 'nor what was made for it' gone

# Killed, run.sh can do nothing more; whoever worked for it ends with what is at work.
rm -f "$place/pid"
fresh a "[ ! -s '$place/pid' ] || ! kill -0 \$(cat '$place/pid') 2>/dev/null || touch early
	echo \"\$TMPDIR\" >place; echo \$\$ >'$place/pid'; sleep 2; echo 1..1; echo 'ok 1 - a'" b "echo >>ran; $fine"
export ASSAY_SIDE_BY_SIDE=1
sh "$place/project/tests/run.sh" lint >"$place/said" 2>&1 &
runner=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s "$place/pid" ] || sleep 0.3; done
kill -KILL "$runner"
wait "$runner" 2>/dev/null
claim 'a run is killed while a test is at work' kill -0 "$(cat "$place/pid")"
cp "$place/project/place" "$place/first"
run lint
claim 'it does nothing new' test "$(wc -l <"$place/project/ran")" = 1
claim 'the next waits for what is at work' test ! -e "$place/project/early"
claim 'and does its own work' counted 3 0 0
claim 'with nothing left of what was made for the first' test ! -e "$(cat "$place/first")"
unset ASSAY_SIDE_BY_SIDE

echo "1..$number"

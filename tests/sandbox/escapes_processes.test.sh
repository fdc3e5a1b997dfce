#!/bin/sh
# SPDX-License-Identifier: MIT
# Ways out by processes: rights, priorities, limits, signals, and what is done to pid 1.
# also as an ordinary user
# also through the launcher
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/tries.sh
stand_outside

alive "there are capabilities to be had" capabilities
stopped "no capability is there or can be had, nor bounds, bits or users that bring some" exited capabilities
alive_as_root "a set-uid program is started as root" set_uid_exec
stopped "no set-uid program of the system becomes root" exited set_uid_exec
alive_as_root "priorities and limits are raised" priorities
stopped "no priority, limit or blame goes upwards" exited priorities

nice_of() { cut -d ' ' -f 19 <"/proc/$VICTIM/stat"; taskset -p "$VICTIM"; }
alive "a process of the same user is slowed down" renice
slowed=$(nice_of)
stopped "no process of the same user is slowed down" exited renice
claim "box: nor is one by naming the user" is "$(try_in_box -- /try/try_renice all; nice_of)" "$slowed"

alive "a process is signalled by thread, queue, pidfd or ownership" signal_ways
stopped "no process of the host is signalled in the less usual ways" exited signal_ways
try_in_box -- /try/try_signal_ways all
claim "box: nor by signalling whatever may be signalled" stopped_clean
# Two boxes of one user at once: what one signals, limits and kills, the other doesn't feel.
"$top/build/assay-box" $leave --stdin /dev/null --stdout "$T/other.out" --stderr "$T/other.err" --report "$T/other" -- \
	/bin/sh -c 'echo up; sleep 2; echo whole' &
neighbour=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s "$T/other.out" ] || sleep 0.1; done
try_in_box -- /bin/sh -c '/try/try_signal_ways all; /try/try_renice all; kill -9 -1'
claim "box: one that signals all that it sees ends by that itself" verdict_is signaled
wait $neighbour
claim "box: and its neighbour feels nothing" is "$(tr '\n' ' ' <"$T/other.out")$(grep -c '"exited"' "$T/other")" "up whole 1"

box --ro "$tries:/try" --processes 140 -- /try/try_siblings
claim "box: who leaves its siblings to an idle pid 1 ends as itself" is "$(field verdict) $(field signal)" "signaled 11"
claim "box: and soon" at_most "$(field wall_ms)" 10000
alive "orphans are left to pid 1" orphans 300
box --ro "$tries:/try" --processes 64 -- /try/try_orphans 5000
claim "box: pid 1 buries thousands of orphans, and nothing is left of them" ended_after 0
claim "box: there were never more than allowed" at_most "$(field processes_peak)" 64
box -- /bin/sh -c 'kill -STOP 1; kill -KILL 1; kill -TERM 1; sleep 0.2; exit 3'
claim "box: a pid 1 that was told to stop goes on" ended_after 3
box -- /bin/sh -c 'kill -KILL $$'
claim "box: a program that kills itself was killed, by its own signal" is "$(field verdict) $(field signal)" "signaled 9"

# Who offers itself to the kernel, should the host run out of memory, takes that back, unless CAP_SYS_RESOURCE has said it.
takes_back='echo 100 >/proc/self/oom_score_adj; cat /proc/self/oom_score_adj'
claim "bare: an offer to go first when memory runs out is taken back" \
	is "$(sh -c "echo 900 >/proc/self/oom_score_adj; $takes_back")" 100
box -- /bin/sh -c "cat /proc/self/oom_score_adj"
claim "box: a box offers to go first" is "$(cat "$T/out")" 900
if [ $((0x$(sed -n 's/^CapEff:[[:space:]]*//p' /proc/self/status) >> 24 & 1)) = 1 ]; then
	(echo -500 >/proc/self/oom_score_adj && box -- /bin/sh -c "$takes_back")
	claim "box: and no program takes that back, not even where assay-box itself is to be spared" is "$(cat "$T/out")" 900
else
	skip "box: and no program takes that back" "we have no CAP_SYS_RESOURCE"
fi

alive "a handler of core dumps would be started" core_limit
stopped "no handler of core dumps is started outside, nor can that be changed" exited core_limit
finish

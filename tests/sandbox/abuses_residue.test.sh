#!/bin/sh
# SPDX-License-Identifier: MIT
# Nothing of a box outlives it, whatever it leaves and however it ended; and the next box finds what the first found.
# also as an ordinary user
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/tries.sh
mark=residue$$ key=$(printf 0x%08x $((0x61737379 + $$)))

# Names, processes, things of System V, groups and mounts that are still there, by our mark or by the ids of boxes.
touch "$T/begun"
remains() {
	find /tmp /dev/shm /var/tmp /run "${TMPDIR:-/tmp}" -maxdepth 2 \( -name "*$mark*" -o -newer "$T/begun" -uid +1899999999 \) 2>/dev/null
	ipcs -a 2>/dev/null | grep -i "$key\|^0x.* 19000"
	ps -eo args= | grep "[s]leep.*[0-9]\.$$"
	grep "$mark" /proc/self/mountinfo
}
leaves_nothing() { # leaves_nothing WORDS: of the last box
	for _ in 1 2 3 4 5; do [ -z "$(remains)" ] && break; sleep 0.2; done
	claim "box: $1" is "$(remains)" ""
}
bare residue $$
claim "bare: shared memory and queues remain" sh -c 'ipcs -a | grep -q "$0" && [ -e "/dev/shm/assay-residue$1" ]' "$key" $$
ipcrm -M "$key" -S "$key" -Q "$key"
rm -f /dev/shm/assay-residue$$ /tmp/assay-residue$$

for way in "exit 0" "kill -KILL \$\$" "sleep 60" "exec yes"; do
	box --ro "$tries:/try" --wall-ms 1000 --output-kib 16 -- /bin/bash -c "/try/try_residue $$
		for place in /work /tmp /dev/shm; do mkdir \$place/$mark; touch \$place/$mark-file; done
		mkfifo /tmp/$mark-fifo; (exec -a $mark-sleeper sleep 50.$$ &); (setsid sleep 60.$$ &) ; $way"
	leaves_nothing "nothing remains after '$way'"
done
box --ro "$tries:/try" --disk-mib 64 --memory-mib 512 -- /bin/sh -c "/try/try_deep_tree; mkdir /tmp/$mark; chmod 0 /tmp/$mark /tmp; exit 5"
claim "box: a tree of 3000 levels without rights doesn't keep it from ending" ended_after 5
claim "box: nor for long" at_most "$(field wall_ms)" 10000
leaves_nothing "nothing remains of it"
box --ro "$tries:/try" --disk-mib 16 -- /bin/sh -c '/try/try_names 3000; exit 6'
claim "box: nor do names with every odd character in them" ended_after 6

# Killed without a chance to tidy up.
# shellcheck disable=SC2086 # an option or none
"$top/build/assay-box" $leave --stdin /dev/null --ro "$tries:/try" -- /bin/sh -c "
	/try/try_residue $$; touch /tmp/$mark; (setsid sleep 60.$$ &); echo up; sleep 70.$$" >"$T/up" 2>&1 &
killed=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ -s "$T/up" ] || sleep 0.1; done
claim "box: one is up" is "$(cat "$T/up")" up
kill -KILL $killed
wait $killed 2>/dev/null
leaves_nothing "its supervisor was killed, and nothing remains but what the next one sweeps"

# What the kernel counts per user comes back: the second box gets as much as the first.
gently "watches are used up" watches 20
box --ro "$tries:/try" -- /try/try_watches
first=$(cat "$T/out")
claim "box: watches are bounded" ended_after 1
box --ro "$tries:/try" -- /try/try_watches
claim "box: and come back" is "$(cat "$T/out")" "$first"
# What boxes beside it hold counts against root as well, so that one less may be there for a moment.
box --ro "$tries:/try" -- /try/try_queued_signals
for _ in 1 2 3 4 5; do
	first=$(cat "$T/out")
	box --ro "$tries:/try" -- /try/try_queued_signals
	[ "$(cat "$T/out")" != "$first" ] || break
done
claim "box: so do queued signals and timers" is "$(cat "$T/out")" "$first"
box --ro "$tries:/try" --open-files 200 -- /try/try_open_files
first=$(cat "$T/out")
box --ro "$tries:/try" --open-files 200 -- /try/try_open_files
claim "box: and open files" is "$(cat "$T/out")" "$first"
box -- /bin/sh -c 'find /work /tmp /dev/shm -mindepth 1; ipcs -a | grep -c 0x; ls /proc | grep -c "^[0-9]*$"'
claim "box: a new one is empty, whatever happened before" is "$(head -n 1 "$T/out")" 0
finish

#!/bin/sh
# SPDX-License-Identifier: MIT
# Memory of every kind runs into the limit of the tree. Where limits are only sampled, what can't be seen is bounded.
# also as an ordinary user
# also through the launcher
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/tries.sh

memory_mib=64

# What a sampler can't see: enforced where the kernel does it, else at most what the report says of it.
unseen() { # unseen WORDS BOUND-MIB OPTION... -- NAME ARG...
	words=$1 bound=$2
	shift 2
	if as_root; then
		out_of_memory "$words" "$@"
	else
		box --ro "$tries:/try" --memory-mib $memory_mib "$@"
		claim "box: $words, or is bounded where nobody sees it" bounded
	fi
}
bounded() { verdict_is memory_limit || { ended_after 1 && at_most "$(cat "$T/out")" "$bound"; }; }

gently "memfds are filled and kept" memfds held 8
out_of_memory "memory in memfds that nobody maps runs into the limit" -- /try/try_memfds held 300
gently "a thread whose process looks dead fills memfds" memfds leaderless 8
out_of_memory "so do memfds of a process whose first thread has ended" -- /try/try_memfds leaderless 300
gently "a thread with files of its own fills memfds" memfds apart 8
box --ro "$tries:/try" -- /try/try_memfds apart 8
claim "box: no thread has files of its own, which nobody would see" ended_after 1
gently "a thread is born with files of its own" thread_files
box --ro "$tries:/try" -- /try/try_thread_files
claim "box: nor is one born with them" ended_after 1
# What no limit bounds there is bounded by what the host shall keep, here more than it does by itself.
kept() { # kept WORDS NAME ARG...
	words=$1
	shift
	if as_root; then
		out_of_memory "$words runs into the limit" -- "/try/try_$@"
	else
		box --ro "$tries:/try" --memory-mib $memory_mib --spare-mib $((available > 800 ? available - 500 : available / 2)) -- \
			"/try/try_$@"
		claim "box: $words leaves the host what it shall keep" verdict_is memory_limit
	fi
}
available=$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo)
gently "shared memory is taken that no page table tells of" memory untold 8
kept "shared memory that no page table tells of" memory untold 4000
gently "memfds are filled, mapped and closed" memfds mapped 8
kept "memory in memfds that only a mapping holds" memfds mapped 4000
if ! as_root; then
	box --spare-mib $((1 << 30)) -- echo ran
	claim "box: where the host has less than it shall keep nothing runs" is "$(field verdict) $(cat "$T/out")" "box_error "
	claim "and it is said what to do" grep -q "shall keep 1073741824: free some, run fewer boxes at a time, or" "$T/report"
	if [ "$available" -gt 4000 ]; then
		(sleep 0.5 && exec "$tries/try_memory" anonymous 1000 0) &
		children="$children $!"
		box --memory-mib $memory_mib --spare-mib $((available - 600)) -- sh -c 'true & exec sleep 5'
		claim "box: who can't be why the host has little is ended, but not blamed" verdict_is box_error
	else
		skip "who can't be why the host has little is not blamed" "this host has little itself"
	fi
fi
gently "memory is swapped out by its owner" swap_out
box --ro "$tries:/try" -- /try/try_swap_out
claim "box: nobody swaps memory out, where it is not seen" ended_after 1
gently "memfds are filled and sent" memfds flying 8
unseen "memory in memfds on their way runs into the limit" $(((16 + 253) * 4)) --open-files 16 --disk-mib 4 -- \
	/try/try_memfds flying 400
gently "sockets within the machine are filled" socket_buffers unix 8
# Half of the files have a queue, which holds at most twice what the host allows.
queue=$(($(cat /proc/sys/net/core/wmem_max) * 2))
unseen "memory in sockets within the machine runs into the limit" $((32 * queue >> 20)) --open-files 64 -- \
	/try/try_socket_buffers unix 1000
gently "pipes are filled" pipe_buffers 4
unseen "memory in pipes runs into the limit" 256 --open-files 512 -- /try/try_pipe_buffers 500
gently "many fill pipes" pipe_buffers 2 2
out_of_pipes() { verdict_is memory_limit || { ! as_root && ended_after 1; }; }
box --ro "$tries:/try" --memory-mib 64 --open-files 512 -- /try/try_pipe_buffers 100 8
claim "box: pipes of many count together" out_of_pipes

gently "a thread takes memory whose process looks dead" dead_leader 8
out_of_memory "memory of a process that forbids to be looked at counts" -- /try/try_dead_leader 256 hidden
out_of_memory "memory of a process whose first thread has ended counts" -- /try/try_dead_leader 256
box --memory-mib 64 --ro "$tries:/try" -- /bin/sh -c 'cp /try/try_dead_leader /work/a && chmod 0111 /work/a && exec /work/a 256'
claim "box: and that of one which does both" verdict_is memory_limit
gently "names of 255 bytes are made" names 100
hits "names of 255 bytes, of every kind, run into the limit of files" disk_limit disk --memory-mib 256 --disk-mib 16 -- \
	/try/try_names
hits "or into that of memory, which they cost" memory_limit memory --memory-mib 16 --disk-mib 256 -- /try/try_names

hits "so do files with nothing in them" memory_limit memory --memory-mib 32 --disk-mib 256 -- /try/try_fill_disk files

alive_as_root "memory is locked" locked_memory 64
box --ro "$tries:/try" -- /try/try_locked_memory 64
claim "box: no more than a little memory is locked" ended_after 1
gently "threads are started" threads 20
hits "threads run into the limit of processes" process_limit processes --processes 40 -- /try/try_threads
claim "box: and never were more" at_most "$(field processes_peak)" 40
gently "files are opened" open_files 100
box --ro "$tries:/try" --open-files 64 -- /try/try_open_files
claim "box: no more files are opened than allowed, after raising what may be raised" at_most "$(cat "$T/out")" 61
claim "box: which is their own fault" ended_after 1
gently "signals are queued and timers made" queued_signals 50
box --ro "$tries:/try" -- /try/try_queued_signals
claim "box: signals and timers are bounded" ended_after 1
claim "box: to a few thousand" at_most "$(cut -d ' ' -f 1 <"$T/out")" 4096

# The host's memory is as it was; loosely, for other tests use it, too.
available() { awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo; }
gently "memfds lie in loops of sockets" loops_in_flight 8
at_first=$(available)
for round in 1 2 3 4; do
	box --ro "$tries:/try" --memory-mib 256 -- /try/try_loops_in_flight 160
	box --ro "$tries:/try" --memory-mib 256 --open-files 64 --disk-mib 64 -- /try/try_memfds flying 200
	box --ro "$tries:/try" --memory-mib 256 -- /try/try_sysv_memory segments 200
done
for _ in 1 2 3 4 5 6 7 8 9 10; do
	at_least "$(available)" $((at_first - 1200)) && break
	sleep 1
done
claim "box: nothing of 2240 MiB remains in use" at_least "$(available)" $((at_first - 1200))
finish

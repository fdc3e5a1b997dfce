#!/bin/sh
# SPDX-License-Identifier: MIT
# Memory that the kernel spends for a program, and that no process has mapped, runs into the limit of the tree, too.
# also as an ordinary user
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/tries.sh

memory_mib=16

# The limit ends it, or the kernel tells it no below the limit.
held() { # held WORDS OPTION... -- PROGRAM...
	words=$1
	shift
	box --ro "$tries:/try" --memory-mib $memory_mib --wall-ms 30000 --cpu-ms 30000 "$@"
	claim "box: $words" held_it
}
held_it() { verdict_is memory_limit || { ended_after 1 && at_most "$(cat "$T/out")" 20; }; }

gently "messages lie in queues" sysv_memory messages 2
gently "sets of semaphores are made" sysv_memory semaphores 2
gently "segments that nobody has attached are filled" sysv_memory segments 8
gently "page tables are filled" page_tables 4
gently "sockets with connections are filled" socket_buffers tcp 4
out_of_memory "messages in queues run into the limit" -- /try/try_sysv_memory messages 64
out_of_memory "sets of semaphores run into the limit" -- /try/try_sysv_memory semaphores 64
out_of_memory "segments that nobody has attached any more run into the limit" -- /try/try_sysv_memory segments 64
out_of_memory "page tables run into the limit" -- /try/try_page_tables 64
gently "memory is cut into mappings" mappings 100 2
out_of_memory "mappings run into the limit" -- /try/try_mappings 30000 4
# v1 counts sockets' memory apart; v2 makes sends fail or the box end.
held "sockets with connections hold no more than the limit" -- /try/try_socket_buffers tcp 100
gently "connections wait to be accepted" unaccepted idle 2
gently "connections wait, full of bytes" unaccepted full 8
out_of_memory "connections that nobody accepts run into the limit" -- /try/try_unaccepted idle 300
out_of_memory "what lies in them does, too" -- /try/try_unaccepted full 1500
gently "datagrams are left unread" datagrams 4 4
gently "datagrams are left unread, over IPv6 too" datagrams 6 4
held "datagrams that nobody takes hold no more than the limit" -- /try/try_datagrams 4 200
held "nor do those over IPv6" -- /try/try_datagrams 6 200
gently "locks are taken" record_locks 2000
held "locks on files hold no more than the limit" -- /try/try_record_locks 120000
held "so do locks of many" -- /try/try_record_locks 30000 4
gently "locks of open files are taken" record_locks 2000 0 open
box --ro "$tries:/try" --memory-mib 16 -- /try/try_record_locks 120000 0 open
claim "box: locks of open files, which no list shows whole, aren't to be had" ended_after 1
# Locks of open files that others have stand in every list.
(cd "$T/bare" && exec "$tries/try_record_locks" 120000 0 open) >"$T/others" &
others=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ -s "$T/others" ] || sleep 0.05; done
box --memory-mib 16 -- $python -c 'import fcntl, time; fcntl.lockf(open("/work/a", "w"), fcntl.LOCK_EX); time.sleep(0.6)'
claim "box: others' locks are nobody's in a box" ended_after 0
wait $others
gently "answers of the kernel are left unread" netlink_answers 1
if as_root; then
	held "answers of the kernel hold no more than the limit" -- /try/try_netlink_answers 48
else
	# Queues of sockets: unseen where limits are sampled, bounded by open files.
	box --ro "$tries:/try" --memory-mib 16 --open-files 16 -- /try/try_netlink_answers 500
	queues=$((16 * 2 * $(cat /proc/sys/net/core/rmem_max) >> 20))
	claim "box: answers of the kernel are bounded by open files" at_most "$(cat "$T/out")" $((queues + 4))
	claim "box: at which their reader stops" ended_after 1
fi
bare socket_keys 1
if [ $? = 0 ]; then
	claim "bare: sockets are given keys" true
else
	skip "bare: sockets are given keys" "this kernel knows none"
fi
held "keys of sockets hold no more than the limit" --open-files 256 -- /try/try_socket_keys 40
finish

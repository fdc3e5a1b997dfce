#!/bin/sh
# SPDX-License-Identifier: MIT
# Time of every kind runs out: on the clock, whoever sleeps; of the processors, whoever burns it in whose name.
# also as an ordinary user
# also through the launcher
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/tries.sh

sleeps() { # sleeps WORDS PROGRAM...: ends by the clock, about when it should
	words=$1
	shift
	hits "$words" wall_limit wall --wall-ms 400 -- "$@"
	claim "box: and soon" at_most "$(field wall_ms)" 10000
}
burns() { # burns WORDS OPTION... -- PROGRAM...: ends by the processors' clock, and not by the other one; how soon, a busy
	# machine says
	words=$1
	shift
	hits "$words" cpu_limit cpu --cpu-ms 300 --wall-ms 20000 "$@"
	claim "box: and soon" at_most "$(($(field cpu_user_ms) + $(field cpu_system_ms)))" 10000
}

gently "a vfork waits" vfork now
sleeps "who waits in vfork ends by the clock" /try/try_vfork
sleeps "who reads what nobody writes ends by the clock" /bin/sh -c 'mkfifo p; cat p'
sleeps "who waits for a lock of its own ends by the clock" $python -c '
import fcntl, os
a = open("/work/a", "w"); fcntl.flock(a, fcntl.LOCK_EX); b = open("/work/a", "w")
fcntl.flock(b, fcntl.LOCK_EX)'
sleeps "who is stopped from its first moment ends by the clock" /bin/sh -c 'kill -STOP $$'
sleeps "who sleeps with a hundred others, all stopped, ends by the clock" /bin/sh -c '
i=0; while [ $i -lt 100 ]; do sleep 60 & kill -STOP $!; i=$((i + 1)); done; trap "" TERM INT HUP; sleep 60'
gently "a drip drips" drip 3
sleeps "who drips for ever ends by the clock" /try/try_drip
claim "box: what dripped is there" at_least "$(cat "$T/out" "$T/err" | wc -c)" 4

gently "daemons burn time" burn_daemons 50
burns "time of daemons counts, while their ancestor sleeps" -- /try/try_burn_daemons
gently "many burn time at once" burn_many 20 4
burns "time of many processes and threads counts together" -- /try/try_burn_many
gently "children that nobody waits for burn time" burn_unwaited 60
burns "time of children that nobody waits for counts" -- /try/try_burn_unwaited 5000
gently "a program becomes itself again and again" burn_by_exec 20
burns "time of what execs itself for ever counts" -- /try/try_burn_by_exec
gently "timers fire as fast as they go" timer_storm 50
box --ro "$tries:/try" --cpu-ms 300 --wall-ms 4000 -- /try/try_timer_storm
case $(field verdict) in cpu_limit | wall_limit) ended=yes ;; *) ended=$(field verdict) ;; esac
claim "box: a storm of timers ends by one clock or the other" is "$ended $status" "yes 124"
claim "box: and soon" at_most "$(field wall_ms)" 10000

# First the kernel works for the program, 0.8 s, then the program by itself, 0.2 s.
box --cpu-ms 1600 -- $python -c '
import os, time
zero, room = os.open("/dev/zero", os.O_RDONLY), bytearray(1 << 20)
while time.process_time() < 0.8: os.readv(zero, [room])
while time.process_time() < 1.0: pass'
claim "box: who used one second isn't ended by a limit of 1.6" ended_after 0
claim "box: no time is counted twice" at_most "$(($(field cpu_user_ms) + $(field cpu_system_ms)))" 1400
claim "box: what the kernel did is called system time" at_least "$(field cpu_system_ms)" 400

# A look from outside costs nobody anything: what sleeps uses no time.
box -- sleep 0.5
claim "box: who only sleeps has used next to no time" at_most "$(($(field cpu_user_ms) + $(field cpu_system_ms)))" 200
claim "box: and is called by its end" ended_after 0
finish

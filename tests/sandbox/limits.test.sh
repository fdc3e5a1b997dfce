#!/bin/sh
# SPDX-License-Identifier: MIT
# Limits of the whole tree: each abuse is alive when run gently, hits its limit in the box, and is called by its name.
# also as an ordinary user
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/tries.sh

gently "forks" forks 20
hits "a fork bomb runs into the limit of processes" process_limit processes --processes 20 -- /try/try_forks
claim "box: and never had more" at_most "$(field processes_peak)" 20

for kind in anonymous shared memfd sysv; do
	gently "$kind memory is taken" memory $kind 8
	hits "$kind memory runs into the limit" memory_limit memory --memory-mib 64 --disk-mib 512 \
		--wall-ms 20000 -- /try/try_memory $kind 256
done
gently "children take memory" memory anonymous 4 2
shares='
import os, sys, time
pages = bytearray(b"x") * (60 << 20)
def child():
    for i in range(0, len(pages) if sys.argv[1] == "writes" else 0, 4096): pages[i] = 0
    time.sleep(0.3)
    os._exit(0)
children = [os.fork() or child() for _ in range(3)]
sys.exit(sum(os.waitpid(c, 0)[1] for c in children))'
box --memory-mib 100 -- $python -c "$shares" reads
claim "box: memory that children share with their parent counts once" is "$(field verdict) $(field exit_code)" "exited 0"
hits "and as often as they write to it" memory_limit memory --memory-mib 100 -- $python -c "$shares" writes
hits "memory of children counts together" memory_limit memory --memory-mib 96 -- /try/try_memory anonymous 30 5
hits "files count as memory" memory_limit memory --memory-mib 32 --disk-mib 256 -- /try/try_fill_disk bytes 200

gently "a file is written" fill_disk bytes 2
hits "bytes of files run into the limit" disk_limit disk --disk-mib 4 -- /try/try_fill_disk bytes
claim "box: and no more were written" at_most "$(field disk_bytes)" 4194304
gently "many files are made" fill_disk files 100
hits "the number of files runs into the limit" disk_limit disk --disk-mib 4 -- /try/try_fill_disk files
hits "/dev/shm and /tmp share it" disk_limit disk --disk-mib 4 -- \
	/bin/sh -c 'head -c 2M /dev/zero >/dev/shm/a && head -c 1500k /dev/zero >/tmp/b && head -c 1M /dev/zero >/work/c'
hits "one file too large is a matter of disk, too" disk_limit disk --disk-mib 4 -- \
	/bin/sh -c 'exec head -c 8M /dev/zero >/work/a'

gently "output is written" flood 1
hits "a flood of output is cut" output_limit output --output-kib 64 -- /try/try_flood
claim "box: head and tail are kept, both streams together" at_most "$(cat "$T/out" "$T/err" | wc -c)" 80000
claim "box: at least the limit is kept" at_least "$(cat "$T/out" "$T/err" | wc -c)" 65536
claim "box: and it says that something is missing" is "$(field output_truncated)" true

gently "children burn time" burn 100
hits "time of dead children counts" cpu_limit cpu --cpu-ms 300 --wall-ms 20000 -- /try/try_burn
claim "box: not much more than allowed was used" \
	at_most "$(($(field cpu_user_ms) + $(field cpu_system_ms)))" 5000
hits "a loop burns its time" cpu_limit cpu --cpu-ms 200 --wall-ms 20000 -- $python -c 'while True: pass'

gently "signals are ignored" linger now
hits "who ignores every signal and stops itself ends by the clock" wall_limit wall --wall-ms 400 -- /try/try_linger
claim "box: on time" at_most "$(field wall_ms)" 10000

gently "output is held open" hold_output now
box --ro "$tries:/try" -- /try/try_hold_output
claim "box: nobody waits for output that a child holds open" is "$(field verdict) $(cat "$T/out")" "exited done"
claim "box: it ended at once" at_most "$(field wall_ms)" 10000

box --open-files 32 -- $python -c '
import os
n = 0
try:
    while True: os.open("/dev/null", os.O_RDONLY); n += 1
except OSError: print(n)'
claim "box: open files are limited" at_most "$(cat "$T/out")" 32

box --processes 8 -- $python -c '
import os, sys
for i in range(20):
    try:
        if os.fork() == 0: os._exit(0)
    except OSError: pass
sys.exit(0)'
claim "box: a program that met a limit and went on has simply exited" verdict_is exited
case $(field limits_hit) in *processes*) said=yes ;; *) said=no ;; esac
[ "$(id -u)" = 0 ] && claim "box: but the limit is mentioned" is "$said" yes
if [ "$(id -u)" = 0 ]; then
	claim "the mode is one that the kernel enforces" isnt "$(field limits_mode)" sampled
	claim "and nothing goes unseen" is "$(field unseen)" null
else
	claim "the report says that limits were sampled and the id is shared" \
		is "$(field limits_mode) $(field shared_uid)" "sampled true"
	claim "and what nobody counted, with its bound" grep -q '"unseen": "not counted: .* pipes (at most [0-9]* MiB)' "$T/report"
	claim "--check says the same" sh -c '"$0" --check --allow-sampled | grep -q "^note  limits *not counted: .* pipes (at most"' \
		"$top/build/assay-box"
	"$top/build/assay-box" --report "$T/report" -- /bin/true 2>"$T/said"
	claim "without leave to sample nothing runs" is "$?" 125
fi
# A limit of the shell's own would end the program and look like its own failure: shed where the host allows that
# (root with CAP_SYS_RESOURCE), refused with its name where not; never inherited.
for limit in "-t 1" "-v 15000" "-d 1000" "-n 64"; do
	said=$(
		# shellcheck disable=SC2086 # a flag and its value
		ulimit $limit
		box -- /bin/true 2>"$T/said"
		cat "$T/said"
		field verdict
	)
	case $said in *"this shell limits"*) outcome=refused ;; exited) outcome=shed ;; *) outcome=$said ;; esac
	claim "box: the shell's ulimit $limit is shed or refused by name" test "$outcome" = refused -o "$outcome" = shed
done
claim "box: what can be shed binds no program" is "$(ulimit -S -t 1; box -- /bin/sh -c 'ulimit -t'; cat "$T/out")" unlimited
finish

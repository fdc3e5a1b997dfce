#!/bin/sh
# SPDX-License-Identifier: MIT
# Refused calls: the report names those that only an attack makes, and nothing that honest programs try.
# also as an ordinary user
# also through the launcher
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh

cat >"$T/call.py" <<'P'
import ctypes, os, sys, threading
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *args):
    return libc.syscall(number, *args), ctypes.get_errno()
MOUNT, PTRACE, UNSHARE, KEYCTL, IO_URING, CLONE3, MBIND = 165, 101, 272, 250, 425, 435, 237
TOLD = {155, 161, 165, 166, 428, 429, 430, 431, 432, 433, 442, 272, 308, 101, 310, 311, 438, 440, 248, 249, 250, 298, 321,
        323, 163, 167, 168, 169, 175, 176, 179, 246, 313, 320, 153, 164, 170, 171, 172, 173, 227, 300, 304}
how = sys.argv[1]
if how == "attack":
    print([call(n, 0, 0, 0, 0, 0) for n in (KEYCTL, MOUNT, PTRACE, MOUNT)])
elif how == "all":
    for n in range(0, 470):
        if n in TOLD:
            call(n, 0, 0, 0, 0, 0)
    print(len(TOLD))
elif how == "routine":
    print([call(n, 0, 0, 0, 0, 0) for n in (IO_URING, CLONE3, MBIND)])
elif how == "threads":
    def many():
        for _ in range(300):
            call(UNSHARE, 0x10000000)
    threads = [threading.Thread(target=many) for _ in range(8)]
    for t in threads: t.start()
    for t in threads: t.join()
    print("done")
elif how == "forever":
    while True:
        call(MOUNT, 0, 0, 0, 0, 0)
elif how == "orphan":
    if os.fork() == 0:
        while True:
            call(PTRACE, 0, 0, 0, 0)
P
box_call() { box --ro "$T/call.py:/call.py" --wall-ms 20000 "$@"; }
denied_is() { is "$(field denied)" "$1"; }

box_call -- $python /call.py attack
claim "what only an attack tries answers ENOSYS" is "$(cat "$T/out")" "[(-1, 38), (-1, 38), (-1, 38), (-1, 38)]"
claim "and is named, in the order of the table" denied_is "[mount, ptrace, keyctl]"
claim "and is no verdict: the program goes on" verdict_is exited
box_call -- $python /call.py all
claim "all are named, however many" is "$(field denied | tr ',' '\n' | wc -l)" "$(cat "$T/out")"
box_call -- $python /call.py routine
claim "what libraries try by the way answers ENOSYS, too" is "$(cat "$T/out")" "[(-1, 38), (-1, 38), (-1, 38)]"
claim "and isn't named" denied_is "[]"
box_call -- $python /call.py threads
claim "many threads are answered at once" is "$(cat "$T/out")" "done"
claim "and named once" denied_is "[unshare]"
box_call --wall-ms 700 -- $python /call.py forever
claim "who does nothing else is ended by the clock" verdict_is wall_limit
claim "and named all the same" denied_is "[mount]"
box_call -- $python /call.py orphan
claim "who is left behind doing so doesn't keep the box" is "$(field verdict) $(field exit_code)" "exited 0"

# Whether the filter killed or the program itself, no kernel tells; so the report doesn't, either.
says_both() {
	is "$(field verdict) $(field signal) $status" "denied_call 31 159" || return 1
	case $(field message) in *"foreign architecture, or it sent itself SIGSYS") ;; *) return 1 ;; esac
	case $(field denied) in *"foreign architecture (or SIGSYS of its own)]") ;; *) return 1 ;; esac
}
box --ro "$tries:/try" -- /try/try_x32
claim "who makes a call of a foreign architecture is killed, and the report says what else it may have been" says_both
box_call -- sh -c 'kill -SYS $$'
claim "of who sends itself SIGSYS the report doesn't say that it made such a call" says_both
box_call -- sh -c 'sh -c "kill -SYS \$\$"; exit 4'
claim "and of who outlives a child that did nothing is said" is "$(field verdict) $(field denied)" "exited []"

box_call -- sh -c 'kill -XFSZ $$'
claim "nor is a signal of its own blamed on the disk alone" \
	is "$(field verdict): $(field message | sed 's/.*, or/or/')" \
	"disk_limit: or it had lowered that limit or sent itself SIGXFSZ"

box_call -- sh -c 'exit 3'
claim "an honest program has nothing named" denied_is "[]"
finish

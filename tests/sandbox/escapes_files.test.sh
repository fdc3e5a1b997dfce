#!/bin/sh
# SPDX-License-Identifier: MIT
# Ways out by files: what is shown, what /proc tells and lets write, what is collected.
# also as an ordinary user
# also through the launcher
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/tries.sh
stand_outside

alive "a file is opened by its handle" handle
stopped "no file is opened by a handle, forged or not" exited handle
alive_as_root "a file is given capabilities" file_capabilities
stopped "no file is given capabilities or attributes" exited file_capabilities
alive "/sys, devices, homes and secrets are there" host_parts
stopped "nothing of /sys, devices, homes, sockets and secrets is there" exited host_parts

echo canary >"$CANARY"
alive "the root is reached by climbing" climb
stopped "no climbing, from moved folders neither, leads out" exited climb

alive "/proc tells about the host" proc_tells
stopped "/proc tells nothing about the host, its groups or its mounts" exited proc_tells
alive_as_root "/proc changes the host" proc_write
stopped "nothing in /proc that changes the host can be opened for writing" exited proc_write
TARGET=$VICTIM alive "/proc tells about a process of the host" proc_of_init
stopped "/proc tells nothing of pid 1" exited proc_of_init

# What --ro shows belongs, as an ordinary user, to the very user under whom the program runs.
mkdir "$T/bare/shown" "$T/ro" && echo kept >"$T/bare/shown/file" && echo kept >"$T/ro/file"
chmod 0777 "$T/bare/shown" "$T/ro" && chmod 0666 "$T/bare/shown/file" "$T/ro/file"
seen() { stat -c '%n %a %u %s %Y %Z %h' "$T/ro" "$T/ro/file" && ls -A "$T/ro" && cat "$T/ro/file"; }
SHOWN=shown alive "files that may be written are changed" ro_files
mkdir "$T/bare/shown" && echo kept >"$T/bare/shown/file"
SHOWN=shown alive "a file is changed by an fd that only reads" shown_by_fd
seen_before=$(seen)
more="--ro $T/ro:/shown --env SHOWN=/shown"
stopped "nothing that is shown can be changed, whoever owns it" exited ro_files
stopped "nor by an fd, opened anew, named, mapped or as memory" exited shown_by_fd
more=
claim "box: and nothing of it has changed" is "$(seen)" "$seen_before"
box --ro "$T/ro:/shown" -- /bin/sh -c 'cd /shown && cp file /work/file && cat /work/file'
claim "box: but it can be read" is "$(cat "$T/out")" kept

SHOWN="$T/shown" alive "a daemon's socket with a path is reached" path_socket
more="--env SHOWN=$T/shown"
stopped "no socket with a path of the host is reached if it isn't shown" exited path_socket
more="--ro $T/shown:/shown --env SHOWN=/shown"
try_in_box -- /try/try_path_socket
# shellcheck disable=SC2016 # not ours to expand
is_refused() { is "$status" 125 && grep -q -- "--ro $T/shown: has a .* in it" "$T/said" && is "$before" "$(contacts)"; }
claim "box: a folder with a socket or a named pipe in it isn't shown, by name" is_refused
mkdir -p "$T/below/a/b" && mkfifo "$T/below/a/b/pipe"
more="--ro $T/below:/shown"
try_in_box -- /bin/true
claim "box: however deep below" grep -q "named pipe in it (pipe)" "$T/said"
more=

# Whatever stands there in the moment when it is taken: it is the program's own, or nothing.
echo CANARY-OF-THE-HOST >"$CANARY"
alive "names can be swapped fast" collect_race 0 gently
taken=
for round in 1 2 3 4 5 6 7 8 9 10 11 12; do
	rm -f "$T/taken"
	try_in_box --collect "/work/out=$T/taken" --env "CANARY=/etc/passwd" -- /try/try_collect_race $round
	[ ! -e "$T/taken" ] || taken="$taken$(stat -c '%F %h' "$T/taken" | tr -d '\n')$(cat "$T/taken") "
	[ "$(field verdict) $(field exit_code)" = "exited 0" ] || taken="$taken?"
done
claim "box: a file is collected as itself or not at all, however fast names are swapped" \
	is "$(echo "$taken" | sed 's/regular empty file 1 //g')" ""
for kind in "ln -s /etc/passwd" "ln -s $CANARY" "ln /usr/bin/true" "mkfifo" "mkdir"; do
	rm -f "$T/taken"
	box --collect "/work/out=$T/taken" -- /bin/sh -c "$kind out; true"
	claim "box: what '${kind%"$T/canary"}' made isn't collected" sh -c '[ ! -e "$0" ]' "$T/taken"
done
box --collect "/work/out=$T/taken" -- $python -c 'import socket; socket.socket(socket.AF_UNIX).bind("/work/out")'
claim "box: a socket isn't collected" is "$([ -e "$T/taken" ] || field message)" \
	"/work/out is not a regular file with one name"
box --collect "/work/d/out=$T/taken" -- /bin/sh -c 'mkdir e; echo theirs >e/out; ln -s e d'
claim "box: nor a file through a link of the program's own" is "$([ -e "$T/taken" ] || field message)" \
	"/work/d/out is behind a link"

gently "a huge file of nothing is made" sparse 256
stopped "a file much larger than its place can't be made" exited sparse
box --collect "/work/out=$T/taken" --disk-mib 8 -- $python -c '
import os
file = open("out", "wb")
file.truncate(8 << 20)'
claim "box: a hole as large as allowed is collected as what it is" is "$(stat -c %s "$T/taken")" 8388608

device_times() { stat -c '%n %y %z' /dev/null /dev/zero /dev/full /dev/random /dev/urandom; }
alive "a device that everybody may write is touched" touch_device
touched=$(device_times)
stopped "no device of the host is touched" exited touch_device
claim "box: and their times say so" is "$(device_times)" "$touched"

# Whoever watches knows what others run, and when. Somebody reads a file while the box looks at its folder.
mkdir "$T/watched" && echo read >"$T/watched/file"
chmod 0755 "$T/watched"
somebody_reads() { (for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 0.1 && cat "$T/watched/file"; done >/dev/null) & }
somebody_reads
alive "what others open is watched" watch_host "$T/watched" 1
wait $!
more="--ro $T/watched:/watched"
somebody_reads
# Not promised, and said so in sandbox/README.md: should this fail, the README has something to take back.
try_in_box -- /try/try_watch_host /watched 1
claim "box: of what others open in a folder that is shown, the names can be watched" is "$(field exit_code)" 0
wait $!
more=

# Whoever locks what others read makes them wait.
mkdir "$T/locks" && echo locked >"$T/locks/file" && chmod 0644 "$T/locks/file"
SHOWN="$T/locks" alive "a file that may only be read is locked" lock_shown
# shellcheck disable=SC2086 # an option or none
"$top/build/assay-box" $leave --stdin /dev/null --stdout "$T/locked" --stderr /dev/null --ro "$tries:/try" \
	--ro "$T/locks:/shown" --env SHOWN=/shown -- /try/try_lock_shown 1 &
locker=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ -s "$T/locked" ] || sleep 0.1; done
# Not promised either, and gone with the box.
is_locked() { ! flock -n "$T/locks/file" true; }
claim "box: advisory locks on what is shown are shared with everybody" is_locked
wait $locker
claim "box: and end with the box" flock -n "$T/locks/file" true
finish

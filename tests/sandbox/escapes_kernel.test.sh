#!/bin/sh
# SPDX-License-Identifier: MIT
# Ways out by parts of the kernel that no honest program needs: each answers bare, and isn't there in the box.
# also as an ordinary user
# also through the launcher
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/tries.sh
stand_outside

missing() { # missing WHAT NAME
	alive "$1 can be reached" "$2"
	stopped "$1 can't be reached" exited "$2"
}
missing "the calls around mounts, old and new," mount_api
missing "a call newer than 5.1" new_calls
missing "a queue of asynchronous input and output" async_io
missing "handling of one's page faults" page_faults
missing "a keyring" keys
missing "the loading of programs into the kernel" bpf
missing "the counting of the processor's events" perf
missing "the watching of all files" fanotify
missing "a filter of one's own" own_filter
missing "a control of processes that nobody needs" process_controls
missing "an old part of the processor" machine
missing "an ioctl of a device" device_controls
missing "an ioctl that changes interfaces" interface_controls
missing "a call for administrators" administration
stopped "nor can one that hangs up terminals" exited administration all
missing "another process, by its pidfd," neighbours
missing "a tracer by invitation" traceme
missing "a namespace by an fd" fd_namespaces
missing "a clock that wakes the machine, or what steers it," wake_clocks

# Nothing of what was refused has changed anything that the next box would see.
box -- /bin/sh -c 'cat /proc/sys/kernel/hostname; uname -n; grep -c . /proc/self/mountinfo; cat /proc/self/personality'
first=$(cat "$T/out")
box --ro "$tries:/try" -- /bin/sh -c 'for name in administration machine mount_api process_controls; do /try/try_$name; done
	cat /proc/sys/kernel/hostname; uname -n; grep -c . /proc/self/mountinfo; cat /proc/self/personality'
claim "box: the machine looks as before" is "$(($(echo "$first" | sed -n 3p) + 1))" "$(sed -n 3p "$T/out")"
claim "box: and is called the same" is "$(sed 3d "$T/out")" "$(echo "$first" | sed 3d)"
finish

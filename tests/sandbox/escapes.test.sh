#!/bin/sh
# SPDX-License-Identifier: MIT
# Ways out of the box: each is alive when run bare, is stopped in the box, and was really stopped, seen from outside.
# also as an ordinary user
# also through the launcher
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/tries.sh
stand_outside

alive "a file of the host is read" read_host
stopped "no file of the host is read, neither by its path nor around a chroot" exited read_host
alive "a file that everybody may write is written" write_host
stopped "no file of the host is written" exited write_host
alive "/proc/PID/root leads to the host's files" proc_root
stopped "no /proc/PID/root leads out" exited proc_root
alive "a set-uid file is made" set_id
stopped "no set-uid file is made in any way" exited set_id
alive_as_root "a device is made" device
stopped "no device is made" exited device
alive_as_root "a renaming leaves a device behind" device renaming
stopped "no renaming leaves one behind" exited device renaming
alive_apart "a file system is mounted" mount
stopped "nothing is mounted, unmounted or made writable" exited mount
alive "a directory that was left open leads to the host" leaked_fd
stopped "no file of the launcher is left open" exited leaked_fd
alive "the environment tells a secret" environment
stopped "no environment tells the launcher's secret" exited environment

alive "the host's loopback is reached" connect_host
stopped "the host's loopback isn't reached" exited connect_host
alive "an abstract socket of the host is reached" abstract_socket
stopped "no abstract socket of the host is reached" exited abstract_socket
alive "odd sockets are opened" odd_sockets
stopped "no raw, packet, vsock, MPTCP or netlink socket is opened" exited odd_sockets

alive "a process of the host is signalled" kill_host
stopped "no process of the host is signalled" exited kill_host
alive_apart "pid 1 is limited" disturb_init gently
stopped "pid 1 can't be limited, traced, read or killed, and the box still ends by itself" exited disturb_init
alive "a child is traced and read" ptrace
stopped "no process is traced or read" exited ptrace
alive_as_root "namespaces are made" namespaces
stopped "no namespaces are made, by clone, clone3, unshare or setns" exited namespaces

alive "the kernel's odd parts answer" kernel_surface
stopped "the kernel's odd parts don't exist" exited kernel_surface
alive "the terminal's ioctls are reached" tiocsti
stopped "TIOCSTI and TIOCLINUX aren't reached, high bits or not" exited tiocsti
alive "a lease is taken" lease
stopped "neither leases nor huge pages are to be had" exited lease
if bare int80; then
	alive "a 32-bit call is made" int80
else
	skip "bare: a 32-bit call is made" "this kernel has no 32-bit door"
fi
stopped "a 32-bit call kills" denied_call int80
claim "box: and the report says so" isnt "$(field denied)" "[]"
alive "an x32 number is called" x32
stopped "an x32 number kills" denied_call x32

# lives NAME: a process of that name is neither gone nor a zombie that nobody reaps.
lives() { for comm in $(grep -lsx "$1" /proc/[0-9]*/comm); do grep -qsv ') Z ' "${comm%comm}stat" && return; done; return 1; }
alive "a daemon is left behind" daemon
claim "bare: and lives" lives "$MARKER"
box --ro "$tries:/try" --env "MARKER=box-$$" -- /try/try_daemon
claim "box: the daemon's parent ends as it likes" is "$(field exit_code)" 0
claim "box: and no daemon lives" is "$(lives "box-$$" && echo lives)" ""

remains() { { ipcs -a 2>/dev/null | grep -c 0x61737379; find /dev/shm /tmp -maxdepth 1 -name assay-residue; } | tr '\n' ' '; }
box --ro "$tries:/try" -- /try/try_residue
claim "box: shared memory, queues and semaphores can be had" is "$(field exit_code)" 0
claim "box: and nothing remains of them" is "$(remains)" "0 "
finish

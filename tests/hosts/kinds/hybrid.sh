# SPDX-License-Identifier: MIT
# Both: v1 with the controllers, and a v2 without any beside it, as systemd's hybrid mode was. A kernel may also
# have them apart, memory in v2 and pids in v1: then neither can bound a tree, and half a bound is none.
mount_v1 memory pids cpu,cpuacct
mount_v2 $top/unified 2>/dev/null
mkdir $top/unified/delegated $top/unified/session
delegate_v2 $top/unified/delegated

scene "user in delegated groups" user $(v1_groups delegated)
every_claim cgroup1

scene "root in a session" root $(v1_groups session)
programs_run cgroup1
claim "nothing is left" nothing_is_left

umount $top/memory || umount -l $top/memory
scene "user, memory isn't with pids" user $(v1_groups delegated)
sampled_by_leave "memory"

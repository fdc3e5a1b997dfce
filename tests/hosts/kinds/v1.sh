# SPDX-License-Identifier: MIT
# cgroup v1 alone, with groups that were given to the user by chown -R, and others that weren't.
mount_v1 memory pids cpu,cpuacct freezer

scene "user in delegated groups" user $(v1_groups delegated)
every_claim cgroup1

scene "root in a session" root $(v1_groups session)
every_claim cgroup1

scene "user in a session" user $(v1_groups session)
sampled_by_leave "v1: " memory

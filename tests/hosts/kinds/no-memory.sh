# SPDX-License-Identifier: MIT
# kernel: cgroup_disable=memory
# cgroup v2 whose kernel was told to do without the memory controller: what small boards come with.
mount_v2 $top 2>/dev/null
echo +pids >$top/cgroup.subtree_control
mkdir $top/delegated
delegate_v2 $top/delegated

scene "user in a delegated group" user $top/delegated
sampled_by_leave memory cgroup_disable

scene "root" root $top/delegated
box -- /bin/true
claim "without leave to sample nothing runs, for root neither" is "$status" 125

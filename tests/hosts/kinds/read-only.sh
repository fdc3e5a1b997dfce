# SPDX-License-Identifier: MIT
# cgroup v2 that can be seen and not written, as containers have it: owners and controllers look as if it could be used.
mount_v2 $top
mkdir -p $top/delegated/leaf
delegate_v2 $top/delegated
delegate_v2 $top/delegated/leaf
hand_down $top/delegated

scene "user in a delegated group" user $top/delegated/leaf
around="/in/guest/contained read-only"
sampled_by_leave read-only

scene "root" root $top/delegated/leaf
around="/in/guest/contained read-only"
box -- /bin/true
claim "without leave to sample nothing runs, for root neither" is "$status" 125
claim "and it says why" says "$T/said" read-only

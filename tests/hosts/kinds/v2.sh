# SPDX-License-Identifier: MIT
# cgroup v2 alone, as on every current distribution. The tree is systemd's: a slice of the user's that only
# their manager may divide, with a scope that was delegated, and a session that wasn't.
mount_v2 $top
mkdir -p $top/user.slice/session.scope $top/user.slice/manager/app.slice/work.scope $top/user.slice/manager/leaf
hand_down $top/user.slice
delegate_v2 $top/user.slice/manager
delegate_v2 $top/user.slice/manager/leaf

scene "user, in a leaf of a delegated group" user $top/user.slice/manager/leaf
every_claim cgroup2

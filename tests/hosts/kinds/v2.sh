# SPDX-License-Identifier: MIT
# cgroup v2 alone, as on every current distribution. The tree is systemd's: below a slice that is root's, a manager
# that was delegated to the user and made a scope, and a session that wasn't.
mount_v2 $top
mkdir -p $top/user.slice/session.scope $top/user.slice/manager/app.slice/work.scope $top/user.slice/leaves/leaf
hand_down $top/user.slice
for group in manager manager/app.slice manager/app.slice/work.scope leaves leaves/leaf; do
	delegate_v2 $top/user.slice/$group
done
hand_down $top/user.slice/manager $top/user.slice/manager/app.slice

scene "user in a delegated scope" user $top/user.slice/manager/app.slice/work.scope
stays_within $top/user.slice/manager/app.slice/work.scope
every_claim cgroup2

# Nothing was handed down to the leaf, so that its parent, which is the user's, too, has to be divided.
scene "user in a leaf of a delegated group" user $top/user.slice/leaves/leaf
programs_run cgroup2
limits_hold
claim "nothing is left" nothing_is_left

scene "user in a session" user $top/user.slice/session.scope
sampled_by_leave "systemd-run --user --scope -p Delegate=yes" /user.slice/session.scope

scene "root in a session" root $top/user.slice/session.scope
every_claim cgroup2

mkdir -p $top/system.slice/assay.service
hand_down $top/system.slice
/usr/bin/python3 -c 'import os, sys; os.setxattr(sys.argv[1], "trusted.delegate", b"1")' $top/system.slice/assay.service
scene "root in a service with Delegate=yes" root $top/system.slice/assay.service
stays_within $top/system.slice/assay.service
programs_run cgroup2
claim "nothing is left" nothing_is_left

scene "root without a service manager" root $top
programs_run cgroup2
claim "nothing is left" nothing_is_left

# SPDX-License-Identifier: MIT
# User namespaces are switched off, by the kernel's own number or by Debian's switch. The latter doesn't bind root.
mount_v2 $top
mkdir $top/delegated
delegate_v2 $top/delegated

echo 0 >/proc/sys/user/max_user_namespaces
scene "user, max_user_namespaces is 0" user $top/delegated
nothing_runs "user namespaces" "sysctl -w user.max_user_namespaces="
scene "root, max_user_namespaces is 0" root $top/delegated
nothing_runs "user namespaces" "sysctl -w user.max_user_namespaces="
echo 10000 >/proc/sys/user/max_user_namespaces

echo 0 >/proc/sys/kernel/unprivileged_userns_clone
scene "user, unprivileged_userns_clone is 0" user $top/delegated
nothing_runs "user namespaces" "sysctl -w kernel.unprivileged_userns_clone=1"
scene "root, unprivileged_userns_clone is 0" root $top/delegated
programs_run cgroup2
claim "nothing is left" nothing_is_left

# SPDX-License-Identifier: MIT
# Ubuntu since 23.10: who makes a user namespace gets no capability in it. Debian's kernel hasn't that switch, so a
# profile takes the capabilities away that Ubuntu's `unpriv_userns` does; then once more with the switch to be seen.
mount_v2 $top
mkdir $top/delegated
delegate_v2 $top/delegated
/in/apparmor_parser --replace --skip-cache /in/guest/unpriv_userns.apparmor >&2

scene "user under a profile" user $top/delegated
within="/in/guest/confined unpriv_userns"
nothing_runs AppArmor unpriv_userns

mount -t tmpfs kernel /proc/sys/kernel
echo 1 >/proc/sys/kernel/apparmor_restrict_unprivileged_userns
scene "user, restricted as on Ubuntu" user $top/delegated
within="/in/guest/confined unpriv_userns"
nothing_runs AppArmor kernel.apparmor_restrict_unprivileged_userns "userns,"
umount /proc/sys/kernel

scene "user under no profile" user $top/delegated
programs_run cgroup2
claim "nothing is left" nothing_is_left

# SPDX-License-Identifier: MIT
# kernel: lsm=yama,apparmor
# A kernel with Landlock switched off: boxes hold without it, and the report doesn't claim it.
mount_v2 $top
mkdir $top/delegated
delegate_v2 $top/delegated

for somebody in user root; do
	scene "$somebody" $somebody $top/delegated
	every_claim cgroup2
	claim "--check says that Landlock isn't there" check_says 0 "note  landlock"
	box -- /bin/true
	case $(field layers) in *landlock*) said=yes ;; *) said=no ;; esac
	claim "the report doesn't name it as a layer" is "$said $(field verdict)" "no exited"
done

# SPDX-License-Identifier: MIT
# A container on a v2 host: a cgroup namespace, whose root is full of the container's own processes; and the covers
# on /proc that engines put there unless told not to, under which no /proc of a box can be mounted.
mount_v2 $top
mkdir -p $top/engine/container
hand_down $top/engine

scene "root in a container" root $top/engine/container
around="/in/guest/contained whole"
stays_within $top/engine/container
every_claim cgroup2

scene "root in a container with a masked /proc" root $top/engine/container
around="/in/guest/contained masked"
nothing_runs /proc masked systempaths=unconfined

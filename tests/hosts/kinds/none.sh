# SPDX-License-Identifier: MIT
# No cgroup file system is mounted at all: an old container, a rescue system.
scene "user" user
sampled_by_leave "not mounted"

scene "root" root
sampled_by_leave "not mounted"

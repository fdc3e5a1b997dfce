#!/bin/sh
# SPDX-License-Identifier: MIT
# Which ids of the host root's boxes run under: nobody else's, each for one box at a time.
# crowds nobody
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh

if [ "$(id -u)" != 0 ]; then
	skip "root's boxes get ids of their own" "only root has ids to give"
	finish
	exit
fi
# Of ids that no other test's boxes get.
refused() { is "$status" 125 && grep -q "$1" "$T/said"; }

box --ids 1900010000-1900010001 -- /usr/bin/true
claim "an id of the range is taken" verdict_is exited
box --ids 65534-65534 -- /usr/bin/true
claim "not one that stands in passwd" refused "no id between 65534 and 65534 is mapped, unnamed, unused"
for range in 60001-60010 61184-61190 65535-65535 524288-524290; do
	box --ids $range -- /usr/bin/true
	claim "nor one that systemd gives out ($range)" refused "outside what systemd gives out"
done
if unshare --user --map-root-user true 2>/dev/null; then
	(through='unshare --user --map-root-user' && box --ids 1900010000-1900010001 -- /usr/bin/true && refused "is mapped")
	claim "nor one that isn't mapped where assay-box is" is $? 0
else
	skip "nor one that isn't mapped where assay-box is" "no user namespace"
fi

box --ids 524288-1900004095 -- /usr/bin/true
claim "a range that begins there is taken behind it" verdict_is exited
# Two that are started by themselves know nothing of each other.
for name in one two; do
	"$top/build/assay-box" --ids 1900010000-1900010001 --stdin /dev/null -- /bin/sleep 60 &
	children="$children $!"
done
runs_as() { pgrep -u "$1" -x sleep >"$T/found"; }
tries=0
until { runs_as 1900010000 && runs_as 1900010001; } || [ $tries = 200 ]; do
	tries=$((tries + 1))
	sleep 0.05
done
claim "two boxes at once have one each" [ $tries -lt 200 ]
box --ids 1900010000-1900010001 -- /usr/bin/true
claim "a third finds none that is unused" refused "unused"
kill $children
wait $children 2>/dev/null
children=
box --ids 1900010000-1900010001 -- /usr/bin/true
claim "the ids of the dead are given away again" verdict_is exited

finish

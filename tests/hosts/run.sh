#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [KIND...]: tries build/assay-box on other kinds of host, each in a virtual machine of its own (README.md).
#
# One boot per kind, everything about it inside. TAP on stdout; the last line is `N passed, N failed, N skipped`.
# A machine that comes to no end is a failure of the kind, never a pass: it gets a second boot only if not even its
# first program ran. Logs stand in build/hosts/logs/KIND/.
set -u
cd "$(dirname "$0")/../.." || exit 1
kinds=${*:-v2 v1 hybrid none no-memory read-only container no-landlock no-userns apparmor}
cache=$PWD/build/hosts
seconds=${ASSAY_HOSTS_SECONDS:-900}
work=$(mktemp -d /tmp/assay-hosts.XXXXXX) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
chmod 0755 "$work"
counts=$work/counts
: >"$counts"

say_skipped() { # say_skipped REASON
	for kind in $kinds; do
		echo "ok - $kind # SKIP $1"
		echo "0 0 1" >>"$counts"
	done
}

sum_up() {
	awk '{ passed += $1; failed += $2; skipped += $3 }
		END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed > 0 }' "$counts"
}

# What every machine sees of us: the box, what is tried in it, and the few files of /etc that programs need.
lay_out() { # lay_out DIR
	mkdir -p "$1/in/box/tries" "$1/in/etc" "$1/out"
	cp build/assay-box "$1/in/box/"
	for try in memory fill_disk forks burn; do
		cp "build/plain/tests/sandbox/try_$try" "$1/in/box/tries/"
	done
	cp -R tests/hosts/guest tests/hosts/kinds "$1/in/"
	cp -RL /etc/ld.so.cache /etc/ld.so.conf /etc/ld.so.conf.d "$1/in/etc/"
	cp -R /etc/alternatives "$1/in/etc/"
	cp "$cache/root/sbin/apparmor_parser" "$1/in/"
	chmod -R a+rX "$1"
}

boot() { # boot KIND: true if it came to its end
	rm -rf "${work:?}/$1"
	lay_out "$work/$1"
	sh tests/hosts/boot.sh "$cache" "$1" "$work/$1" "$seconds"
	rm -rf "$cache/logs/$1" && mkdir -p "$cache/logs/$1"
	cp -R "$work/$1/out/." "$work/$1/console" "$work/$1/qemu" "$cache/logs/$1/"
	[ -s "$work/$1/out/status" ]
}

# The claims of a machine, each with its kind in front, and then their number.
tell() { # tell KIND
	sed -e '/^1\.\.[0-9]/d' -e "s/^\(ok\|not ok\) \([0-9]*\) - /\1 - $1: /" "$cache/logs/$1/tap"
	sh tests/count.sh "$cache/logs/$1/tap" "$1" "$(cat "$cache/logs/$1/status")" | tail -n 1 >"$work/sum"
	planned=$(sed -n 's/^1\.\.\([0-9]*\)$/\1/p' "$cache/logs/$1/tap")
	if [ -z "$planned" ] || [ "$(awk '{ print $1 + $2 + $3 }' "$work/sum")" -ne "$planned" ]; then
		broken "$1" "didn't say all that it had to say" "$cache/logs/$1/said"
	fi
	cat "$work/sum" >>"$counts"
}

broken() { # broken KIND WORDS LOG...
	echo "not ok - $1: the virtual machine $2"
	kind=$1
	shift 2
	for log; do
		[ ! -s "$log" ] || tail -n 15 "$log" | cut -c 1-300 | sed "s|^|# ${log##*/}: |"
	done
	echo "# all its logs: build/hosts/logs/$kind/"
	echo "0 1 0" >>"$counts"
}

try_kind() { # try_kind KIND
	if [ ! -f "tests/hosts/kinds/$1.sh" ]; then
		echo "run.sh: no kind of host is called '$1'" >&2
		exit 2
	fi
	boot "$1" || [ -s "$work/$1/out/booted" ] || boot "$1"
	if [ -s "$work/$1/out/status" ]; then
		tell "$1"
	elif [ -s "$work/$1/out/booted" ]; then
		broken "$1" "ended, or ran out of its $seconds s, before it had said all" \
			"$cache/logs/$1/tap" "$cache/logs/$1/said" "$cache/logs/$1/console"
	else
		broken "$1" "didn't boot, twice" "$cache/logs/$1/console" "$cache/logs/$1/qemu"
	fi
}

[ -x build/assay-box ] && [ -x build/plain/tests/sandbox/try_memory ] || {
	echo "run.sh: build first: make test-hosts" >&2
	exit 2
}
sh tests/hosts/prepare.sh "$cache" 2>"$work/reason"
case $? in
0) for kind in $kinds; do try_kind "$kind"; done ;;
77) say_skipped "$(cat "$work/reason")" ;;
*) echo "not ok - the virtual machine can be prepared" && sed 's/^/# /' "$work/reason" && echo "0 1 0" >>"$counts" ;;
esac
sum_up

# SPDX-License-Identifier: MIT
# What the kinds share; sourced by guest/kind as root of the virtual machine. Claims are TAP lines.
#
# A kind is a list of scenes: somebody (root or user) at some place of the host: their cgroups, and a command that
# is wrapped around what they do by root ($around) or by themselves ($within). `box` runs a program as they would,
# leaving its report in $T/report, its output in $T/out and $T/err, what assay-box itself said in $T/said and its
# exit status in $status. `every_claim MODE` is the whole set for a place where programs run, `nothing_runs WORDS`
# that for one where they must not.
set -u
box=/run/box/assay-box
T=/tmp/claims
count=0
scene_words='' who=root cgroups='' around='' within='' leave=''
mkdir -m 0777 "$T"

scene() { # scene WORDS WHO [CGROUP...]: whose turn it is, and in which groups they are
	scene_words=$1 who=$2
	shift 2
	cgroups=$* around='' within='' leave=''
	what_is_there >"$T/before"
}

# enter GROUP: puts the (sub)shell there. A group that a box's launcher has divided has its processes in a leaf, and
# so are those that come later, but for containers: each is a new one.
enter() {
	leaf=$1/assay-launchers
	if [ -d "$leaf" ] && [ -n "$around" ]; then
		rmdir "$leaf" && echo '-memory -pids' >"$1/cgroup.subtree_control" || return 1
	fi
	[ -d "$leaf" ] || leaf=$1
	echo 0 >"$leaf/cgroup.procs"
}

# as_them COMMAND...: as WHO, in their groups. The subshell puts itself ("0") there.
as_them() {
	(
		for group in $cgroups; do
			enter "$group" || exit 99
		done
		cd /tmp || exit 99
		# shellcheck disable=SC2086 # around and within are lists of words
		{
			[ -z "$within" ] || set -- $within "$@"
			[ "$who" = root ] || set -- setpriv --reuid=1000 --regid=1000 --clear-groups --inh-caps=-all "$@"
			exec $around "$@"
		}
	)
}

box() {
	rm -f "$T/report" "$T/out" "$T/err"
	# shellcheck disable=SC2086 # leave is an option or nothing
	as_them "$box" $leave --stdin /dev/null --stdout "$T/out" --stderr "$T/err" --report "$T/report" "$@" \
		2>"$T/said"
	status=$?
}

field() { # field NAME: its value in the last report
	sed -n 's/.*"'"$1"'": \("[^"]*"\|\[[^]]*\]\|[^,}]*\).*/\1/p' "$T/report" 2>/dev/null | tr -d '"'
}

cpu_ms() { # of the last report; nothing if it says none
	user_ms=$(field cpu_user_ms)
	system_ms=$(field cpu_system_ms)
	[ -z "$user_ms" ] || [ -z "$system_ms" ] || echo $((user_ms + system_ms))
}

claim() { # claim WORDS CONDITION...: the condition is a command
	words=$1
	shift
	count=$((count + 1))
	if "$@"; then
		echo "ok $count - $scene_words: $words"
		return
	fi
	echo "not ok $count - $scene_words: $words"
	for log in report said err check; do
		[ ! -s "$T/$log" ] || sed "s/^/# $log: /" "$T/$log" | cut -c 1-600 | tail -n 8
	done
}

skip() { # skip WORDS REASON
	count=$((count + 1))
	echo "ok $count - $scene_words: $1 # SKIP $2"
}

finish() { echo "1..$count"; }

is() { [ "$1" = "$2" ]; }
at_most() { [ -n "$1" ] && [ "$1" -le "$2" ] 2>/dev/null; }
says() { # says FILE WORDS...: each stands somewhere in FILE
	file=$1
	shift
	for word; do
		grep -qF -- "$word" "$file" || return 1
	done
}

# Everything that a box could leave behind, as text: groups, processes, mounts, ids, System V memory.
what_is_there() {
	find /sys/fs/cgroup -type d -name 'assay-box-*' 2>/dev/null
	for process in /proc/[0-9]*; do
		readlink "$process/exe"
	done >"$T/programs" 2>/dev/null # no pipe: its other end would be one of the processes, or not yet
	sort "$T/programs" | uniq -c
	cut -d' ' -f 5- /proc/self/mountinfo
	ls /run/assay/ids 2>/dev/null
	cat /proc/sysvipc/shm
}
nothing_is_left() {
	what_is_there >"$T/now"
	diff "$T/before" "$T/now" >"$T/check"
}

hits() { # hits WORDS VERDICT LIMIT OPTION... -- NAME ARG...: 124, the verdict, and the limit is named
	words=$1 verdict=$2 limit=$3
	shift 3
	box --ro /run/box/tries:/try "$@"
	claim "$words" was_hit
}
was_hit() {
	is "$status $(field verdict)" "124 $verdict" || return 1
	case $(field limits_hit) in *"$limit"*) ;; *) return 1 ;; esac
}

programs_run() { # programs_run MODE
	box --ro /busybox:/static/busybox -- /static/busybox echo hello
	claim "a static program runs, limits: $1" \
		is "$status $(cat "$T/out") $(field verdict) $(field limits_mode)" "0 hello exited $1"
	box -- /usr/bin/python3 -c 'import json, threading; print(json.dumps([6 * 7]))'
	claim "python3 runs" is "$status $(cat "$T/out") $(field verdict)" "0 [42] exited"
}

# What root with all capabilities says about the host's own memory stays said.
goes_first() {
	as_them /bin/sh -c 'echo -500 >/proc/self/oom_score_adj' 2>/dev/null || return 0
	box -- /bin/sh -c 'echo 100 >/proc/self/oom_score_adj; cat /proc/self/oom_score_adj'
	claim "when the host runs out of memory, a box goes first, and can't take that back" is "$(cat "$T/out")" 900
}

limits_hold() {
	for kind_of_memory in anonymous memfd; do
		hits "$kind_of_memory memory runs into the limit" memory_limit memory --memory-mib 64 --disk-mib 512 \
			--cpu-ms 60000 --wall-ms 90000 -- /try/try_memory $kind_of_memory 256
	done
	hits "files run into the limit of memory" memory_limit memory --memory-mib 48 --disk-mib 256 --cpu-ms 60000 \
		--wall-ms 90000 -- /try/try_fill_disk bytes 200
	hits "the memory of children counts together" memory_limit memory --memory-mib 96 --cpu-ms 60000 \
		--wall-ms 90000 -- /try/try_memory anonymous 30 5
	hits "a fork bomb runs into the limit of processes" process_limit processes --processes 20 --cpu-ms 60000 \
		--wall-ms 90000 -- /try/try_forks
	claim "and never had more of them" at_most "$(field processes_peak)" 20
	hits "time of dead children counts" cpu_limit cpu --cpu-ms 1000 --wall-ms 90000 -- /try/try_burn
	claim "and not much more than allowed was used" at_most "$(cpu_ms)" 4000
	hits "who sleeps ends by the clock" wall_limit wall --wall-ms 1000 -- /usr/bin/sleep 60
	claim "in time" at_most "$(field wall_ms)" 10000
}

check_says() { # check_says STATUS WORDS...: of --check
	wanted=$1
	shift
	# shellcheck disable=SC2086 # leave is an option or nothing
	as_them "$box" $leave --check >"$T/check" 2>&1
	is "$?" "$wanted" && says "$T/check" "$@"
}

every_claim() { # every_claim MODE
	claim "--check says so" check_says 0 "$1: " "ok    box"
	programs_run "$1"
	goes_first
	limits_hold
	claim "nothing is left" nothing_is_left
}

# A place whose own limits must hold for boxes, too: 64 MiB for GROUP, above the box's. Who is killed by that has
# met no limit of the box: it is the host's failure.
stays_within() { # stays_within GROUP
	echo 64M >"$1/memory.max"
	box --memory-mib 256 --ro /run/box/tries:/try -- /try/try_memory anonymous 128
	claim "a limit of the place holds for the box, and isn't called the program's" \
		is "$status $(field verdict)" "125 box_error"
	claim "and it says what happened" says "$T/said" "ran out of memory"
	echo max >"$1/memory.max"
}

# Where nothing can enforce limits: refused, with cause and mend; watched from outside with leave.
sampled_by_leave() { # sampled_by_leave WORDS...: of the refusal
	box -- /usr/bin/touch /work/ran
	claim "without leave to sample nothing runs" is "$status" 125
	claim "and it says why, and what to do" says "$T/said" --allow-sampled "$@"
	claim "and so does --check" check_says 1 --allow-sampled "$@"
	leave=--allow-sampled
	every_claim sampled
}

# Where no box can be built: 125, nothing has run, and the message names cause and mend.
nothing_runs() { # nothing_runs WORDS...
	leave=--allow-sampled
	box -- /usr/bin/echo ran
	claim "nothing runs" is "$status $(cat "$T/out" 2>/dev/null)" "125 "
	claim "and it says why, and what to do" says "$T/said" "$@"
	claim "and so does --check" check_says 1 "no    box" "$@"
	claim "the report knows no result, either" is "$(field verdict)" box_error
	claim "nothing is left" nothing_is_left
}

# --- cgroup hierarchies, as the hosts of the world have them --------------------------------------------------------

top=/sys/fs/cgroup

mount_v2() { # mount_v2 WHERE: with the controllers handed to the first level, as systemd does
	mkdir -p "$1"
	mount -t cgroup2 -o nsdelegate,memory_recursiveprot cgroup2 "$1"
	hand_down "$1"
}
hand_down() { for group; do echo '+memory +pids' >"$group/cgroup.subtree_control"; done; }

delegate_v2() { # delegate_v2 GROUP: to the user, as systemd's Delegate=yes does
	chown 1000:1000 "$1" "$1/cgroup.procs" "$1/cgroup.threads" "$1/cgroup.subtree_control"
}

mount_v1() { # mount_v1 CONTROLLERS...: each in its own hierarchy, with a group for the user
	mountpoint -q "$top" || mount -t tmpfs -o mode=0755 cgroup "$top"
	for controllers; do
		mkdir -p "$top/$controllers"
		mount -t cgroup -o "$controllers" cgroup "$top/$controllers"
		mkdir "$top/$controllers/delegated" "$top/$controllers/session"
		chown -R 1000:1000 "$top/$controllers/delegated"
	done
}
v1_groups() { # v1_groups NAME: that group in every hierarchy
	for hierarchy in "$top"/*; do
		[ ! -d "$hierarchy/$1" ] || echo "$hierarchy/$1"
	done
}

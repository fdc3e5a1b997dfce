# SPDX-License-Identifier: MIT
# What the scripts of attempts share; sourced behind lib.sh. An attempt is run twice: bare, where it must get through
# (else its failure in the box would prove nothing), and in the box. $more holds further options of the box.
more=
apart=
mkdir "$T/bare"

# A place to look from: a secret file, one that everybody may write, a listener, an abstract socket, a process that can
# be signalled, a folder to be shown. Whatever reaches one of them is a contact.
stand_outside() {
	export CANARY="$T/canary" SCRATCH="$T/scratch" ABSTRACT="assay-$$" MARKER="assay-$$" SECRET=hunter2
	echo canary >"$CANARY" && chmod 0644 "$CANARY"
	: >"$SCRATCH" && chmod 0666 "$SCRATCH"
	mkdir "$T/shown"
	$python tests/sandbox/host.py "$T/log" "$T/ready" "$ABSTRACT" "$T/shown/socket" &
	children="$children $!"
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ -f "$T/ready" ] || sleep 0.2; done
	read -r PORT VICTIM <"$T/ready"
	export PORT VICTIM
}
contacts() { # as many as there were, or that nobody is left to count
	kill -0 "$VICTIM" 2>/dev/null || { echo dead && return; }
	echo >"$T/ask" && read -r _ <"$T/answer" && cat "$T/log" "$SCRATCH" | wc -l
}

bare() { # bare NAME [ARG...]
	(cd "$T/bare" && exec timeout 20 $apart "$tries/try_$@" >"$T/out" 2>"$T/err" 7<"$T")
	got=$?
	chmod -R u+rwx "$T/bare"
	rm -rf "$T/bare" && mkdir "$T/bare"
	return $got
}
alive() { # alive WORDS NAME [ARG...]: got through when run bare
	words=$1
	shift
	bare "$@"
	case $? in
	0) claim "bare: $words" true ;;
	2) skip "bare: $words" "not on this machine" ;;
	*) claim "bare: $words" false ;;
	esac
}
alive_apart() { # what would harm this machine, as root of a user namespace, with mounts and processes of its own
	apart='unshare --user --map-root-user --mount --pid --fork --kill-child'
	# shellcheck disable=SC2086 # words of a command
	if $apart true 2>/dev/null; then alive "$@"; else skip "bare: $1" "no user namespaces"; fi
	apart=
}
alive_as_root() { if [ "$(id -u)" = 0 ]; then alive "$@"; else skip "bare: $1" "only root can do it bare"; fi; }

try_in_box() { # try_in_box OPTION... -- PROGRAM...: with all that is outside named
	before=$(contacts)
	# shellcheck disable=SC2086 # options or none
	box --ro "$tries:/try" --env "CANARY=$CANARY" --env "SCRATCH=$SCRATCH" --env "ABSTRACT=$ABSTRACT" \
		--env "PORT=$PORT" --env "VICTIM=$VICTIM" --wall-ms 15000 $more "$@" 7<"$T"
}
stopped() { # stopped WORDS VERDICT NAME [ARG...]: exits as "stopped", leaves no trace outside, with that verdict
	words=$1 expected=$2 name=$3
	shift 3
	try_in_box -- "/try/try_$name" "$@"
	case $expected in
	exited) claim "box: $words" stopped_clean ;;
	*) claim "box: $words" ended_as "$expected" ;;
	esac
}
stopped_clean() { verdict_is exited && is "$(field exit_code)" 1 && is "$before" "$(contacts)"; }
ended_as() { verdict_is "$1" && is "$before" "$(contacts)"; }

# Abuses have no outside: each is run gently, bare, and must then hit its limit in the box.
gently() { # gently WORDS NAME ARG...
	words=$1
	shift
	claim "bare: $words" bare "$@"
}
hits() { # hits WORDS VERDICT LIMIT OPTION... -- PROGRAM ARG...: 124, the verdict, and the limit is named
	words=$1 verdict=$2 limit=$3
	shift 3
	box --ro "$tries:/try" "$@"
	claim "box: $words" hit_it
}
hit_it() {
	is "$status" 124 && verdict_is "$verdict" || return 1
	case $(field limits_hit) in *"$limit"*) ;; *) return 1 ;; esac
}
out_of_memory() { # out_of_memory WORDS OPTION... -- PROGRAM ARG...: at $memory_mib, with time enough to get there
	words=$1
	shift
	hits "$words" memory_limit memory --memory-mib "$memory_mib" --wall-ms 30000 --cpu-ms 30000 "$@"
}

# ended_after CODE: by itself, with that status.
ended_after() { verdict_is exited && is "$(field exit_code)" "$1"; }
as_root() { [ "$(id -u)" = 0 ]; }

# SPDX-License-Identifier: MIT
# What the scripts of honest programs share; sourced behind lib.sh.
work=$T/work
mkdir "$work"

works() { # works WORDS EXPECTED-OUTPUT OPTION... -- PROGRAM...: ends with 0 and says just that
	words=$1 expected=$2
	shift 2
	box --work "$work" "$@"
	claim "$words" exited_with
}
exited_with() { verdict_is exited && is "$(field exit_code)" 0 && is "$(cat "$T/out")" "$expected"; }
# Only what lies in /usr is there in a box.
is_here() { case $(command -v "$1") in /usr/local/*) return 1 ;; /usr/* | /bin/*) ;; *) return 1 ;; esac; }
works_if() { # works_if COMMAND WORDS ...
	if is_here "$1"; then
		shift
		works "$@"
	else
		skip "$2" "no $1 in /usr"
	fi
}

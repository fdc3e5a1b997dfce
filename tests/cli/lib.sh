# SPDX-License-Identifier: MIT
# What shell tests share: TAP sentences, a directory of their own, and what a command said, apart.
#
#   . tests/cli/lib.sh && begin
#   run assay help                      # then $status, "$out" and "$err" (files) are there
#   claim 'help lists the commands' test "$status" = 0
#   claim '…' said 'session plan'      # out contains the words
#   claim '…' complained 'no command'  # err contains the words
#   finish

top=$PWD
export PATH="$top/build:/usr/bin:/bin" LC_ALL=C.UTF-8
unset LANGUAGE LANG ASSAY_WORKSPACE COLUMNS
# A git hook's own settings must not lead what we commit into somebody's repository.
# shellcheck disable=SC2046 # a list of names
unset $(git rev-parse --local-env-vars 2>/dev/null)
number=0
failures=0

begin() {
	place=$(mktemp -d "${TMPDIR:-/tmp}/assay-cli.XXXXXX") || exit 1
	chmod 0755 "$place"
	out=$place/out err=$place/err
	: >"$out"
	: >"$err"
	trap 'end_graders; chmod -R u+rwX "$place" 2>/dev/null; rm -rf "$place"' EXIT
	trap 'exit 143' HUP INT TERM
	cd "$place" || exit 1
}

# What grades behind a `session next` would write below what is being removed.
end_graders() {
	for process in /proc/[0-9]*; do
		case $(readlink "$process/exe") in */assay) ;; *) continue ;; esac
		tr '\0' '\n' <"$process/environ" | grep -qF "$place" || continue
		kill "${process#/proc/}"
		for _ in $(seq 200); do
			[ -e "$process" ] || break
			sleep 0.05
		done
	done 2>/dev/null
}

# For scripts that mount something: once more among mounts of their own, so that nobody who runs beside them sees it.
# Who may not do that may not mount anything, either.
among_own_mounts() {
	[ "${ASSAY_OWN_MOUNTS-}" != "$$" ] || return 0
	! unshare -m true 2>/dev/null || ASSAY_OWN_MOUNTS=$$ exec unshare -m sh "$0"
}

run() {
	status=0
	"$@" >"$out" 2>"$err" </dev/null || status=$?
}

claim() {
	name=$1 && shift
	number=$((number + 1))
	if "$@" >/dev/null 2>&1; then
		echo "ok $number - $name"
	else
		failures=$((failures + 1))
		echo "not ok $number - $name"
		echo "# status $status; the claim was: $*"
		sed 's/^/# out: /' "$out" | head -n 20
		sed 's/^/# err: /' "$err" | head -n 20
	fi
}

skip() { # skip SENTENCE REASON
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}

said() { grep -qF -- "$1" "$out"; }
complained() { grep -qF -- "$1" "$err"; }
ended() { [ "$status" = "$1" ]; }
silent() { [ ! -s "$err" ]; }

finish() {
	echo "1..$number"
	[ "$failures" = 0 ]
}

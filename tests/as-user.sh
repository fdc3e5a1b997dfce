#!/bin/sh
# SPDX-License-Identifier: MIT
# as-user.sh SCRIPT: runs a test script as an ordinary user, from a copy of what it needs: root's own checkout may
# lie where nobody else can read.
set -eu
# shellcheck disable=SC2046 # a list of names
unset $(git rev-parse --local-env-vars 2>/dev/null)
# As root a TMPDIR may lie where nobody else can go.
as_user() { setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs "$@"; }
as_user test -x "${TMPDIR:-/tmp}" || TMPDIR=/tmp
copy=$(mktemp -d "${TMPDIR:-/tmp}/assay-user.XXXXXX")
trap 'rm -rf "$copy"' EXIT
trap 'exit 143' HUP INT TERM
chmod 0755 "$copy"
mkdir -p "$copy/build/plain/tests" "$copy/tests/cases" "$copy/home" "$copy/tmp"
case $1 in
tests/sandbox/*)
	cp -R tests/sandbox "$copy/tests/"
	cp -R build/plain/tests/sandbox "$copy/build/plain/tests/"
	cp build/assay-box "$copy/build/"
	;;
*)
	cp -R tasks rubrics "$copy/"
	cp -R tests/cli tests/demo tests/support "$copy/tests/"
	cp -R tests/cases/tasks tests/cases/module "$copy/tests/cases/"
	cp -R build/assay build/assay-box build/locale build/reporters build/templates build/bridge "$copy/build/"
	;;
esac
chown -R 65534:65534 "$copy"
cd "$copy"
as_user env HOME="$copy/home" TMPDIR="$copy/tmp" sh "$1"

#!/bin/sh
# SPDX-License-Identifier: MIT
# as-user.sh SCRIPT: runs a test script as an ordinary user, from a copy of what it needs: root's own checkout may
# lie where nobody else can read.
set -eu
# shellcheck disable=SC2046 # a list of names
unset $(git rev-parse --local-env-vars 2>/dev/null)
copy=$(mktemp -d /tmp/assay-user.XXXXXX)
trap 'rm -rf "$copy"' EXIT
trap 'exit 143' HUP INT TERM
chmod 0755 "$copy"
mkdir -p "$copy/build/plain" "$copy/home" "$copy/tmp"
cp -R tests tasks rubrics sandbox Makefile README.md "$copy/"
cp -R build/assay build/assay-box build/locale build/reporters build/templates build/bridge "$copy/build/"
cp -R build/plain/tests "$copy/build/plain/"
chown -R 65534:65534 "$copy"
cd "$copy"
setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs \
	env HOME="$copy/home" TMPDIR="$copy/tmp" sh "$1"

#!/bin/sh
# SPDX-License-Identifier: MIT
# deps.sh install|install-if-missing PACKAGE...: names the Debian packages that are missing and installs them.
# On another system it stops with the list, since nobody can guess the names there.
set -eu
mode=$1
shift

if ! command -v dpkg-query >/dev/null 2>&1; then
	if [ "$mode" = install-if-missing ] && command -v pkg-config >/dev/null 2>&1 &&
		pkg-config --exists libgit2 libseccomp jansson sqlite3 expat libsodium libcmark-gfm cmocka; then
		exit 0
	fi
	echo "assay: this is no Debian system; please install what these Debian packages hold:" >&2
	printf '  %s\n' "$@" >&2
	exit 1
fi

missing=
for package in "$@"; do
	state=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
	case $state in
	ii*) continue ;;
	esac
	# A tool that came another way than by its package is as good. (The command gettext has another package.)
	case $package in
	gettext) command -v msgfmt >/dev/null 2>&1 && command -v xgettext >/dev/null 2>&1 && continue ;;
	nodejs) command -v node >/dev/null 2>&1 && continue ;;
	gcc | g++ | make | git) command -v "$package" >/dev/null 2>&1 && continue ;;
	pkg-config) command -v pkg-config >/dev/null 2>&1 && continue ;;
	esac
	missing="$missing $package"
done
if [ -z "$missing" ]; then
	[ "$mode" = install-if-missing ] || echo "assay: every package is installed"
	exit 0
fi

echo "assay: missing Debian packages:$missing"
echo "assay: installing them with apt-get (this is what \`make deps\` does)"
sudo=
if [ "$(id -u)" != 0 ]; then
	if ! command -v sudo >/dev/null 2>&1; then
		echo "assay: neither root nor sudo here; as root, run: apt-get install --no-install-recommends$missing" >&2
		exit 1
	fi
	sudo=sudo
fi
$sudo apt-get update -q >/dev/null
# shellcheck disable=SC2086 # a list of package names
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing

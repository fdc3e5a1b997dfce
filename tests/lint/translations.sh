#!/bin/sh
# SPDX-License-Identifier: MIT
# Every sentence of the sources has its German one, none is fuzzy, and the formats agree.
cd "$(dirname "$0")/../.." || exit 1
echo 1..2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

sh runner/base/po/extract.sh >"$dir/assay.pot"
if msgfmt --check --check-format -o "$dir/de.mo" runner/base/po/de.po 2>"$dir/said"; then
	echo "ok 1 - the German translation is well formed"
else
	echo "not ok 1 - the German translation is well formed"
	sed 's/^/# /' "$dir/said"
fi
msgmerge -q --no-fuzzy-matching -o "$dir/merged.po" runner/base/po/de.po "$dir/assay.pot"
missing=$(msgattrib --untranslated --no-obsolete --no-wrap "$dir/merged.po" | sed -n 's/^msgid "\(..*\)"$/\1/p')
if [ -z "$missing" ]; then
	echo "ok 2 - every sentence is translated"
else
	echo "not ok 2 - every sentence is translated"
	printf '%s\n' "$missing" | sed 's/^/# /'
fi

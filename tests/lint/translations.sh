#!/bin/sh
# SPDX-License-Identifier: MIT
# Every sentence of the sources has its German one, none is a guess (fuzzy), and the formats agree.
cd "$(dirname "$0")/../.." || exit 1
echo 1..4
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
po=runner/base/po/de.po

claim() { # claim NUMBER NAME FILE-OF-WHAT-OFFENDS
	if [ ! -s "$3" ]; then
		echo "ok $1 - $2"
	else
		echo "not ok $1 - $2"
		sed 's/^/# /' "$3"
	fi
}

entries() { # entries MSGATTRIB-ARG...: the entries it selects, but not the header, which it always prints
	msgattrib --no-obsolete --no-wrap "$@" 2>&1 | awk -v RS= '!/(^|\n)msgid ""\nmsgstr/ { print $0 "\n" }'
}

: >"$dir/problems"
sh runner/base/po/extract.sh >"$dir/assay.pot" 2>"$dir/said" || { echo "xgettext failed" && cat "$dir/said"; } >"$dir/problems"
[ "$(grep -c '^msgid' "$dir/assay.pot")" -gt 1 ] || echo "xgettext found no sentence" >>"$dir/problems"
claim 1 "the sentences can be taken from the sources" "$dir/problems"

msgfmt --check --check-format -o "$dir/de.mo" "$po" 2>"$dir/said" && : >"$dir/said"
claim 2 "the German translation is well formed" "$dir/said"

entries --only-fuzzy "$po" >"$dir/fuzzy"
claim 3 "no translation is a guess" "$dir/fuzzy"

if msgmerge -q --no-fuzzy-matching -o "$dir/merged.po" "$po" "$dir/assay.pot" 2>"$dir/said"; then
	entries --untranslated "$dir/merged.po" >"$dir/missing"
else
	mv "$dir/said" "$dir/missing"
	echo "msgmerge failed" >>"$dir/missing"
fi
claim 4 "every sentence is translated" "$dir/missing"

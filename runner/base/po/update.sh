#!/bin/sh
# SPDX-License-Identifier: MIT
# Brings the translations up to date with the sources: new sentences appear with an empty msgstr to be filled in.
set -eu
cd "$(dirname "$0")"
sh extract.sh >assay.pot
for po in *.po; do
	msgmerge -q --update --backup=none --no-fuzzy-matching --no-wrap --sort-by-file "$po" assay.pot
	msgattrib --no-obsolete --no-wrap --sort-by-file -o "$po" "$po"
	msgfmt --statistics -o /dev/null "$po"
done
rm -f assay.pot

#!/bin/sh
# SPDX-License-Identifier: MIT
# What assay writes is what its JSON Schemas describe: manifests, kits, results, the box's reports. And a file may name
# its schema.
. tests/cli/lib.sh
begin
tasks=$top/tests/cases/tasks
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp"
mkdir "$TMPDIR"

valid() { # valid SCHEMA FILE
	case $2 in /*) file=$2 ;; *) file=$PWD/$2 ;; esac
	(cd "$top" && python3 -W ignore tests/support/schemas.py valid "$1" "$file") >"$out"
}

# --- the kit of a coding part ---

mkdir bundled && cp -R "$top/tasks" "$top/rubrics" bundled/ && git -C bundled init -q -b main && git -C bundled add -f . &&
	git -C bundled -c user.name=test -c user.email=test@localhost commit -qm content
{
	assay init --allow-sampled ws && cd ws && assay person add ines --name Ines --role interviewer --role lead &&
		assay person add jonas --name Jonas --role interviewer && assay repo add ../bundled --name tasks &&
		assay position add senior-backend-engineer && assay candidate add Anna --stage technical >candidate &&
		assay session plan "$(head -n 1 candidate)" --interviewer ines --interviewer jonas >session &&
		assay session start "$(head -n 1 session)" --acknowledged && assay session next "$(head -n 1 session)" --kit ../kit
} >"$out" 2>"$err"
cd "$place" || exit 1
claim "a kit's kit.json is valid" valid kit kit/kit.json
sed 's/"minutes"/"minuten"/' kit/kit.json >bent.json
valid kit bent.json
status=$?
claim 'one with another key is not' ended 1

# --- a file that names its schema ---

cp -R "$tasks/greet" named
sed -i '0,/{/ s/{/{"$schema": "..\/schema\/task.schema.json",/' named/task.json
run assay task show named
claim 'a file may name its schema' ended 0
sed -i 's/"id": "cases",/"id": "cases", "$schema": "x",/' named/task.json
run assay task show named
claim 'at its root only' complained '/suites/0/$schema is no key that is known here'

# --- what boxes give ---

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'results are valid' "no box: $(head -n 1 "$err")"
	finish
	exit
fi
assay-box $sampled --report report.json -- /usr/bin/false
claim "a box's report is valid" valid report report.json
for solution in word-count/solutions/compile_error/typo key-store/solutions/runtime_error/crashes stack/solutions/forged/patches-pytest; do
	assay grade $sampled --task "$tasks/${solution%%/*}" --submission "$tasks/$solution" >result.json
	claim "the result of $solution is valid" valid result result.json
done
cp -R "$tasks/stack" pinned
sed -i '0,/{/ s/{/{"$schema": "..\/manifest.schema.json",/' pinned/tests/manifest.json
run assay task pin $sampled pinned
claim 'a manifest that pin wrote is valid' valid manifest pinned/tests/manifest.json
claim 'and still names its schema' grep -qF '"$schema": "../manifest.schema.json"' pinned/tests/manifest.json

finish

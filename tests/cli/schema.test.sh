#!/bin/sh
# SPDX-License-Identifier: MIT
# What assay writes is what its JSON Schemas describe: manifests, kits, results, what varies between them, whether a task
# proves itself, the box's reports. And a file may name its schema.
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

# whole SCHEMA FILE...: valid, and nothing of the schema is left untried
whole() {
	schema=$1 && shift
	for file in "$@"; do
		shift && set -- "$@" "$PWD/$file"
	done
	(cd "$top" && python3 -W ignore tests/support/schemas.py whole "$schema" "$@") >"$out"
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

# --- what is printed of several grades, and of one that others compare ---

grade() { # grade FILE SOLUTION ARG...
	file=$1 task=$tasks/${2%%/*} solution=$tasks/$2 && shift 2
	run assay grade $sampled --task "$task" --submission "$solution" "$@"
	cp "$out" "$file"
}
grade stable-cases.json greet/solutions/accepted/lines --stable
grade stable-tests.json stack/solutions/forged/patches-pytest --stable
claim 'a stable result is valid, and nothing of its schema is left untried' \
	whole result-stable stable-cases.json stable-tests.json
grade stable-failed.json word-count/solutions/compile_error/typo --stable
claim 'so is that of what does not build' valid result-stable stable-failed.json
valid result stable-cases.json
status=$?
claim 'it is no result, which has more' ended 1
valid result-stable result.json
status=$?
claim 'nor is a result a stable one, which has less' ended 1
grade repeat.json greet/solutions/accepted/lines --repeat 2
claim 'what varies between grades is valid, and nothing of its schema is left untried' whole repeat repeat.json
cp -R "$tasks/word-count" needy && sed -i 's/\["cc"\]/["cc", "no-such-command"]/' needy/task.json
run assay grade $sampled --task needy --submission "$tasks/word-count/solutions/accepted/fgetc" --stable
cp "$out" ungradable.json
claim 'a stable result of what our side failed is valid' valid result-stable ungradable.json
run assay grade $sampled --task needy --submission "$tasks/word-count/solutions/accepted/fgetc" --repeat 2
cp "$out" ungradable.json
claim 'and so are several of them' valid repeat ungradable.json

# --- whether a task proves itself ---

run assay task verify $sampled --json "$tasks/greet"
cp "$out" coding.json
run assay task verify --json "$top/tasks/upload-review"
cp "$out" review.json
run assay task verify --json "$top/tasks/document-pipeline"
cp "$out" design.json
claim 'what verify says of each kind of task is valid, and nothing of its schema is left untried' \
	whole verification coding.json review.json design.json
run assay task verify $sampled --json needy
cp "$out" needy.json
claim "so is what it says of a task that doesn't hold" valid verification needy.json
run assay task verify $sampled --rounds 7 --json "$tasks/greet"
cp "$out" rounds.json
claim 'and of one that was graded more often than usual' valid verification rounds.json

# --- what pin writes ---

cp -R "$tasks/stack" pinned
sed -i '0,/{/ s/{/{"$schema": "..\/manifest.schema.json",/' pinned/tests/manifest.json
run assay task pin $sampled pinned
claim 'a manifest that pin wrote is valid' valid manifest pinned/tests/manifest.json
claim 'and still names its schema' grep -qF '"$schema": "../manifest.schema.json"' pinned/tests/manifest.json

finish

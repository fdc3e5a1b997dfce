#!/bin/sh
# SPDX-License-Identifier: MIT
# also as an ordinary user
# A code review written into the change itself.
. tests/cli/lib.sh
begin

mkdir bundled && cp -R "$top/tasks" "$top/rubrics" bundled/ && git -C bundled init -q -b main &&
	git -C bundled add -f . && git -C bundled -c user.name=test -c user.email=test@localhost commit -qm content
assay init --allow-sampled ws >"$out"
cd ws || exit 1
assay person add ines --name 'Ines Vogel' --role interviewer >"$out"
assay person add jonas --name 'Jonas Brandt' --role interviewer >"$out"
assay repo add ../bundled --name tasks >"$out"
assay position add senior-backend-engineer >"$out"
anna=$(assay candidate add 'Anna Berg' --stage technical | head -n 1)
session=$(assay session plan "$anna" --interviewer ines --interviewer jonas | head -n 1)
run assay review show "$session" --annotate
claim 'the change can be printed to write into' said 'diff --git'
claim 'it explains how' said '#> [critical, security]'
claim 'nothing planted is named in it' sh -c '! grep -qi "flaw\|decoy" "$1"' - "$out"
grep -v '^# ' "$out" >plain.diff
mkdir applied && cp -R "$top"/tasks/upload-review/review/base/. applied/
run git -C applied apply ../plain.diff
claim 'and it is a diff that git applies' ended 0
assay session start "$session" --acknowledged >"$out"
run assay review answer "$session" plain.diff
claim 'a change without a word in it is no answer' ended 4
awk '{ print } /^\+/ && !/^\+\+\+/ && !done { print "#> [security, critical] the name of the file is used as it came"; done = 1 }' plain.diff >annotated.diff
run assay review answer "$session" annotated.diff
claim 'one with comments is' ended 0
run assay review show "$session" --json --as ines
claim 'with the place of each' grep -q '"line": [1-9]' "$out"

# --- in the kit ---

for part in coding design review; do
	rm -rf "$place/kit" && mkdir "$place/kit"
	assay session next "$session" --kit "$place/kit" --as ines >"$out" 2>&1
done
claim 'the kit of a review has the change' test -f "$place/kit/change.diff"
awk '{ print } /^\+/ && !/^\+\+\+/ && !done { print "#> two words in the kit"; done = 1 }' "$place/kit/change.diff" >annotated
cp annotated "$place/kit/change.diff"
printf '{"format": 1, "comments": [{"text": "and one in the file"}]}' >"$place/kit/comments.json"
assay session next "$session" --as ines >"$out" 2>&1
run assay review show "$session" --json --as ines
claim 'comments in the change are handed in' said 'two words in the kit'
claim 'beside those of comments.json' said 'and one in the file'
claim 'the annotated change is kept with the hand-in' git --git-dir="work/candidates/$anna.git" cat-file -e "$session-4-review:change.diff"
finish

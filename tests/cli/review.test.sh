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
	assay session next "$session" --kit "$place/kit" --wait --as ines >"$out" 2>&1
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
# --- confirmed key by key ---

keys() { # keys KEYS: what they say to `review confirm`
	status=0
	printf '%s' "$1" | assay review confirm "$session" --as ines >"$out" 2>"$err" || status=$?
}
decided() { /usr/bin/python3 -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["decisions"]))' "work/decisions/$session-ines.json"; }
printf '{"format": 1, "comments": [{"id": "one", "text": "first"}, {"id": "two", "text": "second \\u001b[31m"}, {"id": "three", "text": "third"}]}' >three.json
assay review answer "$session" three.json >"$out"
status=0
printf 'w' | assay review confirm "$session" >"$out" 2>"$err" || status=$?
claim 'decisions need a name' ended 6
keys '?ws'
claim 'the flaws are listed when asked for' test "$(grep -c '^  [A-Z]  ' "$out")" -ge 4
claim 'a stop says how to go on' said 'Next: assay review confirm'
claim 'what was decided is kept' test "$(decided)" = 1
keys 'us'
claim 'the last decision can be undone, also after a break' test "$(decided)" = 0
keys 'AhB'
claim 'an end of the input is a stop' test "$(decided)" = 2
claim 'an escape in a comment is shown and commands nothing' sh -c '! grep -q "$(printf "\033")" "$1"' - "$out"
keys 'x A'
claim 'a flaw that was credited already is a duplicate, and then all are decided' said 'Next: assay card form'
run assay review show "$session" --json --as ines
claim 'the matches are confirmed' said '"confirmed": true'
claim 'whole and half' said '"found": 2'
claim 'the draft is gone' test ! -e "work/decisions/$session-ines.json"
finish

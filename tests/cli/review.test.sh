#!/bin/sh
# SPDX-License-Identifier: MIT
# also as an ordinary user
# A code review written into the change itself.
. tests/cli/lib.sh
begin

/usr/bin/python3 "$top/tests/cli/light.py" "$top" content
assay init --allow-sampled ws >"$out"
cd ws || exit 1
assay person add ines --name 'Ines Vogel' --role interviewer >"$out"
assay person add jonas --name 'Jonas Brandt' --role interviewer >"$out"
assay person add pia --name 'Pia Panel' --role panel >"$out"
assay repo add ../content --name tasks >"$out"
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
draft() { ls -t work/decisions/"$session"-ines-*.json 2>/dev/null | head -n 1; }
decided() { /usr/bin/python3 -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["decisions"]))' "$(draft)"; }
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
claim 'a flaw that was credited already is a duplicate, and then all are decided' said 'Next: assay card edit'
run assay review show "$session" --json --as ines
claim 'the matches are confirmed' said '"confirmed": true'
claim 'whole and half' said '"found": 2'
claim 'the draft is gone' test -z "$(draft)"

# --- what was said and not written ---

ben=$(assay candidate add 'Ben Tal' --stage technical | head -n 1)
session=$(assay session plan "$ben" --interviewer ines --interviewer jonas | head -n 1)
tick() { run assay review tick "$session" "$@"; }
read_json() { /usr/bin/python3 -c "import json, sys; d = json.load(open(sys.argv[1])); sys.exit(not ($1))" "$out"; }
show() { run assay review show "$session" --json --as jonas; }
tick --flaw path-traversal --as ines
claim 'before the review has begun nothing was said about it' ended 5
assay session start "$session" --acknowledged >"$out"
for part in coding design review; do
	rm -rf "$place/kit" && mkdir "$place/kit"
	assay session next "$session" --kit "$place/kit" --as ines >"$out" 2>&1
done
tick --flaw path-traversal
claim 'what was spoken is entered by somebody' ended 6
tick --flaw path-traversal --as pia
claim 'who neither interviews nor leads enters nothing' ended 6
tick --as ines
claim 'nothing is nothing' ended 2
tick --flaw no-such-flaw --as ines
claim 'a flaw that is not planted is none' ended 3
claim 'and those that there are are named' complained 'path-traversal'
tick --spoken 'the name of the file' --file app/storge.py --as ines
claim 'a file that the change does not have is a slip' ended 3
tick --spoken 'the name of the file' --file app/storage.py --line 9000 --as ines
claim 'so is a line behind its end' ended 4
tick --spoken 'the name of the file' --line 3 --as ines
claim 'a line has a file' ended 2
tick --spoken 'the name of the file' --file app/storage.py --line 9-3 --as ines
claim 'lines go down' ended 2
tick --spoken x --category taste --as ines
claim 'a category is one of those there are' complained 'error-handling'
tick --flaw path-traversal --as ines
claim 'a planted flaw is ticked' said 'spoken-1'
claim 'and the confirmation comes next' said "Next: assay review confirm $session"
tick --spoken "$(printf 'the query is one per row \033[31m')" --file app/uploads.py --line 1-2 --category performance --severity minor --as jonas
claim 'words with their place are entered' said 'spoken-2'
tick --spoken 'said by mistake' --as jonas
claim 'and a third' said 'spoken-3'
run assay review show "$session" --as jonas
claim 'it stands apart from what was written' said 'No answer yet.'
claim 'with who entered it' said 'Ines Vogel, 20'
claim 'nothing of it commands the terminal' sh -c '! grep -q "$(printf "\033")" "$1"' - "$out"
show
claim 'as JSON, too' read_json 'd["comments"] == [] and [c["id"] for c in d["spoken"]] == ["spoken-1", "spoken-2", "spoken-3"] and d["spoken"][0]["spoken"]["by"] == "ines" and d["spoken"][0]["flaw"] == "path-traversal" and d["spoken"][0]["band"] == "proposed"'
claim 'and counts for nothing yet' read_json 'd["found"] == 0 and not d["confirmed"]'
run assay scorecard "$session" --as ines
claim 'neither in the scorecard' sh -c '! grep -q "spoken, entered" "$1"' - "$out"
tick --undo spoken-3 --flaw path-traversal --as ines
claim 'to undo is one thing alone' ended 2
tick --undo spoken-3 --as ines
claim 'a colleague takes one back' ended 0
tick --undo spoken-3 --as jonas
claim 'once' ended 3
tick --undo c1 --as jonas
claim 'nothing that was written is taken back' ended 3
show
claim 'then it is gone' read_json 'len(d["spoken"]) == 2'

printf '{"format": 1, "comments": [{"id": "spoken-1", "text": "I am a written one"}]}' >sly.json
assay review answer "$session" sly.json >"$out"
show
claim 'no written comment takes the name of a spoken one' read_json '[c["id"] for c in d["comments"]] == ["c1"] and len(d["spoken"]) == 2'
keys 'ws'
claim 'a decision is kept for the answer that it is about' test "$(decided)" = 1
printf '{"format": 1, "comments": [{"id": "c1", "text": "I am another one"}]}' >sly.json
assay review answer "$session" sly.json >"$out"
keys 's'
claim 'another answer is asked anew, though its comment is called the same' said '1 of 3  c1'
mkfifo typing
assay review confirm "$session" --as ines <typing >"$out" 2>"$err" &
asking=$!
exec 5>typing
printf 't' >&5
for _ in $(seq 400); do
	grep -q '2 of 3' "$out" && break
	sleep 0.05
done
sed 's/I am another one/I am the last one/' sly.json >last.json
assay review answer "$session" last.json >"$place/said"
printf 'yq' >&5
exec 5>&-
status=0
wait "$asking" || status=$?
rm typing
claim 'one that comes in while somebody decides is not decided unseen' ended 5
claim 'and is asked for next' complained 'another answer came in'
printf '{"format": 1, "by": "ines", "decisions": [{"comment": "c1", "as": "taste"}]}' >some.json
run assay review confirm "$session" --file some.json
claim 'a file must decide about the spoken ones, too' complained 'nothing is decided about comment spoken-1'
keys 't'
claim 'what was written is asked first, then what was spoken' said '2 of 3  spoken-1'
claim 'with who entered it and when' said 'spoken, entered by Ines Vogel on 20'
tick --spoken 'one more word' --as ines
keys 'yqs'
claim 'what is entered between two calls is asked like the rest' said '4 of 4  spoken-4'
claim 'and the earlier decisions stand' test "$(decided)" = 3
tick --undo spoken-2 --as jonas
keys 's'
claim 'one that was taken back takes no other decision with it' test "$(decided)" = 2
keys 'w'
claim 'then all are decided' said 'Next: assay card edit'
show
claim 'what was spoken is found' read_json 'd["confirmed"] and d["found"] == 1 and d["spoken_found"] == 1 and d["spoken"][0]["decided"] == "planted"'
run assay review show "$session" --as ines
claim 'and it is said that it was spoken' said 'path-traversal: spoken, entered by Ines Vogel on 20'
run assay scorecard "$session" --as ines
claim 'in the scorecard as well' said 'path-traversal: spoken, entered by Ines Vogel on 20'
run assay --lang de scorecard "$session" --as ines
claim 'and in German' said 'path-traversal: mündlich, eingetragen von Ines Vogel am '
tick --flaw md5-etag --as ines
claim 'behind the confirmation nothing is entered' ended 5
tick --undo spoken-1 --as ines
claim 'nor taken back' ended 5

# --- nothing written at all ---

cleo=$(assay candidate add 'Cleo Dur' --stage technical | head -n 1)
session=$(assay session plan "$cleo" --interviewer ines --interviewer jonas | head -n 1)
assay session start "$session" --acknowledged >"$out"
for part in coding design review; do
	rm -rf "$place/kit" && mkdir "$place/kit"
	assay session next "$session" --kit "$place/kit" --as ines >"$out" 2>&1
done
assay review tick "$session" --flaw path-traversal --as ines >"$out"
printf '{"format": 1, "by": "ines", "decisions": [{"comment": "spoken-1", "flaw": "path-traversal", "as": "planted", "credit": 0.5}]}' >spoken.json
run assay review confirm "$session" --file spoken.json
claim 'a review that was only spoken is confirmed by file' ended 0
show
claim 'half of it' read_json 'd["found"] == 1 and d["comments"] == []'
rm -f spoken.json sly.json some.json
finish

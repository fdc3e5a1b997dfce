#!/bin/sh
# SPDX-License-Identifier: MIT
# Cards as forms: filled in anywhere, taken back whole, and nothing lost.
. tests/cli/lib.sh
begin

/usr/bin/python3 "$top/tests/cli/light.py" "$top" content
assay init --allow-sampled ws >"$out"
cd ws || exit 1
assay person add ines --name 'Ines Vogel' --role interviewer >"$out"
assay person add jonas --name 'Jonas Brandt' --role interviewer >"$out"
assay person add lea --name 'Lea Lead' --role lead >"$out"
assay repo add ../content --name tasks >"$out"
assay position add senior-backend-engineer >"$out"
anna=$(assay candidate add 'Anna Berg' --stage technical | head -n 1)
session=$(assay session plan "$anna" --interviewer ines --interviewer jonas | head -n 1)
assay session start "$session" --acknowledged >"$out"

run assay card form "$session" --as ines --output card.txt
claim 'a form is written for its owner alone' test "$(stat -c %a card.txt)" = 600
claim 'it has the anchors' grep -q '4 outstanding' card.txt
claim 'and a place for each criterion' test "$(grep -c '^mark: $' card.txt)" = "$(grep -c '"criterion"\|"anchors"' "$top/rubrics/senior-backend.json")"
sed 's/^mark: $/mark: 3/; s/^recommendation: $/recommendation: yes/' card.txt >filled.txt
sed '0,/^mark: 3$/s//mark: 9/' filled.txt >wrong.txt
run assay card mark "$session" --form wrong.txt --as ines
claim 'a mark that is none is refused' ended 4
claim 'with its line' complained "wrong.txt:$(grep -n 'mark: 9' wrong.txt | cut -d: -f1): "
run assay card show "$session" --json --as ines
claim 'and nothing was taken' sh -c '! grep -q "\"mark\": 3" "$1"' - "$out"
run assay card mark "$session" --form filled.txt --as ines
claim 'a filled-in form is taken' ended 0
run assay card mark "$session" --form filled.txt --as ines
claim 'the same form once more says nothing new' ended 0
sed 's/^mark: 3$/mark: 2/' filled.txt >older.txt
run assay card mark "$session" --form older.txt --as ines
claim 'a form that is older than the card is a conflict' ended 5
claim 'which says how to go on' complained 'card form'
run assay --lang de card form "$session" --as ines
claim 'the form speaks German' said 'Empfehlung: eher ja'
cp "$out" deutsch.txt
claim 'and knows what was marked' said 'Stufe: 3'
run assay card seal "$session" --file deutsch.txt --as ines
claim 'before the end of the session nothing is sealed' ended 5
run assay card show "$session" --json --as ines
claim 'nor taken without being sealed' said '"state": "draft"'
assay session next "$session" --kit "$place/kit" >"$out" 2>&1
run assay session end "$session" --wait
claim 'the end names the parts that were never held' said 'Never held: Code review'
claim 'and no other' test "$(grep -c 'Never held' "$out")" = "$(assay session status "$session" --json --as lea | python3 -c 'import json, sys; print(sum(not part["started_ms"] for part in json.load(sys.stdin)["parts"]))')"
run assay card seal "$session" --file deutsch.txt --as ines
claim 'afterwards it is taken and sealed at once' ended 0
run assay card seal "$session" --file deutsch.txt --as ines
claim 'once' ended 5
# --- with an editor ---

cat >"$place/editor" <<'SH'
#!/bin/sh
sed -i "$EDIT" "$1"
SH
chmod +x "$place/editor"
export EDITOR="$place/editor"
EDIT='0,/^mark: $/s//mark: 7/' run assay card edit "$session" --as jonas
claim 'a mistake in the editor is told with its line' complained '.txt:'
claim 'and nothing is lost' complained 'opens it again'
EDIT='s/^mark: 7$/mark: 2/' run assay card edit "$session" --as jonas
claim 'the next call opens what was typed' ended 0
run assay card show "$session" --json --as jonas
claim 'and it is taken' said '"mark": 2'
EDITOR=/bin/false run assay card edit "$session" --as jonas
claim 'an editor that fails loses nothing, either' ended 8
EDIT='s/^mark: $/mark: not observed/' run assay card edit "$session" --as jonas
claim 'and can be tried again' ended 0
# --- an editor that doesn't end well ---

typed=$place/ws/work/cards/$session-jonas.txt
spoil() { # spoil SCRIPT: an editor that types something first, and then this; twice, so that there is something to lose
	printf '#!/bin/sh\n%s\n' "$1" >"$place/spoiler"
	chmod +x "$place/spoiler"
	EDIT='s/^strengths: .*/strengths: asks first/; s/^minutes present: .*/minutes present: many/' run assay card edit "$session" --as jonas --fresh
	EDITOR="$place/spoiler" run assay card edit "$session" --as jonas
}
kept() { grep -q '^strengths: asks first$' "$typed"; }
again() { EDIT='s/^minutes present: many$/minutes present: 40/' run assay card edit "$session" --as jonas && ended 0; }

spoil ':'
claim 'a line with a mistake stays as it was typed' grep -q '^minutes present: many$' "$typed"
claim 'and is told where it is' complained "$session-jonas.txt:$(grep -n '^minutes present: many$' "$typed" | cut -d: -f1): "
spoil ': >"$1"'
claim 'an editor that empties the form is told from a form' complained 'it is empty'
claim 'and costs nothing' kept
spoil 'head -c 3000 "$1" >"$1.cut"; cat "$1.cut" >"$1"; rm "$1.cut"'
claim 'half a form is none' complained 'its last line is missing'
claim 'the form is put back' kept
claim 'and what was left is kept beside it' test "$(wc -c <"${typed%.txt}.left")" = 3000
spoil 'rm "$1"'
claim 'a form that is gone is put back' kept
claim 'and it is said' complained 'it is gone'
echo 'not a word of this' >"$place/secret"
spoil 'ln -sf '"$place"'/secret "$1"'
claim 'a link is no form' complained 'it is no file any more'
claim 'nothing of what it leads to is told or changed' sh -c '! grep -q "not a word" "$1" && test "$(cat "$2")" = "not a word of this"' - "$err" "$place/secret"
claim 'and the form is put back, as a file' sh -c 'test ! -L "$1" && grep -q "^strengths: asks first$" "$1"' - "$typed"
spoil 'rm "$1"; mkdir "$1"'
claim 'nor is a directory' kept
spoil 'truncate -s 100M "$1"'
claim 'a form of 100 MB is refused by its limit' ended 7
claim 'and put back' kept
spoil 'head -c 3000 "$1" >"$1.cut"; cat "$1.cut" >"$1"; rm "$1.cut"; exit 1'
claim 'an editor that fails is told' complained 'ended with status 1'
claim 'and what it spoiled is put back when it is opened again' again
spoil ': >"$1"; kill -9 $$'
claim 'an editor that is killed is told' complained 'signal 9'
claim 'and costs nothing either' again
run assay card show "$session" --json --as jonas
claim 'what was typed before is taken' said '"strengths": "asks first"'
claim 'once it is taken no draft is left' test ! -e "$typed"

EDIT='' run assay card edit "$session" --as hanna
claim 'who is nobody edits nothing' ended 3

run assay card form "$session" --as nobody
claim 'who is nobody gets no form' ended 3
head -c 3000000 /dev/zero | tr '\0' 'x' >huge.txt
run assay card mark "$session" --form huge.txt --as jonas
claim 'a form that is too large is refused by its limit' ended 7

# --- after the reveal ---

first=$(sed -n 's/^\[\(.*\)\]$/\1/p' filled.txt | head -n 1)
why='Jonas saw that unknown ids are not checked'
EDIT='s/^recommendation: $/recommendation: no/' run assay card edit "$session" --as jonas
run assay card mark "$session" "$first" 2 --reason "$why" --as ines
claim 'a sealed card is not changed before the reveal, reason or not' ended 5
run assay card mark "$session" "$first" 2 --reason "$why" --as jonas
claim 'a draft needs no reason' ended 2
assay card seal "$session" --as jonas >"$out" 2>&1
run assay card reveal "$session" --as ines
claim 'the cards are revealed' ended 0
run assay card mark "$session" "$first" 2 --as ines
claim 'then a change without a reason is refused' ended 5
claim 'and told what it needs' complained 'needs --reason'
run assay card mark "$session" "$first" 2 --reason 'too little' --as ines
claim 'a reason says something' complained 'at least 20 characters'
run assay card mark "$session" "$first" 3 --reason "$why" --as ines
claim 'what the card says already is no change' ended 5
run assay card mark "$session" "$first" 1 --reason "$why" --as ines
claim 'a 1 needs its evidence here, too' complained "no evidence for the 1 of $first"
run assay card mark "$session" "$first" 2 --reason "$why" --as lea
claim 'nobody but who interviewed changes a card' ended 6
run assay card mark "$session" --file card.json --reason "$why" --as ines
claim 'one mark is changed at a time' ended 2
run assay card mark "$session" "$first" 1 --reason "$why" --evidence 'GET /jobs/x gave 500' --as ines
claim 'with a reason a change is a second entry' ended 0
claim 'and the scorecard comes next' said "Next: assay scorecard $session"
run assay card mark "$session" --recommendation strong_no --reason 'what Jonas saw weighs more than I knew' --as ines
claim 'a recommendation can be changed, too' ended 0
run assay card mark "$session" --recommendation perhaps --reason "$why" --as ines
claim 'to one that there is' complained "not 'perhaps'"
run assay card mark "$session" --recommendation no --as ines
claim 'never without a reason' ended 2
run assay card show "$session" --as jonas
claim 'the card shows what it was and what it is' said ': 3 → 1 on 20'
claim 'why' said "because: $why"
claim 'and the recommendation before' said 'yes → strong no on 20'
run assay card show "$session" --json --as jonas
claim 'as JSON, too' /usr/bin/python3 -c '
import json, sys
card = [c for c in json.load(open(sys.argv[1]))["cards"] if c["interviewer"] == "ines"][0]
one, two = card["changes"]
assert (one["criterion"], one["from"], one["to"], one["evidence"], one["reason"]) == (sys.argv[2], 3, 1, "", sys.argv[3]), one
assert (two["criterion"], two["from"], two["to"]) == (None, "yes", "strong_no") and two["at_ms"] >= one["at_ms"] > 0, two
assert [m["mark"] for m in card["marks"] if m["criterion"] == sys.argv[2]] == [1]' "$out" "$first" "$why"
run assay scorecard "$session" --as jonas
claim 'the scorecard shows both' said ': 3 → 1 on 20'
claim 'and says which one counts' said 'Ines Vogel changed the card after the reveal: what came later counts'
run assay scorecard "$session" --json --as jonas
claim 'the later one is in the mean' /usr/bin/python3 -c '
import json, sys
d = json.load(open(sys.argv[1]))
row = [c for c in d["criteria"] if c["id"] == sys.argv[2]][0]
marks = [m["mark"] for m in row["marks"]]
assert 1 in marks and row["mean"] == sum(marks) / len(marks), row
assert sum(len(c["changes"]) for c in d["cards"]) == 2' "$out" "$first"
run assay scorecard "$session" --brief --as jonas
claim 'a brief one without the words' sh -c 'grep -q "3 → 1 on 20" "$1" && ! grep -q "Jonas saw" "$1"' - "$out"
run assay scorecard "$session" --format html --as jonas
claim 'a page has it as well' said "because: $why"
run assay compare senior-backend-engineer --stage technical --as ines
claim 'and the comparison' said 'Changed after the reveal'
claim 'which says that it was changed' said 'Anna Berg: Ines Vogel changed the card after the reveal'
run assay compare senior-backend-engineer --stage technical --format html --as ines
claim 'on its page, too' said "because: $why"
run assay --lang de card show "$session" --as jonas
claim 'in German' said 'Nach dem Aufdecken geändert'
assay person add hana --name 'Hana HR' --role hr >"$out"
run assay decide "$anna" reject --reason 'other applicants go on with higher means' --as hana
claim 'a decision rests on it' ended 0
run assay card mark "$session" "$first" 4 --reason "$why" --evidence 'seen again' --as ines
claim 'behind the decision the cards stand as they were' ended 5
claim 'and it says so' complained 'is decided: the cards'

# --- many at once ---

ben=$(assay candidate add 'Ben Tal' --stage technical | head -n 1)
session=$(assay session plan "$ben" --interviewer ines --interviewer jonas | head -n 1)
assay session start "$session" --acknowledged >"$out"
criteria=$(sed -n 's/^\[\(.*\)\]$/\1/p' filled.txt | grep -v '^card$')
each=$(echo "$criteria" | wc -w)

# The same command for every criterion and each of these people, all at the same time; how many went well.
all_at_once() { # all_at_once "PEOPLE" COMMAND...: CRITERION and PERSON stand in the command
	people=$1 && shift
	rm -f "$place"/went.*
	for person in $people; do
		for criterion in $criteria; do
			(
				code=0
				PERSON=$person CRITERION=$criterion sh -c "$1" >"$place/said.$person.$criterion" 2>&1 || code=$?
				echo "$code" >"$place/went.$person.$criterion"
			) &
		done
	done
	wait
	went=$(cat "$place"/went.* | grep -c '^0$')
}
export session

all_at_once 'ines jonas' 'assay card mark "$session" "$CRITERION" 3 --evidence "$PERSON saw $CRITERION" --as "$PERSON"'
claim 'two people who mark everything at the same time are all served' test "$went" = $((2 * each))
for person in ines jonas; do
	run assay card show "$session" --json --as "$person"
	claim "and no mark of $person is lost" /usr/bin/python3 -c '
import json, sys
card, = json.load(open(sys.argv[1]))["cards"]
assert card["marks"] and all(m["mark"] == 3 and m["evidence"] == sys.argv[2] + " saw " + m["criterion"] for m in card["marks"]), card' "$out" "$person"
done
assay session next "$session" --kit "$place/kit2" >"$out" 2>&1
assay session end "$session" >"$out" 2>&1
printf '{"format": 1, "recommendation": "yes"}' >yes.json
for person in ines jonas; do
	assay card mark "$session" --file yes.json --as "$person" >"$out"
done
all_at_once 'ines jonas' 'assay card seal "$session" --as "$PERSON"'
claim 'a card is sealed once, however many seal it at the same time' test "$went" = 2
claim 'and the others are told of a conflict' test "$(cat "$place"/went.* | grep -c '^5$')" = $((2 * each - 2))
all_at_once 'ines' 'assay card reveal "$session" --as "$PERSON"'
claim 'the cards are revealed once' test "$went" = 1
all_at_once 'ines jonas' 'assay card mark "$session" "$CRITERION" 2 --reason "$PERSON looked at $CRITERION again" --as "$PERSON"'
claim 'second entries that come at the same time are all served' test "$went" = $((2 * each))
run assay card show "$session" --json --as ines
claim 'and each stands there with its own reason' /usr/bin/python3 -c '
import json, sys
for card in json.load(open(sys.argv[1]))["cards"]:
    assert all(m["mark"] == 2 for m in card["marks"])
    assert sorted(c["reason"] for c in card["changes"]) == sorted("%s looked at %s again" % (card["interviewer"], m["criterion"]) for m in card["marks"])' "$out"
finish

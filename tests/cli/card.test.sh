#!/bin/sh
# SPDX-License-Identifier: MIT
# also as an ordinary user
# Cards as forms: filled in anywhere, taken back whole, and nothing lost.
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
assay session end "$session" --wait >"$out" 2>&1
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
EDIT='' run assay card edit "$session" --as hanna
claim 'who is nobody edits nothing' ended 3

run assay card form "$session" --as nobody
claim 'who is nobody gets no form' ended 3
head -c 3000000 /dev/zero | tr '\0' 'x' >huge.txt
run assay card mark "$session" --form huge.txt --as jonas
claim 'a form that is too large is refused by its limit' ended 7
finish

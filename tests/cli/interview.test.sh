#!/bin/sh
# SPDX-License-Identifier: MIT
# also as an ordinary user
# An interview at the command line: from an empty directory to the comparison, with the mistakes people make.
. tests/cli/lib.sh
begin

make_repo() { # make_repo DIR: a git repository of the bundled content
	mkdir "$1" && cp -R "$top/tasks" "$top/rubrics" "$1/" && git -C "$1" init -q -b main && git -C "$1" add -f . &&
		git -C "$1" -c user.name=test -c user.email=test@localhost commit -qm content
}
make_repo bundled

# --- a workspace ---

run assay init --allow-sampled ws
claim 'init makes a workspace' test -f ws/assay.db
claim 'and names the next command' said 'Next: assay -C ws person add'
run assay init ws
claim 'init on a workspace is a conflict' ended 5
mkdir strict && run assay init strict/ws
run assay -C strict/ws doctor
claim 'the doctor says which sessions a workspace is for' said 'its sessions run only where limits are enforced'
run assay init strict/ws --allow-sampled
claim 'the setting can be changed when it is missed' said 'Sessions that are planned from now on'
run assay -C strict/ws doctor
claim 'which the doctor sees' said 'its sessions may run where limits are only sampled'
rm -r strict
claim 'a stranger can not look into a workspace' test "$(stat -c %a ws/repos)" = 700

cd ws || exit 1
run assay person add Ines --name Ines
claim 'an id with a capital letter is a usage mistake' ended 2
run assay person add ines --name 'Ines Vogel' --role boss
claim 'an unknown role is a usage mistake that names the roles' complained interviewer
run assay person add ines --name 'Ines Vogel' --role interviewer --role lead
claim 'a person is added' ended 0
run assay person add ines --name 'Ines Vogel'
claim 'twice is a conflict' ended 5
assay person add jonas --name 'Jonas Brandt' >"$out"
assay person add petra --name 'Petra Stein' --role panel >"$out"
run assay person list --json
claim 'people are listed as JSON' said '"roles": "interviewer lead"'

# --- task repositories ---

run assay repo add ../nowhere
claim 'a repository that is not there is not found' ended 3
git init -q --bare ../empty.git
run assay repo add ../empty.git
claim 'an empty repository is refused' ended 4
claim 'and leaves nothing behind' test -z "$(ls repos)"
run assay repo add https://example.invalid/tasks.git
claim 'a scheme that is not spoken yet is a usage mistake' ended 2
run assay repo add ../bundled --name tasks
claim 'a repository is cloned and pinned' said 'tasks is pinned to'
run assay repo list
claim 'and listed' said bundled
run assay task list
claim 'its tasks are listed' said job-queue

# --- position and candidate ---

run assay position add no-such-position
claim 'a position that is nowhere is not found' ended 3
run assay position add senior-backend-engineer
claim 'a position opens' ended 0
run assay position show senior-backend-engineer
claim 'it shows where a must-have is checked' said 'must have'
run assay --lang de position show senior-backend-engineer
claim 'in German too' said 'Anforderung'
run assay candidate add "$(printf 'Anna \033[31mBerg')" --stage technical
claim 'a name that commands a terminal is refused' ended 2
run assay candidate add 'Änne Berg <b>' --stage technical
claim 'a candidate gets a pseudonym' grep -qE '^C-[0-9A-Z]{4}$' "$out"
candidate=$(head -n 1 "$out")
run assay candidate list
claim 'and stands in the list' said 'Änne Berg'

# --- the session ---

run assay session plan "$candidate" --interviewer ines
claim 'fewer interviewers than cards are due is a conflict' ended 5
run assay session plan "$candidate" --interviewer ines --interviewer nobody
claim 'an interviewer who is nobody is not found' ended 3
run assay session plan "$candidate" --interviewer ines --interviewer jonas --at tomorrow
claim 'a time that is none is refused with an example' complained '2026-'
run assay session plan "$candidate" --interviewer ines --interviewer jonas --at 2026-12-01T10:00
claim 'a session is planned' grep -qE '^S-[0-9A-Z]{4}$' "$out"
session=$(head -n 1 "$out")
run assay session next "$session" --kit "$place/kit"
claim 'nothing comes next before the start' ended 5
run assay session start "$session" --acknowledged
claim 'it starts' ended 0
run assay session next "$session"
claim 'a part with a task wants a kit' ended 2
mkdir "$place/kit" && touch "$place/kit/mine"
run assay session next "$session" --kit "$place/kit"
claim 'a directory that holds something else is left alone' ended 5
rm "$place/kit/mine"
run assay session next "$session" --kit "$place/kit"
claim 'the coding kit is laid' test -f "$place/kit/statement.md"
claim 'with its kit.json' test -f "$place/kit/kit.json"
claim 'and nothing hidden' test -z "$(find "$place/kit" -path '*contract*' -o -path '*errors*' -o -name interviewer.md -o -name flaws.json -o -path '*solutions*')"

mv "$place/kit" "$place/away"
run assay session next "$session" --kit "$place/kit"
claim 'a kit that is gone is a conflict' ended 5
claim 'that names the way on without it' complained --without-kit
claim 'and none is made in its place' test ! -e "$place/kit"
mv "$place/away" "$place/kit"
run assay session next "$session" --kit "$place/kit" --without-kit
claim 'a kit that is there is not passed over' ended 5

cp -R "$top/tests/demo/amira/coding/." "$place/kit/"
ln -s /etc/passwd "$place/kit/passwd.py"
run assay session next "$session" --kit "$place/kit" --wait
claim 'the code is handed in and graded' said 'Graded: job-queue: 100 of 100 points'
claim 'a link that leads out is not taken' said 'passwd.py'
claim 'the design kit holds its statement' grep -q . "$place/kit/statement.md"
claim 'and nothing of the code before' test ! -e "$place/kit/app"
cp "$top/tests/demo/amira/design.md" "$place/kit/"
run assay session next "$session" --kit "$place/kit"
claim 'the review kit holds the change' test -s "$place/kit/change.diff"
claim 'but not its flaws' test -z "$(find "$place/kit" -name 'flaws*' -o -path '*answers*')"
echo '{"format": 1, "comments": [{"id": "c1", "fil": "x"}]}' >"$place/kit/comments.json"
run assay session next "$session"
claim 'a broken comments.json is told with its place' said 'comments.json:1'
run assay session end "$session"
claim 'the session ends' ended 0
run assay session end "$session"
claim 'twice is a conflict' ended 5

# --- the review ---

run assay review answer "$session" "$top/tests/demo/amira/review/comments.json" --as ines
claim 'a repaired review comes in by hand' ended 0
run assay review show "$session" --as ines
claim 'matches are proposed' said proposed
claim 'and count nothing yet' said 'Nothing counts before a person confirmed it'
run assay session status "$session" --as petra
claim 'the panel sees no points before the reveal' ended 6
run assay session status "$session"
claim 'nor does an account that is no person' ended 6
run assay session status "$session" --as ines
claim 'who sits there sees where the session stands' said '100 of 100 points'
run assay review show "$session" --as petra
claim 'the panel sees no flaws before the reveal' ended 6
sed 's/"ines"/"petra"/' "$top/tests/demo/amira/review/decisions.json" >decisions.json
run assay review confirm "$session" --file decisions.json
claim 'who did not sit there can not confirm' ended 6
run assay review confirm "$session" --file "$top/tests/demo/amira/review/decisions.json" --as ines
claim 'a person confirms' ended 0

# --- cards ---

run assay card mark "$session" code-quality 5 --as ines
claim 'a mark of 5 is a usage mistake' ended 2
run assay card mark "$session" no-such-criterion 3 --as ines
claim 'an unknown criterion is not found, and those there are are named' complained code-quality
run assay card seal "$session" --as ines
claim 'an empty card can not be sealed' ended 5
claim 'and what is missing is named' complained code-quality
run assay card mark "$session" code-quality 3 --as ines
claim 'behind one mark of many the card goes on' said "Next: assay card edit $session --as ines"
run assay card mark "$session" --file "$top/tests/demo/amira/cards/ines.json" --as ines
claim 'a card comes from a file' ended 0
claim 'and being whole comes to be sealed' said "Next: assay card seal $session --as ines"
run assay card seal "$session" --as ines
claim 'and is sealed' ended 0
run assay card mark "$session" code-quality 2 --as ines
claim 'a sealed card is not changed' ended 5
run assay card reveal "$session" --as ines
claim 'nothing is revealed while a card is due' ended 5
claim 'and it is said whose' complained jonas
run assay card show "$session" --interviewer ines --as jonas
claim "another's card can not be seen before the reveal" ended 6
run assay scorecard "$session" --as petra
claim 'nor the scorecard by the panel' ended 6
assay card mark "$session" --file "$top/tests/demo/amira/cards/jonas.json" --as jonas >"$out"
assay card seal "$session" --as jonas >"$out"
run assay card reveal "$session" --as ines
claim 'when all are sealed, all are revealed' ended 0
run assay card show "$session" --interviewer ines --as jonas
claim 'then everybody of the session sees them' said 'Ines Vogel, revealed'

# --- scorecard and comparison ---

run assay scorecard "$session" --as petra
claim 'the scorecard has both marks, means and evidence' said 'Mean of the parts'
claim 'and its pins' said 'task repo tasks '
claim 'and no line is too wide' awk 'length($0) > 300 { exit 1 }' "$out"
run assay --lang de scorecard "$session" --as petra
claim 'in German with German numbers' grep -qE '[1-4],[0-9]{2}' "$out"
run assay scorecard "$session" --as petra --json
claim 'as JSON' /usr/bin/python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); assert d["criteria"]' "$out"
run assay scorecard "$session" --as petra --format html --output page.html
claim 'as a page without script' test "$(grep -c '<script' page.html)" = 0
claim 'that is well-formed' /usr/bin/python3 -c '
import html.parser, sys
class P(html.parser.HTMLParser):
    def __init__(s): super().__init__(); s.open = []
    def handle_starttag(s, t, a):
        if t not in ("meta", "br"): s.open.append(t)
    def handle_startendtag(s, t, a): pass
    def handle_endtag(s, t): assert s.open.pop() == t, t
p = P(); p.feed(open(sys.argv[1]).read()); assert not p.open' page.html
run assay compare senior-backend-engineer --as petra
claim 'the comparison names the candidate' said 'Änne Berg <b>'
run assay compare senior-backend-engineer --as petra --format html
claim 'the comparison is a page in which a name is only a name' said 'Änne Berg &lt;b&gt;'
run assay compare senior-backend-engineer --as petra --format pdf
claim 'a format that is none is a usage mistake' ended 2

finish

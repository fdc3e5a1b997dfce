#!/bin/sh
# SPDX-License-Identifier: MIT
# A position from a plan to its history: written, opened, changed in an editor that may crash, locked once people apply.
. tests/cli/lib.sh
begin
unset VISUAL EDITOR

mkdir bundled && cp -R "$top/tasks" "$top/rubrics" bundled/ && git -C bundled init -q -b main && git -C bundled add -f . &&
	git -C bundled -c user.name=test -c user.email=test@localhost commit -qm content
assay init ws >"$out"
cd ws || exit 1
assay person add lea --name 'Lea Lead' --role lead --role interviewer >"$out"
assay person add ines --name 'Ines Vogel' --role interviewer >"$out"
assay person add hana --name 'Hana HR' --role hr >"$out"
assay repo add ../bundled --name tasks >"$out"

editor() { # editor LINES: an editor that is this script; $1 is the file
	printf '#!/bin/sh\n%s\n' "$1" >"$place/editor.sh"
	chmod +x "$place/editor.sh"
	export EDITOR="$place/editor.sh"
}

# --- writing one ---

run assay position new data-engineer --plan senior-backend -o data.json
claim 'a position is written from a plan' test -s data.json
claim 'and the next command takes it' said 'Next: assay position add data.json'
claim 'it has the usual stages and its requirements are checked' /usr/bin/python3 -c '
import json, sys
d = json.load(open(sys.argv[1]))
assert [s["id"] for s in d["stages"]] == ["screening", "technical", "team", "offer"]
assert d["stages"][1]["plan"] == "senior-backend" and d["stages"][1]["retention_months"] == 6
assert d["stages"][1]["agreed_with_works_council"] is None
assert d["stages"][2]["plan"] == "team" and d["stages"][2]["due"] == 2
assert {r["id"] for r in d["requirements"] if r["checked"]["stage"] == "team"} == {"collaboration", "giving-feedback", "taking-feedback", "mentoring"}
assert len(d["requirements"]) > 10 and all(r["checked"]["criteria"] for r in d["requirements"])' data.json
run assay position new data-engineer --plan senior-backend -o data.json
claim 'a file that is there is not written over' ended 5
run assay position new data-engineer --plan no-such-plan -o other.json
claim 'a plan that is nowhere is not found' ended 3
claim 'and nothing is written' test ! -e other.json
run assay position new data-engineer
claim 'without a plan it is a usage mistake' ended 2
run assay position new other --plan senior-backend
claim 'without a terminal and an editor one is told so' complained 'EDITOR is not set'
claim 'and how the file that is there is taken' complained "'assay position add' takes it"
claim 'and the file is there all the same' test -s other.json
rm other.json
editor 'sed -i "s/Data engineer/Data Engineer (m\/w\/d)/" "$1"'
run assay position new data-engineer --plan senior-backend --title 'Data engineer' --as lea
claim 'an editor opens what was written' grep -q 'm/w/d' data-engineer.json
run assay position new third --plan senior-backend --as ines
claim 'an interviewer writes none' ended 6

# --- opening it ---

/usr/bin/python3 -c '
import json
d = json.load(open("data-engineer.json"))
for key in ("plan", "due", "agreed_with_works_council"):
    del d["stages"][2][key]
d["requirements"] = [
 {"id": "sql", "need": "must", "title": {"en": "SQL"}, "checked": {"stage": "technical", "criteria": ["review-security"]}},
 {"id": "docker", "need": "must", "title": {"en": "Docker"}, "checked": {"stage": "team"}},
 {"id": "travel", "need": "must", "title": {"en": "Travel"}},
 {"id": "english", "need": "must", "title": {"en": "English"}, "checked": {"stage": "screening"}},
 {"id": "kafka", "need": "nice", "title": {"en": "Kafka"}}]
d["stages"][1]["people"] = ["lea", "ines"]
json.dump(d, open("data-engineer.json", "w"), indent=1, ensure_ascii=False)'
sed 's/review-security/no-such-criterion/' data-engineer.json >broken.json
run assay position add broken.json --as lea
claim 'a criterion that is none is refused' complained no-such-criterion
sed 's/"ines"/"zoe"/' data-engineer.json >broken.json
run assay position add broken.json --as lea
claim 'so is a person who is none' ended 3
sed 's/"ines"/"hana"/' data-engineer.json >broken.json
run assay position add broken.json --as lea
claim 'and one who interviews nobody' complained 'hana is neither interviewer nor lead'
run assay position add data-engineer.json --as lea
claim 'the position opens' ended 0
claim 'with a warning for what nothing checks' said 'Warning: nothing checks travel'
claim 'and for what no plan marks' said 'Warning: nothing checks docker: stage team has no plan'
run assay position show data-engineer
claim 'the page shows plan, cards due and people' grep -qE 'technical .*senior-backend +2 +lea, ines +not agreed +6 months' "$out"
claim 'where each must-have is checked' grep -qE 'sql .*must have +technical: review-security' "$out"
claim 'and marks those that nothing checks' grep -qE 'travel .*nowhere \(!\)' "$out"
claim 'screening is a check' sh -c "! grep -qE 'english .*\(!\)' '$out'"
run assay --lang de position show data-engineer
claim 'in German' said 'nichts prüft travel'
run assay position add data-engineer.json --as lea
claim 'twice is a conflict' ended 5

# --- changing it ---

editor 'exit 0'
run assay position edit data-engineer --as lea
claim 'a change needs its reason' ended 2
run assay position edit data-engineer --reason 'only looking' --as lea
claim 'an editor that changes nothing changes nothing' said 'Nothing has changed'
claim 'and leaves no draft' test -z "$(ls work/drafts)"
editor 'sed -i "s/\"Travel\"/\"Travel, 20 %\"/" "$1"'
run assay position edit data-engineer --reason 'travel was unclear' --as lea
claim 'what changed is told' said 'requirements/travel/title/en: "Travel" → "Travel, 20 %"'
editor 'sed -i "s/\"SQL\"/\"SQL and more\"/" "$1"; kill -SEGV $$'
run assay position edit data-engineer --reason 'sql' --as lea
claim 'an editor that crashes is told' complained 'signal 11'
claim 'with the way on' complained "'assay position edit data-engineer' goes on with what you typed"
claim 'the position stays as it was' sh -c 'assay position show data-engineer --json | grep -q "\"SQL\""'
editor 'exit 3'
run assay position edit data-engineer --reason 'sql' --as lea
claim 'an editor that says no changes nothing' ended 8
editor 'sed -i "s/\"need\": \"nice\"/\"need\": \"maybe\"/" "$1"'
run assay position edit data-engineer --reason 'sql' --as lea
claim 'a mistake is told with its line' complained '.json:'
claim 'as the mistake it is' complained '/requirements/4/need'
editor 'sed -i "s/\"need\": \"maybe\"/\"need\": \"nice\"/" "$1"'
run assay position edit data-engineer --reason 'sql' --as lea
claim 'the next edit goes on with the draft' said 'Going on with the draft'
claim 'in which nothing was lost' said 'SQL and more'
claim 'and then it is done' test -z "$(ls work/drafts)"
editor 'echo "{" >"$1"; exit 1'
run assay position edit data-engineer --reason 'two at once' --as lea
assay position show data-engineer --json >mine.json
sed -i 's/"Docker"/"Docker or podman"/' mine.json
run assay position edit data-engineer --file mine.json --reason 'by file' --as hana
claim 'a finished file is taken without an editor' ended 0
run assay position edit data-engineer --reason 'two at once' --as lea
claim 'a draft from before that is kept and named' complained 'work/drafts/position-data-engineer.lea.'
claim 'as a conflict' ended 5
rm work/drafts/*

editor 'cp "$1" "$1.left"; sed -i "s/Docker or podman/Docker/" "$1.left"; cp "$1.left" "$1"'
run assay position edit data-engineer --reason 'docker alone' --as lea
mv work/drafts/*.left "$(ls work/drafts/*.left | sed 's/.left$//')"
editor 'exit 0'
run assay position edit data-engineer --reason 'only looking' --as lea
claim 'a draft that was taken, and left by a kill, is in nobody'"'"'s way' said 'Nothing has changed'

# --- locks ---

change() { # change NAME PYTHON: a file with that change of the present position
	assay position show data-engineer --json >"$1.json"
	/usr/bin/python3 -c "
import json
d = json.load(open('$1.json'))
$2
json.dump(d, open('$1.json', 'w'))"
}
change need 'd["requirements"][3]["need"] = "nice"'
run assay position edit data-engineer --file need.json --reason 'english is nice' --as lea
claim 'before anybody applies a must-have may become nice' ended 0
assay candidate add 'Anna Berg' --stage technical --as hana >"$out"
candidate=$(head -n 1 "$out")
change need 'd["requirements"][3]["need"] = "must"; d["stages"] = d["stages"][:3]; d["id"] = "other"'
run assay position edit data-engineer --file need.json --reason 'back' --as lea
claim 'then it is locked' ended 5
claim 'each locked place is named' complained 'requirements/english/need is locked since there are applications'
claim 'a stage that went, too' complained 'stages/offer is locked'
claim 'an id never changes' complained 'id never changes'
change due 'd["stages"][1]["due"] = 1'
run assay position edit data-engineer --file due.json --reason 'one is enough' --as lea
claim 'before a session is planned the cards due may change' ended 0
run assay session plan "$candidate" --as lea
claim 'a session takes the people of the stage' grep -qE '^S-' "$out"
session=$(head -n 1 "$out")
change due 'd["stages"][1]["due"] = 2'
run assay position edit data-engineer --file due.json --reason 'two after all' --as lea
claim 'then they are locked' complained 'stages/technical/due is locked since a session was planned'
change title 'd["title"]["en"] = "Data engineer, remote"'
run assay position edit data-engineer --file title.json --reason 'remote is possible' --as lea
claim 'wording may always be mended' ended 0
run assay session status "$session" --as lea
claim 'and the session that was planned before goes on' ended 0
run assay scorecard "$session" --as lea
claim 'up to its scorecard' ended 0
run assay position edit data-engineer --file title.json --reason 'x' --as ines
claim 'an interviewer changes nothing' ended 6

# --- history ---

run assay position show data-engineer --history
claim 'the history says who and why' grep -qE 'hana +by file' "$out"
claim 'and what' said '"Docker" → "Docker or podman"'
claim 'from the first version on' grep -qE '^1 .* lea +added' "$out"
run assay position show data-engineer --history --json
claim 'as JSON' /usr/bin/python3 -c '
import json, sys
h = json.load(open(sys.argv[1]))
assert [s["version"] for s in h] == list(range(1, len(h) + 1))
assert h[-1]["reason"] == "remote is possible" and h[-1]["changes"][0]["place"] == "title/en"' "$out"

# --- other plans ---

run assay position new talker --plan technical-conversation -o talker.json --as lea
claim 'the technical conversation is a plan like any other' /usr/bin/python3 -c '
import json, sys
d = json.load(open(sys.argv[1]))
assert d["stages"][1]["plan"] == "technical-conversation" and len([r for r in d["requirements"] if r["need"] == "must"]) == 5' talker.json
run assay position add talker.json --as lea
claim 'and such a position is opened' ended 0
run assay position new teamwork --plan team -o teamwork.json --as lea
claim 'the plan of the team in the technical stage is not there twice' test "$(grep -c '"plan"' teamwork.json)" = 1

# --- the bundled one ---

run assay position add senior-backend-engineer --as lea
claim 'the bundled position opens' ended 0
claim 'nothing of it is unchecked' sh -c '! grep -q Warning "$1"' - "$out"
run assay position show senior-backend-engineer
claim 'and the team meets people by a plan' grep -qE '^team .* team +2 ' "$out"
finish

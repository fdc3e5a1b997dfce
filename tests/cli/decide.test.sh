#!/bin/sh
# SPDX-License-Identifier: MIT
# also as an ordinary user
# Decisions: by a named person, with a reason, behind revealed cards; means only say what they say.
. tests/cli/lib.sh
begin

/usr/bin/python3 "$top/tests/cli/light.py" "$top" content
assay init --allow-sampled ws >"$out"
cd ws || exit 1
for person in 'ines interviewer' 'jonas interviewer' 'petra panel' 'hanna hr'; do
	# shellcheck disable=SC2086 # two words
	set -- $person
	assay person add "$1" --name "$1" --role "$2" >"$out"
done
assay repo add ../content --name tasks >"$out"
assay position add senior-backend-engineer >"$out"
why='calm under load, knew what was missing'

take_in() { assay candidate add "$1" --stage technical --as hanna | head -n 1; }
sit() { # sit CANDIDATE MARK: a session whose cards all have that mark
	session=$(assay session plan "$1" --interviewer ines --interviewer jonas --as hanna | head -n 1)
	mkdir "$place/$session"
	{ assay session start "$session" --acknowledged --as ines &&
		assay session next "$session" --kit "$place/$session" --as ines && assay session end "$session" --wait --as ines; } >"$out" 2>&1
	for person in ines jonas; do
		assay card form "$session" --as $person | sed "s/^mark: \$/mark: $2/; s/^evidence: \$/evidence: seen/; s/^recommendation: \$/recommendation: yes/" >form.txt
		[ "$3" = unsealed ] || assay card seal "$session" --file form.txt --as $person >"$out" || exit 1
	done
	[ "$3" = unsealed ] || assay card reveal "$session" --as ines >"$out"
}
anna=$(take_in 'Anna Berg') bert=$(take_in 'Bert Adam') carl=$(take_in 'Carl Conrad')
stage_of() { assay candidate show "$1" --json --as hanna >"$out" 2>"$err" && tr -d ' \n' <"$out" | grep -qF "\"stage\":\"$2\""; }

run assay decide "$anna" team --reason "$why" --as hanna
claim 'without a session there is nothing to decide' ended 5
claim 'which is said with what comes first' complained 'session plan'
sit "$carl" 2 unsealed
run assay decide "$carl" reject --reason "$why" --as hanna
claim 'before the cards are revealed nothing is decided' ended 5
claim 'which names the command that reveals' complained 'card reveal'
sit "$anna" 3 sealed
sit "$bert" 2 sealed
run assay decide "$anna" team --reason 'too short' --as hanna
claim 'a reason of a few words is none' ended 2
run assay decide "$anna" team --reason 'äöüäöüäöüäöüäöüäöü' --as hanna
claim 'eighteen umlauts are eighteen characters' ended 2
run assay decide "$anna" team --reason "$why" --as ines
claim 'interviewers alone do not decide' ended 6
run assay decide "$anna" screening --reason "$why" --as hanna
claim 'nobody is decided back' ended 5
run assay decide "$anna" nowhere --reason "$why" --as hanna
claim 'a stage that is none is not found' ended 3
run assay decide "$anna" hired --reason "$why" --as hanna
claim 'nobody is hired in the middle' ended 5
run assay decide "$bert" team --reason "$why" --as petra
claim 'the panel decides' ended 0
claim 'and is not sent to plan the next sitting, which it may not' said 'Next: assay pipeline senior-backend-engineer --as petra'
claim 'and hears that somebody with a better mean waits' said "$anna waits with a mean of 3.00"
claim 'the candidate is in the next stage' stage_of "$bert" team
claim 'with the reason' sh -c 'assay candidate show "$1" --as hanna | grep -q "calm under load"' - "$bert"
run assay decide "$anna" reject --reason "$why" --as petra --json
claim 'a rejection against the means is told as JSON, too' said 'went on with a mean of 2.00'
run assay decide "$anna" team --reason "$why" --as hanna
claim 'what is closed stays closed' ended 5
run assay --lang de decide "$bert" reject --reason zu_kurz --as hanna
claim 'in German, too' complained 'Zeichen'
run assay candidate reject "$carl" --meets-all --reason "$why" --as hanna
claim 'where cards are due a mere rejection is refused' ended 5
claim 'and names decide' complained 'assay decide'
finish

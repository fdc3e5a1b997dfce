#!/bin/sh
# SPDX-License-Identifier: MIT
# Letters: written from templates, sent by people, and the clock that a rejection starts.
. tests/cli/lib.sh
begin

mkdir bundled && cp -R "$top/tasks" "$top/rubrics" bundled/ && git -C bundled init -q -b main &&
	git -C bundled add -f . && git -C bundled -c user.name=test -c user.email=test@localhost commit -qm content
assay init --allow-sampled ws >"$out"
cd ws || exit 1
for person in 'ines interviewer' 'jonas interviewer' 'hanna hr'; do
	# shellcheck disable=SC2086 # two words
	set -- $person
	assay person add "$1" --name "$1 Müller" --role "$2" >"$out"
done
assay repo add ../bundled --name tasks >"$out"
assay position add senior-backend-engineer >"$out"
anna=$(assay candidate add "$(printf 'Änne {place} Berg')" --stage technical --as hanna | head -n 1)
bert=$(assay candidate add 'Bert Adam' --as hanna | head -n 1)

run assay letter write greeting "$anna" --as hanna
claim 'a letter that is none is a usage mistake that names them' complained 'invitation, confirmation, rejection'
run assay letter write invitation "$anna" --as ines
claim 'interviewers write no letters' ended 6
run assay letter write invitation "$anna" --as hanna
claim 'no letter goes out with a hole in it' ended 5
claim 'which says where what is missing comes from' complained 'assay session plan'
session=$(assay session plan "$anna" --interviewer ines --interviewer jonas --at 2026-12-01T10:00 --place 'Room 4' --as hanna | head -n 1)
run assay letter write invitation "$anna" --as hanna
claim 'the company is missing still' complained "'--company NAME', said once, gives it"
run assay letter write invitation "$anna" --as hanna --company 'Muster & Söhne GmbH'
claim 'then the letter is shown' said 'Dear Änne {place} Berg,'
claim 'a name in it fills in nothing' said '2026-12-01 10:00 UTC, 100 minutes, Room 4'
claim 'with the parts' said 'Live coding: 45 minutes'
claim 'and the company, remembered' said 'Muster & Söhne GmbH'
run assay letter write invitation "$anna" --as hanna --in de
claim 'in German, with German dates' said '01.12.2026 10:00 UTC, 100 Minuten, Room 4'
claim 'and German parts' said 'Live-Coding'
run assay letter write invitation "$anna" --as hanna --zone Europe/Berlin
claim 'in the hour of where the candidate is, with its zone' said '2026-12-01 11:00 CET, 100 minutes, Room 4'
run assay letter write invitation "$anna" --as hanna --zone Europe/Nowhere
claim 'a zone that is nowhere is a usage mistake' ended 2
run assay letter write rejection "$anna" --as hanna
claim 'who is not rejected gets no rejection' ended 5

# --- templates of one's own ---

run assay letter templates --as hanna
claim 'templates are laid into the workspace' test -f letters/rejection.de.txt
printf 'Hallo {name}, {was} ist das?\n' >letters/thanks.de.txt
run assay letter write thanks "$anna" --as hanna --in de
claim 'a name that there is not is refused with its line' complained 'thanks.de.txt:1: '
printf 'Hallo {name}, {{so}\nund {name\n' >letters/thanks.de.txt
run assay letter write thanks "$anna" --as hanna --in de
claim 'an open brace, too' complained 'thanks.de.txt:2: '
printf 'Hallo {name}, {{so}\n' >letters/thanks.de.txt
run assay letter write thanks "$anna" --as hanna --in de
claim 'two braces are one' said 'Hallo Änne {place} Berg, {so}'
run assay letter templates --as hanna
claim 'templates that are there stay' grep -q 'Hallo' letters/thanks.de.txt

# --- many, sent, retention ---

run assay retention list --as hanna
claim 'nothing is closed yet' said 'No application is closed.'
assay candidate reject "$bert" --requirement python --reason 'no Python in three years' --as hanna >"$out"
mkdir mail
run assay letter write rejection "$bert" "$anna" --as hanna --to mail
claim 'of many letters all are written or none' test "$(ls mail | wc -l)" = 0
run assay letter write rejection "$bert" --as hanna --to mail
claim 'letters go into files for their owner alone' test "$(stat -c %a "mail/rejection-$bert.txt")" = 600
claim 'a rejection gives no reason' sh -c '! grep -qi python "$1"' - "mail/rejection-$bert.txt"
run assay retention list --as hanna
claim 'before it is sent no clock runs' said 'not sent'
run assay letter sent rejection "$bert" --on 2999-01-01 --as hanna
claim 'a day that has not come is refused' ended 2
run assay letter sent rejection "$bert" --on 2026-02-30 --as hanna
claim 'a day that there is not, too' ended 2
run assay letter sent rejection "$bert" --on 2026-08-31 --as hanna
claim 'once it is sent' ended 0
run assay retention list --json --as hanna
claim 'the time runs from that day' grep -q '"due_ms": [1-9][0-9]*' "$out"
run assay retention list --as hanna
claim 'and is shown' said 2027-03-03
run assay retention list --as ines
claim 'for hr and leads' ended 6
finish

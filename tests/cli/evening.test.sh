#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# An evening from the plan to the decision, as the people of a company live it: HR, two interviewers, a panel and a
# candidate, each with a Unix account and a terminal; 47 applications, three interviews with all parts, in English and in
# German; and what is typed next is what the command before named.
. tests/cli/lib.sh
. tests/cli/accounts.sh
begin
accounts
language=en
say() { # say PERSON WORDS...: `assay WORDS` in the language of the day; then $next is the command that it names
	who=$1 && shift
	run as "$who" assay --lang $language "$@"
	next=$(sed -n 's/^Next: //p; s/^Weiter: //p' "$out" | tail -n 1)
}
follow() { # follow PERSON: what the last command named is typed as it stands
	who=$1
	words=$(echo "${next#assay }" | sed 's/ --as [a-z]*$//')
	eval "say $who $words"
}
sit_down() { # sit_down PERSON [EXPECT KEYS]... -- WORDS...: the same at a terminal
	who=$1 && shift
	run with_terminal "$who" "$@"
	next=$(sed -n 's/^Next: //p; s/^Weiter: //p' "$out" | tail -n 1)
}
next_is() { case $next in "$1"*) ;; *) echo "$next" && return 1 ;; esac; }
position=senior-backend-engineer

# --- the house ---

mkdir content && cp -R tasks rubrics content/ && mkdir ws
if many_accounts; then
	chown -R games content && chown games ws && chgrp $company ws && chmod 2770 ws
fi
in_account ines sh -c 'git -C content init -q -b main && git -C content add -f . &&
	git -C content -c user.name=test -c user.email=test@localhost commit -qm content' >"$out" 2>&1
run in_account ines assay init --allow-sampled ws
claim 'a workspace is made' ended 0
cd ws || exit 1
add() { # add PERSON NAME ROLE...
	id=$1 name=$2 && shift 2
	set -- "$@" --name "$name"
	! many_accounts || set -- "$@" --account "$(account_of "$id")"
	run in_account ines assay person add "$id" "$@"
}
add hana 'Hana Roth' --role hr
add jonas 'Jonas Brandt' --role interviewer
add petra 'Petra Stein' --role panel
add ines 'Ines Vogel' --role interviewer --role lead
claim 'people are taken in, each with an account' ended 0
say ines repo add ../content --name tasks
claim 'the tasks are pinned' ended 0
say ines position add $position
claim 'the position opens' ended 0

# --- 47 applications ---

/usr/bin/python3 -c '
import csv
with open("../home-hana/applications.csv", "w", encoding="cp1252", newline="") as f:
    w = csv.writer(f, delimiter=";", lineterminator="\r\n")
    w.writerow(["Name", "E-Mail", "Kündigungsfrist", "Quelle"])
    for i in range(1, 48):
        w.writerow([f"Jörg Müller-{i}", f"person{i}@example.org", "3 Monate", "Jobbörse"])'
! many_accounts || chown mail ../home-hana/applications.csv
cd ../home-hana && say hana -C ../ws candidate import "$place/home-hana/applications.csv"
claim '47 applications are taken in' said ': 47'
claim 'the next command says where the workspace is' next_is 'assay -C ../ws screening sheet'
next=$(echo "$next" | sed "s|-o screening.csv|-o '$place/home-hana/Sheet of today.csv'|")
follow hana
claim 'the sheet is written by the command that was named' ended 0
claim 'and the next one can be typed as it stands, blanks and all' next_is "assay -C ../ws screening take '$place/home-hana/Sheet of today.csv'"
/usr/bin/python3 -c '
import csv
rows = list(csv.reader(open("Sheet of today.csv", encoding="utf-8-sig")))
python = next(i for i, h in enumerate(rows[0]) if h.startswith("must: python"))
for i, row in enumerate(rows[1:]):
    row[python] = "yes: CV, page 1" if i < 3 else "no: two years of Java"
csv.writer(open("Sheet of today.csv", "w", encoding="utf-8", newline="")).writerows(rows)'
follow hana
claim 'the answers are taken back' ended 0
cd ../ws || exit 1
everybody=$(as hana assay candidate list --position $position --json | sed -n 's/.*"candidate": "\(.*\)",/\1/p')
# shellcheck disable=SC2086 # a list of pseudonyms
set -- $everybody
anna=$1 ben=$2 carla=$3
shift 3
say hana candidate reject "$@" --position $position --requirement python --reason 'two years of Java, none of Python in production'
claim '44 are rejected, with the requirement and the reason' said ': 44'
claim 'their letters come next' next_is "assay letter write rejection $1 $2"
mkdir ../home-hana/mail && { ! many_accounts || chown mail ../home-hana/mail; }
language=de
say hana letter write rejection "$@" --company 'Muster & Söhne GmbH' --to ../home-hana/mail
claim 'their letters are written' test "$(find ../home-hana/mail -name 'rejection-*.txt' | wc -l)" = 44
claim 'the next command names all of them, with a day' sh -c 'echo "$1" | grep -qE "^assay letter sent rejection( C-[0-9A-Z]{4}){44} --on [0-9-]{10}( --as hana)?$"' - "$next"
follow hana
claim 'and can be typed as it stands' ended 0
follow hana
claim 'what becomes of their data is listed behind it' test "$(grep -c 'C-' "$out")" = 44
say hana candidate move "$anna" "$ben" "$carla" technical --position $position --reason 'erfüllt alle Anforderungen, die zu sehen waren'
claim 'three are invited' said ': 3'

# --- three interviews ---

kit=$place/kit
mkdir "$kit" && { ! many_accounts || { chown games "$kit" && share "$kit" $table; }; }
work() { # work SCRIPT ARG...: what the candidate does in the kit, in an account of their own
	in_account candidate sh -euc "cd '$kit' && $1" work "$place/demo" >"$place/worked" 2>&1
}
ics() { # ics FILE: what a parser of others reads in it
	/usr/bin/python3 -c '
import icalendar, sys
event = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read()).walk("VEVENT")[0]
assert event["STATUS"] == "CONFIRMED" and (event["DTEND"].dt - event["DTSTART"].dt).seconds == 6000
assert "Room 4, north" == event["LOCATION"], event["LOCATION"]
print(event["DTSTART"].dt.isoformat(), event["SUMMARY"])' "$1"
}
yes_word() { [ $language = de ] && echo ja || echo yes; }

sit() { # sit CANDIDATE HOUR SAMPLE
	candidate=$1 hour=$2 sample=$3
	say hana session plan "$candidate" --interviewer ines --interviewer jonas --at "2027-12-01T$hour:00" --zone Europe/Berlin \
		--place 'Room 4, north'
	session=$(head -n 1 "$out")
	claim "$language: a session is planned, and the calendar comes next" next_is "assay session invite $session"
	next="$next --to ../home-hana"
	follow hana
	claim "$language: the candidate's calendar file is what others read" ics "../home-hana/$session-candidate.ics"
	claim "$language: so is the interviewers'" ics "../home-hana/$session-interviewers.ics"
	say hana letter write invitation "$candidate" --in $language
	claim "$language: the invitation names date and place" said 'Room 4, north'
	sit_down ines ':' 'no\r' -- assay --lang $language session start "$session"
	claim "$language: without the candidate's word nothing starts" ended 2
	sit_down ines ':' "$(yes_word)"'\r' -- assay --lang $language session start "$session"
	claim "$language: the candidate has read the notice at the terminal, and it starts" next_is "assay session next $session"
	[ ! -e "$kit/kit.json" ] || another_uses_the_kit
	next="assay session next $session --kit $kit"
	follow ines
	claim "$language: the coding kit is laid" test -f "$kit/kit.json"
	sit_down jonas '.' 'reads the statement twice\r' '✓' 'asks before typing\r' '✓' '\r' -- assay --lang $language note "$session"
	claim "$language: a line per thought is kept while one types" next_is "assay note $session --show"
	work "cp -R \"\$1/$sample/coding/.\" ."
	follow_step "$sample" "code"
	claim "$language: and graded meanwhile" said "assay session status $session"
	work "cp \"\$1/$sample/design.md\" . 2>/dev/null || echo 'one queue' >design.md"
	follow_step "$sample" "design"
	claim "$language: the review kit is laid" test -s "$kit/change.diff"
	work "cp \"\$1/$sample/review/comments.json\" ."
	follow_step "$sample" "review"
	claim "$language: behind the last part comes the end" next_is "assay session end $session"
	follow ines
	claim "$language: which names the review" next_is "assay review show $session"
	follow ines
	claim "$language: its matches are to be confirmed" next_is "assay review confirm $session"
	run as ines assay session grade "$session" --wait
	say ines session status "$session"
	claim "$language: by then the code has its points" grep -qE '[0-9]+ (of|von) 100 ' "$out"
}
another_uses_the_kit() { # what the candidate before made is in it
	say ines session next "$session" --kit "$kit"
	claim "$language: no kit is laid over another candidate's" ended 5
	run in_account candidate find "$kit" -mindepth 1 -delete
	claim "$language: the account that works in it can empty it, whoever laid what is there" test -z "$(find "$kit" -mindepth 1)"
}
follow_step() { # follow_step SAMPLE PART: to the next part, by the command that the last step named
	next="assay session next $session --kit $kit"
	follow ines
	claim "$language: the $2 of $1 is handed in" ended 0
}

confirm_by_keys() { # every proposal is right, everything else a matter of taste
	number_of=$(as ines assay review show "$session" --json | /usr/bin/python3 -c 'import json, sys; print(len(json.load(sys.stdin)["comments"]))')
	set --
	i=0
	while [ "$i" -lt "$number_of" ]; do
		set -- "$@" ': ' 't'
		i=$((i + 1))
	done
	sit_down ines "$@" -- assay --lang $language review confirm "$session"
	claim "$language: $number_of comments are decided, key by key" next_is "assay card edit $session"
}

cat >../program/editor <<'SH'
#!/bin/sh
# what an interviewer does with the form; EDIT=crash: the editor dies in the middle of it
case $EDIT in crash) sed -i '0,/: $/s//: 3/' "$1" && kill -9 $$ ;; esac
sed -i "s/^\(mark\|Stufe\): \$/\1: $MARK/; s/^\(evidence\|Beleg\): \$/\1: seen/; s/^\(recommendation\|Empfehlung\): \$/\1: $RECOMMEND/" "$1"
SH
chmod a+rx ../program/editor
export EDITOR="$place/program/editor" EDIT=fill
mark() { # mark MARK RECOMMENDATION: both interviewers, each alone, at a terminal
	export MARK="$1" RECOMMEND="$2"
	EDIT=crash sit_down ines -- assay --lang $language card edit "$session"
	claim "$language: an editor that crashes is told" ended 8
	claim "$language: with the command that opens what was typed" said "assay card edit $session"
	sit_down ines -- assay --lang $language card edit "$session"
	claim "$language: then the card is filled in" next_is "assay card seal $session"
	follow ines
	claim "$language: and sealed; who is due still is said" said jonas
	sit_down jonas -- assay --lang $language card edit "$session"
	run as jonas assay card show "$session" --interviewer ines
	claim "$language: nobody sees the other's card before sealing" ended 6
	next="assay card seal $session"
	follow jonas
	claim "$language: when all are sealed, the reveal comes next" next_is "assay card reveal $session"
	follow jonas
	claim "$language: and behind it the scorecard" next_is "assay scorecard $session"
	follow petra
	claim "$language: which the panel reads" next_is "assay compare $position"
}

language=en
sit "$anna" 10 amira
confirm_by_keys
mark 3 yes
language=de
sit "$ben" 12 ben
confirm_by_keys
mark 2 'eher nein'
language=en
sit "$carla" 14 carla
confirm_by_keys
mark 2 no

# --- the decision ---

language=de
next="assay compare $position"
follow petra
claim 'three are compared, in German' sh -c 'grep -q "$2" "$1" && grep -q "$3" "$1" && grep -q "$4" "$1"' - "$out" "$anna" "$ben" "$carla"
claim 'whoever has read it is told how one decides' next_is 'assay decide'
say petra decide "$anna" team --reason 'ruhig, genau, wusste, was fehlt'
claim 'the panel decides' ended 0
follow petra
claim 'the command that it names shows who is where' said "$anna"
say hana decide "$ben" reject --reason 'kannte die Grenzen des eigenen Entwurfs nicht'
claim 'who decides against somebody is led to the letter' next_is "assay letter write rejection $ben"
follow hana
claim 'which is written by the command that was named' said 'Muster & Söhne GmbH'
follow hana
claim 'and noted as sent by the one behind it' ended 0
language=en
say hana decide "$carla" reject --reason 'no errors handled in the code, few flaws found'
follow hana
follow hana
claim 'so is the other one, in English' ended 0
say hana pipeline $position
claim 'one is left, and nobody was lost on the way' sh -c 'grep -q "rejected: 46" "$1" && grep -q "$2" "$1"' - "$out" "$anna"
say petra session status "$session"
claim 'what is over says what can be looked at' next_is "assay card show $session"
claim 'no command left a temporary file' test -z "$(find "$place"/home-* ../ws -name '.assay-*' -o -name 'assay-run.*' -o -path '*/work/locks/*.*')"
many_accounts || skip 'each in an account of their own' 'only root can be several accounts'
finish

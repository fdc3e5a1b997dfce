#!/bin/sh
# SPDX-License-Identifier: MIT
# Dates of sessions: nobody at two places, calendar files that others can read, and what makes it fair.
. tests/cli/lib.sh
begin

mkdir bundled && cp -R "$top/tasks" "$top/rubrics" bundled/ && git -C bundled init -q -b main &&
	git -C bundled add -f . && git -C bundled -c user.name=test -c user.email=test@localhost commit -qm content
assay init --allow-sampled ws >"$out"
cd ws || exit 1
for person in 'ines interviewer' 'jonas interviewer' 'mara interviewer' 'nils interviewer' 'petra hr'; do
	# shellcheck disable=SC2086 # two words
	set -- $person
	assay person add "$1" --name "$1 Müller" --role "$2" >"$out"
done
assay repo add ../bundled --name tasks >"$out"
assay position add senior-backend-engineer >"$out"
anna=$(assay candidate add 'Anna Berg' --stage technical | head -n 1)
bert=$(assay candidate add 'Bert Adam' --stage technical | head -n 1)

plan() { # plan CANDIDATE FIRST SECOND OPTION...
	who=$1 one=$2 other=$3
	shift 3
	run assay session plan "$who" --interviewer "$one" --interviewer "$other" "$@"
	session=$(head -n 1 "$out")
}

# --- dates ---

plan "$anna" ines jonas --at 2026-12-01T10:00 --zone Europe/Nowhere
claim 'a time zone that is nowhere is a usage mistake' ended 2
claim 'which shows how one is written' complained 'Europe/Berlin'
plan "$anna" ines jonas --at 2026-12-01T10:00 --zone ../../etc/passwd
claim 'a zone that leads elsewhere is none' ended 2
plan "$anna" ines jonas --at 2026-03-29T02:30 --zone Europe/Berlin
claim 'an hour that summer time leaves out is refused' ended 4
plan "$anna" ines jonas --at 2026-12-01T10:00 --zone Europe/Berlin --place 'Room 4; north, 2nd floor'
claim 'a session is planned in a zone' ended 0
claim 'the next command tells the people' said 'session invite'
first=$session
run assay candidate show "$anna" --as petra
claim 'an application names its session' said "Session $first of this stage: planned"
claim 'and what comes next is not to plan it again' said "Next: assay session start $first"
run assay candidate show "$anna" --as petra --json
claim 'for programs as well' grep -q "\"session\": \"$first\"" "$out"
run assay pipeline --as petra
claim 'nor is it in the pipeline' said "Next: assay session start $first"
plan "$bert" ines mara --at 2026-12-01T11:30 --zone Europe/Berlin
claim 'an interviewer who sits elsewhere then is a conflict' ended 5
claim 'which names the session' complained "$first"
plan "$bert" mara nils --at 2026-12-01T11:30 --zone Europe/Berlin
claim 'others can have the time' ended 0
second=$session
run assay session move "$second" --at 2026-12-01T12:00Z
claim 'a session moves to a time that is free' ended 0
run assay session move "$second"
claim 'moving without a word of what changes is a usage mistake' ended 2
run assay session move "$second" --minutes 60
claim 'a slot that the parts do not fit in is said' said 'only 60'
run assay session move "$second" --minutes 180
claim 'time that is left over is said, too' said 'left over'
run assay session move "$second" --minutes 100
claim 'a slot that fits says nothing but what comes next' test "$(wc -l <"$out")" = 1

# --- calendar files ---

read_back() { # read_back FILE: what Debian's icalendar reads
	/usr/bin/python3 - "$1" >"$out" 2>"$err" <<'PY'
import sys, icalendar
event = [e for e in icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read()).walk("VEVENT")][0]
print("uid", event["UID"], "sequence", event["SEQUENCE"], "status", event["STATUS"])
print("start", event["DTSTART"].dt.isoformat(), "minutes", (event["DTEND"].dt - event["DTSTART"].dt).seconds // 60)
print("summary", event["SUMMARY"])
print("location", event.get("LOCATION"))
print("description", event["DESCRIPTION"])
PY
}
run assay session invite "$first"
claim 'calendar files are written' test -f "$first-candidate.ics" -a -f "$first-interviewers.ics"
claim 'their lines end as the format wants it' test "$(grep -c "$(printf '\r')\$" "$first-candidate.ics")" = "$(wc -l <"$first-candidate.ics")"
claim 'and have at most 75 bytes' awk 'length($0) > 76 { exit 1 }' "$first-interviewers.ics"
read_back "$first-candidate.ics"
claim 'another program reads the hour in UTC' said 'start 2026-12-01T09:00:00+00:00 minutes 100'
claim 'and the place whole, with its commas and semicolons' said 'location Room 4; north, 2nd floor'
claim 'and who sits there' said 'ines Müller, jonas Müller'
claim 'and the parts' said 'Live coding: 45 minutes'
claim "the candidate's file says nothing of our own commands" sh -c '! grep -q "assay session" "$1"' - "$first-candidate.ics"
read_back "$first-interviewers.ics"
claim "the interviewers' knows the candidate by pseudonym" said "Interview $anna"
claim 'and not by name' sh -c '! grep -q Berg "$1"' - "$first-interviewers.ics"
run assay session move "$first" --at 2026-12-02T09:00Z --reason 'Ines is ill'
claim 'another date is said' said 'Now on '
run assay session move "$first" --at 2025-12-02T09:00Z --reason 'a wrong year'
claim 'and that it is past, if it is' complained 'that date is in the past'
run assay session move "$first" --at 2036-12-02T09:00Z --reason 'the right one'
claim 'and nothing else, if it is still to come' silent
assay session invite "$first" >"$out"
read_back "$first-candidate.ics"
claim 'after a change it is the same entry with a higher number' said "uid $first@assay sequence 3 status CONFIRMED"
run assay session cancel "$first"
claim 'cancelling wants a reason' ended 2
run assay session cancel "$first" --reason 'Anna Berg withdrew'
claim 'a planned session is cancelled' ended 0
assay --lang de session invite "$first" >"$out"
read_back "$first-candidate.ics"
claim 'the entry is taken out of calendars' said 'sequence 4 status CANCELLED'
claim 'in German, when German is spoken' said 'Bewerbungsgespräch'
run assay session start "$first" --acknowledged
claim 'a cancelled session does not start' ended 5
claim 'and one is told what goes on' complained "'assay session plan $anna' plans another one"
run assay session status "$first" --as ines
claim 'so says its status' said "Next: assay session plan $anna --at TIME --as ines"
run assay candidate show "$anna" --as petra
claim 'an application does not name a session that was cancelled' sh -c '! grep -q "$1" "$2"' - "$first" "$out"
run assay session move "$first" --at 2026-12-05T09:00Z
claim 'nor move' ended 5
plan "$anna" ines jonas --at 2026-12-01T10:00 --zone Europe/Berlin
claim 'its hour is free, and another session of that stage can be planned' ended 0
third=$session
plan "$bert" ines mara
claim 'not so while one is planned' ended 5

# --- the sheet ---

run assay session sheet "$third" --as ines
claim 'a sheet has the questions of the design' said 'Take the numbers of next year'
claim 'and what an answer at each level holds' said 'Names no bottleneck'
claim 'and the planted flaws' said 'Planted in the change'
claim 'and room to write' said '____'
claim 'and the date and place' said '2026-12-01'
run assay --lang de session sheet "$third" --as ines
claim 'in German, too' said 'Nehmen Sie die Zahlen des nächsten Jahres'
run assay session sheet "$third" --as nils
claim 'who does not sit there reads no answers' ended 6
run assay session sheet "$third" --as petra
claim 'hr neither' ended 6
run assay session sheet "$third" --as ines --format html --output sheet.html
claim 'a page to print is written for its owner alone' test "$(stat -c %a sheet.html)" = 600
claim 'the page loads and runs nothing' sh -c '! grep -qiE "<script|<img|<link|url\(" sheet.html'
run assay session sheet "$third" --as ines --format pdf
claim 'a format that is none is a usage mistake' ended 2

# --- what makes it fair ---

run assay session accommodate "$third" 'dyslexia' --more-time 25 --as ines
claim 'what a candidate needs is for hr alone' ended 6
run assay session accommodate "$third" --as ines
claim 'to read, too' ended 6
run assay session accommodate "$third" 'dyslexia' --more-time 25 --as petra
claim 'hr notes it' said dyslexia
claim 'and hears that the slot is too short now' said Attention
run assay session status "$third" --json --as ines
claim 'the parts with a task are longer' sh -c 'tr -d " \n" <"$1" | grep -q "\"task\":\"job-queue\",\"minutes\":57"' - "$out"
claim 'the others are as they were' sh -c 'tr -d " \n" <"$1" | grep -q "\"part\":\"welcome\",\"task\":null,\"minutes\":5"' - "$out"
claim 'and no reason is in it' sh -c '! grep -q dyslexia "$1"' - "$out"
run assay session accommodate "$third" 'a quiet room' --more-time 10 --as petra
run assay session status "$third" --json --as ines
claim 'a second word counts from the plan again' sh -c 'tr -d " \n" <"$1" | grep -q "\"task\":\"job-queue\",\"minutes\":50"' - "$out"

# --- which stage ---

dora=$(assay candidate add 'Dora Ende' --stage screening | head -n 1)
plan "$dora" ines jonas --at 2026-12-09T10:00Z
claim 'who is in a stage without a plan is planned for the next one that has one' test "$(/usr/bin/python3 -c 'import sqlite3, sys; print(sqlite3.connect("assay.db").execute("select stage from session where id = ?", sys.argv[1:]).fetchone()[0])' "$session")" = technical
finish

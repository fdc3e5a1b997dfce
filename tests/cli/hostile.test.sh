#!/bin/sh
# SPDX-License-Identifier: MIT
# What strangers write goes all the way of an evening: names and cells with escapes, overrides, markup and formulas,
# from the table through lists, sheets, letters, calendars and pages. Nothing of it commands a terminal, calculates in a
# spreadsheet, runs in a browser or makes lines of its own; and it comes out as it went in.
. tests/cli/lib.sh
begin
/usr/bin/python3 "$top/tests/cli/light.py" "$top" content
assay init --allow-sampled ws >"$out"
cd ws || exit 1
for person in 'ines interviewer' 'jonas interviewer' 'petra panel' 'hana hr' 'lea lead'; do
	# shellcheck disable=SC2086 # two words
	set -- $person
	assay person add "$1" --name "$1" --role "$2" >"$out"
done
assay repo add ../content --name tasks >"$out"
position=senior-backend-engineer
assay position add $position >"$out"

# --- tables ---

refused() { # refused BYTES: imports that table, which must be refused with its place, and take nothing in
	printf "$1" >bad.csv
	run assay candidate import bad.csv --as hana
	{ [ "$status" = 4 ] || [ "$status" = 7 ]; } && tame "$out" "$err"
}
tame() { # tame FILE...: nothing in it commands a terminal, or turns a line around
	/usr/bin/python3 -c '
import re, sys
for name in sys.argv[1:]:
    text = open(name, encoding="utf-8").read()
    found = re.search("[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
    assert not found, (name, hex(ord(found.group())), text[max(0, found.start() - 40):found.end() + 40])' "$@"
}
claim 'a cell with a NUL is refused' refused 'name,source\nAnna,a\000b\n'
claim 'so is one that clears the screen' refused 'name,source\nAnna,\033[2J\033[H\n'
claim 'and one with an 8-bit control character' refused 'name,source\nAnna,a\302\233b\n'
/usr/bin/python3 -c '
import sys
open("big.csv", "w").write("name,source\nAnna," + "x" * 1000000 + "\n")
open("quoted.csv", "w").write("name,source\nAnna,\"" + "\"\"" * 500000 + "\"\n")'
run assay candidate import big.csv --as hana
claim 'a cell of a megabyte is refused' test "$status" = 4 -o "$status" = 7
claim 'by its limit, in a line that can be read' sh -c 'grep -qE "[0-9]" "$2" "$1" && test "$(cat "$1" "$2" | wc -c)" -lt 2000' - "$out" "$err"
run assay candidate import quoted.csv --as hana
claim 'so is one of half a million quotes' test "$status" = 4 -o "$status" = 7
claim 'nobody was taken in by any of them' test "$(assay candidate list --as hana --json | grep -c '"candidate"')" = 0
for way in 'utf-8-sig , LF' 'utf-8 ; CRLF' 'latin-1 ; CRLF' 'cp1252 , LF' 'utf-16 , LF' 'utf-8 , CR'; do
	# shellcheck disable=SC2086 # three words
	set -- $way
	/usr/bin/python3 -c '
import sys
code, sep, end = sys.argv[1], sys.argv[2], {"LF": "\n", "CR": "\r", "CRLF": "\r\n"}[sys.argv[3]]
text = sep.join(["Name", "Quelle"]) + end + sep.join(["Jürgen Groß " + sys.argv[4], "Jobbörse"]) + end
open("way.csv", "wb").write(text.encode(code))' "$1" "$2" "$3" "$1"
	run assay candidate import way.csv --as hana
	case $1 in
	utf-16) claim "a table in $1 is taken whole or refused by its name" test "$status" = 0 -o "$status" = 4 ;;
	*) claim "a table in $1 with '$2' and $3 comes through" sh -c 'test "$1" = 0 && assay candidate list --as hana | grep -q "Jürgen Groß $2"' - "$status" "$1" ;;
	esac
done

# --- names and cells ---

/usr/bin/python3 - <<'PY'
import csv
rows = [
    ("=cmd|' /C calc'!A0", "=1+1", "+49 30 1234"),
    ("@SUM(A1:A9)", "-2+3+cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\",\"y\")"),
    ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "'; drop table candidate; --"),
    ("Ada\u202eecalevoL", "a\u2066b\u2069c", "https://x/?a=\"><svg/onload=alert(1)>"),
    ("O'Brien \"Bob\" & Söhne, {place} {{x}}", "%s%n%d", "${IFS}`id`$(id)"),
    ("数据数据 🧑‍💻 é\u0301\u0301\u0301\u0301", "\u200bzero\u200bwidth", "\ufeffmark"),
    ("BEGIN:VEVENT;X=1:END,\\nATTENDEE", "Subject: x", "line\u2028separator\u2029here"),
]
with open("names.csv", "w", encoding="utf-8", newline="") as f:
    w = csv.writer(f)
    w.writerow(["name", "source", "portfolio"])
    w.writerows(rows)
PY
run assay candidate import names.csv --as hana
claim 'formulas, markup, overrides, quotes and calendar words are names' ended 0
claim 'what is said about them is tame' tame "$out" "$err"
everybody=$(assay candidate list --as hana --json | sed -n 's/.*"candidate": "\(.*\)",/\1/p' | tail -n 7)
for words in 'candidate list --as hana' "pipeline $position --as hana" 'candidate list --as ines' "pipeline $position --as petra"; do
	for language in en de; do
		# shellcheck disable=SC2086 # words of a command
		run assay --lang $language $words
		claim "'$words' in $language is tame" tame "$out" "$err"
	done
done
for who in $everybody; do assay candidate show "$who" --as hana; done >shown
claim 'each of them shown alone is tame' tame shown

# --- the screening ---

run assay screening sheet $position -o sheet.csv --as hana
claim 'the sheet is written' ended 0
claim 'no cell of it calculates' /usr/bin/python3 -c '
import csv
cells = [cell for row in csv.reader(open("sheet.csv", encoding="utf-8-sig", newline="")) for cell in row]
assert sum("cmd|" in cell for cell in cells) == 2, cells
for cell in cells:
    assert cell[:1] not in tuple("=+-@\t\r") + ("\uff1d", "\uff0b", "\uff0d", "\uff20"), cell'
run assay screening take sheet.csv --position $position --as hana
claim 'and it comes back as it went out' said 'Nothing in the sheet has changed'
cp sheet.csv typed.csv
/usr/bin/python3 -c '
import csv
rows = list(csv.reader(open("typed.csv", encoding="utf-8-sig", newline="")))
python = next(i for i, h in enumerate(rows[0]) if h.startswith("must: python"))
for i, row in enumerate(rows[1:]):
    row[python] = ["yes: =cmd|x", "yes: <b>bold</b>", "yes: \u202eturned", "yes: a, b; \"c\""][i % 4]
csv.writer(open("typed.csv", "w", encoding="utf-8", newline="")).writerows(rows)'
run assay screening take typed.csv --position $position --as hana
claim 'answers may hold anything a person types' ended 0
claim 'what changed is told tamely' tame "$out" "$err"
assay screening sheet $position -o again.csv --as hana >"$out"
run assay screening take again.csv --position $position --as hana
claim 'and goes out and comes back as the same' said 'Nothing in the sheet has changed'

# --- letters, calendars, pages ---

for who in $everybody; do
	assay candidate move "$who" technical --position $position --reason 'meets every must-have' --as hana
	session=$(assay session plan "$who" --interviewer ines --interviewer jonas --at "2027-12-$(printf %02d $((${#seen} + 1)))T10:00" \
		--place 'Room; 4, <b>north</b>' --as hana | head -n 1)
	seen=${seen:-}x
	assay session invite "$session" --as hana
	assay letter write invitation "$who" --company 'Muster & Söhne' --to . --as hana
	assay --lang de letter write invitation "$who" --in de --as hana
	assay session sheet "$session" --as ines
	assay session status "$session" --as ines
	assay session sheet "$session" --format html --output "sheet-$session.html" --as ines >"$place/ignored"
	sessions="${sessions:-} $session"
done >shown 2>&1
claim 'seven sessions are planned, with their letters and calendars' test "$(ls ./*.ics | wc -l)" = 14 -a "$(ls invitation-*.txt | wc -l)" = 7
claim 'and everything that was shown is tame' tame shown
claim 'so are the letters' tame invitation-*.txt
claim 'a name in braces fills nothing in' grep -q '{place} {{x}}' invitation-*.txt
claim 'calendars are one event each, whatever the name' /usr/bin/python3 -c '
import glob, icalendar
for name in glob.glob("*.ics"):
    raw = open(name, "rb").read()
    calendar = icalendar.Calendar.from_ical(raw)
    (event,) = calendar.walk("VEVENT")
    assert event["LOCATION"] == "Room; 4, <b>north</b>", event["LOCATION"]
    assert not calendar.walk("VALARM") and "ATTENDEE" not in event and "X" not in event, name
    assert raw.count(b"BEGIN:VEVENT\r\n") == 1 and not any(c < 32 and c not in (10, 13, 9) for c in raw), name'
# shellcheck disable=SC2086 # a list
set -- $everybody
first=$1
# shellcheck disable=SC2086 # a list
set -- $sessions
session=$1 third=$3
for session in "$session" "$third"; do
	mkdir "$place/kit-$session"
	assay session start "$session" --acknowledged --as ines
	assay note "$session" "$(printf 'a\302\240note <script>x</script> \342\200\256turned')" --as ines
	printf 'raw \033[31m escape \233 and \377\n' | assay note "$session" --as jonas
	assay session next "$session" --kit "$place/kit-$session" --as ines
	printf 'print(1)\n' >"$place/kit-$session/$(printf 'x\033[31m\342\200\256.py')"
	assay session next "$session" --kit "$place/kit-$session" --as ines
	assay session next "$session" --kit "$place/kit-$session" --as ines
	printf '{"format": 1, "comments": [{"id": "a", "text": "\\u001b[2J <script>alert(1)</script> \\u202e \\u0000", "file": "app/<b>.py", "line": 1}]}' \
		>"$place/kit-$session/comments.json"
	assay session next "$session" --as ines
	assay session end "$session" --as ines
	assay review show "$session" --as ines
	printf 't' | assay review confirm "$session" --as ines
	for person in ines jonas; do
		assay card form "$session" --as $person >form.txt
		sed 's/^mark: $/mark: 3/; s/^evidence: $/evidence: <script>alert(1)<\/script> =cmd|x/; s/^recommendation: $/recommendation: yes/' \
			form.txt >filled.txt
		assay card seal "$session" --file filled.txt --as $person
	done
	assay card reveal "$session" --as ines
	assay scorecard "$session" --as petra
	assay scorecard "$session" --format html --output "card-$session.html" --as petra
	assay note "$session" --show --as ines
	assay session play "$session" --as ines </dev/null
done >shown 2>&1
assay compare $position --as petra >>shown 2>&1
assay compare $position --format html --output compare.html --as petra >>shown 2>&1
assay decide "$first" reject --reason '<script>alert(1)</script> =1+1 was all there was' --as petra >>shown 2>&1
assay candidate show "$first" --as hana >>shown 2>&1
cp shown "$out"
claim 'an evening of hostile words comes to its end' said '<script>alert(1)</script> =1+1 was all there was'
claim 'and nothing of it commanded the terminal' tame shown
run /usr/bin/python3 -c '
import glob, html.parser
class Page(html.parser.HTMLParser):
    def handle_starttag(self, tag, attributes):
        assert tag not in ("script", "img", "iframe", "object", "embed", "link", "form"), (name, tag)
        for key, value in attributes:
            assert not key.startswith("on") and key not in ("src", "srcset"), (name, key)
            assert key != "href" or value.startswith("#"), (name, value)
names = glob.glob("*.html")
assert len(names) == 10, names
for name in names:
    text = open(name, encoding="utf-8").read()
    assert not any(ord(c) < 32 and c not in "\n\t" for c in text) and "\u202e" not in text, name
    Page(convert_charrefs=True).feed(text)'
claim 'no page runs, loads or turns anything' ended 0
claim 'what became of the names is what they were' /usr/bin/python3 -c '
import csv, sqlite3
kept = [r[0] for r in sqlite3.connect("assay.db").execute("select name from candidate order by rowid")][-7:]
given = [r[0] for r in list(csv.reader(open("names.csv", encoding="utf-8")))[1:]]
assert kept == given, (kept, given)'
finish

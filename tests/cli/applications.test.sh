#!/bin/sh
# SPDX-License-Identifier: MIT
# also as an ordinary user
# Applications: 47 come in as a table, are screened in a spreadsheet to three, and 44 are rejected with reasons; and
# what tables, names, disks and kills do to that.
. tests/cli/lib.sh
among_own_mounts
begin

cat >"$place/make.py" <<'PY'
"""make.py FILE COUNT ENCODING SEPARATOR: applications, as an applicant system writes them."""
import csv, sys
name, count, encoding, separator = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
notices = ["3 Monate", "sofort", "4 Wochen zum Monatsende", "2027-04-01", "nach Absprache"]
with open(name, "w", encoding=encoding, newline="") as f:
    w = csv.writer(f, delimiter=separator, lineterminator="\r\n")
    w.writerow(["E-Mail", "Name", "Sprachen", "Kündigungsfrist", "Quelle", "Gehaltsvorstellung", "Empfohlen von", "Portfolio"])
    for i in range(1, count + 1):
        w.writerow([f"person{i}@example.org", f"Jörg Müller-{i}", "Deutsch, Englisch", notices[i % 5], "Jobbörse",
                    f"{60000 + i} €", "=SUM(A1:A9)" if i == 7 else "", f"https://example.org/{i}"])
PY
/usr/bin/python3 make.py applications.csv 47 cp1252 ';'

mkdir bundled && cp -R "$top/tasks" "$top/rubrics" bundled/ && git -C bundled init -q -b main && git -C bundled add -f . &&
	git -C bundled -c user.name=test -c user.email=test@localhost commit -qm content
assay init ws >"$out"
cd ws || exit 1
assay person add hana --name 'Hana HR' --role hr >"$out"
assay person add lea --name 'Lea Lead' --role lead --role interviewer >"$out"
assay person add ines --name 'Ines Vogel' --role interviewer >"$out"
assay person add petra --name 'Petra Stein' --role panel >"$out"
assay repo add ../bundled --name tasks >"$out"
assay position add senior-backend-engineer >"$out"
position=senior-backend-engineer
cp -R . ../empty

# --- one by one ---

run assay candidate add 'Anna Berg' --email anna@example.org --source referral --referrer 'Ben' \
	--salary-expectation '70000' --notice '3 months' --languages 'de, en' --as hana
claim 'a candidate is taken in with what is known' grep -qE '^C-[0-9A-Z]{4}$' "$out"
anna=$(head -n 1 "$out")
claim 'and the next command is the screening' said 'Next: assay screening sheet'
run assay candidate add 'Anna Berg' --email ANNA@example.org --as hana
claim 'the same e-mail for the same position is a conflict' ended 5
claim 'that names who it is' complained "$anna"
run assay candidate add 'Bea Berg' --email not-an-address --as hana
claim 'what is no e-mail is refused' ended 2
run assay candidate show "$anna" --as hana
claim 'hr sees the salary expectation' said 70000
run assay candidate show "$anna" --as lea
claim 'a lead does not' sh -c "! grep -q 70000 '$out'"
claim 'and is told why' said 'may not see a salary expectation: that needs the role hr'
claim 'nor the application before the cards are sealed' said 'once the own card is sealed'
run assay candidate show "$anna" --as lea --json
claim 'nor as JSON' /usr/bin/python3 -c '
import json, sys
v = json.load(open(sys.argv[1]))[0]
assert v["name"] == "Anna Berg" and v["salary_expectation"] is None and v["source"] is None and v["steps"] == []' "$out"
run assay candidate list --as ines
claim 'an interviewer who does not meet somebody sees a pseudonym' said "$anna"
claim 'and no name' sh -c "! grep -q Anna '$out'"
run assay candidate list --as petra
claim 'nor does the panel before the reveal' sh -c "! grep -q Anna '$out'"
run assay pipeline --as petra
claim 'not in the pipeline either' sh -c "! grep -q Anna '$out'"
run assay candidate show C-0000 --as hana
claim 'a candidate who is nobody is not found' ended 3
run assay candidate withdraw "$anna" --as ines
claim 'an interviewer moves nobody' ended 6
run assay candidate withdraw "$anna" --reason 'took another offer' --as hana
claim 'a candidate may withdraw' ended 0
run assay candidate withdraw "$anna" --as hana
claim 'once' ended 5

# --- a table of them ---

run assay candidate import ../applications.csv --as petra
claim 'the panel takes nobody in' ended 6
run assay candidate import ../applications.csv --as hana
claim '47 applications are taken in as German Excel writes them' said 'Applications taken in for senior-backend-engineer, stage screening: 47'
claim 'the columns that nobody knows are kept' said 'Columns kept as they are: Portfolio'
claim 'and the next command is the screening' said "Next: assay screening sheet $position -o screening.csv"
run assay candidate import ../applications.csv --as hana
claim 'a second time nothing is taken in' ended 4
claim 'each row says who it is already' grep -qE '^Row 2, column A \(E-Mail\): person1@example.org applies for .* already: C-' "$out"
claim 'and they are counted' complained 'mistakes in ../applications.csv: 47'
one=$(assay candidate list --as hana | awk '/Müller-7 /{print $1}')
run assay candidate show "$one" --as hana
claim 'umlauts came through' said 'Jörg Müller-7'
claim 'what was kept is shown' said 'https://example.org/7'
printf 'name,email\r\nJörg Müller-8,person8@example.org\r\n' >again.csv
sed "s/\"id\": \"senior-backend-engineer\"/\"id\": \"second\"/" ../bundled/rubrics/positions/senior-backend-engineer.json >second.json
assay position add second.json --as lea >"$out"
run assay candidate import again.csv --position second --as hana
claim 'who applies for another position keeps the pseudonym' said 'Known from another position: C-'
claim 'two positions are told apart' test "$(assay candidate list --position second --as hana --json | grep -c '"candidate"')" = 1

# --- tables with mistakes ---

refused() { # refused TEXT: imports it and takes nothing
	printf "$1" >bad.csv
	run assay candidate import bad.csv --position second --as hana
	[ "$status" = 4 ] || [ "$status" = 7 ]
}
claim 'a table without names is refused' refused 'email\na@example.org\n'
claim 'with what is missing' said "no column is called 'name'"
claim 'a missing name, a wrong and a double address' refused 'name,email\n,a@x.org\nB,b\nC,c@x.org\nD,C@x.org\n'
claim 'are told by row and column, all of them' sh -c "grep -q '^Row 2, column A (name): there is no name' '$out' &&
	grep -q \"^Row 3, column B (email): 'b' is no e-mail\" '$out' && grep -q '^Row 5, column B (email): C@x.org stands in row 4' '$out'"
claim 'a name that commands a terminal is refused' refused 'name\nAnna \033[31mBerg\n'
claim 'with its place' said 'Row 2, column A (name): has a control character (U+001B)'
claim 'and nothing of it reaches the terminal' sh -c "! grep -q '$(printf '\033')' '$out' '$err'"
claim 'what somebody earns now is not taken' refused 'name,Current salary\nB,1\n'
claim 'and it is said what would be' said 'salary_expectation'
claim 'nor in German' refused 'Name;Aktuelles Gehalt\nB;1\n'
claim 'a double column is refused' refused 'name,Name\nA,B\n'
claim 'so is one without a name' refused 'name,\nA,B\n'
claim 'a quote that is never closed' refused 'name,email\n"A,b\n'
claim 'is told with its place' complained 'row 2, column A: a quote is opened here and never closed'
claim 'a table without rows is refused' refused 'name,email\n'
claim 'an empty file is refused' refused ''
/usr/bin/python3 -c 'print("name"); [print("P", i) for i in range(501)]' >many.csv
run assay candidate import many.csv --position second --as hana
claim 'more than 500 rows are refused with the limit' complained 'more than 500 rows'
claim 'as one' ended 7
run assay candidate import many.csv --position second --as hana --json
claim 'also as JSON' complained '"kind":"limit"'
claim 'nothing of all that was taken in' test "$(assay candidate list --position second --as hana --json | grep -c '"candidate"')" = 1
printf 'name,Geburtsdatum\nBea,1.1.1980\n' >birth.csv
run assay candidate import birth.csv --position second --as hana
claim 'a column that nobody may be judged by has a hint' said "Hint: the column 'Geburtsdatum'"

# --- screening ---

run assay screening sheet "$position" --as lea
claim 'only hr screens' ended 6
run script -qec "assay screening sheet $position --as hana" "$place/typescript"
claim 'a terminal gets no sheet: names are not tamed in it' said '-o FILE writes it to a file'
run assay screening sheet "$position" -o screening.csv --as hana
claim 'a sheet is written' test -s screening.csv
claim 'for its owner alone' test "$(stat -c %a screening.csv)" = 600
run assay screening sheet "$position" -o screening.csv --as hana
claim 'and never over one that is there' ended 5
claim 'a cell that would calculate is text' grep -q "\"'=SUM(A1:A9)\"\|Jörg Müller-7" screening.csv
run assay screening take screening.csv --position "$position" --as hana
claim 'a sheet that nobody touched says nothing' said 'Nothing in the sheet has changed'
cat >../screen.py <<'PY'
"""screen.py IN OUT: what HR does in a spreadsheet: the first three are good, every other lacks one of two things."""
import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig")))
head = rows[0]
python = next(i for i, h in enumerate(head) if h.startswith("must: python"))
sql = next(i for i, h in enumerate(head) if h.startswith("must: postgresql"))
notice = head.index("notice")
for i, row in enumerate(rows[1:]):
    row[python] = "yes: CV, page 1" if i < 3 or i % 2 else "No: two years of Java"
    row[sql] = "Yes" if i < 3 or i % 2 == 0 else "no"
    if i == 0:
        row[notice] = "=2+3 weeks"
rows[1:] = rows[:0:-1]  # sorted by somebody
with open(sys.argv[2], "w", encoding="utf-8", newline="") as f:
    csv.writer(f, delimiter=";").writerows(rows)
PY
/usr/bin/python3 ../screen.py screening.csv screened.csv
sed 's/No: two years of Java/maybe/' screened.csv >maybe.csv
run assay screening take maybe.csv --position "$position" --as hana
claim 'what is no answer is a mistake' ended 4
claim 'told by row and column' grep -qE "^Row [0-9]+, column H \(must: python" "$out"
claim 'and nothing is taken' test -z "$(assay candidate show "$one" --as hana | grep 'CV, page 1')"
run assay screening take screened.csv --position "$position" --as hana
claim 'the sheet is taken back' ended 0
claim 'every change is told' said 'python: – → yes: CV, page 1'
claim 'also a formula, as the text it is' said 'notice: '
claim 'no more than what changed' test "$(grep -c ' → ' "$out")" = 95
run assay screening take screened.csv --position "$position" --as hana
claim 'a second time it says nothing' said 'Nothing in the sheet has changed'
sed 's/yes: CV, page 1/no/' screened.csv >stale.csv
run assay screening take stale.csv --position "$position" --as hana
claim 'a stale sheet changes nothing' ended 4
claim 'and says that it is stale' said 'was changed since this sheet was written'
assay screening sheet "$position" -o now.csv --as hana >"$out"
claim 'a formula comes back as it went out' grep -q "'=2+3 weeks" now.csv
/usr/bin/python3 -c '
import csv
rows = list(csv.reader(open("now.csv", encoding="utf-8-sig")))
names = sorted(r[1] for r in rows[1:])[::-1]
for r, n in zip(rows[1:], names): r[1] = n
csv.writer(open("shifted.csv", "w", newline="")).writerows(rows)
e = rows[0].index(next(h for h in rows[0] if h.startswith("earliest_start")))
rows = list(csv.reader(open("now.csv", encoding="utf-8-sig")))
rows[1][e] = "2030-01-01"
csv.writer(open("typed.csv", "w", newline="")).writerows(rows)
rows[1][e] = "x"; rows[0].append("impression"); [r.append("nice") for r in rows[1:]]
csv.writer(open("extra.csv", "w", newline="")).writerows(rows)'
run assay screening take shifted.csv --position "$position" --as hana
claim 'a column that was sorted alone is noticed' said 'names aren'
run assay screening take typed.csv --position "$position" --as hana
claim 'so is a typed earliest start' said 'this is reckoned from the notice'
run assay screening take extra.csv --position "$position" --as hana
claim 'and a column that is none of the sheet' said 'this is no column of a screening sheet'
run assay --lang de screening sheet "$position" --as hana
claim 'the German sheet has German headings, for German spreadsheets' said 'Bewerbung;Name;Quelle;Gehaltsvorstellung;'
cp "$out" german.csv
run assay screening take german.csv --position "$position" --as hana
claim 'and is taken back in English' said 'Nothing in the sheet has changed'

# --- to three ---

lacking() { # lacking REQUIREMENT: whom the screening says no to
	assay candidate list --position "$position" --state open --as hana --json | sed -n 's/.*"candidate": "\(.*\)",/\1/p' |
		while read -r c; do assay candidate show "$c" --position "$position" --as hana --json |
			/usr/bin/python3 -c '
import json, sys
v = json.load(sys.stdin)[0]
if any(a["requirement"] == sys.argv[1] and a["answer"] == "no" for a in v["screening"]): print(v["candidate"])' "$1"; done
}
python=$(lacking python)
sql=$(lacking postgresql)
# shellcheck disable=SC2086 # a list of pseudonyms
set -- $python
run assay candidate reject "$1" --position "$position" --reason 'two years of Java, none of Python' --as hana
claim 'a rejection names the unmet requirement' ended 2
claim 'which the screening knows' complained 'the screening says no to python'
run assay candidate reject "$1" --position "$position" --requirement perl --reason 'no Perl in production at all' --as hana
claim 'one that the position has' ended 3
run assay candidate reject "$1" --position "$position" --requirement postgresql --reason 'no database experience at all' --as hana
claim 'and that is not said to be met' ended 5
run assay candidate reject "$1" --position "$position" --meets-all --reason 'another had more experience' --as hana
claim 'nor does somebody meet all who does not' ended 5
run assay candidate reject $python --position "$position" --requirement python --reason 'two years of Java, none of Python in production' --as ines
claim 'an interviewer rejects nobody' ended 6
run assay candidate reject $python C-0000 --position "$position" --requirement python --reason 'two years of Java, none of Python in production' --as hana
claim 'one who is nobody stops all' ended 3
claim 'and nobody was rejected' test "$(assay candidate list --position "$position" --state rejected --as hana --json | grep -c candidate)" = 0
run assay candidate reject $python --position "$position" --requirement python --reason 'two years of Java, none of Python in production' --as hana
claim 'many are rejected together' said 'Rejected: 22'
claim 'a reason that says what was seen has no hint' sh -c "! grep -q Hint '$out'"
run assay candidate reject $sql --position "$position" --requirement postgresql --reason 'bad fit, too young' --as hana
claim 'the others, too' said 'Rejected: 22'
claim 'an impression has a hint' said "Hint: 'fit' is an impression"
claim 'and what nobody may be judged by' said "Hint: 'young' may touch on age"
claim 'and a short one' said 'that is short'
claim '44 are rejected' test "$(assay candidate list --position "$position" --state rejected --as hana --json | grep -c '"candidate"')" = 44
claim 'and three are left' test "$(assay candidate list --position "$position" --state open --as hana --json | grep -c '"candidate"')" = 3
run assay candidate show "$1" --position "$position" --as hana
claim 'each with its requirement and reason' sh -c "grep -q 'not met: python' '$out' && grep -q 'none of Python in production' '$out'"
left=$(assay candidate list --position "$position" --state open --as hana --json | sed -n 's/.*"candidate": "\(.*\)",/\1/p')
# shellcheck disable=SC2086
set -- $left
run assay candidate move $left offer --position "$position" --reason 'all three are so good' --as lea
claim 'nobody passes over a stage where cards are due' ended 5
claim 'which is named' complained 'stage technical lies between'
run assay candidate move $left technical --position "$position" --reason 'meets every must-have we could see' --as lea
claim 'three move to the interview' said 'Moved: 3'
run assay candidate move "$1" technical --position "$position" --reason 'again and again and again' --as lea
claim 'who is there is there' ended 5
run assay candidate reject "$1" --position "$position" --requirement testing --reason 'wrote no test in the interview' --as lea
claim 'where cards are due it is a decision' ended 5
claim 'and the command for it is named' complained 'assay decide'
run assay pipeline "$position" --as hana
claim 'the pipeline has the stages as columns' grep -qE '^Screening \(0\) +Technical.* \(3\) +Meeting.* \(0\) +Offer \(0\)$' "$out"
claim 'with who is where' grep -qE '^ +C-[0-9A-Z]{4} Jörg' "$out"
claim 'and how many are gone' said 'rejected: 44'
claim 'no line is wider than the terminal' /usr/bin/python3 -c '
import sys
assert all(len(l.rstrip("\n")) <= 80 for l in open(sys.argv[1])), open(sys.argv[1]).read()' "$out"
run assay pipeline "$position" --as hana --json
claim 'as JSON' /usr/bin/python3 -c '
import json, sys
d = json.load(open(sys.argv[1]))
assert [len(s["candidates"]) for s in d["stages"]] == [0, 3, 0, 0] and d["rejected"] == 44' "$out"
run assay --lang de pipeline "$position" --as hana
claim 'in German' said 'abgesagt: 44'

# --- names ---

printf 'name\n数据数据数据数据数据数据数据数据数据数据\nAda\342\200\256Lovelace\n<b>Bold</b> & "Co"\n=1+1\n' >names.csv
run assay candidate import names.csv --position second --as hana
claim 'wide names, overrides, markup and formulas are names' ended 0
claim 'an override turns nothing around' sh -c "! grep -q '$(printf '\342\200\256')' '$out'"
claim 'but is shown' said '\u202e'
run assay pipeline second --as hana
claim 'wide characters keep the columns' /usr/bin/python3 -c '
import sys, unicodedata
for line in open(sys.argv[1]):
    width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.rstrip("\n"))
    assert width <= 80, line' "$out"
run assay screening sheet second --as hana
claim 'a formula as a name goes out as text' said "\"'=1+1\""
cp "$out" second.csv
run assay screening take second.csv --position second --as hana
claim 'and comes back as the same' said 'Nothing in the sheet has changed'

# --- disks and kills ---

cd .. && /usr/bin/python3 make.py many.csv 500 utf-8 ','
count() { assay -C "$1" candidate list --as hana --json | grep -c '"candidate"'; }
cp -R empty full
if mkdir disk && mount -t tmpfs -o size=1200k none disk 2>"$err"; then
	cp -R empty/assay.db disk/ && mkdir -p disk/work/locks && cp many.csv disk/
	dd if=/dev/zero of=disk/filler bs=1k 2>"$err"
	rm disk/many.csv && cp applications.csv disk/
	run assay -C disk candidate import applications.csv --as hana
	claim 'a full disk is told' ended 8
	claim 'in plain words' complained 'disk'
	rm disk/filler
	claim 'and nothing was taken in' test "$(count disk)" = 0
	run assay -C disk candidate import applications.csv --as hana
	claim 'with room it goes' ended 0
	umount disk
else
	skip 'a full disk' 'no tmpfs can be mounted'
fi
run sh -c 'ulimit -f 100; exec assay -C full candidate import "$1" --as hana' sh "$place/many.csv"
claim 'a limit on files takes nothing in' test "$status" != 0 -a "$(count full)" = 0
run assay -C full candidate import "$place/many.csv" --as hana
claim 'without it all 500 go' test "$(count full)" = 500

halves=0 alls=0 nones=0
for i in $(seq 1 40); do
	rm -rf killed && cp -R empty killed
	assay -C killed candidate import "$place/many.csv" --as hana >"$out" 2>&1 &
	victim=$!
	/usr/bin/python3 -c 'import random, time; time.sleep(random.uniform(0, 0.12))'
	kill -9 "$victim" 2>/dev/null
	wait "$victim" 2>/dev/null
	case $(count killed) in 0) nones=$((nones + 1)) ;; 500) alls=$((alls + 1)) ;; *) halves=$((halves + 1)) ;; esac
done
claim "killed at 40 moments, an import is done or not ($nones times not, $alls times done)" test "$halves" = 0
claim 'and some of the kills came in time' test "$nones" -gt 0

finish

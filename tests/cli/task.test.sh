#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# Tasks prove themselves: verify says what doesn't hold and why, pin writes what the accepted solutions show.
. tests/cli/lib.sh
begin
tasks=$top/tests/cases/tasks
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp" COLUMNS=200
mkdir "$TMPDIR"

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'tasks prove themselves' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

verify() { run assay task verify $sampled "$@"; }
glance() { verify --rounds 1 "$@"; } # where it doesn't matter how often
is() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$out" "$1"; }

# --- what holds ---

verify --jobs 2 "$tasks/greet"
claim 'a task proves itself' ended 0 # all of them: languages.test.sh
claim 'the table ends with how many were as expected' said 'greet holds: 5 of 5'
claim 'accepted solutions were graded five times' said '3 points, 5 times'
claim 'and how near they came to a limit of time is told' said 'comes closest to one, with'
claim 'five times is enough' sh -c '! grep -q "without --rounds" "$1"' - "$out"
glance "$tasks/greet"
claim 'fewer rounds are for those who still write' said 'warning: accepted solutions were graded 1 time: run'
claim 'and hold, too' said 'greet holds: 5 of 5'
claim 'with a time for each' grep -q '^ok  *accepted .*3 points  [0-9.]* s$' "$out"
claim 'into a pipe it says nothing of its way' silent
at_terminal() { run python3 "$top/tests/cli/terminal.py" watch 60 sh -c "$1"; }
at_terminal "assay task verify $sampled --rounds 1 '$tasks/greet' >/dev/null"
claim 'at a terminal it shows how far it is' grep -qE '\[#{4}-{16}\] 1/5 [a-z_]+/[a-z-]+' "$out"
claim 'and what it is at' grep -qE '\[#{16}-{4}\] 4/5 [a-z_]+/[a-z-]+' "$out"
at_terminal "assay task verify $sampled --rounds 1 '$tasks/greet' 2>/dev/null"
claim 'on standard error, so that the table has nothing of it' sh -c '! grep -qF "/5 " "$1" && grep -q "greet holds" "$1"' - "$out"
verify --rounds 7 --json "$tasks/greet"
claim 'more look for what rarely fails' is "max(t['rounds'] for t in r['tried']) == 7 and not any('--rounds' in w for w in r['warnings'])"
verify --rounds 0 "$tasks/greet"
claim 'none is a usage mistake' ended 2
verify --rounds 101 "$tasks/greet"
claim 'so are more than a hundred' ended 2
verify "$top/tasks/upload-review"
claim 'the bundled review finds what its sample reviews say' ended 0
verify --json "$top/tasks/upload-review"
claim 'each of them once, so that it has one time' is "all(t['fastest_ms'] == t['wall_ms'] for t in r['tried'])"
verify "$top/tasks/document-pipeline"
claim 'the bundled design task is well formed' ended 0

# --- what doesn't ---

cp -R "$tasks/word-count" broken
printf 'int main(void)\n{\n\treturn 0;\n}\n' >broken/solutions/accepted/fgetc/solution.c
printf '#include <stdio.h>\nint main(void)\n{\n\tputs("3");\n\treturn 0;\n}\n' >broken/solutions/forged/exits-well/solution.c
cp broken/solutions/accepted/two-loops/* broken/solutions/time_limit/never-ends/
verify --jobs 2 --json broken
claim 'a task that does not hold ends with the status 1' ended 1
claim 'and says so in JSON' is "r['holds'] is False"
row() { is "[t for t in r['tried'] if t['name'] == '$1'][0]$2"; }
claim 'an accepted solution that is wrong is named, with its first lost test' row fgetc "['why'].startswith('cases/01: ')"
claim 'a forged one that earns points is named' row exits-well "['got'] == 'partial, 2 points'"
claim 'with a test that it passed' row exits-well "['why'].endswith(' passed')"
claim 'a slow one that is fast is named' row never-ends "['holds'] is False"
claim 'what holds, holds' row two-loops "['holds'] is True"

cp -R "$tasks/word-count" unbuilt
cd unbuilt/solutions && rm -rf accepted/two-loops partial time_limit memory_limit output_limit runtime_error forged
cp compile_error/typo/solution.c accepted/fgetc/solution.c && printf '// \033]0;owned\007\nretrun;\n' >>accepted/fgetc/solution.c
cd "$place" || exit 1
glance unbuilt
claim 'what does not build is shown in the words of its compiler' said 'retrun'
claim 'as lines below its row' grep -q '^       solution.c:' "$out"
claim 'of which none reaches the terminal alive' sh -c '! grep -q "$(printf "\033")" "$1"' - "$out"
claim 'and only where it should build' test "$(grep -c "solution.c: In function" "$out")" = 1
glance --json unbuilt
claim 'JSON has them whole' row fgetc "['log'].startswith('solution.c: In function')"
claim 'and null for others' row typo "['log'] is None"
run assay task pin $sampled unbuilt
claim 'pin says them, too' complained 'accepted/fgetc does not build (exit status 1): solution.c:3:9: error: '
claim 'behind more of what the build wrote, of which that is a part' complained '  solution.c: In function'
claim 'and is invalid' ended 4
run assay --json task pin $sampled unbuilt
claim 'in JSON that sentence is all' python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$err"
run assay --lang de task pin $sampled unbuilt
claim 'in a German sentence as well' complained 'accepted/fgetc lässt sich nicht bauen (Exit-Status 1): solution.c:3'
built_by() { # built_by SCRIPT
	python3 -c 'import json, sys
t = json.load(open("unbuilt/task.json"))
t["build"] = {"argv": ["sh", "-c", sys.argv[1]]}
json.dump(t, open("unbuilt/task.json", "w"))' "$1"
}
built_by 'seq -f "warning %g" 40; cc -o solution solution.c'
glance unbuilt
claim 'an error is shown behind whatever came before it' grep -q '^       solution.c:3:9: error: ' "$out"
claim 'of which the lines are left out' sh -c "grep -qx '       …' '$out' && ! grep -qx '       warning 1' '$out'"
built_by false
run assay task pin $sampled unbuilt
claim 'or that there are none' complained 'does not build (exit status 1), and its build wrote nothing'
built_by 'echo "internal error: none"; kill -SEGV $$'
run assay task pin $sampled unbuilt
claim 'and what has stopped it' complained 'does not build (crashed): internal error: none'
glance unbuilt
claim 'verify says that as well' said 'the build failed: crashed'

cp -R "$tasks/stack" flaky
cat >>flaky/tests/unit/test_stack.py <<'END'


def test_sometimes():
    with open("/proc/uptime") as f:
        assert int(f.read().split(".")[1][:2]) % 2
END
sed -i 's/^  ]/,{"name": "test_stack.test_sometimes", "suite": "unit", "points": 1, "visibility": "hidden"}]/' flaky/tests/manifest.json
rm -rf flaky/solutions/[b-z]* flaky/solutions/accepted/linked
for _ in 1 2 3; do
	verify flaky
	[ "$status" = 0 ] || break
done
claim 'a test that passes only sometimes is a mistake' ended 1

cp -R "$tasks/stack" misspelt
rm -rf misspelt/solutions/[b-z]* misspelt/solutions/accepted/linked
echo 'def broken(:' >>misspelt/tests/unit/test_stack.py
verify misspelt
claim 'a file of tests that cannot be read is named with its mistake' \
	said 'problem: suite unit reports an error where the manifest has no test: test_stack: SyntaxError: invalid syntax'
claim 'for which no pin is advised, since it would not help' sh -c "! grep -qF 'task pin' '$out'"
run assay task pin $sampled misspelt
claim 'pin says it as well' complained ": test_stack of suite unit can't be loaded: SyntaxError: invalid syntax"
cp "$tasks/stack/tests/unit/test_stack.py" misspelt/tests/unit/
printf '\n\ndef test_new():\n    Stack()\n' >>misspelt/tests/unit/test_stack.py
verify misspelt
claim 'as it is for a test that the manifest lacks' said "(test_stack.test_new): run 'assay task pin'"

cp "$tasks/stack/tests/unit/test_stack.py" misspelt/tests/unit/
verify misspelt
claim 'verify warns of suites whose results can be forged' said 'can be forged'
claim 'tests that end well are not warned of' sh -c "! grep -q 'forged report' '$out'"
printf 'import os\n\n\ndef pytest_unconfigure(config):\n    os._exit(9)\n' >misspelt/tests/unit/conftest.py
verify misspelt
claim 'but those that say otherwise by their status' said 'warning: suite unit: of an accepted solution no test failed, but the tests ended'
claim 'and the task holds all the same' ended 0

cp -R "$tasks/key-store" leaking
cp leaking/tests/http/check.py leaking/starter/notes.py
rm -rf leaking/solutions/[b-z]* # that an accepted one holds is enough here
glance leaking
claim 'a hidden suite in the starter is found' said 'starter/notes.py, which a candidate receives, is the hidden'
claim 'and the task does not hold' ended 1
cp -R "$tasks/stack" telling
rm -rf telling/solutions/[b-z]* telling/solutions/accepted/linked
cp telling/tests/unit/test_stack.py telling/statement.de.md
glance telling
claim 'under whatever name' said 'statement.de.md, which a candidate receives'

cp "$tasks/stack/statement.md" telling/statement.md && rm telling/statement.de.md
{ echo 'Some of what is tested:' && sed 's/^/    /' telling/tests/unit/test_stack.py | tail -n 20; } >>telling/statement.md
glance telling
claim 'so is a part of one, indented' said 'statement.md, which a candidate receives, has '
claim 'with its lines' sh -c "grep -qE 'lines of the hidden tests/unit/test_stack.py in it \(from line [0-9]+ on, there from line [0-9]+ on\)' '$out'"
claim 'and the task does not hold' ended 1
mkdir -p telling/tests/shown
cp telling/tests/unit/test_stack.py telling/tests/shown/
python3 - telling/task.json <<'END'
import json, sys
task = json.load(open(sys.argv[1]))
task["suites"].append({**task["suites"][0], "id": "shown", "visibility": "visible"})
json.dump(task, open(sys.argv[1], "w"))
END
run assay task pin $sampled telling
echo '# and more' >>telling/tests/unit/test_stack.py
glance telling
claim 'but not what a visible suite says as well' ended 0
claim 'nor is that warned of' sh -c "! grep -q alike '$out'"
printf 'from stack import Stack\n\n\ndef test_made():\n    Stack()\n' >telling/tests/shown/test_stack.py
tail -n 20 telling/tests/unit/test_stack.py >telling/tests/shown/old
rm telling/tests/manifest.json
run assay task pin $sampled telling
glance telling
claim 'but a hidden test that lies unused beside visible ones is' said \
	'warning: tests/shown/old, which a candidate receives, and the hidden tests/unit/test_stack.py have '
claim 'as a warning, since suites share a lot' ended 0
rm -r telling/tests/shown && cp "$tasks/stack/task.json" telling/ && cp "$tasks/stack/statement.md" telling/
cp "$tasks/stack/tests/manifest.json" telling/tests/
cat >table <<'END'
city,inhabitants
Amsterdam,921402
Rotterdam,655468
Den Haag,552995
Utrecht,361924
Eindhoven,238478
END
cp table telling/starter/sample.csv && { cat table && seq -f 'town %.0f,1000' 20; } >telling/tests/unit/towns.csv
{ printf 'An example:\n\n' && sed 's/^/    /' table; } >>telling/statement.md
glance telling
claim 'the beginning of a table is no problem' ended 0
claim 'but asked for' said 'statement.md, which a candidate receives, and the hidden tests/unit/towns.csv have 6 lines alike'
claim 'unless nobody can edit what begins so' sh -c "! grep -q 'sample.csv' '$out'"
head -n 8 telling/tests/unit/towns.csv >towns && mv towns telling/tests/unit/towns.csv
glance telling
claim 'most of a hidden file is one' said 'problem: statement.md, which a candidate receives, has 6 lines of the hidden tests/unit/towns.csv'
claim 'and asked for where nobody can edit it' said \
	'warning: starter/sample.csv, which a candidate receives, and the hidden tests/unit/towns.csv have 6 lines alike'
rm telling/tests/unit/towns.csv
tail -n 20 telling/tests/unit/test_stack.py >telling/starter/notes.txt
glance telling
claim 'so is a test in a file of the starter that nobody can edit' \
	said 'problem: starter/notes.txt, which a candidate receives, has '
rm telling/starter/notes.txt
cp "$tasks/stack/statement.md" telling/
python3 -c 'import zipfile; zipfile.ZipFile("telling/starter/data.bin", "w").write("telling/tests/unit/test_stack.py")'
tar -cf telling/starter/data telling/tests
glance telling
claim 'an archive is named, whatever its name' said 'starter/data.bin, which a candidate receives, is an archive'
claim 'also one that nobody has compressed' said 'starter/data, which a candidate receives, is an archive'
echo 'BZh is how a bzip2 file begins' >telling/starter/letters
python3 -c 'import bz2; open("telling/starter/squeezed", "wb").write(bz2.compress(b"something"))'
glance telling
claim 'by more than three letters' sh -c "grep -q 'starter/squeezed,.* is an archive' '$out' && ! grep -q starter/letters '$out'"

cp -R "$tasks/word-count" solved
rm -rf solved/solutions/[b-z]*
cp solved/solutions/accepted/fgetc/solution.c solved/starter/old.c
glance solved
claim 'a solution in the starter is found' said 'starter/old.c, which a candidate receives, is the solution solutions/accepted/fgetc/'

rm solved/starter/old.c
{ cat solved/statement.md && echo && cat solved/solutions/accepted/two-loops/solution.c && echo 'Good luck!'; } >told
mv told solved/statement.md
glance solved
claim 'so is one amid something else' said 'statement.md, which a candidate receives, has the solution solutions/accepted/two-loops/'
claim 'though all is as expected, it does not hold' said 'word-count does not hold, because of what is said above'
cp "$tasks/word-count/statement.md" solved/
{ cat solved/solutions/accepted/fgetc/solution.c && echo '/* old */'; } >solved/starter/solution.c
glance solved
claim 'a starter of which only something is to be taken away is none' ended 0
{ cat solved/solutions/accepted/two-loops/count.h && echo '/* old */'; } >solved/starter/all.h
glance solved
claim 'nor one of which a part is to be moved' ended 0
rm solved/starter/all.h
cp solved/solutions/accepted/fgetc/solution.c solved/starter/solution.c
mkdir -p solved/solutions/wrong_answer/misnamed
echo 'int main(void) { return 0; }' >solved/solutions/wrong_answer/misnamed/solution.cpp
glance solved
claim 'a starter that is a solution is found' said 'solutions/accepted/fgetc has nothing that starter/ hasn'
claim 'so is a solution of which nothing counts' said 'solutions/wrong_answer/misnamed: nothing of it was taken in (solution.cpp: '

cp -R "$tasks/word-count" lacking
sed -i 's/"cc"/"a-compiler-nobody-has"/' lacking/task.json
run assay grade $sampled --task lacking --submission lacking/solutions/accepted/fgetc
claim 'a command that is not there is no fault of the candidate' ended 8
claim 'and is named, though the task does not say that it needs it' said 'this machine lacks what the task needs: a-compiler-nobody-has'
cp -R "$tasks/greet" tight
sed -i 's/"wall_ms": 3000/"wall_ms": 900/' tight/task.json
sed -i '1i sleep 0.5' tight/solutions/accepted/lines/greet.sh
mkdir -p tight/solutions/time_limit/nearly
{ echo 'sleep 1.1' && cat "$tasks/greet/solutions/accepted/lines/greet.sh"; } >tight/solutions/time_limit/nearly/greet.sh
verify --jobs 2 --json tight
claim 'an accepted solution that needs more than half of a limit is a problem' is \
	"any(p.startswith('accepted/lines takes 5') and 'of the 900 ms of wall_ms' in p for p in r['problems'])"
claim 'its row says how near it came' is \
	"[t for t in r['tried'] if t['name'] == 'lines'][0]['closest']['limit'] == 'wall_ms'"
claim 'a slow solution that half as much time again would save is too near to the limit' is \
	"[t for t in r['tried'] if t['name'] == 'nearly'][0]['why'].startswith('with half as much time again it ends')"
claim 'and the task does not hold' ended 1

cp -R "$top/tasks/document-pipeline" active
sed -i 's/"document-pipeline"/"active"/' active/task.json # no plan's own
printf '\nSee <b>this</b>, ![x](https://example.org/x.png)\n\n[y](javascript:z)\n' >active/statement.de.md
glance active
claim 'a statement with HTML is found with its line' said 'statement.de.md:2: raw HTML, which'
claim 'so is an image from elsewhere' said 'statement.de.md:2: an image from elsewhere'
claim 'so is a link that acts' said 'statement.de.md:4: a link that is neither'
claim 'and the task does not hold' ended 1
run assay --lang de task verify active
claim 'German speaks of it in German' said 'HTML im Text'
printf 'Gr\374\337e\n' >active/statement.de.md
printf 'One\n\nTwo \000 three\n' >active/statement.md
glance active
claim 'a statement that is no UTF-8 is found with its line' \
	said 'problem: statement.de.md:1: a byte that is no UTF-8: a candidate reads something else there'
claim 'so is a NUL' said 'problem: statement.md:3: a NUL: a candidate reads something else there'
claim 'and the task does not hold' ended 1
run assay --lang de task verify $sampled active
claim 'in German, too' said 'statement.de.md:1: ein Byte, das kein UTF-8 ist'
cp "$top/tasks/document-pipeline/statement.md" active/
rm active/statement.de.md
glance active
claim 'a language of the title without a statement is a warning' said 'there is no statement.de.md'
claim 'and no more' ended 0

mkdir repository && cp -R "$top/tasks" "$top/rubrics" repository/
python3 - repository/rubrics/senior-backend.json <<'END'
import json, sys
rubric = json.load(open(sys.argv[1]))
rubric["criteria"][5]["anchors"].pop()
json.dump(rubric, open(sys.argv[1], "w"))
END
glance repository/tasks/document-pipeline
claim "a rubric without all anchors is found by the task that it marks" said 'rubrics/plans/senior-backend.json: '
claim 'with the place' said '/criteria/5/anchors must have at least 4 elements'

cp -R "$top/tasks/upload-review" review
sed -i 's/"upload-review"/"a-review"/' review/task.json
sed -i 's/"query-per-row", //' review/review/answers/typical/expect.json
glance review
claim 'a sample review that finds something else is named' said 'proposed all the same: query-per-row'
sed -i 's/"proposed": \[/"proposed": ["no-such-flaw", /' review/review/answers/typical/expect.json
glance review
claim 'an expectation of a flaw that is not planted is a mistake with its line' complained 'typical/expect.json:3: /proposed/0'

glance "$place"
claim 'a directory without a task is not found' ended 3
claim 'and what to do about it is said' complained "'assay task list $place' names those below it"
glance nowhere
claim 'no directory is not found either' complained 'there is no directory nowhere: name one that holds a task package'
claim 'with the same status' ended 3
glance broken/task.json/below
claim 'nor what would lie below a file' complained 'there is no directory broken/task.json/below: name one'
claim 'which is no failure of the system either' ended 3
glance broken/task.json
claim 'a file is no package' complained 'broken/task.json is no directory: name one'
claim 'and invalid, no failure of the system' ended 4
cp -R "$tasks/word-count" mistaken && echo '{"format": 1, "tests": [' >mistaken/tests/manifest.json
for command in 'verify mistaken' 'show mistaken'; do
	# shellcheck disable=SC2086 # a verb and a directory
	run assay task $command
	claim "a mistake in a file is named with its package: $command" complained \
		'cannot load the task package mistaken: tests/manifest.json:2: '
done
run assay task pin $sampled mistaken
claim 'by pin, which may have written it' complained 'task package mistaken: tests/manifest.json:2: '
run assay grade --task mistaken --submission "$place"
claim 'by grade as well' complained 'cannot load the task package mistaken: tests/manifest.json:2: '
claim 'and where it is described what belongs there' complained '(tasks/README.md says what belongs there)'
claim 'with the status of what is invalid' ended 4
run assay --lang de grade --task mistaken --submission "$place"
claim 'in German, too' complained 'das Aufgabenpaket mistaken lässt sich nicht laden: tests/manifest.json:2: '
cp -R "$tasks/word-count" mislaid && mkdir -p mislaid/solutions/right/one
glance mislaid
claim 'so is one among its solutions' complained \
	'task package mislaid: solutions/right is no class of solutions; these are: accepted, wrong_answer, '
rm -r mislaid/solutions/right mislaid/solutions/accepted
run assay task pin $sampled mislaid
claim 'and what pin lacks' complained 'task package mislaid: there is no accepted solution'

cp -R "$tasks/greet" overfull && seq 201 >overfull/tests/cases/02.args
cp -R "$tasks/greet" oversized && truncate -s 67108865 oversized/tests/cases/02.ans
for verb in 'task show' 'task verify' 'task pin' grade; do
	case $verb in
	*show) command=$verb ;;
	grade) command="grade $sampled --submission $place --task" ;;
	*) command="$verb $sampled" ;;
	esac
	# shellcheck disable=SC2086 # words
	run assay $command overfull
	claim "too many arguments are refused before anybody's program runs: $verb" complained \
		'cannot load the task package overfull: tests/cases/02.args:201: a case has at most 200 arguments, a line each'
	# shellcheck disable=SC2086 # words
	run assay $command oversized
	claim "so is a file that is too large, with its folder: $verb" complained \
		'oversized: the task package is too large: tests/cases/02.ans is larger than 64 MiB'
done

# --- pin ---

cp -R "$tasks/stack" pinned
rm pinned/tests/manifest.json
run assay task pin $sampled pinned
claim 'pin writes a manifest from nothing' ended 0
claim 'with every test of the accepted solutions' said 'has 3 tests, 3 of them new'
claim 'and says what to do next' said 'assay task verify pinned'
cp "$tasks/stack/tests/manifest.json" pinned/tests/manifest.json
printf '\n\ndef test_new():\n    Stack()\n' >>pinned/tests/unit/test_stack.py
run assay task pin $sampled --json pinned
claim 'a new test is added' is "r['tests'] == 4 and r['added'] == 1 and r['gone'] == []"
cp pinned/tests/manifest.json "$out"
claim 'with one point' is "r['tests'][3] == {'name': 'test_stack.test_new', 'suite': 'unit', 'points': 1, 'visibility': 'hidden'}"
claim 'points and words of the others are kept' is "r['tests'][0]['points'] == 2 and r['tests'][0]['says']['de']"
claim 'and what depends on what' is \
	"r['tests'][2]['depends'] == ['test_stack.test_the_last_one_comes_out_first'] and r['tests'][2]['negative']"
cp -R pinned skipping && mkdir skipping/old && mv skipping/solutions/[b-z]* skipping/old/
mv skipping/old/accepted skipping/solutions/
printf '\n\nimport pytest\n\n\n@pytest.mark.skip\ndef test_later():\n    Stack()\n' >>skipping/tests/unit/test_stack.py
run assay task pin $sampled skipping
claim 'a test that the tests skip is named' said 'skipped, and so not in it: unit/test_stack.test_later'
claim 'and stands nowhere' sh -c '! grep -qF test_later skipping/tests/manifest.json'
run assay task verify $sampled --rounds 1 skipping
claim 'which verify takes as it is' sh -c "! grep -qF test_later '$out'"
claim 'so that the task holds' ended 0
sed -i '/def test_it_knows_its_length/,/len(stack)/d' pinned/tests/unit/test_stack.py
run assay task pin $sampled pinned
claim 'a test that is gone is named' said 'gone: unit/test_stack.test_it_knows_its_length'
claim 'and the option that takes it out' said '--remove'
claim 'and stays with its points' grep -qF test_it_knows_its_length pinned/tests/manifest.json
run assay --lang de task pin $sampled --remove pinned
claim 'told to, pin takes it out' test "$(grep -c '"name"' pinned/tests/manifest.json)" = 3
claim 'and says so, in German too' said 'entfernt: unit/test_stack.test_it_knows_its_length'
printf '\n\ndef test_wrong():\n    assert False\n' >>pinned/tests/unit/test_stack.py
cp pinned/tests/manifest.json before
run assay task pin $sampled pinned
claim 'a test that an accepted solution fails is not pinned' ended 4
claim 'and named' complained 'the test unit/test_stack.test_wrong is failed'
claim 'and the manifest is as it was' cmp before pinned/tests/manifest.json
cp -R "$tasks/leap" silent
printf 'echo building\necho "leap.c:3: error: nothing is right"\necho over\nexit 3\n' >silent/tests/unit/run.sh
run assay task pin $sampled silent
claim 'a suite without a report is not pinned' ended 4
claim 'and what its tester said is repeated' complained \
	'reports no tests; its tester ended with status 3 and wrote: leap.c:3: error: nothing is right'
printf 'echo building\necho over\n' >silent/tests/unit/run.sh
run assay task pin $sampled silent
claim 'or how it ended, if there was no error in it' complained 'ended with status 0 and wrote: over'
echo 'exit 4' >silent/tests/unit/run.sh
run assay --lang de task pin $sampled silent
claim 'or nothing' complained 'Testgruppe unit meldet keine Tests'

# --- list and show ---

run assay task list "$tasks"
claim 'list names the tasks below a directory' said 'key-store'
run assay task show "$tasks/stack"
claim 'show tells the suites' said 'forgeable'
claim 'and the statement' said 'Write a class'
run assay --lang de task show "$tasks/stack"
claim 'and the title in German' said 'Ein Stapel'

finish

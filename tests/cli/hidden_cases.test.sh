#!/bin/sh
# SPDX-License-Identifier: MIT
# What a candidate receives holds no case that they must not know, however it was copied; what is alike by chance is no
# alarm.
. tests/cli/lib.sh
begin
tasks=$top/tests/cases/tasks
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export COLUMNS=300

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'hidden cases are looked for' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

# Greetings, without its solutions but one.
afresh() {
	rm -rf task
	cp -R "$tasks/greet" task
	rm -rf task/solutions/[b-z]*
}
glance() { run assay task verify $sampled --rounds 1 task; }
quiet() { ! grep -q 'which a candidate receives' "$out"; }
problem() { said "problem: $1"; }
warning() { said "warning: $1"; }
shows() { # shows TEXT: in a code block of the statement
	printf '\n```\n%s\n```\n' "$1" >>task/statement.md
}
numbers() { seq -f 'the answer number %.0f is 7919' 40; }

afresh
glance
claim 'a task that tells nothing is not warned of it' quiet
claim 'and holds' ended 0

# --- whole files ---

afresh
numbers >task/tests/cases/01.ans
numbers | head -c -1 >task/starter/sample.txt
glance
claim 'an answer in the starter is found without its last line end' \
	problem 'starter/sample.txt, which a candidate receives, is the hidden tests/cases/01.ans'
claim 'and the task does not hold' ended 1
numbers | sed 's/$/ \r/' >task/starter/sample.txt
glance
claim "so it is with blanks at its lines' ends" problem 'starter/sample.txt, which a candidate receives, is the hidden'

afresh
cp task/tests/cases/03.in task/starter/in.txt
glance
claim 'a short input alone tells nothing' quiet
cp task/tests/cases/03.ans task/starter/out.txt
glance
claim 'with its answer it is the case' \
	problem 'starter/in.txt and starter/out.txt, which a candidate receives, are the input and the answer of the hidden tests/cases/03'
claim 'so it does not hold' ended 1
rm task/starter/in.txt
glance
claim 'a short answer alone is asked for' \
	warning 'starter/out.txt, which a candidate receives, is the answer of the hidden tests/cases/03: is that meant?'
claim 'which is no problem' ended 0
run assay --lang de task verify $sampled --rounds 1 task
claim 'in German as well' \
	said 'Warnung: starter/out.txt geht an Bewerberinnen und Bewerber und ist die Antwort des verborgenen Testfalls tests/cases/03'
echo 42 | tee task/tests/cases/03.ans >task/starter/out.txt
glance
claim 'one of two figures is not' quiet
cp task/tests/cases/02.args task/starter/words
cp task/tests/cases/02.ans task/starter/greeted
glance
claim 'arguments are an input, too' problem 'starter/greeted, which a candidate receives, is the hidden tests/cases/02.ans'

# --- in texts ---

afresh
printf '\nFor example:\n\n```\nnobody\n```\n\ngives\n\n```\nHello, Edsger!\n```\n' >>task/statement.md
glance
claim 'a case that is an example of the statement is found' \
	problem 'statement.md, which a candidate receives, has the input and the answer of the hidden tests/cases/03 in it'
afresh
shows "$(cat task/tests/cases/03.in task/tests/cases/03.ans)"
glance
claim 'in one block as well' problem 'statement.md, which a candidate receives, has the input and the answer of the hidden'
afresh
printf '\nInput:\n\n    nobody\n\nOutput:\n    Hello, Edsger!\n' >>task/statement.md
glance
claim 'so it is indented below a colon' problem 'statement.md, which a candidate receives, has the input and the answer of the hidden'
afresh
printf '7\n' >task/tests/cases/03.in && printf '49\n' >task/tests/cases/03.ans
shows "$(printf '5\n6\n7\n8')" && shows "$(printf '25\n36\n49\n64')"
glance
claim 'small numbers among others are chance' quiet
shows 7
glance
claim 'so is one that has no answer of its own' quiet
shows 49
glance
claim 'but not both apart' problem 'statement.md, which a candidate receives, has the input and the answer of the hidden'
afresh
shows "$(printf 'nobody\nsomebody')" && shows "$(printf 'Hello, Edsger!\nHello, you!')"
glance
claim 'words among others are asked for' \
	warning 'statement.md, which a candidate receives, has the input and the answer of the hidden tests/cases/03 in it, among other'
claim 'which is no problem' ended 0

afresh
seq 30 >task/tests/cases/01.ans
shows "$(printf '0\n' && seq 30 && echo 31)"
glance
claim 'a long answer is enough, of the smallest lines' \
	problem 'statement.md, which a candidate receives, has the hidden tests/cases/01.ans in it (from line 8 on)'
afresh
numbers >task/tests/cases/01.ans
shows "$(numbers | head -n 30 | sed 's/^/  /')"
glance
claim 'so is most of it' problem 'statement.md, which a candidate receives, has 30 lines of the hidden tests/cases/01.ans in it'
afresh
numbers >task/tests/cases/01.ans
shows "$(numbers | head -n 10)"
glance
claim 'the beginning of a case is asked for, since an example may be that' \
	warning 'statement.md, which a candidate receives, and the hidden tests/cases/01.ans have 10 lines alike'
claim 'and no problem' sh -c '! grep -q ^problem: "$1"' - "$out"

# --- cases of visible suites ---

# A visible suite with one case beside the hidden ones.
with_examples() { # with_examples INPUT ANSWER
	afresh
	mkdir task/tests/examples
	printf '%s\n' "$1" >task/tests/examples/1.in
	printf '%s\n' "$2" >task/tests/examples/1.ans
	python3 - <<'END'
import json
task, manifest = json.load(open("task/task.json")), json.load(open("task/tests/manifest.json"))
task["suites"].insert(0, {**task["suites"][0], "id": "examples", "visibility": "visible"})
manifest["tests"].append({"name": "1", "suite": "examples", "points": 0, "visibility": "visible"})
json.dump(task, open("task/task.json", "w"))
json.dump(manifest, open("task/tests/manifest.json", "w"))
END
}
with_examples Bob 'Hello, Bob!'
glance
claim 'a visible case of its own is none of the hidden ones' quiet
claim 'and the task holds' ended 0
with_examples "$(cat "$tasks/greet/tests/cases/01.in")" "$(cat "$tasks/greet/tests/cases/01.ans")"
glance
claim 'a hidden case that is visible as well is found' \
	problem 'the case tests/examples/1, which a candidate receives, is the hidden tests/cases/01'
with_examples Zoe 'Hello, Zoe!'
echo Zoe >task/tests/cases/01.in && echo 'Hello, Zoe!' >task/tests/cases/01.ans
glance
claim 'a short one is asked for' \
	warning 'the case tests/examples/1, which a candidate receives, is the hidden tests/cases/01: is that meant?'
claim 'which is no problem' ended 0
with_examples 'Ada' "$(cat "$tasks/greet/tests/cases/01.ans")"
glance
claim 'the same answer to another question is another case' quiet

# --- beside visible cases ---

afresh
sed -i 's/"suites": \[/&{"id": "examples", "against": "program", "visibility": "visible", "compare": "exact"}, /' task/task.json
mkdir task/tests/examples && printf 'Ada\n' >task/tests/examples/01.in && printf 'Hello, Ada!\n' >task/tests/examples/01.ans
run assay task pin $sampled task
glance
claim 'a visible suite of its own tells nothing' quiet
cat task/tests/cases/03.in task/tests/cases/03.ans >task/tests/examples/notes.txt
glance
claim 'but what else lies with its cases is looked through' \
	problem 'tests/examples/notes.txt, which a candidate receives, has the input and the answer of the hidden tests/cases/03'
numbers >task/tests/cases/01.ans
{ echo before && numbers; } >task/tests/examples/notes.txt
glance
claim 'for a long answer, too' problem 'tests/examples/notes.txt, which a candidate receives, has'

finish

#!/bin/sh
# SPDX-License-Identifier: MIT
# Reports of every form, from real testers in real boxes: read from their file or from standard output.
# also as an ordinary user
. tests/cli/lib.sh
begin
tasks=$top/tests/cases/tasks
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp"
mkdir "$TMPDIR"

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'reports are read' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

grade() { run assay grade $sampled --task "$1" --submission "$2" $3; }
solution() { grade "$tasks/$1" "$tasks/$1/solutions/$2"; }

# is EXPRESSION: of the result r, in Python; t are its tests by name.
is() {
	python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); t = {x["name"]: x for x in r["tests"]}
sys.exit(not eval(sys.argv[2]))' "$out" "$1"
}
got() { is "r['gradable'] and r['verdict'] == '$1' and r['points'] == $2"; }

# --- Unity: what a C runner prints ---

solution leap accepted/rule
claim "a right function passes Unity's tests" got accepted 4
claim 'and the result says that it could be forged' is "r['forgeable'] is True"
solution leap accepted/table
claim 'what the candidate prints amidst the report disturbs nothing' got accepted 4
claim 'nor is it odd' is "r['report'][0]['anomalies'] == []"
solution leap partial/julian
claim 'a wrong one fails where it is wrong' got partial 3
claim 'with the words of Unity' is "t['test_centuries_are_none']['reason'] == 'Expected 0 Was 1'"
solution leap partial/loops
claim 'where a suite is stopped, what was reported stands' got time_limit 2
claim 'and what was not is not run' is "t['test_every_fourth_century_is_one']['outcome'] == 'not_run'"
solution leap forged/prints-counts
claim 'counts that somebody printed give nothing' got wrong_answer 0
claim 'and every test is missing' is "all(x['outcome'] == 'missing' for x in r['tests'])"
cp -R "$tasks/leap" file && sed -i 's|exec /tmp/test|/tmp/test >/report/report.txt; echo "x.c:1:test_centuries_are_none:PASS"|' file/tests/unit/run.sh
grade file file/solutions/partial/julian
claim "where there is a file, standard output isn't read" got partial 3

# --- JSON ---

# form REPORT PYTHON: the stack's task with a tester that writes the value of that expression to /report/report.json;
# `good` and `bad` are names of its tests.
form() {
	rm -rf form && cp -R "$tasks/stack" form
	sed -i 's/"argv": \[.*\]/"argv": ["python3", "\/tests\/run.py"]/; s/"report": "junit"/"report": "'"$1"'"/' form/task.json
	cat >form/tests/unit/run.py <<-END
		import json
		good, bad = "test_stack.test_it_knows_its_length", "test_stack.test_the_last_one_comes_out_first"
		with open("/report/report.json", "w") as f:
		    json.dump($2, f)
	END
	grade form form/solutions/accepted/list
}
form ctrf '{"results": {"tests": [{"name": good, "status": "passed"}, {"name": bad, "status": "failed", "message": "no"}]}}'
claim 'CTRF is read' is "t['test_stack.test_it_knows_its_length']['outcome'] == 'passed' and r['points'] == 1"
claim 'with the message of a failed test' is "t['test_stack.test_the_last_one_comes_out_first']['reason'] == 'no'"
form gradescope '{"tests": [{"name": good, "score": 1, "max_score": 1}, {"name": bad, "score": 1, "max_score": 2}]}'
claim "Gradescope's results are read" is "t['test_stack.test_it_knows_its_length']['outcome'] == 'passed' and r['points'] == 1"
claim 'half the points are no pass' is "t['test_stack.test_the_last_one_comes_out_first']['reason'] == '1 of 2 points'"
form check50 '{"results": [{"name": good, "passed": True}, {"name": bad, "passed": None}]}'
claim "check50's results are read" is "t['test_stack.test_it_knows_its_length']['outcome'] == 'passed' and r['points'] == 1"
claim 'a check that was not run is not run' is "t['test_stack.test_the_last_one_comes_out_first']['outcome'] == 'not_run'"
claim 'each form names itself' is "r['report'][0]['format'] == 'check50' and len(r['report'][0]['sha256']) == 64"
form check50 '"nothing of the kind"'
claim 'what is no report earns nothing and says so' is "r['points'] == 0 and r['report'][0]['anomalies'] == ['the report holds no tests']"

finish

#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# Reports of every form, from real testers in real boxes: read from their file or from standard output.
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

# --- test by test: the reporter for pytest ---

solution primes accepted/sieve
claim 'what pytest tells test by test is read' got accepted 5
claim 'by the names of its JUnit XML' is "'test_primes.test_the_last_one_is_found[10-7]' in t"
claim 'with how long each took' is "all(x['duration_ms'] is not None for x in r['tests'])"
claim 'and nothing of it is odd' is "r['report'][0]['anomalies'] == [] and r['report'][0]['unexpected'] == []"
solution primes partial/slow
claim 'a test that takes too long is ended alone, the next ones go on' got partial 4
claim 'its reason names the time it had' is \
	"'longer than its 700 ms' in t['test_primes.test_a_hundred_thousand_take_no_time']['reason']"
solution primes partial/swallows
claim 'whoever swallows the interruption has not passed' is \
	"'longer than its 700 ms' in t['test_primes.test_a_hundred_thousand_take_no_time']['reason']"
solution primes time_limit/holds-on
claim 'where nothing but the limit ends a test, what was reported stands' got time_limit 3
claim 'the test that ran fails with the name of the limit' is \
	"[(x['outcome'], 'time' in x['reason']) for x in r['tests'][3:4]] == [('failed', True)]"
claim 'and the rest is not run' is "t['test_primes.test_they_are_in_order']['outcome'] == 'not_run'"
solution primes partial/exits
claim 'an exit in a test costs that test and those behind it' got partial 3
claim 'and says in which one it was' is \
	"t['test_primes.test_a_hundred_thousand_take_no_time']['reason'] == 'the report ends while it ran'"
solution primes forged/writes-the-report
claim 'a verdict that somebody added loses against the worse one' got wrong_answer 0
solution primes stub/starter
claim 'a failed test has the first line of its failure as its reason' is \
	"t['test_primes.test_they_are_in_order']['reason'] == 'NotImplementedError'"
claim 'and the rest of it as its output' is "'raise NotImplementedError' in t['test_primes.test_they_are_in_order']['output']"

cp -R "$tasks/primes" broken
echo 'import no_such_module' >broken/tests/unit/test_other.py
grade broken broken/solutions/accepted/sieve
claim 'a file of tests that cannot be read is named' is \
	"any('no_such_module' in a for a in r['report'][0]['anomalies'])"
cp -R "$tasks/primes" own
sed -i 's/"name": "test_primes.test_they_are_in_order",/& "test_ms": 20,/' own/tests/manifest.json
sed -i 's/^def test_they_are_in_order.*/import time\n\n\n&\n    time.sleep(0.2)/' own/tests/unit/test_primes.py
grade own own/solutions/accepted/sieve
claim 'a test may have a time of its own' is "'longer than its 20 ms' in t['test_primes.test_they_are_in_order']['reason'] and r['points'] == 4"
cp -R "$tasks/word-count" cases
sed -i 's/"suite": "cases"/& , "test_ms": 300/; s/"suite": "[a-z]*",/& "test_ms": 300,/' cases/tests/manifest.json
grade cases cases/solutions/time_limit/never-ends
claim 'a case too' got time_limit 0
claim 'it is stopped by its own clock' is "all(x['wall_ms'] < 1000 for x in r['runs'] if x['what'] == 'case')"

# --- test by test: the reporter for node ---

# A task with the tests of standard input, in JavaScript, and a submission that exports f.
node_task() {
	rm -rf node && cp -R "$tasks/stack" node && rm -rf node/tests/unit/* node/solutions node/starter/*
	sed -i 's/"argv": \[.*\]/"argv": ["node", "--test", "--test-reporter=\/reporters\/assay_node.mjs", "\/tests\/"]/
		s/"report": "junit"/"report": "tap", "test_ms": 400/; s/\*\.py/*.mjs/; s/"python3"\], "debian": .*/"node"]},/
		s/"memory_mib": 128/"memory_mib": 512/; s/"cpu_ms": [0-9]*/"cpu_ms": 1500/' node/task.json
	cat >node/tests/unit/f.test.mjs
	sed 's|.*|{"name": "&", "suite": "unit", "points": 1, "visibility": "hidden"}|' >node/tests/list <<-END
		adds
		outer > inner # 1
		outer > late
		hangs
		never
	END
	{ echo '{"format": 1, "tests": [' && paste -sd, node/tests/list && echo ']}'; } >node/tests/manifest.json
	rm node/tests/list
	echo "$1" >node/starter/f.mjs
	grade node node/starter
}
if node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 18 || (a == 18 && b >= 17) ? 0 : 1)' 2>/dev/null; then
	node_task 'export const f = () => { while (true); };' <<-'END'
		import test, { describe, it } from 'node:test';
		import assert from 'node:assert';
		import { f } from '/work/f.mjs';
		test('adds', () => assert.equal(1 + 1, 2));
		describe('outer', () => {
			it('inner # 1', () => assert.equal(3, 4));
			it('late', async () => { await new Promise((done) => setTimeout(done, 600)); });
		});
		test('hangs', () => f());
		test('never', () => {});
	END
	claim 'what node tells test by test stands when it is stopped' got time_limit 1
	claim 'a test has the names of those around it' is "t['outer > inner # 1']['outcome'] == 'failed'"
	claim 'and the message of its failure' is "'3 !== 4' in t['outer > inner # 1']['output'] or '3 == 4' in t['outer > inner # 1']['output']"
	claim 'one that took too long has not passed' is "'longer than its 400 ms' in t['outer > late']['reason']"
	claim 'the one that ran fails with the name of the limit' is "t['hangs']['outcome'] == 'failed' and 'time' in t['hangs']['reason']"
	claim 'the rest is not run' is "t['never']['outcome'] == 'not_run'"
	echo "test('never ends', () => {" | node_task 'export const f = 1;'
	claim 'a file of tests that node cannot read is named with its mistake' \
		is "t['adds']['reason'] == '/tests/f.test.mjs: line 2: SyntaxError: Unexpected end of input' and r['points'] == 0"
	node_task 'export const f = (;' <<-'END'
		import test from 'node:test';
		import { f } from '/work/f.mjs';
		test('adds', () => f());
	END
	claim 'and of a submission that it cannot read the place, too' \
		is "t['adds']['reason'].startswith('/tests/f.test.mjs: /work/f.mjs:1: SyntaxError: ')"
	mkdir -p node/solutions/accepted/a && mv node/starter/f.mjs node/solutions/accepted/a/
	sed -i "s|{ f } from '/work/f.mjs'|f from '/work/g.cjs'|" node/tests/unit/f.test.mjs && sed -i 's/\*\.mjs/*.*js/' node/task.json
	printf 'exports.f = 1;\nexports.g = (;\n' >node/solutions/accepted/a/g.cjs
	run assay task pin $sampled node
	claim 'pin says it of an accepted solution' \
		complained "accepted/a: /tests/f.test.mjs of suite unit can't be loaded: /work/g.cjs:2: SyntaxError: "
else
	skip 'what node tells test by test stands when it is stopped' 'no node 18.17 or later'
fi

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

# --- written for other programs ---

grade "$tasks/primes" "$tasks/primes/solutions/time_limit/holds-on" '--format junit'
cp "$out" result.xml
claim 'JUnit has what its schema allows, and counts that are right' python3 - <<-'END'
	import sys, xml.etree.ElementTree as tree
	suites = tree.parse("result.xml").getroot()
	allowed = {"testsuites": {"name", "time", "tests", "failures", "errors"}, "properties": set(), "property": {"name", "value"},
	           "testsuite": {"name", "time", "tests", "failures", "errors", "skipped"}, "system-out": set(), "skipped": {"message"},
	           "testcase": {"classname", "name", "time", "status"}, "failure": {"message", "type"}, "error": {"message", "type"}}
	for element in suites.iter():
	    assert set(element.attrib) <= allowed[element.tag], element.tag
	cases = list(suites.iter("testcase"))
	assert len(cases) == 5 == int(suites.get("tests")), suites.attrib
	for counter, tag in [("failures", "failure"), ("errors", "error")]:
	    assert int(suites.get(counter)) == sum(case.find(tag) is not None for case in cases) == 1, counter
	assert [case.get("classname") for case in cases] == ["unit"] * 5
	assert cases[3].find("failure").get("message").startswith("the tests were stopped")
	assert cases[4].get("status") == "not_run"
END
grade "$tasks/primes" "$tasks/primes/solutions/partial/slow" '--format tap'
cp "$out" result.tap
claim 'TAP names every test' grep -qx '    not ok 4 - test_primes.test_a_hundred_thousand_take_no_time' result.tap
if perl -MTAP::Parser -e 1 2>/dev/null; then
	# Its parser knows TAP 13, which is the same but for the number and the subtests.
	sed 's/^TAP version 14/TAP version 13/' result.tap >result13.tap
	claim "and Perl's own parser takes it" perl -MTAP::Parser -e '
		my $p = TAP::Parser->new({ source => "result13.tap" }); $p->run;
		exit !($p->tests_run == 1 && !$p->parse_errors && $p->failed == 1)'
else
	skip "and Perl's own parser takes it" 'no TAP::Parser'
fi
# What assay writes it takes as a report: a tester that copies it.
cp -R "$tasks/stack" copies && sed -i 's/"argv": \[.*\]/"argv": ["cp", "\/tests\/result.tap", "\/report\/report.tap"]/; s/"report": "junit"/"report": "tap"/' copies/task.json
cp result.tap copies/tests/unit/
sed -n 's|^    .*ok [0-9]* - \(.*\)|{"name": "unit > \1", "suite": "unit", "points": 1, "visibility": "hidden"}|p' result.tap | paste -sd, >list
{ echo '{"format": 1, "tests": [' && cat list && echo ']}'; } >copies/tests/manifest.json
grade copies copies/solutions/accepted/list
claim 'assay reads what it wrote, with the same points' got partial 4
claim 'and nothing of it is odd' is "r['report'][0]['anomalies'] == []"
run assay grade $sampled --task "$tasks/leap" --submission "$tasks/leap/starter" --format yaml
claim 'another format is refused' complained '--format is json, text, junit or tap, not yaml'
claim 'before anything runs' ended 2

finish

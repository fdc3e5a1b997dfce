#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# Suites against a program: checkers and judges of the task's own, how they may fail, cases one by one, and every way in
# which a candidate could try to buy an attempt that isn't graded.
# also as an ordinary user
. tests/cli/lib.sh
begin
tasks=$top/tests/cases/tasks
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp"
mkdir "$TMPDIR"

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'programs are graded' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

grade() { run assay grade $sampled --task "$1" --submission "$2" $3; }
solution() { grade "$1" "$tasks/$1/solutions/$2"; }

# is EXPRESSION: of the result r, in Python; test(NAME), box(WHAT) and odd() look things up.
is() {
	python3 -c '
import json, sys
r = json.load(open(sys.argv[1]))
def test(name): return [t for t in r["tests"] if t["name"] == name][0]
def box(what): return [x for x in r["runs"] if x["what"] == what]
def odd(): return [a for note in r["report"] for a in note["anomalies"]]
sys.exit(not eval(sys.argv[2]))' "$out" "$1"
}
got() { is "r['gradable'] and r['verdict'] == '$1' and r['points'] == $2"; }
# The task's mistake: graded, without points, named where the interviewer looks.
blamed_on_the_task() {
	is "r['gradable'] and r['points'] == 0 and test('01')['outcome'] == 'error'" &&
		is "test('01')['reason'].startswith('tester_limit: $1') and any('tester_limit: $1' in a for a in odd())"
}

cp -R "$tasks/coins" "$tasks/guess" "$tasks/greet" "$tasks/word-count" .

# --- a task's own checker ---

solution coins accepted/table
claim 'what a checker accepts earns its points' got accepted 5
claim 'nobody could have forged it' is "r['forgeable'] is False"
claim 'the checker has a box of its own for each case, with the limits of the tests' \
	is "[x['exit_code'] for x in box('checker')] == [42, 42, 42] and r['pins']['tester_limits']['memory_mib'] == 128"
claim 'each box of a case names it' \
	is "[x['test'] for x in box('checker')] == ['01', '02', '03'] == [x['test'] for x in box('case')] and 'test' not in r['runs'][0]"
claim 'and is called with input, answer and a place for feedback' \
	is "box('checker')[0]['argv'][-3:] == ['/tests/01.in', '/tests/01.ans', '/report/']"
claim 'what it says to interviewers lies in its log' is "box('checker')[0]['log'] == '3 coins, 3 would do\n'"
claim 'and files that it need not write are not missed' is "box('checker')[0]['message'] is None"
solution coins partial/takes-the-largest
claim 'its score is a share of the points' is "test('01')['points'] == 2 and test('01')['outcome'] == 'passed'"
claim 'and its message to the candidate the reason' is "test('01')['reason'] == 'fewer coins would do'"
claim 'a part is partial' got partial 3
solution coins wrong_answer/takes-too-much
claim 'what it rejects earns nothing, for its reason' \
	is "test('01')['outcome'] == 'failed' and test('01')['reason'] == \"the coins don't add up to the amount\""
claim 'a case that depends on it is not run' is "test('03')['outcome'] == 'not_run'"
solution coins runtime_error/returns-125
claim 'what a program that fails has written is not looked at' is "box('checker') == []"

first_case() { # first_case TASK: the others go
	rm "$1"/tests/[ct]*/0[23].*
	python3 - "$1/tests/manifest.json" <<-'END'
		import json, sys
		m = json.load(open(sys.argv[1]))
		json.dump({**m, "tests": m["tests"][:1]}, open(sys.argv[1], "w"))
	END
}
write() { # write FILE: the standard input becomes that file of the coins task, in a copy called broken, with one case
	rm -rf broken && cp -R coins broken && first_case broken
	sed -i 's/^  "limits"/  "tester_limits": {"wall_ms": 2000, "cpu_ms": 500},\n&/' broken/task.json
	cat >"broken/tests/cases/$1"
}
checker() { write check.py && grade broken "$tasks/coins/solutions/accepted/table"; }
checker <<-'END'
	raise SystemExit(0)
END
claim 'a checker that ends otherwise is the mistake of the task' blamed_on_the_task 'the checker ended with status 0'
checker <<-'END'
	raise SystemExit(125)
END
claim 'also one that ends like a box that broke' blamed_on_the_task 'the checker ended with status 125'
checker <<-'END'
	while True: pass
END
claim 'and one that never ends' blamed_on_the_task 'the checker was stopped or crashed'
checker <<-'END'
	import time
	time.sleep(60)
END
claim 'and one that sleeps' blamed_on_the_task 'the checker was stopped or crashed: ran out of time'
checker <<-'END'
	while True: print("x" * 1000)
END
claim 'and one that floods' blamed_on_the_task 'the checker was stopped or crashed: wrote more output than allowed'
checker <<-'END'
	import os, signal
	os.kill(os.getpid(), signal.SIGSYS)
END
claim 'and one that crashes' blamed_on_the_task 'the checker was stopped or crashed'
checker <<-'END'
	import os, signal
	try: os.kill(1, signal.SIGKILL)
	finally: os.kill(-1, signal.SIGKILL)
	raise SystemExit(1)
END
claim 'and one that kills all around it' blamed_on_the_task 'the checker'
checker <<-'END'
	import sys
	open("/work/big", "wb").write(bytes(1 << 28))
END
claim 'and one that fills its disk' blamed_on_the_task 'the checker'
checker <<-'END'
	open("/report/score.txt", "w").write("1.5")
	raise SystemExit(42)
END
claim 'and one whose score is none' blamed_on_the_task "the checker"
checker <<-'END'
	import os
	os.symlink("/etc/passwd", "/report/score.txt")
	os.mkfifo("/report/teammessage.txt")
	raise SystemExit(42)
END
claim 'feedback that is no file is none, and that is said' \
	is "r['points'] == 4 and 'regular file' in box('checker')[0]['message']"
checker <<-'END'
	open("/report/teammessage.txt", "w").write("\x1b[31mno\n" + "x" * 100000)
	open("/report/judgemessage.txt", "w").write("j" * 100000)
	raise SystemExit(43)
END
claim 'what it says is cut to a line and clean' \
	is "test('01')['reason'].startswith('\\\\x1b[31mno xx') and len(test('01')['reason']) < 1100"
claim 'also what it says to interviewers' is "len(box('checker')[0]['log']) < 9000"

# A checker with a mistake, and a candidate who knows it.
write check.py <<-'END'
	import json, sys
	sys.exit(42 if json.load(sys.stdin) == {} else 43)
END
mkdir crafted && cat >crafted/solution.c <<-'END'
	#include <stdio.h>
	int main(void) { for (int i = 0; i < 30000; i++) putchar('['); return 0; }
END
grade broken crafted
claim 'output that brings the checker down buys nothing' blamed_on_the_task 'the checker ended with status 1'
printf '#include <stdio.h>\nint main(void) { fwrite("\\0\\xff", 1, 2, stdout); return 0; }\n' >crafted/solution.c
solution coins forged/runs-in-the-checker
claim 'what the program wrote stays data' got wrong_answer 0
grade coins crafted
claim 'be it NUL and what is no text' is "test('01')['reason'] == 'there is something that is no number'"

# --- a checker that has to be built ---

rm -rf built && cp -R coins built && rm built/tests/cases/check.py
cat >built/tests/cases/check.c <<-'END'
	#include <stdio.h>
	int main(void)
	{
		long sum = 0, coin;
		while (scanf("%ld", &coin) == 1) sum += coin;
		return sum == 30 || sum == 7 || sum == 0 ? 42 : 43;
	}
END
sed -i 's|{"checker": \[.*\]}|{"checker": ["./check"]}, "build": {"argv": ["cc", "-o", "check", "/tests/check.c"]}|' built/task.json
grade built "$tasks/coins/solutions/accepted/table"
claim 'a checker is built once and looks at every case' \
	is "r['points'] == 5 and len(box('checker build')) == 1 and len(box('checker')) == 3"
echo 'int main(void) { retrun 42; }' >built/tests/cases/check.c
grade built "$tasks/coins/solutions/accepted/table"
claim 'one that cannot be built is refused before the candidate is judged' ended 4
claim "with the compiler's words" complained 'retrun'
claim 'and the suite' complained "the checker of suite cases can't be built (exit status 1)"

# --- judges ---

solution guess accepted/bisects
claim 'who talks well with the judge has all points' got accepted 4
claim 'the judge was built once' is "len(box('checker build')) == 1 and [x['exit_code'] for x in box('judge')] == [42] * 3"
claim 'the input is for the judge alone' is "test('02')['output'].startswith('> 30\n< 15\n> higher\n< 23\n> lower\n')"
solution guess partial/one-by-one
claim "the end of its input after the judge's 43 is a wrong answer" is "test('03')['outcome'] == 'failed' and r['verdict'] == 'partial'"
claim 'for the reason that the judge gives' is "test('03')['reason'] == 'that were too many guesses'"
claim 'and the box says that its end does not count' is "'the judge had ended before' in box('case')[2]['message']"
solution guess wrong_answer/guesses-on
claim 'it is no runtime error' got wrong_answer 0
grade guess "$tasks/guess/solutions/partial/one-by-one" --stable
cp "$out" first
grade guess "$tasks/guess/solutions/partial/one-by-one" --stable
claim 'a talk gives equal bytes for equal work, whoever is a little faster' cmp first "$out"
solution guess wrong_answer/leaves-early
claim 'who leaves before the judge accepts is wrong' got wrong_answer 0
solution guess runtime_error/gives-up
claim 'who fails before the judge has ended has failed' got runtime_error 0
solution guess runtime_error/kills-everybody
claim 'so has who kills all around it' got runtime_error 0

cp -R guess unbuilt && echo 'int main(void) { retrun 42; }' >unbuilt/tests/talks/judge.c
grade unbuilt "$tasks/guess/solutions/accepted/bisects"
claim 'a judge that cannot be built is called a judge' complained "the judge of suite talks can't be built (exit status 1)"
claim 'in one line, without what would be the ends of others' sh -c "! grep -qF '\\n' '$err'"

talk() { # talk JUDGE PROGRAM: both in Python; one case
	rm -rf talking candidate && cp -R guess talking && mkdir candidate
	rm talking/tests/talks/judge.c
	sed -i 's|"judge": \["./judge"\]},|"judge": ["python3", "-I", "/tests/judge.py"]}|; /"build"/s|.*|}|' talking/task.json
	first_case talking
	printf 'import os, signal, sys, time\n%s\n' "$1" >talking/tests/talks/judge.py
	printf 'import os, signal, sys, time\n%s\n' "$2" >candidate/guess.py
	grade talking candidate
}
talk 'sys.exit(42)' 'sys.stdin.read(); sys.exit(3)'
claim 'when the judge accepts, it is accepted, whatever the program does of the end' got accepted 1
talk 'sys.exit(42)' 'time.sleep(60)'
claim 'also if it never ends' got accepted 1
claim 'and then nobody waits for long' is "box('case')[0]['wall_ms'] < 1500"
talk 'input(); time.sleep(0.3); sys.exit(42)' 'print("x", flush=True); os.kill(os.getpid(), signal.SIGSEGV)'
claim 'a program that crashed before has crashed' got runtime_error 0
talk 'sys.exit(42 if sys.stdin.read() == "3\n" else 43)' 'print(3)'
claim 'a judge may read to the end' got accepted 1
talk 'print(1); print(2); sys.stdout.close(); os.close(1); sys.exit(42 if sys.stdin.read() == "3\n" else 43)' \
	'print(sum(map(int, sys.stdin.read().split())))'
claim 'and a program, when the judge closes its output' got accepted 1
talk 'sys.exit(43 if input() else 42)' 'print(15); sys.stdin.readline()'
claim 'where both wait, because the program has not flushed, it is to blame' got time_limit 0
claim 'and was tried again, since it had used no processor' is "'tried 3 times' in box('case')[0]['message']"
talk 'sys.exit(1 if input() == "x" else 42)' 'print("x", flush=True); time.sleep(1)'
claim 'a judge that fails is the mistake of the task' blamed_on_the_task 'the judge ended with status 1'
talk 'input(); input(); sys.exit(42)' 'print("x", flush=True)'
claim 'but not when it dies of the end of the program' got wrong_answer 0
claim 'which is said so' is "test('01')['reason'] == 'the program ended before the judge accepted'"
sed -i 's/"tester_limits": {"wall_ms": 5000, "cpu_ms": 5000/"tester_limits": {"wall_ms": 1000, "cpu_ms": 1000/' guess/task.json
talk 'time.sleep(60)' 'print("x", flush=True); input()'
claim 'a judge that hangs while the program waits is the mistake of the task' \
	blamed_on_the_task 'the judge was stopped or crashed: ran out of time'
claim 'and the program did nothing wrong' is "r['verdict'] == 'wrong_answer' and 'it waited for the judge' in box('case')[0]['message']"
talk 'while True: pass' 'print("x", flush=True); input()'
claim 'so is one that loops' blamed_on_the_task 'the judge was stopped or crashed'
talk 'while True: print("x" * 100)' 'sys.stdin.read()'
claim 'and one that floods' blamed_on_the_task 'the judge was stopped or crashed: wrote more output than allowed'
talk 'input(); sys.exit(43)' 'os.write(1, b"x\n"); time.sleep(0.2)
while True: os.write(1, b"y" * 1000)'
claim 'who floods a judge that has decided changes nothing' got wrong_answer 0
talk 'time.sleep(60)' 'while True: os.write(1, b"y" * 1000)'
claim 'who floods a judge that does not read is over its own limit' got output_limit 0
claim 'and of a long talk the beginning and the end are kept' is "'bytes are left out here' in test('01')['output'] and len(test('01')['output']) < 20000"
talk 'os.write(1, b"x" * 60000); os.write(1, b"y"); input(); sys.exit(42)' 'os.close(0); print("ok", flush=True); time.sleep(0.3)'
claim 'a judge is not ended by a program that does not listen' got accepted 1
talk 'sys.exit(42 if not os.path.exists("/work/guess.py") and len(sys.argv) == 4 else 43)' 'input()'
claim 'no file of the candidate lies beside the judge' got accepted 1
talk 'sys.exit(43)' 'print(os.path.exists("/tests") or os.path.exists("/report"), file=sys.stderr)'
claim 'and none of the judge beside the program' is "'True' not in (test('01')['output'] or '')"

# --- cases one by one ---

rm -rf exact && cp -R "$tasks/greet" exact && rm -rf exact/tests/cases/* exact/solutions
printf 'a\nb' >exact/tests/cases/01.in && printf 'a\nb\n' >exact/tests/cases/01.ans
printf 'a\r\n' >exact/tests/cases/02.in && printf 'a\n' >exact/tests/cases/02.ans
printf 'a\0b\n' >exact/tests/cases/03.in && printf 'a\0b\n' >exact/tests/cases/03.ans
printf 'nan inf 1.00000001\r\n' >exact/tests/cases/04.in && printf 'NaN  Infinity\n1' >exact/tests/cases/04.ans
cat >exact/tests/manifest.json <<-'END'
	{"format": 1, "tests": [
	{"name": "01", "suite": "cases", "group": "g", "points": 1, "visibility": "hidden", "says": {"en": "1", "de": "1"}},
	{"name": "02", "suite": "cases", "group": "g", "points": 2, "visibility": "hidden", "says": {"en": "2", "de": "2"}},
	{"name": "03", "suite": "cases", "points": 4, "visibility": "hidden", "says": {"en": "3", "de": "3"}},
	{"name": "04", "suite": "cases", "points": 8, "visibility": "hidden", "depends": ["03"], "says": {"en": "4", "de": "4"}}],
	"groups": [{"id": "g", "rule": "sum"}]}
END
mkdir copies && echo 'exec cat' >copies/greet.sh
grade exact copies
claim 'exact forgives a missing newline at the end, no CR, and sees behind a NUL' got partial 5
claim 'every case has its time' is "all(t['duration_ms'] >= 0 for t in r['tests']) and len(box('case')) == 4"
compare() { sed -i "s/\"compare\": .*}\]/\"compare\": $1}]/" exact/task.json && grade exact copies; }
compare '"tokens"'
claim 'tokens take CRLF for white space' got partial 7
compare '{"float": 1e-6}'
claim 'float takes numbers within the tolerance, NaN for NaN, infinities by sign' got accepted 15
rule() { sed -i "s/\"rule\": \"[a-z]*\"/\"rule\": \"$1\"/" exact/tests/manifest.json && compare '"exact"'; }
rule all
claim 'a group of cases may count as a whole' got partial 4
rule min
claim 'or by its weakest' got partial 4
sed -i 's/"name": "01", /"name": "01", "negative": true, /' exact/tests/manifest.json
rule sum
claim 'a case that shows a refusal counts only beside one that shows it working' \
	is "test('01')['outcome'] == 'not_run' and r['points'] == 4"
printf '#!/bin/sh\nprintf "a\\nb"\n' >copies/greet.sh
grade exact copies
claim 'a case that depends on a failed one is not run' is "test('04')['outcome'] == 'not_run'"

sed -i 's/"wall_ms": 3000/"wall_ms": 300/' exact/task.json
echo 'exec sleep 60' >copies/greet.sh
grade exact copies
claim 'who is stopped by the clock without having worked is tried twice more' \
	is "r['verdict'] == 'time_limit' and 'tried 3 times' in box('case')[0]['message']"

# --- files of a case ---

laid() { is "[x['message'] for x in box('case')] == [None, None, $1]"; }
rm -rf laid theirs && cp -R "$tasks/greet" laid && mkdir -p theirs/lists && cp "$tasks"/greet/solutions/accepted/lines/* theirs/
grade laid theirs
claim 'of files that only join the candidate'"'"'s nothing is said' laid None
sed -i 's|"\*\.sh"|"**"|' laid/task.json
echo Mallory >theirs/lists/names
grade laid theirs
claim "a case's file takes the place of the candidate's" is "test('03')['outcome'] == 'passed'"
claim 'and its box says which' laid "'lists/names of the case has taken the place of the candidate\\'s'"
echo Ada >laid/tests/cases/03.files/lists/others && echo Mallory >theirs/lists/others
grade laid theirs
claim 'and how many more' is "' and 1 more file of the case have taken the place' in box('case')[2]['message']"
rm laid/tests/cases/03.files/lists/others theirs/lists/others
cp laid/tests/cases/03.files/lists/names theirs/lists/
grade laid theirs
claim 'but not where both are the same' laid None
mkdir -p laid/starter/lists && echo Alan >laid/starter/lists/names && rm theirs/lists/names
grade laid theirs
claim "nor where it is the starter's" laid None
sed -i 's|^  "program"|"build": {"argv": ["sh", "build.sh"]},\n  &|' laid/task.json
echo 'rm -rf lists && mkdir lists && echo Mallory >lists/names && chmod 0 lists/names' >theirs/build.sh
grade laid theirs
claim 'a build cannot keep it out with rights' is "test('03')['outcome'] == 'passed'"
echo 'rm -rf lists && mkdir lists && ln -s ../greet.sh lists/names' >theirs/build.sh
grade laid theirs
claim 'nor lead it elsewhere' is "test('03')['outcome'] == 'passed'"
echo 'rm -rf lists && echo Mallory >lists' >theirs/build.sh
grade laid theirs
claim 'a case whose files find no place goes without them' is "r['gradable'] and test('03')['outcome'] == 'failed'"
claim 'which its box says' laid "\"without the case's files: what the candidate has there left no room for them\""

# --- attempts that nobody can buy ---

buys_nothing() { # buys_nothing SENTENCE VERDICT C: graded, the verdict is theirs, no points
	printf '#include <signal.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <unistd.h>\n%s\n' "$3" \
		>crafted/solution.c
	grade word-count crafted
	claim "$1" got "$2" 0
}
buys_nothing 'the exit status of a box that broke buys nothing' runtime_error 'int main(void) { return 125; }'
buys_nothing 'nor the death of pid 1 and all others' runtime_error \
	'int main(void) { kill(1, SIGKILL); kill(-1, SIGKILL); return 1; }'
buys_nothing 'nor dying like one whose system call was refused' runtime_error 'int main(void) { raise(SIGSYS); return 0; }'
if [ "$(uname -m)" = x86_64 ]; then
	buys_nothing 'nor a call of a foreign architecture' runtime_error \
		'int main(void) { __asm__ volatile("int $0x80" : : "a"(20)); return 0; }'
else
	skip 'nor a call of a foreign architecture' 'this is no x86-64'
fi
buys_nothing 'nor a full disk' runtime_error 'static char page[1 << 16];
int main(void) { FILE *f = fopen("/work/full", "w"); while (f && fwrite(page, 1, sizeof(page), f) == sizeof(page)); return 1; }'
buys_nothing 'nor a full disk in many files' runtime_error \
	'int main(void) { char name[40]; for (int i = 0;; i++) { sprintf(name, "/tmp/%d", i); if (!fopen(name, "w")) return 1; fclose(fopen(name, "w")); } }'
buys_nothing 'nor a flood' output_limit 'int main(void) { for (;;) puts("word"); }'
buys_nothing 'nor one on the other stream' output_limit 'int main(void) { for (;;) fputs("word", stderr); }'
buys_nothing 'nor more processes than there may be' runtime_error \
	'int main(void) { while (fork() >= 0); return 1; }'
buys_nothing 'nor all memory' memory_limit 'int main(void) { for (;;) memset(malloc(1 << 20), 1, 1 << 20); }'
buys_nothing 'nor closing everything' wrong_answer 'int main(void) { for (int i = 0; i < 1000; i++) close(i); return 0; }'
sed -i 's/"compare": "tokens"/"compare": "tokens", "test_ms": 500/' word-count/task.json # a compiler may need longer
buys_nothing 'nor stopping itself' time_limit 'int main(void) { kill(0, SIGSTOP); raise(SIGSTOP); pause(); return 0; }'
cat >crafted/solution.c <<-'END'
	#define a "0123456789012345678901234567890123456789012345678901234567890123456789"
	#define b a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a
	#define c b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b
	#define d c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c
	const char *const all[] = { d d d d d d d d, d d d d d d d };
	int main(void) { return all[0][0]; }
END
grade word-count crafted
claim 'nor a build that is too large' is "r['gradable'] and r['verdict'] == 'compile_error' and r['points'] == 0"
printf '#include "/dev/zero"\nint main(void) { return 0; }\n' >crafted/solution.c
grade word-count crafted
claim 'nor one that never ends' is "r['gradable'] and r['verdict'] == 'compile_error' and r['points'] == 0"
finish

#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# Grading real programs in real boxes: every verdict by its name, hostile submissions, reports that are no reports,
# whose fault a failure is, and what is left behind when a grade is killed.
# also as an ordinary user
. tests/cli/lib.sh
begin
tasks=$top/tests/cases/tasks
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp"
mkdir "$TMPDIR"

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'submissions are graded' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

grade() { run assay grade $sampled --task "$1" --submission "$2" $3; }
solution() { grade "$tasks/$1" "$tasks/$1/solutions/$2"; }

# is EXPRESSION: of the result r, in Python.
is() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$out" "$1"; }
got() { is "r['gradable'] and r['verdict'] == '$1' and r['points'] == $2"; }

# --- every verdict by its name ---

solution word-count accepted/fgetc
claim 'a right program gets all points' got accepted 4
claim 'and the command ends well' ended 0
claim 'and nothing is said besides' silent
claim 'nobody could have forged it' is "r['forgeable'] is False"
solution word-count accepted/two-loops
claim 'a missing newline at the end is forgiven, several files are built together' got accepted 4
solution word-count stub/starter
claim 'the bare starter gets nothing' got wrong_answer 0
claim 'and the command ends well all the same' ended 0
solution word-count partial/forgets-tabs
claim 'three of four cases are partial' got partial 3
claim 'the failed case says what was expected and what came' is \
	"[t for t in r['tests'] if t['name'] == '03'][0]['expected'].strip() == '3'"
solution word-count compile_error/typo
claim 'what does not build is a compile error' got compile_error 0
claim "and the compiler's words are kept" is "'retrun' in r['runs'][0]['log']"
claim 'and no case was run' is "all(t['outcome'] == 'not_run' for t in r['tests'])"
run assay grade $sampled --task "$tasks/word-count" --submission "$tasks/word-count/solutions/compile_error/typo" --format text
claim 'which the text for people shows, too' said 'retrun'
claim 'under a heading' said 'What the build said'
mkdir noisy && {
	printf 'int main(void)\n{\n\tretrun 0; // \033]0;owned\007\n'
	seq -f '	x%g = 1;' 100
	echo '}'
} >noisy/solution.c
run assay grade $sampled --task "$tasks/word-count" --submission noisy --format text
claim 'only their beginning' sh -c '[ "$(wc -l <"$1")" -lt 60 ] && grep -q "^  …$" "$1"' - "$out"
claim 'and nothing in them reaches the terminal alive' sh -c 'grep -qF "x1b]0;owned" "$1" && ! grep -q "$(printf "\033")" "$1"' - "$out"
solution word-count runtime_error/aborts
claim 'an abort is a runtime error, right output or not' got runtime_error 0
solution word-count time_limit/never-ends
claim 'an endless loop is a time limit' got time_limit 0
# Where nobody had the time to look, it may have gone far beyond.
claim 'that was tried again, since a busy machine might be to blame' is \
	"any('tried 2 times' in (x['message'] or '') or x['cpu_user_ms'] + x['cpu_system_ms'] > 1200 for x in r['runs'])"
solution word-count memory_limit/hoards
claim 'hoarding is a memory limit' got memory_limit 0
solution word-count output_limit/floods
claim 'flooding is an output limit' got output_limit 0
solution word-count forged/writes-answers
claim 'the answers are nowhere to be found' got wrong_answer 0
solution word-count forged/exits-well
claim 'saying that all tests passed earns nothing' got wrong_answer 0

solution stack accepted/linked
claim 'a right class gets all points' got accepted 4
claim 'and the result says that it could be forged' is "r['forgeable'] is True"
solution stack forged/patches-pytest
claim "a candidate's conftest.py is dropped by name" is "any(d.startswith('conftest.py: ') for d in r['dropped'])"
claim 'and earns nothing' got wrong_answer 0
solution stack forged/shadows-the-runner
for name in pytest.py json.py random.py inspect.py argparse.py; do
	claim "a file in the place of the tests' own is dropped by name: $name" is \
		"any(d.startswith('$name: would stand in for') for d in r['dropped'])"
done
claim 'and nothing of it is believed' got wrong_answer 0
cp -R "$tasks/stack" loading && sed -i 's/"max_files": 20/"max_files": 2000/' loading/task.json && mkdir loaded
echo 'def test(): pass' >loading/test_one.py
(cd loading && python3 -X importtime -m pytest -q -c /dev/null -p no:cacheprovider test_one.py 2>"$err" >/dev/null)
sed -n 's/^import time: [^|]*|[^|]*| *\([A-Za-z_][A-Za-z0-9_]*\).*/\1/p' "$err" | grep -vx -e test_one -e imported -e org -e certifi | sort -u |
	while read -r name; do echo 'raise SystemExit(1)' >"loaded/$name.py"; done
grade loading loaded
claim "whatever pytest and its installed plugins load here is dropped ($(find loaded -type f | wc -l) files)" is \
	"len(r['dropped']) == $(find loaded -type f | wc -l) > 150"
cp -R "$tasks/stack" named && sed -i 's/\["\*.py"\]/["*.py", "pytest.py"]/' named/task.json
grade named "$tasks/stack/solutions/forged/shadows-the-runner"
claim 'where a task names such a file it is taken, and forges what the result calls forgeable' is \
	"r['points'] == 4 and r['forgeable'] is True and r['report'][0]['forgeable'] is True"
run sh -c "assay grade $sampled --task named --submission '$tasks/stack/solutions/forged/shadows-the-runner' --format text"
claim 'which its text says first' said 'Forgeable: the tests ran in one process'
solution stack runtime_error/exits-at-import
claim "tests that the candidate's code takes down are not run" got runtime_error 0

solution key-store accepted/http-server
claim 'a right service gets all points' got accepted 8
claim 'the service itself did nothing wrong' is \
	"all(x['verdict'] == 'exited' and x['exit_code'] is None for x in r['runs'] if x['what'] == 'service')"
solution key-store runtime_error/crashes
claim 'a service that ends before it listens is a runtime error' got runtime_error 0
solution key-store runtime_error/dies-at-work
claim 'so is one that dies at work' got runtime_error 0
solution key-store forged/answers-always
claim 'a service that finds no way to the tests earns nothing' got wrong_answer 0

# --- equal work, equal bytes ---

grade "$tasks/key-store" "$tasks/key-store/solutions/accepted/http-server" --stable
cp "$out" first
grade "$tasks/key-store" "$tasks/key-store/solutions/accepted/http-server" --stable
claim '--stable gives equal bytes for equal work' cmp first "$out"
cp -R "$tasks/key-store" elsewhere
grade elsewhere "$tasks/key-store/solutions/accepted/http-server" --stable
claim 'from another place too' cmp first "$out"
(umask 077 && cp -R "$tasks/key-store" private)
run sh -c "umask 077; exec assay grade $sampled --stable --task private --submission private/solutions/accepted/http-server"
claim 'and whatever the umask is' cmp first "$out"
grade "$tasks/word-count" "$tasks/word-count/solutions/partial/forgets-tabs" '--format text'
claim '--format text is for people' said 'partly solved: 3 of 4 points'

# --- hostile submissions ---

mkdir hostile
cp "$tasks/word-count/solutions/accepted/fgetc/solution.c" hostile/
(
	cd hostile || exit
	echo 'int secret;' >../outside.c
	ln -s /etc/passwd passwd.c
	ln -s ../outside.c outside.c
	ln -s /etc etc
	ln -s solution.c alias.c
	mkfifo fifo.c
	[ "$(id -u)" = 0 ] && mknod null.c c 1 3
	echo >setuid.c && chmod 4755 setuid.c
	echo >one.c && ln one.c two.c
	echo >unreadable.c && chmod 000 unreadable.c
	mkdir closed && chmod 000 closed
	truncate -s 1G sparse.c
	python3 - <<-'END'
		import os
		for name in (b"new\nline.c", b"esc\x1b]0;owned\x07.c", b"latin-\xe9.c", b"del\x7f.c"):
		    open(name, "wb").close()
		path = "."
		for _ in range(120):
		    path += "/d"
		    os.mkdir(path)
		import socket
		socket.socket(socket.AF_UNIX).bind("socket.c")
	END
	mkdir .git && echo x >.git/config
	echo 'all:' >Makefile
	mkdir solution.h && echo >solution.h/solution.c
)
grade "$tasks/word-count" hostile
claim 'a hostile directory costs its honest file nothing' got accepted 4
for row in 'passwd.c is a link' 'outside.c is a link' 'etc is a link' 'alias.c is a link' 'fifo.c is a FIFO' \
	'socket.c is a socket' 'setuid.c has a set-user-id' 'one.c has other names' 'two.c has other names' \
	'sparse.c too large' 'Makefile is not among' '.git is not among'; do
	name=${row%% *} why=${row#* }
	claim "dropped: $name $why" is "any(d.startswith('$name: $why') for d in r['dropped'])"
done
claim 'dropped: a name with a new line' is 'any(d.startswith("new\\nline.c: has a name") for d in r["dropped"])'
claim 'dropped: a name that commands a terminal' is 'any(d.startswith("esc\\x1b]0;owned") for d in r["dropped"])'
claim 'dropped: a name that is no UTF-8' is 'any(d.startswith("latin-\ufffd.c: has a name") for d in r["dropped"])'
claim 'dropped: what lies too deep' is 'any(d.startswith("d/d/d/d") and "too deeply" in d for d in r["dropped"])'
if [ "$(id -u)" = 0 ]; then
	claim 'dropped: a device' is "any(d.startswith('null.c: is a device') for d in r['dropped'])"
else
	skip 'dropped: a device' 'only root can make one'
fi
run sh -c "assay grade $sampled --task '$tasks/word-count' --submission hostile --format text"
claim 'and nothing in it reaches the terminal alive' sh -c '! grep -q "$(printf "\033")" "$1"' - "$out"
chmod 755 hostile/closed

mkdir swapped && ln -s "$tasks/word-count/solutions/accepted/fgetc/solution.c" swapped/solution.c
grade "$tasks/word-count" swapped
claim 'a link in the place of the answer is no answer' got wrong_answer 0

mkdir many && cp hostile/solution.c many/
(cd many && python3 -c '
import os
os.mkdir("more")
for i in range(100000):
    os.close(os.open(f"more/{i}.c", os.O_CREAT | os.O_WRONLY))')
before=$(date +%s)
grade "$tasks/word-count" many
claim 'a hundred thousand files change nothing' got accepted 4
claim 'the list of them is short and says how many more' is \
	"len(r['dropped']) == 201 and r['dropped'][200] == 'and 99800 more'"
claim 'and they take no long time' test $(($(date +%s) - before)) -lt 60
rm -rf many

mkdir thirty && cp hostile/solution.c thirty/a.c && (cd thirty && for i in $(seq 30); do cp a.c "b$i.c"; done)
grade "$tasks/word-count" thirty
claim 'what is over the number of files is dropped, by order of name' is \
	"'b9.c: one file too many' in r['dropped'] and not any(d.startswith('a.c:') for d in r['dropped'])"

grade "$tasks/word-count" nowhere
claim 'a submission that is not there is said so' ended 3
grade "$tasks/word-count" hostile/solution.c
claim 'a file is no submission' ended 4

grade "$top/tasks/upload-review" hostile
claim 'only coding tasks are graded' complained 'only coding tasks are graded'
claim 'anything else is invalid' ended 4

# --- reports that are no reports ---

cp -R "$tasks/stack" reports
sed -i 's/"disk_mib": 16/"disk_mib": 64/; s/"memory_mib": 128/"memory_mib": 256/' reports/task.json
report() { # report PYTHON: a candidate's module that meddles with the report, then ends everything
	rm -rf meddling && mkdir meddling
	printf 'import os\n\n%s\nos._exit(0)\n' "$1" >meddling/stack.py
	grade reports meddling
}
report ''
claim 'no report earns nothing' got wrong_answer 0
claim 'and every test is missing' is "all(t['outcome'] == 'missing' for t in r['tests'])"
report 'open("/report/report.xml", "w").write("<testsuite><testcase classname=\"test_stack\" name=\"test_it_knows_its_length\"/><testcase classname=")'
claim 'of a report that is cut off stands what is whole' got partial 1
claim 'and that it was cut off' is "len(r['report'][0]['anomalies']) > 0"
whole='open("/report/report.xml", "w").write("<testsuite>" + "".join("<testcase classname=\"test_stack\" name=\"%s\"/>" % name
    for name in ("test_the_last_one_comes_out_first", "test_it_knows_its_length", "test_nothing_comes_out_of_an_empty_one")) + "</testsuite>")'
report "$whole
os._exit(1)"
claim 'a forged report stands, forgeable as it is' is "r['points'] == 4 and r['report'][0]['forgeable'] is True"
claim 'but where the status of the tests says otherwise, that is said' is \
	"r['report'][0]['anomalies'] == ['no test failed, says the report, but the tests ended with status 1']"
run assay grade $sampled --task reports --submission meddling --format text
claim 'in the text for people, too' said 'unit: no test failed, says the report, but the tests ended with status 1'
report "$whole"
claim 'a status can be forged, too' is "r['points'] == 4 and r['report'][0]['anomalies'] == []"
report 'open("/report/report.xml", "wb").write(os.urandom(100000))'
claim 'noise is no report' got wrong_answer 0
report 'open("/report/report.xml", "w").write("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><testsuite><testcase name=\"&a;\"/></testsuite>")'
claim 'entities are refused' got wrong_answer 0
report 'f = open("/report/report.xml", "w"); f.write("<testsuite>"); [f.write("<testcase name=\"x%d\"/>" % i) for i in range(1500000)]; f.close()'
claim 'an enormous report is read as far as it goes' is "r['gradable'] and r['points'] == 0"
report 'os.symlink("/etc/passwd", "/report/report.xml")'
claim 'a link is no report' got wrong_answer 0
report 'os.mkfifo("/report/report.xml")'
claim 'a FIFO is no report, and nobody waits for it' got wrong_answer 0

# --- whose fault ---

cp -R "$tasks/word-count/solutions/accepted/fgetc" refuses
printf 'int main(void)\n{\n\treturn 125;\n}\n' >refuses/solution.c
grade "$tasks/word-count" refuses
claim 'a program that ends like a box that broke is to blame itself' got runtime_error 0
printf '#include <signal.h>\n#include <unistd.h>\nint main(void)\n{\n\tkill(1, SIGKILL);\n\tkill(-1, SIGKILL);\n\treturn 1;\n}\n' >refuses/solution.c
grade "$tasks/word-count" refuses
claim 'so is one that kills what it can reach' got runtime_error 0
mkdir endless && sed 's/        self.wfile.write(body)/        while True:\n            self.wfile.write(b"x" * 65536)/; s/str(len(body))/str(10 ** 12)/' \
	"$tasks/key-store/solutions/accepted/http-server/server.py" >endless/server.py
grade "$tasks/key-store" endless
claim 'an endless answer is a failed suite, not a failed grade' is "r['gradable'] and r['points'] == 0"
cp -R "$tasks/key-store" patient && cat >patient/tests/visible/check.py <<-'END'
	import os, urllib.request
	def call(method, body=None):
	    url = os.environ["ASSAY_URL"] + "/key"
	    return urllib.request.urlopen(urllib.request.Request(url, data=body, method=method), timeout=3)
	call("PUT", b"x")
	answer = call("GET")
	while answer.read(65536):
	    pass
END
grade patient endless
claim 'where the relay ends one, the message of the tests says so' is \
	"any('the relay reset' in (x['message'] or '') for x in r['runs'] if x['what'] == 'tester')"

cp -R "$tasks/word-count" needy && sed -i 's/\["cc"\]/["cc", "no-such-command"]/' needy/task.json
grade needy "$tasks/word-count/solutions/accepted/fgetc"
claim 'what the machine lacks is our fault' is "r['gradable'] is False and 'no-such-command' in r['reason']"
claim 'and has a status of its own' ended 8

mkdir fake && cp "$top/build/assay" fake/
box() { # box LINE: a launcher that does that for every program that it is asked to run
	cat >fake/assay-box <<-END
		#!/usr/bin/python3 -IS
		import os, socket, struct, sys
		if "--print-plan" in sys.argv:
		    sys.exit(print("plan"))
		client = socket.socket(fileno=int(sys.argv[2][3:]))
		def answer(kind, text):
		    client.send(struct.pack("=HHIiI", 1, kind, number, 0, 0) + text.encode())
		while data := client.recv(70000):
		    _, kind, number, _, _ = struct.unpack("=HHIiI", data[:16])
		    if kind == 1:
		        print("box", file=open("$place/started", "a"))
		        $1
	END
	chmod 755 fake/assay-box
	: >started && chmod 666 started
	run fake/assay grade $sampled --task "$tasks/stack" --submission "$tasks/stack/solutions/accepted/list"
}
ungradable() { is "r['gradable'] is False and r['verdict'] is None and r['points'] == 0 and $1"; }
box 'answer(3, "")'
claim 'a box without a report is our failure' ungradable "'without a report' in r['reason']"
claim 'it has the status 8' ended 8
claim 'it was tried three times' test "$(grep -c box started)" = 4
box 'answer(3, "{\"verdict\": ")'
claim 'a report that is cut off is our failure' ungradable True
box 'answer(3, "{\"verdict\": \"accepted\"}")'
claim 'a report that says something else is our failure' ungradable True
box 'answer(4, "there is no room for a box")'
claim 'a box that could not be built is our failure' ungradable "'no room for a box' in r['reason']"
box 'os.kill(os.getpid(), 9)'
claim 'a launcher that was killed is our failure' ungradable "'has died' in r['reason']"
claim 'and another one is started for each try' test "$(grep -c box started)" = 4
box 'client.send(b"nonsense")'
claim 'one that talks nonsense is our failure' ungradable "'no answer' in r['reason']"

cat >fake/assay-box <<-END
	#!/usr/bin/python3 -IS
	import os, select, socket, struct, subprocess, sys
	box = "$top/build/assay-box"
	if "--serve" not in sys.argv:
	    os.execv(box, [box, *sys.argv[1:]])
	client = socket.socket(fileno=int(sys.argv[2][3:]))
	ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
	subprocess.Popen([box, "--serve", f"fd:{theirs.fileno()}"], pass_fds=[theirs.fileno()])
	theirs.close()
	report = b'{"verdict": "cpu_limit", "limits_hit": ["cpu"], "wall_ms": 1, "output_truncated": false, "denied": [],'
	report += b'"layers": [], "shared_uid": false}'
	while True:
	    for ready in select.select([client, ours], [], [])[0]:
	        data, fds, _, _ = socket.recv_fds(ready, 70000, 64)
	        if not data:
	            sys.exit()
	        if ready is ours:
	            client.send(data)
	        elif b"\\0/usr/bin/cp\\0" in data:
	            client.send(struct.pack("=HHIiI", 1, 3, struct.unpack("=HHIiI", data[:16])[2], 124, 0) + report)
	        else:
	            socket.send_fds(ours, [data], fds)
	        for fd in fds:
	            os.close(fd)
END
run fake/assay grade $sampled --task "$tasks/greet" --submission "$tasks/greet/solutions/accepted/lines"
claim 'a case whose files we could not lay is our failure' ungradable "'the files of a case' in r['reason']"

# --- what is left behind ---

cp -R "$tasks/word-count" slow
mark=mark-$$
sed -i "s|\"./solution\"|\"./solution\", \"$mark\"|; s/\"wall_ms\": 3000, \"cpu_ms\": 500/\"wall_ms\": 60000, \"cpu_ms\": 60000/" slow/task.json
start() { # start: a grade in the background whose program runs
	assay grade $sampled --task slow --submission slow/solutions/time_limit/never-ends >"$out" 2>"$err" </dev/null &
	pid=$!
	for _ in $(seq 100); do
		pgrep -f "^./solution $mark" >"$place/pid" && break
		sleep 0.1
	done
	groups=$(sed -n 's/^[0-9]*:\(memory\|pids\|\):\(.*\)$/\2/p' "/proc/$(head -n 1 "$place/pid")/cgroup" 2>/dev/null | sort -u)
}
gone() { # gone COMMAND...: fails within a few seconds
	for _ in $(seq 50); do
		"$@" >/dev/null 2>&1 || return 0
		sleep 0.1
	done
	return 1
}
no_temp() { [ -z "$(ls "$TMPDIR")" ]; }
no_groups() {
	for group in $groups; do
		case $group in *assay*) ;; *) continue ;; esac
		for root in /sys/fs/cgroup /sys/fs/cgroup/memory /sys/fs/cgroup/pids /sys/fs/cgroup/unified; do
			[ ! -d "$root$group" ] || return 1
		done
	done
}

cp -R "$tasks/word-count" calm
sed -i "s|\"argv\": \[\"./solution\"\]|\"argv\": [\"/bin/sh\", \"-c\", \"sleep 1; ./solution # $mark\"]|" calm/task.json
disturb() { # disturb SIGNAL: a grade whose launcher gets that signal while a program runs
	assay grade $sampled --task calm --submission calm/solutions/accepted/fgetc >"$out" 2>"$err" </dev/null &
	pid=$!
	for _ in $(seq 100); do
		! pgrep -f "^/bin/sh -c sleep 1; ./solution # $mark" >/dev/null || break
		sleep 0.1
	done
	launcher=$(pgrep -P "$pid" -x assay-box) && kill "-$1" "$launcher"
	disturbed=$?
	status=0 && wait "$pid" || status=$?
}
disturb KILL
claim 'a grade whose launcher is killed under way is done again' test "$disturbed" = 0
claim 'and the candidate has all points' got accepted 4
disturb TERM
claim 'so is one whose launcher is told to end' test "$disturbed" = 0
claim 'and the candidate is not blamed for that' got accepted 4

start
claim 'a program runs' test -s "$place/pid"
kill -TERM "$pid"
status=0 && wait "$pid" || status=$?
claim 'a grade that is told to stop ends by that signal' ended 143
claim 'and nothing of it runs on' gone pgrep -f "$mark"
claim 'and nothing lies about' no_temp
claim 'and no cgroup is left' no_groups

start
kill -KILL "$pid"
status=0 && wait "$pid" || status=$?
claim 'when a grade is killed, nothing of it runs on' gone pgrep -f "$mark"
solution stack accepted/list
claim 'the next one works' got accepted 4
claim 'and sweeps what lay about' no_temp
claim 'and its cgroups' no_groups

finish

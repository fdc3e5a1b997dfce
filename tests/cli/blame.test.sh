#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# Who fails whom: nothing that a submission does makes a grade ungradable, which would buy another attempt; and nothing
# that we fail at costs a candidate a point.
# also as an ordinary user
. tests/cli/lib.sh
among_own_mounts
begin
tasks=$top/tests/cases/tasks
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp"
mkdir "$TMPDIR"

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'blame falls where it belongs' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

grade() { run assay grade $sampled --task "$1" --submission "$2"; }
is() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$out" "$1"; }
got() { is "r['gradable'] and r['verdict'] == '$1' and r['points'] == $2" && ended 0; }
theirs() { is "r['gradable'] and r['verdict'] and r['points'] == 0 and ($1)" && ended 0; }
ours() { is "r['gradable'] is False and r['verdict'] is None and r['points'] == 0 and ($1)" && ended 8; }
edit() { # edit TASK PYTHON: changes the task t
	python3 - "$1/task.json" "$2" <<-'END2'
		import json, sys
		t = json.load(open(sys.argv[1]))
		exec(sys.argv[2])
		json.dump(t, open(sys.argv[1], "w"))
	END2
}

# --- what a program does ---

cp -R "$tasks/greet" greet
edit greet 't["limits"].update(wall_ms=2000, cpu_ms=1000, memory_mib=64, processes=16, output_kib=64, disk_mib=8)'
mkdir program
program() { # program SENTENCE VERDICT BASH
	printf '%s\n' "$3" >program/greet.sh
	grade greet program
	claim "$1" got "$2" 0
}
program 'a program that ends like a box that was never built' runtime_error 'exit 125'
program 'one that says so, too' runtime_error 'echo "{\"verdict\": \"box_error\"}"; echo "assay-box: no room" >&2; exit 125'
program 'one that ends by a signal like ours' runtime_error 'kill -KILL $$'
program 'one that kills init and everything else' runtime_error 'kill -9 1; kill -KILL -1; exit 3'
program 'one that fills the disk' runtime_error 'cat /dev/zero >/work/full; exit 3'
program 'one that fills the disk with names' runtime_error 'i=0; while : >/work/$i; do i=$((i + 1)); done; exit 3'
program 'one that fills the memory' memory_limit 'x=x; while :; do x=$x$x; done'
program 'one that floods' output_limit 'yes assay-box: no room >&2'
program 'one that closes all it has' wrong_answer 'exec 0<&- 1>&- 2>&-; exit 0'
# Each case is tried three times.
edit greet 't["limits"].update(wall_ms=700, cpu_ms=500)'
program 'one that forks without end' time_limit 'f() { f | f & }; f; f; while :; do :; done'
program 'one that stops itself' time_limit 'kill -STOP $$'
edit greet 't["limits"].update(wall_ms=2000, cpu_ms=1000)'

# --- what a build leaves ---

cp -R greet builds
edit builds 't["build"] = {"argv": ["python3", "build.py"]}; t["files"] = {"editable": ["*.sh", "*.py", "big"], "max_kib": 60000}
t["limits"].update(wall_ms=5000, cpu_ms=4000, disk_mib=64)'
cp program/greet.sh program/build.py
build() { # build SENTENCE VERDICT PYTHON
	cp "$tasks/greet/solutions/accepted/lines/greet.sh" program/
	printf 'import os\n\n%s\n' "$3" >program/build.py
	grade builds program
	claim "$1" theirs "r['verdict'] == '$2'"
}
build 'a build that ends like a box that was never built' compile_error 'os._exit(125)'
build 'a build whose folders nobody could copy' compile_error 'for _ in range(100):
    os.mkdir("d")
    os.chdir("d")'
build 'a build that gives one file ten thousand names' compile_error 'for i in range(16000):
    os.link("greet.sh", f"l{i}")'
build 'a build that gives a large file a hundred names' compile_error 'open("b", "wb").write(bytes(1 << 20))
for i in range(100):
    os.link("b", f"l{i}")'
build 'a build that takes its own program away' runtime_error 'os.remove("greet.sh"); os.mkdir("greet.sh")'
edit builds 't["limits"].update(memory_mib=16)'
head -c 25M /dev/urandom >program/big
printf '\n' >program/build.py
grade builds program
claim 'a submission that no box has the memory for is dropped, and the rest is graded' is \
	"r['verdict'] == 'accepted' and r['dropped'][0].startswith('big: ')"

# --- what a service does ---

cp -R "$tasks/key-store" store
edit store 't["limits"].update(wall_ms=3000); t["service"].update(ready_ms=2000)
for s in t["suites"]: s["test_ms"] = 500'
sed -i 's/timeout=2/timeout=1/' store/tests/*/check.py
mkdir service
sed 's/self.answer(404)/time.sleep(60)/; 1i import time' "$tasks/key-store/solutions/accepted/http-server/server.py" >service/server.py
cp -R store patient
sed -i 's/timeout=1/timeout=60/' patient/tests/*/check.py # nobody but the relay gives up
grade patient service
claim 'one endpoint that hangs costs its own test and no other of the file' got partial 7
hung() { is "[t for t in r['tests'] if t['points'] == 0][0]$1"; }
claim 'which is the one that asks it' hung "['name'] == 'an unknown key is 404'"
claim 'and has a reason in the words of its runner' hung "['reason'].startswith('ConnectionResetError: ')"
cp -R store twice
tee twice/tests/visible/check.py >twice/tests/http/check.py <<-'END2'
	import os, urllib.error, urllib.request
	url = os.environ["ASSAY_URL"] + "/a"
	try:
	    before = urllib.request.urlopen(url, timeout=1).read()
	except urllib.error.HTTPError as error:
	    before = error.code
	urllib.request.urlopen(urllib.request.Request(url, data=b"1", method="PUT"), timeout=1)
	kept = urllib.request.urlopen(url, timeout=1).read() == b"1"
	print("1..1")
	print("ok" if kept and before == 404 else "not ok", "1 - what was put can be read")
	print(f"# {kept} behind {before}")
END2
cat >keeps <<-'END2'
	import os
	PLACES = "/work/kept", "/tmp/kept", "/dev/shm/kept"
	class Kept(dict):
	    def __setitem__(self, key, value):
	        super().__setitem__(key, value)
	        for place in PLACES:
	            try: open(place, "wb").write(value)
	            except OSError: pass
	KEPT = Kept({"/a": open(place, "rb").read() for place in PLACES if os.path.exists(place)})
END2
{ cat keeps && sed '/^KEPT = {}/d' "$tasks/key-store/solutions/accepted/http-server/server.py"; } >service/server.py
grade twice service
claim 'every suite has a fresh server, and nothing of what another has kept' is \
	"[t['outcome'] for t in r['tests'] if t['name'] == 'what was put can be read'] == ['passed', 'passed']"
# service SENTENCE CLAIM PYTHON: the store with something at its beginning, where `answer(handler)` may be told what to do
service() {
	cat >service/server.py <<-END2
		import os, signal, socket, sys, threading, time
		from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
		def answer(handler):
		    handler.send_response(200)
		    handler.end_headers()
		$3
		class Handler(BaseHTTPRequestHandler):
		    protocol_version = "HTTP/1.1"
		    def do_PUT(self):
		        answer(self)
		    do_GET = do_PUT
		    def log_message(self, *args):
		        pass
		ThreadingHTTPServer(("127.0.0.1", 8080), Handler).serve_forever()
	END2
	grade store service
	claim "$1" theirs "$2"
}
service 'a service that ends at once, with the status of a box that was never built' "r['verdict'] == 'runtime_error'" 'os._exit(125)'
# Each suite is tried three times.
edit store 't["service"].update(ready_ms=600)'
service 'one that is never ready' "r['verdict'] == 'time_limit'" 'time.sleep(60)'
service 'one that stops itself' "r['verdict'] == 'time_limit'" 'os.kill(os.getpid(), signal.SIGSTOP)'
edit store 't["service"].update(ready_ms=2000)'
service 'one that dies at the first request' "r['verdict'] == 'runtime_error'" 'def answer(handler): os._exit(125)'
named() { is "sum(t['reason'].startswith('the service ended before the tests did$1') for t in r['tests']) == 4"; }
claim 'and the tests that follow name it' named ' (exit status 125)'
service 'one that runs out of memory' "r['verdict'] == 'memory_limit'" 'kept = [b"x" * (90 << 20)]
def answer(handler): kept.append(b"x" * (60 << 20))'
claim 'which they name as well' named ': used up its memory'
cp store/tests/http/check.py check.py
cat >store/tests/http/check.py <<-'END2'
	import os, urllib.request
	def ask(path):
	    return urllib.request.urlopen(os.environ["ASSAY_URL"] + path, timeout=1).read()
	def compares(): assert ask("/a") == b"1", "a wrong answer"
	def asks(): ask("/die")
	names = "what was put can be read", "the last one counts", "keys dont mix", "an unknown key is 404"
	print("1..4")
	for number, (name, test) in enumerate(zip(names, (compares, asks, compares, asks)), 1):
	    try:
	        test()
	        print("ok", number, "-", name)
	    except Exception as error:
	        print(f"not ok {number} - {name}\n  ---\n  message: {error}\n  ...")
END2
service 'one that answers wrongly, and then dies' "r['verdict'] == 'runtime_error'" 'def answer(handler):
    if handler.path == "/die": os._exit(7)
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n2")
    handler.close_connection = True'
reasons() { is "[t['reason'] for t in r['tests'] if t['suite'] == 'http'][$1"; }
claim 'what failed before its end is not told of it' reasons "0] == 'a wrong answer'"
claim 'what its end struck is' reasons "1].startswith('the service ended before the tests did (exit status 7); ')"
mv check.py store/tests/http/check.py
service 'one that kills init, its neighbours and itself' "r['verdict'] == 'runtime_error'" 'def answer(handler):
    for pid in 1, -1, os.getpid():
        try: os.kill(pid, signal.SIGKILL)
        except OSError: pass'
service 'one that takes nothing any more, and dies when the tests are over' "r['verdict'] == 'runtime_error'" 'def answer(handler):
    os.closerange(3, 99)
    time.sleep(0.7)
    os._exit(3)'
service 'one that floods its log' "r['verdict'] == 'output_limit'" 'def answer(handler):
    while True: os.write(2, b"assay-box: no room\\n" * 1000)'
log_is_kept() { is "any('no room' in (x['log'] or '') for x in r['runs'] if x['what'] == 'service')"; }
claim 'whose log is there for the interviewer' log_is_kept
service 'one that closes the door' "True" 'def answer(handler): server.close()
def away():
    time.sleep(0.3)
    for fd in range(3, 20):
        try: os.close(fd)
        except OSError: pass
threading.Thread(target=away).start()'
service 'one that takes every port of its network' "True" 'kept = []
def take():
    for port in range(1024, 65536):
        kept.append(socket.socket())
        kept[-1].bind(("127.0.0.1", port))
threading.Thread(target=take).start()'
service 'one that fills its disk and its table of processes' "True" 'def answer(handler):
    try:
        open("/work/full", "wb").write(bytes(1 << 28))
    except OSError:
        pass
    for _ in range(100):
        if os.fork() == 0: time.sleep(60)'

# --- what a service does to the tests ---

hostile() { # hostile SENTENCE CLAIM TESTER ANSWER: a tester that trusts answers, and an answer
	cat >store/tests/visible/check.py <<-END2
		import os, sys, urllib.request
		print("1..1", flush=True)
		def get():
		    return urllib.request.urlopen(os.environ["ASSAY_URL"] + "/x", timeout=5).read()
		$3
		print("ok 1 - what was put can be read")
	END2
	service "$1" "$2" "def answer(handler):
    $4"
}
limit() { echo "any(a.startswith('tester_limit: ') for a in r['report'][0]['anomalies']) and 'tester_limit' in r['tests'][0]['reason']"; }
large='handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n" + bytes(20000000))'
edit store 't["tester_limits"] = dict(t["limits"], wall_ms=2000, memory_mib=64)'
hostile 'a body that takes all memory of the tests' "$(limit)" 'kept = [get() * 100]' "$large"
hostile 'a body on which their parser crashes' "$(limit)" 'if len(get()) > 1000: os.abort()' "$large"
hostile 'a body that they print, again and again' "$(limit)" 'while True: print(get(), flush=True)' "$large"
hostile 'answers that take all their time' "$(limit)" 'while True: get()' \
	'handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")'
hostile 'a body that makes them end like a box that was never built' "r['tests'][0]['outcome'] == 'missing'" \
	'os._exit(125 if get() else 0)' "$large"
hostile 'a body that they take for a report' "r['tests'][0]['outcome'] == 'missing'" 'sys.stdout.buffer.write(get()); sys.stdout.flush(); os._exit(0)' \
	'handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n\r\rok 1 - what was put can be read"); handler.close_connection = True'

# --- one answer costs one test ---

cat >store/tests/visible/check.py <<-'END2'
	import os, urllib.request
	print("1..1", flush=True)
	bad = 0
	for path in "hangs", "drips", "endless", "breaks", "hangs":
	    try:
	        urllib.request.urlopen(os.environ["ASSAY_URL"] + "/" + path).read()
	    except OSError:
	        bad += 1
	    except Exception:
	        bad += 1
	good = urllib.request.urlopen(os.environ["ASSAY_URL"] + "/good").read()
	print("ok" if (bad, good) == (5, b"good") else "not ok", "1 - what was put can be read")
END2
mkdir mixed && cat >mixed/server.py <<-'END2'
	import time
	from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
	class Handler(BaseHTTPRequestHandler):
	    def do_GET(self):
	        if self.path == "/hangs":
	            time.sleep(60)
	        self.send_response(200)
	        self.send_header("Content-Length", "4" if self.path == "/good" else "1000000000")
	        self.end_headers()
	        self.wfile.write(b"good")
	        while self.path == "/drips":
	            self.wfile.write(b".")
	            time.sleep(0.1)
	        while self.path == "/endless":
	            self.wfile.write(bytes(65536))
	    def log_message(self, *args):
	        pass
	ThreadingHTTPServer(("127.0.0.1", 8080), Handler).serve_forever()
END2
edit store 't["limits"].update(wall_ms=20000, cpu_ms=15000); t["tester_limits"].update(wall_ms=20000, memory_mib=256); t["suites"] = t["suites"][:1]'
python3 - store/tests/manifest.json <<-'END2'
	import json, sys
	m = json.load(open(sys.argv[1]))
	m["tests"] = m["tests"][:1]
	json.dump(m, open(sys.argv[1], "w"))
END2
grade store mixed
claim 'endpoints that hang, drip, break off or have no end cost nothing but their own tests' got accepted 1
cuts() { is "any('for 1000 ms (3 of them)' in (x['message'] or '') and 'more than 32 MiB (1 of them)' in x['message'] for x in r['runs'])"; }
claim 'and the result says which connections were reset, and why' cuts

# --- what we fail at ---

word="--task $tasks/word-count --submission $tasks/word-count/solutions/accepted/fgetc"
mkdir alone && cp "$top/build/assay" alone/
# shellcheck disable=SC2086 # words
run alone/assay grade $sampled $word
claim 'boxes that are missing are our failure' ours "'assay-box is not beside this program' in r['reason']"
claim 'the result has its pins all the same' is "len(r['pins']['task_tree']) == 64 and r['max_points'] == 4"
printf '#!/bin/sh\nexit 1\n' >alone/assay-box && chmod 755 alone/assay-box
# shellcheck disable=SC2086
run alone/assay grade $sampled $word
claim 'so is an assay-box that does nothing' ours True
# A command line that no message to a launcher can hold has an assay-box of its own, which keeps its report to itself.
cp -R greet long && python3 -c 'print("\n".join(["x" * 1006] * 65))' >long/tests/cases/01.args
cat >alone/assay-box <<-END2
	#!/bin/sh
	case "\$*" in *--print-plan* | *--serve*) exec "$top/build/assay-box" "\$@" ;; esac
	exit 0
END2
run alone/assay grade $sampled --task long --submission "$tasks/greet/solutions/accepted/lines"
claim 'so is a report that never came' ours "'without a report' in r['reason']"
# shellcheck disable=SC2086
run sh -c "ulimit -n 20; exec assay grade $sampled $word"
claim 'so is too small a number of files that may be open' ours True
# shellcheck disable=SC2086
run sh -c "ulimit -S -n 20; exec assay grade $sampled $word"
claim 'one that we may raise is raised' got accepted 4
if [ "$(id -u)" = 0 ] && mkdir full && mount -t tmpfs -o size=64k,nr_inodes=3,mode=1777 full "$place/full" 2>"$err"; then
	# shellcheck disable=SC2086
	run env TMPDIR="$place/full" assay grade $word
	umount "$place/full"
	claim 'so is a full disk' ours "'No space left' in r['reason']"
else
	skip 'so is a full disk' 'only root can make one'
fi

# The supervisor of one box is killed while its program runs: everything is done again, and nobody loses a point.
cp -R "$tasks/word-count" calm
edit calm "t['program'] = {'argv': ['/bin/sh', '-c', 'sleep 1; exec ./solution # blame-$$']}"
assay grade $sampled --task calm --submission "$tasks/word-count/solutions/accepted/fgetc" >"$out" 2>"$err" </dev/null &
pid=$!
killed=no
for _ in $(seq 200); do
	inside=$(pgrep -f "^/bin/sh -c sleep 1; exec ./solution # blame-$$" | head -n 1)
	[ -z "$inside" ] || break
	sleep 0.05
done
at=$inside
while [ "${at:-1}" -gt 1 ]; do # up to the worker, the child of the launcher, which is the child of assay
	up=$(ps -o ppid= -p "$at" | tr -d ' ')
	up2=$(ps -o ppid= -p "${up:-1}" | tr -d ' ')
	if [ "$(ps -o ppid= -p "${up2:-1}" | tr -d ' ')" = "$pid" ]; then
		kill -KILL "$up" && killed=yes
		break
	fi
	at=$up
done
status=0 && wait "$pid" || status=$?
claim 'a supervisor was killed under way' test "$killed" = yes
claim 'and its candidate has all points' got accepted 4

finish

#!/bin/sh
# SPDX-License-Identifier: MIT
# Honest programs work in the box as they do outside.
# also as an ordinary user
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
mkdir "$T/work"
work=$T/work

works() { # works WORDS EXPECTED-OUTPUT OPTION... -- PROGRAM...
	words=$1 expected=$2
	shift 2
	box --work "$work" "$@"
	claim "$words" exited_with
}
exited_with() { verdict_is exited && is "$(field exit_code)" 0 && is "$(cat "$T/out")" "$expected"; }
works_if() { # works_if COMMAND WORDS ...
	if command -v "$1" >/dev/null; then
		shift
		works "$@"
	else
		skip "$2" "no $1 here"
	fi
}

works "sh prints" hello -- sh -c 'echo hello'
printf "echo from a script\n" >"$work/plain-script" && chmod 0755 "$work/plain-script"
works "a script that names no interpreter is run by sh" "from a script" -- ./plain-script
works "bash pipes and substitutes" 3 -- bash -c 'diff <(echo a) <(echo b) | grep -c "^[<>-]"'
works "who am I" "1000 box box /tmp C.UTF-8" -- bash -c 'echo $(id -u) $(id -un) $(uname -n) $HOME $LANG'
works "the environment is as given" yes --env ASKED=yes -- printenv ASKED
works "localhost resolves" 127.0.0.1 -- $python -c 'import socket; print(socket.gethostbyname("localhost"))'
works "time zones and locales are there" "UTC é" -- $python -c 'import time; print(time.tzname[0], "é")'

cat >"$work/threads.py" <<'P'
import concurrent.futures, threading
names = []
def run(i):
    names.append(threading.current_thread().name)
    return i * i
with concurrent.futures.ThreadPoolExecutor(16) as pool:
    print(sum(pool.map(run, range(100))), len(names))
P
works "python: threads" "328350 100" -- $python threads.py
cat >"$work/processes.py" <<'P'
import multiprocessing
from multiprocessing import shared_memory
def square(i): return i * i
if __name__ == "__main__":
    memory = shared_memory.SharedMemory(create=True, size=4096)
    memory.buf[0] = 7
    with multiprocessing.Pool(4) as pool:
        print(sum(pool.map(square, range(50))), memory.buf[0])
    memory.close(); memory.unlink()
P
works "python: multiprocessing and shared memory" "40425 7" -- $python processes.py
works "python: subprocess" "b'hi\\n'" -- $python -c 'import subprocess; print(subprocess.check_output(["echo", "hi"]))'
cat >"$work/asyncio_.py" <<'P'
import asyncio
async def main():
    async def serve(reader, writer):
        writer.write((await reader.readline()).upper()); await writer.drain(); writer.close()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("localhost", port)
    writer.write(b"hello\n")
    print((await reader.readline()).decode().strip())
    child = await asyncio.create_subprocess_exec("echo", "child", stdout=asyncio.subprocess.PIPE)
    print((await child.communicate())[0].decode().strip())
asyncio.run(main())
P
works "python: asyncio with sockets and children" "HELLO
child" -- $python asyncio_.py
works "python: tempfile and sqlite" "[(2,)]" -- $python -c '
import sqlite3, tempfile
with tempfile.NamedTemporaryFile(suffix=".db") as f:
    db = sqlite3.connect(f.name); db.execute("pragma journal_mode=wal")
    db.execute("create table t(x)"); db.execute("insert into t values (1), (2)"); db.commit()
    print(db.execute("select count(*) from t").fetchall())'

if $python -c 'import fastapi, uvicorn' 2>/dev/null; then
	cat >"$work/app.py" <<'P'
import asyncio
from fastapi import FastAPI
app = FastAPI()
@app.get("/slow/{n}")
async def slow(n: int):
    await asyncio.sleep(0.05)
    return {"n": n}
P
	cat >"$work/client.py" <<'P'
import concurrent.futures, json, subprocess, sys, time, urllib.request
server = subprocess.Popen([sys.executable, "-m", "uvicorn", "app:app", "--port", "8000", "--log-level", "warning"])
def get(n):
    for _ in range(100):
        try:
            return json.load(urllib.request.urlopen(f"http://localhost:8000/slow/{n}"))["n"]
        except OSError:
            time.sleep(0.1)
get(0)
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    print(sum(pool.map(get, range(20))))
server.terminate()
print(server.wait() in (0, -15))
P
	works "python: FastAPI on uvicorn serves many clients on its own loopback" "190
True" -- $python client.py
else
	skip "python: FastAPI on uvicorn serves many clients on its own loopback" "no FastAPI here"
fi

cat >"$work/hello.c" <<'C'
#include <pthread.h>
#include <stdio.h>
static void *run(void *p) { pthread_setname_np(pthread_self(), "worker"); return p; }
int main(void) { pthread_t t; pthread_create(&t, NULL, run, NULL); pthread_join(t, NULL); puts("hello from C"); }
C
works_if gcc "gcc compiles inside, and what it made runs" "hello from C" -- \
	sh -c 'gcc -O2 -Wall -pthread -o hello hello.c && ./hello'
printf 'all: hello\n\t@./hello\nhello: hello.c\n\t@gcc -pthread -o $@ $<\n' >"$work/Makefile"
works_if make "make builds" "hello from C" -- make -s
cat >"$work/sanitized.c" <<'C'
#include <stdio.h>
#include <stdlib.h>
int main(void) { char *p = malloc(8); puts("clean"); free(p); return 0; }
C
works_if gcc "a program with AddressSanitizer runs" clean -- \
	sh -c 'gcc -fsanitize=address,undefined -o sanitized sanitized.c && ./sanitized'
works_if git "git commits" "first" -- sh -c '
	git init -q . && git config user.email a@b && git config user.name n && git add hello.c &&
	git commit -q -m first && git log --format=%s'
works_if node "node computes in a worker" 42 --memory-mib 1024 -- node -e '
	const {Worker} = require("worker_threads");
	new Worker("require(\"worker_threads\").parentPort.postMessage(6*7)", {eval: true}).on("message", m => console.log(m))'
works_if perl "perl matches" b -- perl -e 'print "$1\n" if "abc" =~ /a(.)c/'
works_if awk "awk is found through /etc/alternatives" 6 -- awk 'BEGIN { print 1 + 2 + 3 }'
works "tar and sort keep working" "./a
./b" -- sh -c 'mkdir d && cd d && touch a b && tar cf ../x.tar . && tar tf ../x.tar | grep ./. | sort'
finish

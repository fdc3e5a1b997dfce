#!/bin/sh
# SPDX-License-Identifier: MIT
# Honest Python works in the box: threads, processes, event loops, files, sockets, servers.
# also as an ordinary user
# also through the launcher
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/honest.sh
python_works() { # python_works WORDS EXPECTED-OUTPUT [OPTION...]: the program comes on standard input
	words=$1 expected=$2
	shift 2
	cat >"$work/program.py"
	works "$words" "$expected" "$@" -- $python program.py
}

python_works "names are resolved, addresses listed" "127.0.0.1 ['127.0.0.1', '::1'] box" <<'P'
import socket
found = sorted({row[4][0] for row in socket.getaddrinfo("localhost", 80, proto=socket.IPPROTO_TCP)})
print(socket.gethostbyname("localhost"), found, socket.gethostname())
P
python_works "time zones and locales are there" "UTC é C.UTF-8 True" <<'P'
import locale, time
locale.setlocale(locale.LC_ALL, "")
print(time.tzname[0], "é", locale.setlocale(locale.LC_ALL), locale.getpreferredencoding() == "UTF-8")
P
python_works "users and groups have names" "box box /tmp 1000" <<'P'
import grp, os, pwd
print(pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name, os.path.expanduser("~"), os.geteuid())
P
python_works "threads" "328350 100" <<'P'
import concurrent.futures, threading
names = []
def run(i):
    names.append(threading.current_thread().name)
    return i * i
with concurrent.futures.ThreadPoolExecutor(16) as pool:
    print(sum(pool.map(run, range(100))), len(names))
P
python_works "more than a hundred threads at once" 150 --processes 200 <<'P'
import threading
gate = threading.Barrier(151)
threads = [threading.Thread(target=gate.wait) for _ in range(150)]
for thread in threads: thread.start()
print(threading.active_count() - 1)
gate.wait()
for thread in threads: thread.join()
P
python_works "threads have names for the system, too" "worker" <<'P'
import ctypes, threading
def run():
    ctypes.CDLL(None).prctl(15, b"worker")
    print(open(f"/proc/self/task/{threading.get_native_id()}/comm").read().strip())
thread = threading.Thread(target=run); thread.start(); thread.join()
P
python_works "multiprocessing, pools, queues and shared memory" "40425 7 [0, 1, 4]" <<'P'
import multiprocessing
from multiprocessing import shared_memory
def square(i): return i * i
def put(queue, lock, i):
    with lock: queue.put(i * i)
if __name__ == "__main__":
    memory = shared_memory.SharedMemory(create=True, size=4096)
    memory.buf[0] = 7
    with multiprocessing.Pool(4) as pool:
        total = sum(pool.map(square, range(50)))
    queue, lock = multiprocessing.Queue(), multiprocessing.Lock()
    children = [multiprocessing.Process(target=put, args=(queue, lock, i)) for i in range(3)]
    for child in children: child.start()
    got = sorted(queue.get() for _ in children)
    for child in children: child.join()
    print(total, memory.buf[0], got)
    memory.close(); memory.unlink()
P
python_works "multiprocessing by spawn and forkserver" "9 16" <<'P'
import multiprocessing
def square(i): return i * i
if __name__ == "__main__":
    for method, i in (("spawn", 3), ("forkserver", 4)):
        with multiprocessing.get_context(method).Pool(1) as pool:
            print(pool.apply(square, (i,)), end=" " if i == 3 else "\n")
P
python_works "subprocesses, pipes and time-outs" "b'hi\\n' 3 expired -9" <<'P'
import subprocess
out = subprocess.check_output(["echo", "hi"])
shell = subprocess.run("exit 3", shell=True).returncode
child = subprocess.Popen(["sleep", "9"])
try: child.wait(0.1)
except subprocess.TimeoutExpired: child.kill()
print(out, shell, "expired", child.wait())
P
python_works "asyncio with sockets and children" "HELLO child 20" <<'P'
import asyncio
async def main():
    async def serve(reader, writer):
        writer.write((await reader.readline()).upper()); await writer.drain(); writer.close()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("localhost", port)
    writer.write(b"hello\n")
    said = (await reader.readline()).decode().strip()
    child = await asyncio.create_subprocess_exec("echo", "child", stdout=asyncio.subprocess.PIPE)
    child_said = (await child.communicate())[0].decode().strip()
    naps = await asyncio.gather(*(asyncio.sleep(0.01, i) for i in range(20)))
    print(said, child_said, len(naps))
asyncio.run(main())
P
python_works "IPv6, UDP and UNIX sockets, with files handed over" "::1 udp unix handed" <<'P'
import os, socket
six = socket.create_server(("::1", 0), family=socket.AF_INET6)
a = socket.create_connection(("::1", six.getsockname()[1])); where = six.accept()[1][0]
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); udp.bind(("127.0.0.1", 0))
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"udp", udp.getsockname())
path = socket.socket(socket.AF_UNIX); path.bind("/tmp/s"); path.listen()
b = socket.socket(socket.AF_UNIX); b.connect("/tmp/s"); c = path.accept()[0]; b.send(b"unix")
left, right = socket.socketpair()
read, write = os.pipe(); os.write(write, b"handed")
socket.send_fds(left, [b"x"], [read])
print(where, udp.recv(9).decode(), c.recv(9).decode(), os.read(socket.recv_fds(right, 1, 1)[1][0], 9).decode())
P
python_works "temporary files, sqlite and locks" "[(2,)] busy" <<'P'
import fcntl, sqlite3, tempfile
with tempfile.NamedTemporaryFile(suffix=".db") as f:
    db = sqlite3.connect(f.name); db.execute("pragma journal_mode=wal")
    db.execute("create table t(x)"); db.execute("insert into t values (1), (2)"); db.commit()
    count = db.execute("select count(*) from t").fetchall()
    one, two = open(f.name + "-lock", "w"), open(f.name + "-lock", "w")
    fcntl.flock(one, fcntl.LOCK_EX); fcntl.lockf(one, fcntl.LOCK_EX)
    try: fcntl.flock(two, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError: print(count, "busy")
P
# Each takes locks and leaves them, also while the supervisor reads how many there are.
python_works "transactions of sqlite, one after the other for two seconds" True --memory-mib 64 <<'P'
import sqlite3, time
db, end, done = sqlite3.connect("/tmp/jobs.db"), time.monotonic() + 2, 0
db.execute("create table jobs(id)"); db.execute("pragma synchronous=off")
while time.monotonic() < end:
    with db: db.execute("insert into jobs values (?)", (done,))
    done += 1
print(db.execute("select count(*) from jobs").fetchone()[0] == done)
P
python_works "files are mapped into memory and written through it" "b'mapped' 1048576" <<'P'
import mmap, os
with open("map", "w+b") as f:
    f.truncate(1 << 20)
    with mmap.mmap(f.fileno(), 0) as m:
        m[:6] = b"mapped"; m.flush()
print(open("map", "rb").read(6), os.stat("map").st_size)
P
python_works "inotify tells of files in /work" "seen" <<'P'
import ctypes, os, struct
libc = ctypes.CDLL(None, use_errno=True)
fd = libc.inotify_init(); libc.inotify_add_watch(fd, b"/work", 0x100)
open("/work/seen", "w").close()
event = os.read(fd, 4096)
print(event[16:16 + struct.unpack_from("I", event, 12)[0]].rstrip(b"\0").decode())
P
python_works "timers and signals" "alarm usr1 True" <<'P'
import os, signal, time
heard = []
signal.signal(signal.SIGALRM, lambda *_: heard.append("alarm"))
signal.signal(signal.SIGUSR1, lambda *_: heard.append("usr1"))
signal.setitimer(signal.ITIMER_REAL, 0.05); signal.pause()
os.kill(os.getpid(), signal.SIGUSR1); time.sleep(0.01)
print(*heard, signal.sigtimedwait([signal.SIGUSR2], 0.01) is None)
P
python_works "deep recursion on a stack of 8 MiB" "60000 8388608" <<'P'
import resource, sys, threading
sys.setrecursionlimit(10 ** 6)
threading.stack_size(256 << 20)
def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
thread = threading.Thread(target=lambda: print(deep(60000), resource.getrlimit(resource.RLIMIT_STACK)[0]))
thread.start(); thread.join()
P
python_works "curses finds its terminals" "8 True" <<'P'
import curses
curses.setupterm("xterm", 1); print(curses.tigetnum("colors"), curses.tigetstr("cup") is not None)
P
python_works "hashes, secrets, compression, decimals" "True 32 True 0.3" <<'P'
import bz2, decimal, hashlib, lzma, secrets, ssl, zlib
data = b"x" * 10000
print(all(m.decompress(m.compress(data)) == data for m in (bz2, lzma, zlib)), len(secrets.token_bytes(32)),
      len(ssl.create_default_context().get_ca_certs()) >= 0 and hashlib.scrypt(b"a", salt=b"b", n=1024, r=8, p=1) != b"",
      decimal.Decimal("0.1") + decimal.Decimal("0.2"))
P
python_works "running out of memory is an exception where the program itself asks for too much" MemoryError <<'P'
try: bytearray(1 << 60)
except MemoryError: print("MemoryError")
P
if $python -c 'import pytest' 2>/dev/null; then
	printf 'def test_one(tmp_path, monkeypatch, capsys):\n    (tmp_path / "a").write_text("x")\n    assert 1 + 1 == 2\n' >"$work/test_it.py"
	works "pytest passes" "1 passed" -- sh -c "$python -m pytest -q -p no:cacheprovider test_it.py | grep -o '1 passed'"
else
	skip "pytest passes" "no pytest here"
fi

if $python -c 'import fastapi, uvicorn' 2>/dev/null; then
	cat >"$work/app.py" <<'P'
import asyncio
from fastapi import FastAPI
app = FastAPI()
@app.get("/slow/{n}")
async def slow(n: int):
    await asyncio.sleep(0.05)
    return {"n": n}
@app.post("/echo")
def echo(body: dict):
    return body
P
	python_works "FastAPI on uvicorn serves many clients on its own loopback" "190 {'a': [1]} 422
True" <<'P'
import concurrent.futures, json, subprocess, sys, time, urllib.error, urllib.request
server = subprocess.Popen([sys.executable, "-m", "uvicorn", "app:app", "--port", "8000", "--log-level", "warning"])
def get(n):
    for _ in range(100):
        try:
            return json.load(urllib.request.urlopen(f"http://localhost:8000/slow/{n}"))["n"]
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
get(0)
post = urllib.request.Request("http://localhost:8000/echo", b'{"a": [1]}', {"Content-Type": "application/json"})
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    print(sum(pool.map(get, range(20))), json.load(urllib.request.urlopen(post)), get("x"))
server.terminate()
print(server.wait() in (0, -15))
P
else
	skip "FastAPI on uvicorn serves many clients on its own loopback" "no FastAPI here"
fi
finish

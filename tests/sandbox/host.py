# SPDX-License-Identifier: MIT
"""The outside that boxes must not reach: a listener on loopback, an abstract socket, a socket and a named pipe with a
path, and a process that can be signalled. Each contact is a line in the log; port and pid stand in the ready file.
Whoever writes a line into the pipe `ask` beside the log gets one from `answer` when all earlier contacts are logged."""
import os
import select
import signal
import socket
import sys

log_path, ready_path, name, socket_path = sys.argv[1:5]


def log(line):
    with open(log_path, "a") as file:
        file.write(line + "\n")


def named_pipe(path):
    os.mkfifo(path)
    os.chmod(path, 0o666)
    return os.open(path, os.O_RDWR | os.O_NONBLOCK)


def listener(address):
    unix = socket.socket(socket.AF_UNIX)
    unix.bind(address)
    unix.listen()
    return unix


def accept_all(waiting):
    try:
        while True:
            waiting.accept()[0].close()
            log("connected")
    except BlockingIOError:
        pass


signal.signal(signal.SIGUSR1, lambda *_: log("signalled"))
signal.alarm(600)
tcp = socket.create_server(("127.0.0.1", 0))
listeners = [tcp, listener("\0" + name), listener(socket_path)]
os.chmod(socket_path, 0o777)
for each in listeners:
    each.setblocking(False)
pipe = named_pipe(os.path.join(os.path.dirname(socket_path), "fifo"))
ask, answer = (named_pipe(os.path.join(os.path.dirname(log_path), end)) for end in ("ask", "answer"))
open(log_path, "w").close()
with open(ready_path + ".new", "w") as file:
    file.write(f"{tcp.getsockname()[1]} {os.getpid()}\n")
os.rename(ready_path + ".new", ready_path)
while True:
    for ready in select.select([*listeners, pipe, ask], [], [])[0]:
        if ready == pipe:
            os.read(pipe, 4096)
            log("written to")
        elif ready == ask:
            asked = os.read(ask, 4096)
            for each in listeners:
                accept_all(each)
            os.write(answer, b"\n" * len(asked))
        else:
            accept_all(ready)

# SPDX-License-Identifier: MIT
"""The outside that boxes must not reach: a listener on loopback, an abstract socket, one with a path (and a
named pipe beside it) if one is given, and a process that can be signalled. Each contact is a line in the log; port and
pid stand in the ready file."""
import os
import select
import signal
import socket
import sys

log_path, ready_path, name = sys.argv[1:4]


def log(line):
    with open(log_path, "a") as file:
        file.write(line + "\n")


signal.signal(signal.SIGUSR1, lambda *_: log("signalled"))
signal.alarm(600)
tcp = socket.create_server(("127.0.0.1", 0))
abstract = socket.socket(socket.AF_UNIX)
abstract.bind("\0" + name)
abstract.listen()
listeners = [tcp, abstract]
pipes = []
if len(sys.argv) > 4:
    listeners.append(socket.socket(socket.AF_UNIX))
    listeners[-1].bind(sys.argv[4])
    listeners[-1].listen()
    os.chmod(sys.argv[4], 0o777)
    fifo = os.path.join(os.path.dirname(sys.argv[4]), "fifo")
    os.mkfifo(fifo)
    os.chmod(fifo, 0o666)
    pipes.append(os.open(fifo, os.O_RDWR | os.O_NONBLOCK))
open(log_path, "w").close()
with open(ready_path + ".new", "w") as file:
    file.write(f"{tcp.getsockname()[1]} {os.getpid()}\n")
os.rename(ready_path + ".new", ready_path)
while True:
    for ready in select.select(listeners + pipes, [], [])[0]:
        if ready in pipes:
            os.read(ready, 4096)
            log("written to")
            continue
        connection, _ = ready.accept()
        log("connected")
        connection.close()

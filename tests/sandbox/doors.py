# SPDX-License-Identifier: MIT
"""Doors, channels, signals and the supervisor's death, tried from outside. Fails with what is wrong."""
import array
import fcntl
import os
import resource
import signal
import socket
import subprocess
import sys
import time

box = sys.argv[1:]
PYTHON = "/usr/bin/python3"


def start(args, fds=(), **more):
    return subprocess.Popen(box + args, pass_fds=fds, stdin=subprocess.DEVNULL, **more)


def answer(door):
    data, rights, _, _ = door.recvmsg(200, 64)
    if not rights:
        return data
    return socket.socket(fileno=array.array("i", rights[0][2])[0])


def pair():
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def alive(pattern):
    return subprocess.run(["pgrep", "-f", pattern], stdout=subprocess.DEVNULL).returncode == 0


def relay_between_two_boxes():
    """A serves, B asks; the relay outside is the only way, and it goes one way only."""
    a, a_inside = pair()
    b, b_inside = pair()
    b.send(b"l")  # waits there before the box is built
    server = start(["--door", f"8000=fd:{a_inside.fileno()}", "--", PYTHON, "-c", (
        "import socket; s = socket.create_server(('127.0.0.1', 8000)); c, _ = s.accept();"
        "c.sendall(c.recv(99).upper()); c.close()")], [a_inside.fileno()])
    client = start(["--door", f"8000=fd:{b_inside.fileno()}", "--", PYTHON, "-c", (
        "import socket; s = socket.create_connection(('127.0.0.1', 8000)); s.sendall(b'hello');"
        "assert s.recv(99) == b'HELLO'")], [b_inside.fileno()])
    a_inside.close()
    b_inside.close()
    listener = answer(b)
    assert isinstance(listener, socket.socket), listener
    inside, _ = listener.accept()
    for _ in range(100):
        a.send(b"c")
        outside = answer(a)
        try:
            outside.connect(("127.0.0.1", 8000))
            break
        except ConnectionRefusedError:
            time.sleep(0.05)
    outside.sendall(inside.recv(99))
    inside.sendall(outside.recv(99))
    assert client.wait(20) == 0 and server.wait(20) == 0


def a_taken_port_is_an_answer():
    a, a_inside = pair()
    a.send(b"l")
    a.send(b"l")
    a.send(b"?")
    process = start(["--door", f"8000=fd:{a_inside.fileno()}", "--", "sleep", "1"], [a_inside.fileno()])
    a_inside.close()
    first, second, third = answer(a), answer(a), answer(a)
    assert isinstance(first, socket.socket)
    assert second.startswith(b"e") and b"in use" in second, second
    assert third.startswith(b"e"), third
    assert process.wait(20) == 0
    assert a.recv(1) == b"", "the door outlives its box"


def a_keeper_holds_its_doors_and_nothing_else():
    a, a_inside = pair()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 2000)), hard))
    high = fcntl.fcntl(0, fcntl.F_DUPFD, 1500)
    process = start(["--door", f"8000=fd:{a_inside.fileno()}", "--", "sleep", "60"], [a_inside.fileno(), high])
    os.close(high)
    a_inside.close()
    a.send(b"l")
    answer(a).close()  # so there is a keeper
    held = {}
    for _ in range(50):
        with open(f"/proc/{process.pid}/task/{process.pid}/children") as file:
            children = file.read().split()
        try:
            held = {child: len(os.listdir(f"/proc/{child}/fd")) for child in children}
        except PermissionError:  # nobody but root can look
            held = {"keeper": 1}
        if 1 in held.values():
            break
        time.sleep(0.1)
    process.terminate()
    process.wait()
    assert 1 in held.values(), held


def channels_carry_both_ways():
    mine, theirs = socket.socketpair()
    process = start(["--channel", f"fd:{theirs.fileno()}=5", "--", PYTHON, "-c", (
        "import os, socket; s = socket.socket(fileno=5); s.sendall(s.recv(99)[::-1]);"
        "assert sorted(map(int, os.listdir('/proc/self/fd')))[:5] == [0, 1, 2, 3, 5]")], [theirs.fileno()])
    theirs.close()
    mine.sendall(b"abc")
    assert mine.recv(99) == b"cba"
    assert process.wait(20) == 0


def a_channel_ends_where_the_program_closes_it():
    mine, theirs = socket.socketpair()
    process = start(["--channel", f"fd:{theirs.fileno()}=5", "--", PYTHON, "-c",
                     "import os, time; os.close(5); time.sleep(4712)"], [theirs.fileno()])
    theirs.close()
    mine.settimeout(20)
    assert mine.recv(99) == b""
    assert process.poll() is None
    process.terminate()
    process.wait()


def a_signal_ends_the_box_and_is_reported():
    for number in (signal.SIGTERM, signal.SIGINT):
        read, write = os.pipe()
        process = start(["--report", f"fd:{write}", "--", "sleep", "4711"], [write])
        os.close(write)
        time.sleep(0.4)
        process.send_signal(number)
        assert process.wait(10) == 128 + number, process.returncode
        report = os.read(read, 65536).decode()
        assert f'"signal": {int(number)}' in report and '"verdict": "signaled"' in report, report
        assert not alive("^sleep 4711")


def a_program_that_ended_before_the_signal_keeps_its_end():
    read, write = os.pipe()
    process = start(["--report", f"fd:{write}", "--", "sh", "-c", "echo up; sleep 0.2; exit 3"], [write],
                    stdout=subprocess.PIPE)
    os.close(write)
    process.stdout.readline()
    process.send_signal(signal.SIGSTOP)
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGCONT)
    status, report = process.wait(10), os.read(read, 65536).decode()
    assert status == 3 and '"verdict": "exited", "exit_code": 3, "signal": null' in report, (status, report)


def nobody_is_waited_for_who_reads_nothing():
    """Once it is told to end: by a signal or a lifeline, that come when the box is dead or have ended it."""
    for how in ("signal", "line", "signal ends it", "line ends it"):
        read, write = os.pipe()
        mine, theirs = pair()
        mine.send(b"g")
        process = start(["--report", f"fd:{write}", "--lifeline", f"fd:{theirs.fileno()}", "--", PYTHON, "-c", (
            "import os, time; os.write(1, b'x' * 60000); os.write(1, b'x' * 60000); os.write(1, b'x' * 20000);"
            f"time.sleep({300 if 'ends' in how else 0})")], [write, theirs.fileno()], stdout=subprocess.PIPE)
        os.close(write)
        theirs.close()
        time.sleep(1)
        assert process.poll() is None, "it should wait for its reader"
        if "signal" in how:
            process.send_signal(signal.SIGTERM)
        else:
            mine.close()
        status, report = process.wait(10), os.read(read, 65536).decode()
        assert status == 128 + signal.SIGTERM, (how, status, report)
        code = "null" if "ends" in how else "0"
        assert f'"verdict": "signaled", "exit_code": {code}, "signal": 15' in report, (how, report)
        assert '"output_truncated": true' in report and "nobody read all of its output" in report, (how, report)


def a_terminal_that_stands_still_holds_no_limit_up():
    """It takes a part of what it is given, and then nothing."""
    shown, terminal = os.openpty()
    process = start(["--wall-ms", "1000", "--output-kib", "10000", "--", PYTHON, "-c", (
        "import os, time\n"
        "while True: os.write(1, b'x' * 3000); time.sleep(0.002)  # 4714")], stdout=terminal)
    os.close(terminal)
    for _ in range(50):
        time.sleep(0.1)
        if alive(f"^{PYTHON} -c import os, time"):
            break
    time.sleep(3)
    runs = alive(f"^{PYTHON} -c import os, time")
    process.terminate()
    try:
        status = process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        status = "deaf"
    os.close(shown)
    assert not runs and status == 124, (runs, status)


def the_box_dies_with_its_supervisor():
    process = start(["--", "sleep", "4712"])
    for _ in range(50):
        if alive("^sleep 4712"):
            break
        time.sleep(0.1)
    else:
        raise AssertionError("it never started")
    process.kill()
    process.wait()
    for _ in range(50):
        if not alive("^sleep 4712"):
            return
        time.sleep(0.1)
    raise AssertionError("the box outlives its supervisor")


def a_killed_build_leaves_no_process():
    for delay in range(0, 12, 2):
        process = start(["--", "sleep", "4713"])
        time.sleep(delay / 1000)
        process.kill()
        process.wait()
    time.sleep(0.3)
    assert not alive("^sleep 4713")


relay_between_two_boxes()
a_taken_port_is_an_answer()
a_keeper_holds_its_doors_and_nothing_else()
channels_carry_both_ways()
a_channel_ends_where_the_program_closes_it()
a_signal_ends_the_box_and_is_reported()
a_program_that_ended_before_the_signal_keeps_its_end()
nobody_is_waited_for_who_reads_nothing()
a_terminal_that_stands_still_holds_no_limit_up()
the_box_dies_with_its_supervisor()
a_killed_build_leaves_no_process()

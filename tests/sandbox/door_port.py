# SPDX-License-Identifier: MIT
"""door_port.py ATTEMPT BOX OPTION...: somebody outside listens on a port of the box by a door; the program in the box
tries to take that port, and then connects to it. Prints who answered, and ends as the attempt did."""
import array
import socket
import subprocess
import sys

attempt, *box = sys.argv[1:]
PORT = 8123
mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
mine.send(b"l")
program = f"/try/try_steal_port {PORT}; stolen=$?; exec 3<>/dev/tcp/127.0.0.1/{PORT}; cat <&3; exit $stolen"
process = subprocess.Popen(
    [*box, "--ro", f"{attempt}:/try", "--door", f"{PORT}=fd:{theirs.fileno()}", "--", "/bin/bash", "-c", program],
    pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
theirs.close()
message, rights, _, _ = mine.recvmsg(64, socket.CMSG_SPACE(4))
assert message == b"l", message
fds = array.array("i")
fds.frombytes(rights[0][2][:4])
listener = socket.socket(fileno=fds[0])
listener.settimeout(20)
connection, _ = listener.accept()
connection.sendall(b"outside answers\n")
connection.close()
sys.exit(process.wait())

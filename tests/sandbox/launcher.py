# SPDX-License-Identifier: MIT
"""A client of `assay-box --serve`; sandbox/README.md has the protocol in words."""
import array
import json
import os
import socket
import struct
import subprocess

RUN, PREPARE, REPORT, REFUSED = 1, 2, 3, 4
HEADER = "=HHIiI"


class Launcher:
    def __init__(self, box, *options, with_each=()):
        self.with_each = with_each
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket.settimeout(60)
        self.process = subprocess.Popen(
            [box, "--serve", f"fd:{theirs.fileno()}", *options], pass_fds=[theirs.fileno()])
        theirs.close()
        self.id = 0

    def send(self, data, fds=()):
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
        self.socket.sendmsg([data], rights)

    def request(self, words, fds=(), kind=RUN, value=0):
        self.id += 1
        text = b"".join(os.fsencode(word) + b"\0" for word in words)
        self.send(struct.pack(HEADER, 1, kind, self.id, value, 0) + text, fds)
        return self.id

    def answer(self):
        data = self.socket.recv(65536)
        size = struct.calcsize(HEADER)
        if len(data) < size:
            return 0, 0, 0, ""
        _, kind, number, value, _ = struct.unpack(HEADER, data[:size])
        return kind, number, value, data[size:].decode()

    def run(self, *words, fds=()):
        """Runs a program: (exit status, report), or (None, why it was refused)."""
        number = self.request([*self.with_each, *words], fds)
        kind, answered, value, text = self.answer()
        if answered != number:
            return None, f"answer to {answered}, not {number}"
        return (value, json.loads(text)) if kind == REPORT else (None, text)

    def refusal(self, data, fds=()):
        self.send(data, fds)
        kind, _, _, text = self.answer()
        return text if kind == REFUSED else ""

    def end(self):
        self.socket.close()
        return self.process.wait(20)

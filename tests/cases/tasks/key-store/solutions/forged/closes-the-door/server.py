"""Is ready, then takes every port of its network that there is, and its own away."""
import socket
import time


KEPT = []
server = socket.create_server(("127.0.0.1", 8080), backlog=64)
server.accept()
server.close()
try:
    for port in range(1024, 65536):
        KEPT.append(socket.socket())
        KEPT[-1].bind(("127.0.0.1", port))
except OSError:
    pass
while True:
    time.sleep(1)

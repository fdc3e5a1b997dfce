"""Listens, so that it counts as ready, and never takes a connection."""
import socket
import time


server = socket.create_server(("127.0.0.1", 8080), backlog=1)
while True:
    time.sleep(1)

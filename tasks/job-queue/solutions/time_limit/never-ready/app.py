# SPDX-License-Identifier: MIT
"""Waits at import for something that doesn't come: the service never listens."""

import time

from fastapi import FastAPI

app = FastAPI()

while True:
    time.sleep(1)

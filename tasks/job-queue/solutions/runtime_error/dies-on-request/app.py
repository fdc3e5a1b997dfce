# SPDX-License-Identifier: MIT
"""Starts, and ends the whole process at the first job that it is given."""

import os
import signal

from fastapi import FastAPI

app = FastAPI()


@app.post("/jobs", status_code=202)
async def submit():
    os.kill(os.getpid(), signal.SIGSEGV)

# SPDX-License-Identifier: MIT
"""Cheat: endless bodies and redirects back to the tester's own machine, to make the tester choke
and so to buy another try."""

import itertools

from fastapi import FastAPI
from fastapi.responses import RedirectResponse, StreamingResponse

app = FastAPI()


@app.post("/jobs")
async def submit():
    return StreamingResponse((b"[" * 65536 for _ in itertools.count()), 202, media_type="application/json")


@app.get("/jobs/{job_id}")
async def read(job_id: str):
    return RedirectResponse("http://127.0.0.1:8000/jobs/" + job_id + "x")

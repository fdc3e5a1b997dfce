# SPDX-License-Identifier: MIT
"""Every request waits for a lock that nobody gives back."""

import asyncio

from fastapi import FastAPI

app = FastAPI()


@app.post("/jobs", status_code=202)
async def submit():
    await asyncio.Event().wait()


@app.get("/jobs/{job_id}")
async def read(job_id: str):
    await asyncio.Event().wait()

# SPDX-License-Identifier: MIT
"""Cheat: tests that expect a refusal are satisfied by a service that refuses everything."""

from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.post("/jobs")
async def submit():
    raise HTTPException(422, "no")


@app.get("/jobs/{job_id:path}")
async def read(job_id: str):
    raise HTTPException(404, "no")

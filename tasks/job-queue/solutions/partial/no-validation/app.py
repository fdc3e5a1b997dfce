# SPDX-License-Identifier: MIT
"""The happy path is right, but every payload is accepted: what is wrong with it shows
only when the work stumbles over it, as a failed job. Keys are ignored."""

import asyncio
import uuid

from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel

from workload import AT_ONCE, perform

app = FastAPI()
jobs = {}
semaphore = asyncio.Semaphore(AT_ONCE)
tasks = set()


class Request(BaseModel):
    kind: str
    payload: dict


async def run(job, payload):
    async with semaphore:
        job["state"] = "running"
        try:
            job["result"] = await asyncio.to_thread(perform, job["kind"], payload)
            job["state"] = "succeeded"
        except Exception as e:
            job["error"] = str(e)
            job["state"] = "failed"


@app.post("/jobs", status_code=202)
async def submit(request: Request, response: Response):
    job = {"id": str(uuid.uuid4()), "kind": request.kind, "state": "queued", "result": None, "error": None}
    jobs[job["id"]] = job
    task = asyncio.create_task(run(job, request.payload))
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    response.headers["Location"] = "/jobs/" + job["id"]
    return job


@app.get("/jobs/{job_id}")
async def read(job_id: str):
    if job_id not in jobs:
        raise HTTPException(404, "not found")
    return jobs[job_id]

# SPDX-License-Identifier: MIT
"""One asyncio task per job; a semaphore lets AT_ONCE of them through to the threads.

The tasks are kept until they are done: the event loop holds them only weakly."""

import asyncio
from typing import Any, Dict, Optional, Set, Tuple
from uuid import uuid4

from fastapi import FastAPI, Header, HTTPException, Response

from models import Job, SubmitRequest
from workload import AT_ONCE, perform

app = FastAPI(title="Job queue")

jobs: Dict[str, Job] = {}
keys: Dict[str, Tuple[Dict[str, Any], Job]] = {}
tasks: Set["asyncio.Task[None]"] = set()
gate = asyncio.Semaphore(AT_ONCE)


async def run(job: Job, payload: Dict[str, Any]) -> None:
    async with gate:
        job.state = "running"
        try:
            job.result = await asyncio.to_thread(perform, job.kind, payload)
        except Exception as error:
            job.error = str(error) or type(error).__name__
            job.state = "failed"
        else:
            job.state = "succeeded"


def begin(kind: str, payload: Dict[str, Any]) -> Job:
    job = Job(id=uuid4().hex, kind=kind)
    jobs[job.id] = job
    task = asyncio.create_task(run(job, payload))
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    return job


@app.post("/jobs", status_code=202)
async def submit(request: SubmitRequest, response: Response,
                 idempotency_key: Optional[str] = Header(None)) -> Job:
    if not request.payload.fits():
        raise HTTPException(422, "a member is out of its range")
    payload = dict(request.payload)
    asked = {"kind": request.kind, "payload": payload}
    if idempotency_key is None:
        job = begin(request.kind, payload)
    elif idempotency_key not in keys:
        job = begin(request.kind, payload)
        keys[idempotency_key] = asked, job
    else:
        first, job = keys[idempotency_key]
        if first != asked:
            raise HTTPException(409, "this key belongs to another request")
    response.headers["Location"] = f"/jobs/{job.id}"
    return job


@app.get("/jobs/{job_id}")
async def read(job_id: str) -> Job:
    try:
        return jobs[job_id]
    except KeyError:
        raise HTTPException(404, "no such job") from None

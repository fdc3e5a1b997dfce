# SPDX-License-Identifier: MIT
"""No `except` around the work: a failing job takes its worker with it, and after four
of them nothing runs any more."""

import asyncio
from typing import Dict, Literal, Optional, Tuple, Union
from uuid import uuid4

from fastapi import Body, FastAPI, Header, HTTPException, Response
from pydantic import BaseModel, confloat, conint, constr

from workload import AT_ONCE, perform

app = FastAPI(title="Job queue")

Million = conint(strict=True, ge=-10**6, le=10**6)


class Digest(BaseModel):
    text: constr(strict=True, max_length=10000)


class Ratio(BaseModel):
    part: Million
    whole: Million


class Pause(BaseModel):
    seconds: Union[conint(strict=True, ge=0, le=5), confloat(strict=True, ge=0, le=5)]


class Book(BaseModel):
    ledger: constr(strict=True, regex=r"^[a-z0-9-]{1,40}\Z")
    amount: Million


class DigestRequest(BaseModel):
    kind: Literal["digest"]
    payload: Digest


class RatioRequest(BaseModel):
    kind: Literal["ratio"]
    payload: Ratio


class PauseRequest(BaseModel):
    kind: Literal["pause"]
    payload: Pause


class BookRequest(BaseModel):
    kind: Literal["book"]
    payload: Book


Request = Union[DigestRequest, RatioRequest, PauseRequest, BookRequest]


class Job(BaseModel):
    id: str
    kind: str
    state: Literal["queued", "running", "succeeded", "failed"] = "queued"
    result: Optional[dict] = None
    error: Optional[str] = None


jobs: Dict[str, Job] = {}
keys: Dict[str, Tuple[dict, Job]] = {}


@app.on_event("startup")
async def start() -> None:
    app.state.queue = asyncio.Queue()
    app.state.workers = [asyncio.create_task(work()) for _ in range(AT_ONCE)]


@app.on_event("shutdown")
async def stop() -> None:
    for worker in app.state.workers:
        worker.cancel()


async def work() -> None:
    loop = asyncio.get_running_loop()
    while True:
        job, payload = await app.state.queue.get()
        job.state = "running"
        job.result = await loop.run_in_executor(None, perform, job.kind, payload)
        job.state = "succeeded"


@app.post("/jobs", status_code=202, response_model=Job)
async def submit(response: Response, request: Request = Body(discriminator="kind"),
                 idempotency_key: Optional[str] = Header(None)) -> Job:
    asked = request.dict()
    if idempotency_key in keys:
        first, job = keys[idempotency_key]
        if first != asked:
            raise HTTPException(409, "this key was used for another request")
    else:
        job = Job(id=uuid4().hex, kind=request.kind)
        jobs[job.id] = job
        if idempotency_key is not None:
            keys[idempotency_key] = asked, job
        app.state.queue.put_nowait((job, asked["payload"]))
    response.headers["Location"] = f"/jobs/{job.id}"
    return job


@app.get("/jobs/{job_id}", response_model=Job)
async def read(job_id: str) -> Job:
    if job_id not in jobs:
        raise HTTPException(404, "no such job")
    return jobs[job_id]

# SPDX-License-Identifier: MIT
"""FastAPI's BackgroundTasks: short, but there is no queue, so up to forty jobs run at once.
Types are what pydantic 1 makes of them by default, and there are no keys."""

from typing import Literal, Union
from uuid import uuid4

from fastapi import BackgroundTasks, FastAPI, HTTPException, Response
from pydantic import BaseModel, Field

from workload import perform

app = FastAPI()
jobs = {}


class Digest(BaseModel):
    text: str = Field(max_length=10000)


class Ratio(BaseModel):
    part: int = Field(ge=-1000000, le=1000000)
    whole: int = Field(ge=-1000000, le=1000000)


class Pause(BaseModel):
    seconds: float = Field(ge=0, le=5)


class Book(BaseModel):
    ledger: str = Field(regex="^[a-z0-9-]{1,40}$")
    amount: int = Field(ge=-1000000, le=1000000)


class DigestJob(BaseModel):
    kind: Literal["digest"]
    payload: Digest


class RatioJob(BaseModel):
    kind: Literal["ratio"]
    payload: Ratio


class PauseJob(BaseModel):
    kind: Literal["pause"]
    payload: Pause


class BookJob(BaseModel):
    kind: Literal["book"]
    payload: Book


def run(job_id, kind, payload):
    jobs[job_id]["state"] = "running"
    try:
        jobs[job_id]["result"] = perform(kind, payload)
        jobs[job_id]["state"] = "succeeded"
    except Exception as e:
        jobs[job_id]["error"] = str(e)
        jobs[job_id]["state"] = "failed"


@app.post("/jobs", status_code=202)
async def submit(body: Union[DigestJob, RatioJob, PauseJob, BookJob], tasks: BackgroundTasks, response: Response):
    job_id = uuid4().hex
    jobs[job_id] = {"id": job_id, "kind": body.kind, "state": "queued", "result": None, "error": None}
    tasks.add_task(run, job_id, body.kind, body.payload.dict())
    response.headers["Location"] = f"/jobs/{job_id}"
    return jobs[job_id]


@app.get("/jobs/{job_id}")
async def read(job_id: str):
    if job_id not in jobs:
        raise HTTPException(status_code=404, detail="Job not found")
    return jobs[job_id]

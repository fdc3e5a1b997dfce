# SPDX-License-Identifier: MIT
"""No queue at all: the work is done inside POST, in FastAPI's threads. A client gets right
answers, but only when the work is over; four at a time isn't kept either."""

from typing import Any, Optional
from uuid import uuid4

from fastapi import Body, FastAPI, Header, HTTPException, Response

from workload import perform

app = FastAPI()
jobs = {}
keys = {}

MEMBERS = {"digest": {"text": (str,)}, "ratio": {"part": (int,), "whole": (int,)},
           "pause": {"seconds": (int, float)}, "book": {"ledger": (str,), "amount": (int,)}}


@app.post("/jobs", status_code=202)
def submit(response: Response, kind: str = Body(...), payload: Any = Body(...),
           idempotency_key: Optional[str] = Header(None)):
    if kind not in MEMBERS or not isinstance(payload, dict):
        raise HTTPException(422, "no such kind")
    for member, types in MEMBERS[kind].items():
        if type(payload.get(member)) not in types:
            raise HTTPException(422, f"{member} is missing or of another type")
    if idempotency_key in keys:
        job = keys[idempotency_key]
        response.headers["Location"] = "/jobs/" + job["id"]
        return job
    job = {"id": uuid4().hex, "kind": kind, "state": "succeeded", "result": None, "error": None}
    try:
        job["result"] = perform(kind, payload)
    except Exception as error:
        job["state"], job["error"] = "failed", str(error)
    jobs[job["id"]] = job
    if idempotency_key:
        keys[idempotency_key] = job
    response.headers["Location"] = "/jobs/" + job["id"]
    return job


@app.get("/jobs/{job_id}")
def read(job_id: str):
    if job_id not in jobs:
        raise HTTPException(404, "no such job")
    return jobs[job_id]

# SPDX-License-Identifier: MIT
"""Four threads look for the next queued job and then mark it: between looking and marking
another one has found it too. Validation is half done, keys are looked up too late."""

import threading
import time
from typing import Any, Optional
from uuid import uuid4

from fastapi import FastAPI, Header, HTTPException, Response
from pydantic import BaseModel

from workload import perform

app = FastAPI()
jobs = {}
KINDS = {"digest": {"text"}, "ratio": {"part", "whole"}, "pause": {"seconds"}, "book": {"ledger", "amount"}}


class Request(BaseModel):
    kind: str
    payload: Any


def worker():
    while True:
        waiting = [job for job in list(jobs.values()) if job["state"] == "queued"]
        time.sleep(0.01)
        if not waiting:
            continue
        job = waiting[0]
        job["state"] = "running"
        try:
            job["result"] = perform(job["kind"], job["payload"])
            job["state"] = "succeeded"
        except Exception as error:
            job["error"] = str(error)
            job["state"] = "failed"


@app.on_event("startup")
def start():
    for _ in range(4):
        threading.Thread(target=worker, daemon=True).start()


@app.post("/jobs", status_code=202)
def submit(request: Request, response: Response, idempotency_key: Optional[str] = Header(None)):
    if request.kind not in KINDS or not isinstance(request.payload, dict):
        raise HTTPException(422, "unknown kind")
    if set(request.payload) != KINDS[request.kind]:
        raise HTTPException(422, "wrong members")
    job = {"id": uuid4().hex, "kind": request.kind, "payload": request.payload, "key": idempotency_key,
           "state": "queued", "result": None, "error": None}
    for other in list(jobs.values()):
        if idempotency_key and other["key"] == idempotency_key:
            job = other
    jobs[job["id"]] = job
    response.headers["Location"] = "/jobs/" + job["id"]
    return job


@app.get("/jobs/{job_id}")
def read(job_id: str):
    if job_id not in jobs:
        raise HTTPException(404, "no such job")
    return jobs[job_id]

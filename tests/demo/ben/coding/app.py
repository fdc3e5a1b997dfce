import asyncio
import logging
import uuid
from typing import Any, Dict

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

from workload import perform

logger = logging.getLogger(__name__)
app = FastAPI(title="Job queue")

# required fields per kind
FIELDS = {
    "digest": ["text"],
    "ratio": ["part", "whole"],
    "pause": ["seconds"],
    "book": ["ledger", "amount"],
}

jobs: Dict[str, Any] = {}
tasks = []


class JobRequest(BaseModel):
    kind: str
    payload: dict


def check(request: JobRequest) -> dict:
    if request.kind not in FIELDS:
        raise HTTPException(422, f"unknown kind {request.kind}")
    payload = {}
    for field in FIELDS[request.kind]:
        if field not in request.payload:
            raise HTTPException(422, f"{field} is missing")
        payload[field] = request.payload[field]
    # TODO: types and ranges of the fields
    return payload


async def run(job, payload):
    job["state"] = "running"
    try:
        # perform blocks, so not on the event loop
        job["result"] = await asyncio.to_thread(perform, job["kind"], payload)
        job["state"] = "succeeded"
    except Exception as e:
        logger.exception("job failed")
        job["error"] = str(e)
        job["state"] = "failed"


@app.post("/jobs", status_code=202)
async def submit(request: JobRequest):
    payload = check(request)
    job = {
        "id": uuid.uuid4().hex,
        "kind": request.kind,
        "state": "queued",
        "result": None,
        "error": None,
    }
    jobs[job["id"]] = job
    tasks.append(asyncio.create_task(run(job, payload)))
    # TODO: Location, Idempotency-Key, AT_ONCE
    return job


@app.get("/jobs/{job_id}")
async def read(job_id: str):
    if job_id not in jobs:
        raise HTTPException(404, "job not found")
    return jobs[job_id]

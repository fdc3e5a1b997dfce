from uuid import uuid4

from fastapi import FastAPI, HTTPException, Response

from workload import perform

app = FastAPI(title="Job queue")

jobs = {}


@app.post("/jobs", status_code=202)
def submit(body: dict, response: Response):
    kind = body.get("kind")
    payload = body.get("payload")
    # pause and book are not done: they need the queue, see below
    if kind not in ["digest", "ratio"]:
        raise HTTPException(422, "unknown kind")
    if payload is None:
        raise HTTPException(422, "payload is missing")

    job = {"id": str(uuid4()), "kind": kind, "state": "queued", "result": None, "error": None}
    jobs[job["id"]] = job

    # This should happen in the background, I know. I tried an asyncio.Queue first, but my worker
    # did not start and I did not find out why in the time. So at least it gives results.
    job["state"] = "running"
    try:
        job["result"] = perform(kind, payload)
        job["state"] = "succeeded"
    except ZeroDivisionError:
        job["error"] = "division by zero"
        job["state"] = "failed"

    response.headers["Location"] = "/jobs/" + job["id"]
    return job


@app.get("/jobs/{job_id}")
def read(job_id: str):
    if job_id not in jobs:
        raise HTTPException(404, "no such job")
    return jobs[job_id]


# TODO: check the fields of the payload, Idempotency-Key, max. 4 at once, tests

"""The HTTP side."""
from typing import Optional

from fastapi import FastAPI, Header, HTTPException, Request, Response

from app.jobs import JobQueue, KeyConflict
from app.models import Job, JobRequest

app = FastAPI(title="Job queue")


@app.on_event("startup")
async def start() -> None:
    app.state.jobs = JobQueue()
    app.state.jobs.start()


@app.on_event("shutdown")
async def stop() -> None:
    await app.state.jobs.stop()


@app.post("/jobs", status_code=202, response_model=Job)
async def submit(
    body: JobRequest,
    request: Request,
    response: Response,
    idempotency_key: Optional[str] = Header(None, min_length=1, max_length=100),
) -> Job:
    try:
        job = request.app.state.jobs.submit(body, idempotency_key)
    except KeyConflict:
        raise HTTPException(409, "this Idempotency-Key was used for another request") from None
    response.headers["Location"] = f"/jobs/{job.id}"
    return job


@app.get("/jobs/{job_id}", response_model=Job)
async def read(job_id: str, request: Request) -> Job:
    job = request.app.state.jobs.find(job_id)
    if job is None:
        raise HTTPException(404, "no such job")
    return job

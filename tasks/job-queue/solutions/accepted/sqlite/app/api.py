# SPDX-License-Identifier: MIT
"""The endpoints: check, store, wake a worker. Plain functions, since SQLite blocks."""

import os
import tempfile
from typing import Any, Dict, Literal, Optional, Union

from fastapi import Body, FastAPI, Header, HTTPException, Response
from pydantic import BaseModel, StrictFloat, StrictInt, conint, constr, validator

from .store import KeyTaken, Store
from .workers import Workers

Million = conint(strict=True, ge=-1_000_000, le=1_000_000)

app = FastAPI(title="Job queue")
store = Store(os.path.join(tempfile.mkdtemp(prefix="jobs-"), "jobs.db"))
workers = Workers(store)
app.on_event("startup")(workers.start)
app.on_event("shutdown")(workers.stop)


class DigestPayload(BaseModel):
    text: constr(strict=True, max_length=10_000)


class RatioPayload(BaseModel):
    part: Million
    whole: Million


class PausePayload(BaseModel):
    seconds: Union[StrictInt, StrictFloat]

    @validator("seconds")
    def is_short(cls, seconds: float) -> float:
        if not 0 <= seconds <= 5:
            raise ValueError("must be from 0 to 5")
        return seconds


class BookPayload(BaseModel):
    ledger: constr(strict=True, regex=r"^[a-z0-9-]{1,40}\Z")
    amount: Million


class Digest(BaseModel):
    kind: Literal["digest"]
    payload: DigestPayload


class Ratio(BaseModel):
    kind: Literal["ratio"]
    payload: RatioPayload


class Pause(BaseModel):
    kind: Literal["pause"]
    payload: PausePayload


class Book(BaseModel):
    kind: Literal["book"]
    payload: BookPayload


@app.post("/jobs", status_code=202)
def submit(response: Response, request: Union[Digest, Ratio, Pause, Book] = Body(),
           idempotency_key: Optional[str] = Header(None)) -> Dict[str, Any]:
    try:
        job = store.add(request.kind, request.payload.dict(), idempotency_key)
    except KeyTaken:
        raise HTTPException(409, "this key belongs to another request") from None
    workers.wake()
    response.headers["Location"] = f"/jobs/{job.id}"
    return job.shown()


@app.get("/jobs/{job_id}")
def read(job_id: str) -> Dict[str, Any]:
    job = store.find(job_id)
    if job is None:
        raise HTTPException(404, "no such job")
    return job.shown()

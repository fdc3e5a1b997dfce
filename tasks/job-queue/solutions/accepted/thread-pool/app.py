# SPDX-License-Identifier: MIT
"""A ThreadPoolExecutor of AT_ONCE threads is the queue; plain `def` endpoints, a lock around the books.

Validation is a table of checks, without pydantic models."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, Dict, Optional, Tuple
from uuid import uuid4

from fastapi import Body, FastAPI, Header, HTTPException
from fastapi.responses import JSONResponse

from workload import AT_ONCE, perform

app = FastAPI(title="Job queue")
pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="job")
lock = threading.Lock()
jobs: Dict[str, Dict[str, Any]] = {}
keys: Dict[str, Tuple[Any, str]] = {}


def is_integer(value: Any) -> bool:
    return type(value) is int and abs(value) <= 10**6


def is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 10000


def is_seconds(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value <= 5


def is_ledger(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[a-z0-9-]{1,40}", value) is not None


PAYLOADS: Dict[str, Dict[str, Callable[[Any], bool]]] = {
    "digest": {"text": is_text},
    "ratio": {"part": is_integer, "whole": is_integer},
    "pause": {"seconds": is_seconds},
    "book": {"ledger": is_ledger, "amount": is_integer},
}


def check(kind: Any, payload: Any) -> None:
    if not isinstance(kind, str) or kind not in PAYLOADS:
        raise HTTPException(422, f"kind must be one of {', '.join(PAYLOADS)}")
    if not isinstance(payload, dict) or payload.keys() != PAYLOADS[kind].keys():
        raise HTTPException(422, f"the payload must have {', '.join(PAYLOADS[kind])}")
    for member, is_good in PAYLOADS[kind].items():
        if not is_good(payload[member]):
            raise HTTPException(422, f"{member} is not what it should be")


def change(job_id: str, **members: Any) -> None:
    with lock:
        jobs[job_id].update(members)


def run(job_id: str, kind: str, payload: Dict[str, Any]) -> None:
    change(job_id, state="running")
    try:
        result = perform(kind, payload)
    except Exception as error:
        change(job_id, state="failed", error=str(error) or type(error).__name__)
    else:
        change(job_id, state="succeeded", result=result)


def show(job_id: str, status: int) -> JSONResponse:
    with lock:
        job = dict(jobs[job_id])
    return JSONResponse(job, status, headers={"Location": f"/jobs/{job_id}"})


@app.on_event("shutdown")
def stop() -> None:
    pool.shutdown(wait=False, cancel_futures=True)


@app.post("/jobs", status_code=202)
def submit(kind: Any = Body(...), payload: Any = Body(...),
           idempotency_key: Optional[str] = Header(None)) -> JSONResponse:
    check(kind, payload)
    job_id = uuid4().hex
    with lock:
        if idempotency_key is not None:
            asked, job_id = keys.setdefault(idempotency_key, ((kind, payload), job_id))
            if asked != (kind, payload):
                raise HTTPException(409, "this key belongs to another request")
        is_new = job_id not in jobs
        if is_new:
            jobs[job_id] = {"id": job_id, "kind": kind, "state": "queued", "result": None, "error": None}
    if is_new:
        pool.submit(run, job_id, kind, payload)
    return show(job_id, 202)


@app.get("/jobs/{job_id}")
def read(job_id: str) -> JSONResponse:
    with lock:
        known = job_id in jobs
    if not known:
        raise HTTPException(404, "no such job")
    return show(job_id, 200)

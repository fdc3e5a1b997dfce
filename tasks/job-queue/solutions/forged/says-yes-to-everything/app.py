# SPDX-License-Identifier: MIT
"""Cheat: one plausible answer to every request, a finished job that echoes what it was asked."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI()
last = {"kind": "digest", "payload": {}}


@app.api_route("/{path:path}", methods=["GET", "POST", "PUT", "DELETE"])
async def anything(path: str, request: Request):
    if request.method == "POST":
        try:
            last.update(await request.json())
        except Exception:
            return JSONResponse({"detail": "no"}, 422)
    job_id = path.split("/")[-1] if path.startswith("jobs/") else "job-1"
    payload = last["payload"] if isinstance(last["payload"], dict) else {}
    result = dict(payload, sha256="0" * 64, characters=len(str(payload.get("text", ""))), ratio=1.0,
                  slept=payload.get("seconds"), entry=1, balance=payload.get("amount"))
    job = {"id": job_id, "kind": last["kind"], "state": "succeeded", "result": result, "error": None,
           "detail": "fine", "passed": True, "points": 100}
    return JSONResponse(job, 202 if request.method == "POST" else 200, {"Location": f"/jobs/{job_id}"})

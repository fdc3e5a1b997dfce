# SPDX-License-Identifier: MIT
"""Where you begin: a service that starts, and answers 501 to everything it is asked.

The statement says what it has to do. Start it with

    python3 -m uvicorn app:app --port 8000

and look at http://127.0.0.1:8000/docs. You may add files beside this one, put a
package `app/` in its place, and write tests of your own in `tests/`.
"""

from fastapi import FastAPI, HTTPException

app = FastAPI(title="Job queue")


@app.post("/jobs")
async def submit():
    raise HTTPException(501, "not written yet")


@app.get("/jobs/{job_id}")
async def read(job_id: str):
    raise HTTPException(501, "not written yet")

# SPDX-License-Identifier: MIT
"""Cheat: answers whose words end up in failure messages, to break out of the report there:
XML that closes the failed case and opens a passed one, control characters, ANSI, a second root."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI()
TEXT = (']]></failure></testcase><testcase classname="test_async" name="test_no_job_is_lost_or_run_twice"/>'
        '<testcase classname="test_contract" name="test_a_job_can_be_read_back"><system-out><![CDATA['
        '\u0000\u001b[2J\u001b]0;passed\u0007\u202e</testsuite></testsuites><testsuites>\n'
        "1..1\nok 1 - everything\n1 passed in 0.01s\n")


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str, request: Request):
    job = {"id": TEXT, "kind": TEXT, "state": TEXT, "result": TEXT, "error": TEXT, "detail": TEXT}
    return JSONResponse(job, 202 if request.method == "POST" else 200, {"Location": "/jobs/1"})

# SPDX-License-Identifier: MIT
"""What the tests of every suite share (a suite is alone in its box, so each has this file).

The tests know the service only through HTTP. Random inputs come from ASSAY_SEED and the
test's name, so that no test depends on another or on the order; without a seed every run
has inputs of its own.

Time: nothing here compares a single answer with a stopwatch. Where a test has to see
something *while* a job is running, it plays the scene with a short job and, when the
machine may have been too slow to see it, once more with a longer one (`patiently`).
A service that stopped answering must not cost the results of the tests before: after
IN_VAIN tests that ended by waiting in vain, with no job finished since, or BUDGET_S in all,
the rest fail at once.
"""

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

URL = os.environ.get("ASSAY_URL", "http://127.0.0.1:8000")
SEED = os.environ.get("ASSAY_SEED") or os.urandom(8).hex()

REQUEST_S = 3.0          # one request, first byte sent to last byte read
FINISH_S = 3.0           # a job that has nothing to wait for
BUDGET_S = 22.0          # one suite
IN_VAIN = 2              # tests
BODY_MAX = 256 * 1024
# httpx sends headers and body apart; on a connection that was used before, the kernel then
# holds the body back until the headers are acknowledged, 40 ms later (Nagle, delayed ACK).
FRESH = {"Connection": "close"}
UNFINISHED = ("queued", "running")
FINISHED = ("succeeded", "failed")


class Unresponsive(AssertionError):
    """The service let us wait in vain."""


class TooLate(AssertionError):
    """The moment to see something had passed: the service's fault, or a slow machine's."""


class Answer:
    """Status, headers and body of one answer; `json` is None where the body is no JSON."""

    def __init__(self, response, body):
        self.status = response.status_code
        self.headers = response.headers
        try:
            self.json = httpx.Response(200, content=body).json()
        except (ValueError, RecursionError):
            self.json = None


class Service:
    """The service under test, as one of its clients sees it. Safe to use from threads."""

    def __init__(self):
        self.client = httpx.Client(
            base_url=URL, timeout=REQUEST_S, trust_env=False, verify=False,
            limits=httpx.Limits(max_connections=24, keepalive_expiry=2.0))
        self.submitted = []
        self.waited_in_vain = False
        self.saw_a_job_finished = False

    def request(self, method, path, **options):
        deadline = time.monotonic() + REQUEST_S
        try:
            with self.client.stream(method, path, **options) as response:
                return Answer(response, self._body(response, deadline))
        except httpx.TimeoutException:
            self._in_vain(f"{method} {path}: no answer within {REQUEST_S} s")
        except httpx.HTTPError as error:
            raise AssertionError(f"{method} {path}: {type(error).__name__}") from None

    def post(self, body, key=None):
        """POST /jobs with any JSON value."""
        headers = dict(FRESH, **({"Idempotency-Key": key} if key else {}))
        return self.request("POST", "/jobs", json=body, headers=headers)

    def get(self, job_id):
        return self.request("GET", f"/jobs/{job_id}")

    def submit(self, kind, key=None, **payload):
        """Submit a good job; its id."""
        answer = self.post({"kind": kind, "payload": payload}, key)
        assert answer.status == 202, f"POST /jobs ({kind}) answers {answer.status}, not 202"
        assert isinstance(answer.json, dict), "POST /jobs answers no JSON object"
        job_id = answer.json.get("id")
        assert isinstance(job_id, str) and job_id, f"the id is {job_id!r}, not a string"
        self.submitted.append(job_id)
        return job_id

    def read(self, job_id):
        """The job as the service shows it now."""
        answer = self.get(job_id)
        assert answer.status == 200, f"GET /jobs/ID answers {answer.status}, not 200"
        assert isinstance(answer.json, dict), "GET /jobs/ID answers no JSON object"
        assert answer.json.get("id") == job_id, f"asked for {job_id}, got {answer.json.get('id')!r}"
        state = answer.json.get("state")
        assert state in UNFINISHED + FINISHED, f"the state is {state!r}"
        return answer.json

    def wait(self, job_id, within=FINISH_S):
        """Poll until the job is finished; the job."""
        deadline = time.monotonic() + within
        pause = 0.01
        while True:
            job = self.read(job_id)
            if job["state"] in FINISHED:
                self.saw_a_job_finished = True
                return job
            if time.monotonic() > deadline:
                self._in_vain(f"the job is still {job['state']} after {within} s")
            time.sleep(pause)
            pause = min(pause * 1.5, 0.05)

    def result(self, job_id, within=FINISH_S):
        """The result of a job that must succeed."""
        job = self.wait(job_id, within)
        assert job["state"] == "succeeded", f"the job {job['state']}: {job.get('error')!r}"
        return job.get("result")

    def do(self, kind, **payload):
        """Submit a good job and wait for its result."""
        return self.result(self.submit(kind, **payload))

    def patiently(self, scene, pauses=(0.3, 0.9)):
        """Play `scene(seconds)`; again with a longer job if it came too late."""
        for seconds in pauses:
            try:
                return scene(seconds)
            except TooLate:
                if seconds == pauses[-1]:
                    raise
                self.drain()

    def together(self, act, inputs, clients=20):
        """`act` on each of the inputs by that many clients at once; what they got, in order."""
        with ThreadPoolExecutor(clients) as pool:
            return list(pool.map(act, inputs))

    def drain(self):
        """Let what is still running run out, so that it doesn't disturb what follows."""
        deadline = time.monotonic() + FINISH_S
        for job_id in self.submitted:
            while time.monotonic() < deadline and self.read(job_id)["state"] in UNFINISHED:
                time.sleep(0.05)
        self.submitted.clear()

    def _body(self, response, deadline):
        body = b""
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > BODY_MAX:
                raise AssertionError(f"an answer of more than {BODY_MAX} bytes")
            if time.monotonic() > deadline:
                self._in_vain(f"an answer that has no end within {REQUEST_S} s")
        return body

    def _in_vain(self, what):
        self.waited_in_vain = True
        raise Unresponsive(what)


class Patience:
    """How much longer this suite goes on with a service that doesn't answer."""

    def __init__(self):
        self.end = time.monotonic() + BUDGET_S
        self.in_vain = 0

    def learn(self, service):
        if service.saw_a_job_finished:
            self.in_vain = 0
        self.in_vain += service.waited_in_vain

    def check(self):
        if self.in_vain >= IN_VAIN:
            pytest.fail("not tried: the service left the tests before without an answer")
        if time.monotonic() > self.end:
            pytest.fail("not tried: the suite's time is used up")


@pytest.fixture(scope="session")
def patience():
    return Patience()


@pytest.fixture
def service(patience):
    patience.check()
    service = Service()
    yield service
    patience.learn(service)
    if not service.waited_in_vain:
        try:
            service.drain()
        except AssertionError:
            pass
    service.client.close()


@pytest.fixture
def rng(request):
    return random.Random(f"{SEED}/{request.node.name}")


@pytest.fixture
def word(rng):
    """A maker of words nobody has used before."""
    return lambda: "".join(rng.choices("abcdefghijkmnpqrstuvwxyz23456789", k=16))


def pytest_report_header():
    return f"service {URL}"

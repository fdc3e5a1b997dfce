"""Own tests: without a server, against the queue and the app."""
import time

import pytest
from fastapi.testclient import TestClient

from app import app
from workload import AT_ONCE


@pytest.fixture
def client():
    with TestClient(app) as client:
        yield client


def submit(client, kind, key=None, **payload):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post("/jobs", json={"kind": kind, "payload": payload}, headers=headers)


def finished(client, answer, within_s=5.0):
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        job = client.get(answer.headers["Location"]).json()
        if job["state"] in ("succeeded", "failed"):
            return job
        time.sleep(0.01)
    raise AssertionError("the job did not finish")


def test_a_job_succeeds(client):
    job = finished(client, submit(client, "ratio", part=3, whole=4))

    assert (job["state"], job["result"], job["error"]) == ("succeeded", {"ratio": 0.75}, None)


def test_an_exception_fails_its_job_only(client):
    bad = submit(client, "ratio", part=3, whole=0)
    good = submit(client, "ratio", part=1, whole=2)

    assert finished(client, bad)["error"] == "division by zero"
    assert finished(client, good)["state"] == "succeeded"


@pytest.mark.parametrize("part", ["3", 2.5, None, True, 1_000_001])
def test_nothing_is_converted(client, part):
    assert submit(client, "ratio", part=part, whole=1).status_code == 422


def test_a_key_is_good_for_one_request(client):
    first = submit(client, "ratio", key="k", part=1, whole=2)

    assert submit(client, "ratio", key="k", part=1, whole=2).json()["id"] == first.json()["id"]
    assert submit(client, "ratio", key="k", part=1, whole=3).status_code == 409


def test_the_fifth_job_waits(client):
    slow = [submit(client, "pause", seconds=0.5) for _ in range(AT_ONCE)]
    fifth = submit(client, "digest", text="x")

    assert client.get(fifth.headers["Location"]).json()["state"] == "queued"
    assert all(finished(client, answer)["state"] == "succeeded" for answer in slow + [fifth])

# SPDX-License-Identifier: MIT
"""The tests a candidate sees and can run: one of each sort, no corner cases."""

import hashlib

from conftest import UNFINISHED, TooLate


def test_a_job_is_accepted_and_its_result_can_be_polled(service, word):
    text = word()

    answer = service.post({"kind": "digest", "payload": {"text": text}})

    assert answer.status == 202
    assert answer.headers.get("location") == f"/jobs/{answer.json['id']}"
    assert service.result(answer.json["id"]) == {
        "sha256": hashlib.sha256(text.encode()).hexdigest(), "characters": len(text)}


def test_every_kind_of_job_gives_its_result(service, word, rng):
    part, ledger, amount = rng.randint(1, 9999), word(), rng.randint(1, 9999)
    seconds = rng.randint(10, 90) / 1000

    assert service.do("ratio", part=part, whole=64) == {"ratio": part / 64}
    assert service.do("pause", seconds=seconds) == {"slept": seconds}
    assert service.do("book", ledger=ledger, amount=amount)["balance"] >= amount
    assert service.do("digest", text=ledger)["characters"] == 16


def test_an_unknown_job_is_404(service, word):
    assert service.get(word()).status == 404


def test_a_payload_without_its_member_is_422(service):
    assert service.post({"kind": "digest", "payload": {}}).status == 422


def test_a_job_that_goes_wrong_is_failed_and_says_why(service, word, rng):
    ledger, amount = word(), -rng.randint(1, 9999)

    job = service.wait(service.submit("book", ledger=ledger, amount=amount))

    assert job["state"] == "failed"
    assert job["result"] is None
    assert job["error"] == f"ledger {ledger}: 0 is too little for {amount}"


def test_other_requests_are_answered_while_a_job_runs(service, word):
    text = word()
    quick = service.submit("digest", text=text)
    service.wait(quick)

    def scene(seconds):
        slow = service.submit("pause", seconds=seconds)
        assert service.result(quick)["sha256"] == hashlib.sha256(text.encode()).hexdigest()
        if service.read(slow)["state"] not in UNFINISHED:
            raise TooLate("the other job could be read only when the slow one was over")
        assert service.result(slow) == {"slept": seconds}

    service.patiently(scene)

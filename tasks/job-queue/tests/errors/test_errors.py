# SPDX-License-Identifier: MIT
"""What goes wrong: bad requests, unknown ids, and jobs that fail."""

import hashlib

from conftest import FRESH


def refused(service, *bodies):
    """Which of these bodies are *not* answered with 422 and a JSON object that has `detail`."""
    answers = [(body, service.post(body)) for body in bodies]
    return [(body, answer.status) for body, answer in answers
            if answer.status != 422 or not isinstance(answer.json, dict) or "detail" not in answer.json]


def job(kind, **payload):
    return {"kind": kind, "payload": payload}


def test_an_unknown_job_is_404(service, word):
    answer = service.get(word())

    assert answer.status == 404
    assert isinstance(answer.json, dict) and "detail" in answer.json


def test_an_odd_id_is_404(service):
    odd = ["0", "-1", "null", "%20", "%00", "%C3%A4", "..%2e", "x" * 2000, "1%27--"]

    assert [service.get(job_id).status for job_id in odd] == [404] * len(odd)


def test_a_body_that_is_no_json_is_422(service, word):
    bodies = [b"", b"{", f'{{"kind": "digest", "payload": {{"text": "{word()}"'.encode(), b"kind=digest"]
    headers = dict(FRESH, **{"Content-Type": "application/json"})

    answers = [service.request("POST", "/jobs", content=body, headers=headers) for body in bodies]

    assert [answer.status for answer in answers] == [422] * len(bodies)


def test_a_body_of_another_shape_is_422(service, word):
    assert refused(service, [], None, word(), 7, [job("digest", text=word())], {},
                   {"kind": "digest"}, {"payload": {"text": word()}},
                   {"kind": "digest", "payload": None}, {"kind": "digest", "payload": word()},
                   {"kind": "digest", "payload": [word()]}) == []


def test_an_unknown_kind_is_422(service, word):
    assert refused(service, job(word(), text=word()), job("", text=word()), job("Digest", text=word()),
                   job("__class__", text=word()),
                   {"kind": None, "payload": {"text": word()}}) == []


def test_a_missing_member_is_422(service, word, rng):
    assert refused(service, job("digest"), job("digest", txt=word()), job("pause"),
                   job("ratio", part=rng.randint(1, 9)), job("ratio", whole=rng.randint(1, 9)),
                   job("book", ledger=word()), job("book", amount=rng.randint(1, 9))) == []


def test_a_member_of_another_type_is_422(service, word, rng):
    number = rng.randint(1, 4)

    assert refused(service, job("digest", text=number), job("digest", text=None),
                   job("digest", text=[word()]), job("pause", seconds=str(number / 100)), job("pause", seconds=None),
                   job("ratio", part=str(number), whole=1), job("ratio", part=1, whole=number + 0.5),
                   job("book", ledger=number, amount=1), job("book", ledger=word(), amount=str(number)),
                   job("book", ledger=word(), amount=number + 0.5)) == []


def test_a_member_out_of_its_range_is_422(service, word):
    assert refused(service, job("digest", text="x" * 10001), job("pause", seconds=-0.1),
                   job("pause", seconds=5.1), job("ratio", part=10**6 + 1, whole=1),
                   job("ratio", part=1, whole=-10**6 - 1), job("book", ledger="", amount=1),
                   job("book", ledger="x" * 41, amount=1), job("book", ledger="../" + word(), amount=1),
                   job("book", ledger=word().upper(), amount=1),
                   job("book", ledger=word(), amount=10**6 + 1)) == []


def test_the_ends_of_the_ranges_are_accepted(service, word):
    ledger = (word() + "-" + word() * 2)[:40]

    assert service.do("digest", text="x" * 10000)["characters"] == 10000
    assert service.do("ratio", part=-10**6, whole=10**6) == {"ratio": -1.0}
    assert service.do("book", ledger=ledger, amount=10**6)["ledger"] == ledger
    assert service.do("book", ledger=ledger, amount=-10**6)["ledger"] == ledger


def test_a_refused_request_leaves_nothing_behind(service, word):
    ledger, key = word(), word()
    before = service.do("book", ledger=ledger, amount=1)

    statuses = [service.post(body, key).status for body in (
        job("book", ledger=ledger, amount="5"), job("book", ledger=ledger, amount=10**6 + 1),
        job("books", ledger=ledger, amount=5))]
    after = service.result(service.submit("book", key=key, ledger=ledger, amount=2))

    assert statuses == [422] * 3
    assert after == {"ledger": ledger, "entry": before["entry"] + 1, "balance": before["balance"] + 2}


def test_a_key_used_for_another_request_is_409(service, word):
    ledger, key = word(), word()
    first = service.result(service.submit("book", key=key, ledger=ledger, amount=4))

    statuses = [service.post(body, key).status for body in (
        job("book", ledger=ledger, amount=5), job("book", ledger=word(), amount=4),
        job("digest", text=word()))]
    after = service.do("book", ledger=ledger, amount=1)

    assert statuses == [409] * 3
    assert after["entry"] == first["entry"] + 1


def test_foreseen_trouble_fails_the_job_and_says_why(service, word, rng):
    ledger, amount = word(), rng.randint(1, 9999)
    balance = service.do("book", ledger=ledger, amount=amount)["balance"]

    answer = service.wait(service.submit("book", ledger=ledger, amount=-balance - 1))

    assert answer["kind"] == "book"
    assert answer["state"] == "failed"
    assert answer["result"] is None
    assert answer["error"] == f"ledger {ledger}: {balance} is too little for {-balance - 1}"


def test_unforeseen_trouble_fails_the_job_too(service, rng):
    part = rng.randint(1, 9999)

    bad, good = service.submit("ratio", part=part, whole=0), service.submit("ratio", part=part, whole=32)
    failed = service.wait(bad)

    assert service.result(good) == {"ratio": part / 32}
    assert (failed["state"], failed["result"]) == ("failed", None)
    assert isinstance(failed["error"], str) and failed["error"]


def test_failing_jobs_harm_no_other(service, word, rng):
    text, part = word(), rng.randint(1, 9999)

    bad = [service.submit("ratio", part=part, whole=0) for _ in range(12)]
    good = service.submit("digest", text=text)

    assert service.result(good)["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert [service.wait(job_id)["state"] for job_id in bad] == ["failed"] * 12

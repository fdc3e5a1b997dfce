# SPDX-License-Identifier: MIT
"""The contract: what a job looks like from its submission to its result."""

import hashlib
import re

from conftest import FINISHED, UNFINISHED, TooLate

ORDER = ["queued", "running", "succeeded"]


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_job_can_be_read_back(service, word):
    text = word()

    answer = service.post({"kind": "digest", "payload": {"text": text}})
    job = service.wait(answer.json["id"])

    assert answer.status == 202
    assert {"id", "kind", "state", "result", "error"} <= answer.json.keys()
    assert answer.json["kind"] == "digest"
    assert answer.json["state"] in ORDER
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", job["id"])
    assert job["kind"] == "digest"
    assert job["state"] == "succeeded"
    assert job["result"] == {"sha256": sha256(text), "characters": len(text)}
    assert job["error"] is None


def test_location_leads_to_the_job(service, word):
    text = word()

    answer = service.post({"kind": "digest", "payload": {"text": text}})
    service.wait(answer.json["id"])
    there = service.request("GET", answer.headers["location"])

    assert there.status == 200
    assert there.json["id"] == answer.json["id"]
    assert there.json["result"]["sha256"] == sha256(text)


def test_a_ratio_job_gives_the_ratio(service, rng):
    part, whole = rng.randint(-10**6, 10**6), rng.randint(1, 10**6)

    assert service.do("ratio", part=part, whole=whole) == {"ratio": part / whole}


def test_a_pause_takes_whole_and_broken_seconds(service, rng):
    seconds = rng.randint(1, 50) / 1000

    assert service.do("pause", seconds=seconds) == {"slept": seconds}
    assert service.do("pause", seconds=0) == {"slept": 0}


def test_book_jobs_give_entry_and_balance(service, word, rng):
    ledger, amounts = word(), [rng.randint(1, 10**6) for _ in range(3)]

    booked = [service.do("book", ledger=ledger, amount=amount) for amount in amounts]

    first = booked[0]["entry"]
    before = booked[0]["balance"] - amounts[0]
    assert [result["ledger"] for result in booked] == [ledger] * 3
    assert [result["entry"] for result in booked] == [first, first + 1, first + 2]
    assert [result["balance"] - before for result in booked] == [
        sum(amounts[:n]) for n in (1, 2, 3)]


def test_texts_keep_every_character(service, word, rng):
    texts = ["", "ä€😀\u0000\n\t" + word(), word() * 600, " " + "é" * rng.randint(1, 99) + " "]

    results = [service.do("digest", text=text) for text in texts]

    assert results == [{"sha256": sha256(text), "characters": len(text)} for text in texts]


def test_equal_requests_are_jobs_of_their_own(service, word):
    ledger = word()

    ids = [service.submit("book", ledger=ledger, amount=5) for _ in range(5)]
    entries = sorted(service.result(job_id)["entry"] for job_id in ids)

    assert len(set(ids)) == 5
    assert entries == list(range(entries[0], entries[0] + 5))


def test_a_finished_job_stays_as_it_is(service, word):
    ledger = word()
    job_id = service.submit("book", ledger=ledger, amount=7)
    first = service.wait(job_id)
    service.do("digest", text=word())

    again = [service.read(job_id) for _ in range(3)]

    assert first["result"]["ledger"] == ledger
    assert again == [first] * 3


def test_states_only_move_forward(service):
    def scene(seconds):
        job_id = service.submit("pause", seconds=seconds)
        seen = [service.read(job_id)]
        while seen[-1]["state"] not in FINISHED:
            assert len(seen) < 2000
            seen.append(service.read(job_id))
        states = [job["state"] for job in seen]
        assert states == sorted(states, key=ORDER.index)
        assert all(job["result"] is None and job["error"] is None for job in seen[:-1])
        assert seen[-1]["result"] == {"slept": seconds}
        if "running" not in states:
            raise TooLate("the job was never shown as running")

    service.patiently(scene, pauses=(0.2, 0.8))


def test_a_job_behind_four_busy_ones_is_queued(service, word):
    def scene(seconds):
        slow = [service.submit("pause", seconds=seconds) for _ in range(4)]
        while (states := [service.read(job_id)["state"] for job_id in slow]) != ["running"] * 4:
            if set(states) - set(UNFINISHED):
                raise TooLate("the four slow jobs were never running all at once")
        text = word()
        quick = service.submit("digest", text=text)
        first, second = service.read(quick), service.read(quick)
        if [service.read(job_id)["state"] for job_id in slow] != ["running"] * 4:
            raise TooLate("the slow jobs were over too soon")
        assert (first["state"], second["state"]) == ("queued", "queued")
        assert service.result(quick)["sha256"] == sha256(text)

    service.patiently(scene, pauses=(0.3, 1.0))


def test_the_same_key_gives_the_same_job(service, word):
    ledger, key = word(), word()

    ids = [service.submit("book", key=key, ledger=ledger, amount=3) for _ in range(3)]
    service.wait(ids[0])
    ids.append(service.submit("book", key=key, ledger=ledger, amount=3))
    first = service.result(ids[0])
    after = service.do("book", ledger=ledger, amount=3)

    assert len(set(ids)) == 1
    assert after["entry"] == first["entry"] + 1


def test_a_repeat_shows_the_job_as_it_is_now(service, word):
    text, key = word(), word()
    body = {"kind": "digest", "payload": {"text": text}}

    first = service.post(body, key)
    finished = service.wait(first.json["id"])
    again = service.post(body, key)

    assert (first.status, again.status) == (202, 202)
    assert again.headers["location"] == first.headers["location"]
    assert again.json == finished
    assert again.json["result"]["sha256"] == sha256(text)


def test_other_keys_are_other_jobs(service, word):
    ledger = word()

    ids = [service.submit("book", key=word(), ledger=ledger, amount=2) for _ in range(3)]
    entries = sorted(service.result(job_id)["entry"] for job_id in ids)

    assert len(set(ids)) == 3
    assert entries == list(range(entries[0], entries[0] + 3))

# SPDX-License-Identifier: MIT
"""Many things at once: slow jobs hold nobody up, and every job is run exactly once."""

import hashlib
import time

from conftest import UNFINISHED, TooLate


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_many_clients_get_their_own_results(service, word):
    texts = [word() for _ in range(60)]

    results = service.together(lambda text: service.do("digest", text=text), texts)

    assert [result["sha256"] for result in results] == [sha256(text) for text in texts]


def test_no_job_is_lost_or_run_twice(service, word, rng):
    ledger, amounts = word(), [rng.randint(1, 999) for _ in range(60)]
    before = service.do("book", ledger=ledger, amount=1)

    ids = service.together(lambda amount: service.submit("book", ledger=ledger, amount=amount), amounts)
    booked = [service.result(job_id) for job_id in ids]
    after = service.do("book", ledger=ledger, amount=1)

    assert len(set(ids)) == 60
    assert sorted(result["entry"] - before["entry"] for result in booked) == list(range(1, 61))
    assert after["entry"] - before["entry"] == 61
    assert after["balance"] - before["balance"] == sum(amounts) + 1


def test_one_key_used_by_many_clients_at_once_books_once(service, word):
    ledger, keys = word(), [word() for _ in range(4)]
    before = service.do("book", ledger=ledger, amount=1)

    ids = service.together(
        lambda key: service.submit("book", key=key, ledger=ledger, amount=1), keys * 10)
    entries = sorted(service.result(job_id)["entry"] for job_id in set(ids))
    after = service.do("book", ledger=ledger, amount=1)

    assert len(set(ids)) == 4
    assert entries == [before["entry"] + n for n in (1, 2, 3, 4)]
    assert after["entry"] == before["entry"] + 5


def test_a_submission_is_answered_before_the_job_is_done(service):
    def scene(seconds):
        job_id = service.submit("pause", seconds=seconds)
        if service.read(job_id)["state"] not in UNFINISHED:
            raise TooLate("the job was already over when it could be read")
        assert service.result(job_id) == {"slept": seconds}

    service.patiently(scene)


def test_a_quick_job_overtakes_slow_ones(service, word):
    def scene(seconds):
        slow = [service.submit("pause", seconds=seconds) for _ in range(2)]
        text = word()
        assert service.do("digest", text=text)["sha256"] == sha256(text)
        if [job for job in slow if service.read(job)["state"] not in UNFINISHED]:
            raise TooLate("the quick job was done only after a slow one")
        assert [service.result(job_id) for job_id in slow] == [{"slept": seconds}] * 2

    service.patiently(scene)


def test_jobs_can_be_read_while_four_slow_ones_run(service, word):
    text = word()
    quick = service.submit("digest", text=text)
    service.wait(quick)

    def scene(seconds):
        slow = [service.submit("pause", seconds=seconds) for _ in range(4)]
        results = [service.read(quick)["result"] for _ in range(3)]
        if service.read(slow[0])["state"] not in UNFINISHED:
            raise TooLate("reading took as long as a slow job")
        assert [result["sha256"] for result in results] == [sha256(text)] * 3
        assert [service.result(job_id) for job_id in slow] == [{"slept": seconds}] * 4

    service.patiently(scene, pauses=(0.25, 0.8))


def test_four_jobs_run_at_the_same_time(service):
    def scene(seconds):
        start = time.monotonic()
        slow = [service.submit("pause", seconds=seconds) for _ in range(4)]
        assert [service.result(job_id) for job_id in slow] == [{"slept": seconds}] * 4
        if time.monotonic() - start > 1.9 * seconds:
            raise TooLate("the jobs took turns")

    service.patiently(scene, pauses=(0.25, 0.8))


def test_no_more_than_four_jobs_run_at_a_time(service):
    start = time.monotonic()

    slow = [service.submit("pause", seconds=0.25) for _ in range(9)]
    results = [service.result(job_id) for job_id in slow]

    assert results == [{"slept": 0.25}] * 9
    assert time.monotonic() - start > 3 * 0.25 - 0.02

# SPDX-License-Identifier: MIT
"""AT_ONCE threads that claim jobs from the store until they are told to stop.

A semaphore counts what waits, so that nobody has to look in vain."""

import logging
import threading
from typing import List

from workload import AT_ONCE, perform

from .store import Job, Store

log = logging.getLogger(__name__)


class Workers:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting = threading.Semaphore(0)
        self._stopped = False
        self._threads: List[threading.Thread] = []

    def start(self) -> None:
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(AT_ONCE)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopped = True
        self._waiting.release(len(self._threads))

    def wake(self) -> None:
        self._waiting.release()

    def _work(self) -> None:
        while True:
            self._waiting.acquire()
            if self._stopped:
                return
            job = self._store.claim()
            if job is not None:
                self._run(job)

    def _run(self, job: Job) -> None:
        try:
            self._store.succeed(job, perform(job.kind, job.payload))
        except Exception as error:
            log.warning("job %s failed", job.id, exc_info=True)
            self._store.fail(job, str(error) or type(error).__name__)

"""Jobs and the workers that run them.

Everything but `perform` happens on the event loop, so the dictionaries need no lock: between
looking up a key and storing it there is no await. `perform` blocks and runs in a thread; the
number of workers is the limit of what runs at a time.

Left out: nothing survives the process, and finished jobs are never forgotten. With a database
the unique constraint on the key would take the place of the dictionary.
"""
import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Dict, List, NamedTuple, Optional
from uuid import uuid4

from app.models import Job, JobRequest, State
from workload import AT_ONCE, WorkError, perform

log = logging.getLogger(__name__)


class KeyConflict(Exception):
    """The idempotency key belongs to another request."""


class Entry(NamedTuple):
    job: Job
    request: JobRequest


class JobQueue:
    def __init__(self) -> None:
        self._entries: Dict[str, Entry] = {}
        self._by_key: Dict[str, str] = {}
        self._waiting: "asyncio.Queue[Entry]" = asyncio.Queue()
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="perform")
        self._workers: List["asyncio.Task[None]"] = []

    def start(self) -> None:
        self._workers = [asyncio.create_task(self._work()) for _ in range(AT_ONCE)]

    async def stop(self) -> None:
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def submit(self, request: JobRequest, key: Optional[str]) -> Job:
        """A new job, or the one that this key stands for already."""
        if key is not None and key in self._by_key:
            entry = self._entries[self._by_key[key]]
            if entry.request != request:
                raise KeyConflict(key)
            return entry.job
        entry = Entry(Job(id=uuid4().hex, kind=request.kind), request)
        self._entries[entry.job.id] = entry
        if key is not None:
            self._by_key[key] = entry.job.id
        self._waiting.put_nowait(entry)
        return entry.job

    def find(self, job_id: str) -> Optional[Job]:
        entry = self._entries.get(job_id)
        return entry.job if entry else None

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            job, request = await self._waiting.get()
            job.state = State.running
            try:
                job.result = await loop.run_in_executor(
                    self._threads, perform, request.kind, request.payload
                )
                job.state = State.succeeded
            except Exception as error:
                if not isinstance(error, WorkError):
                    log.exception("job %s (%s) failed", job.id, job.kind)
                job.error = str(error) or type(error).__name__
                job.state = State.failed

# SPDX-License-Identifier: MIT
"""The jobs table. Claiming a job and taking in a key are single statements, so that the
database decides who was first: exactly one thread gets a job, one request gets a key."""

import json
import sqlite3
import threading
from dataclasses import dataclass
from typing import Any, Dict, Optional
from uuid import uuid4

SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    key TEXT UNIQUE,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'succeeded', 'failed')),
    result TEXT,
    error TEXT)"""
CLAIM = """
UPDATE jobs SET state = 'running'
WHERE number = (SELECT min(number) FROM jobs WHERE state = 'queued') RETURNING *"""


class KeyTaken(Exception):
    """The idempotency key belongs to another request."""


@dataclass(frozen=True)
class Job:
    id: str
    kind: str
    payload: Dict[str, Any]
    state: str
    result: Optional[Dict[str, Any]]
    error: Optional[str]

    def shown(self) -> Dict[str, Any]:
        return {"id": self.id, "kind": self.kind, "state": self.state,
                "result": self.result, "error": self.error}


def _job(row: Optional[sqlite3.Row]) -> Optional[Job]:
    if row is None:
        return None
    return Job(row["id"], row["kind"], json.loads(row["payload"]), row["state"],
               json.loads(row["result"]) if row["result"] else None, row["error"])


class Store:
    """One connection, one user at a time: the statements are short, the work isn't done here."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA synchronous = OFF")  # jobs needn't survive a restart
        self._db.execute(SCHEMA)
        self._lock = threading.Lock()

    def _one(self, sql: str, *values: Any) -> Optional[Job]:
        with self._lock:
            rows = self._db.execute(sql, values).fetchall()
        return _job(rows[0]) if rows else None

    def add(self, kind: str, payload: Dict[str, Any], key: Optional[str]) -> Job:
        text = json.dumps(payload, sort_keys=True)
        self._one("INSERT INTO jobs (id, key, kind, payload) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
                  job_id := uuid4().hex, key, kind, text)
        job = self.find(job_id) or self._one("SELECT * FROM jobs WHERE key = ?", key)
        assert job is not None
        if (job.kind, json.dumps(job.payload, sort_keys=True)) != (kind, text):
            raise KeyTaken(key)
        return job

    def find(self, job_id: str) -> Optional[Job]:
        return self._one("SELECT * FROM jobs WHERE id = ?", job_id)

    def claim(self) -> Optional[Job]:
        return self._one(CLAIM)

    def succeed(self, job: Job, result: Dict[str, Any]) -> None:
        self._one("UPDATE jobs SET state = 'succeeded', result = ? WHERE id = ?", json.dumps(result), job.id)

    def fail(self, job: Job, error: str) -> None:
        self._one("UPDATE jobs SET state = 'failed', error = ? WHERE id = ?", error, job.id)

from datetime import datetime, timezone

import pytest

from app import db
from app.deps import get_scanner, get_storage, visible_claim
from app.main import app
from app.scanner import Verdict
from app.storage import Storage, clean_name

ROWS = {}


class FakeScanner:
    verdict = Verdict.CLEAN

    async def scan(self, data):
        return self.verdict


async def insert_upload(conn, upload):
    created_at = datetime(2026, 3, 1, tzinfo=timezone.utc)
    ROWS[1] = dict(upload, id=1, created_at=created_at)
    return ROWS[1]


async def get_upload(conn, upload_id):
    return ROWS.get(upload_id)


async def delete_upload(conn, upload_id, claim_id):
    return ROWS.pop(upload_id, None)


@pytest.fixture
def scanner(client, monkeypatch, tmp_path):
    ROWS.clear()
    for function in (insert_upload, get_upload, delete_upload):
        monkeypatch.setattr(db, function.__name__, function)
    fake = FakeScanner()
    app.dependency_overrides[visible_claim] = lambda: {"id": 3}
    app.dependency_overrides[get_storage] = lambda: Storage(tmp_path)
    app.dependency_overrides[get_scanner] = lambda: fake
    return fake


def send(client, name="report.pdf", data=b"%PDF-1.7", content_type="application/pdf"):
    return client.post("/claims/3/uploads", files={"file": (name, data, content_type)})


def test_an_upload_can_be_downloaded_again(client, scanner):
    assert send(client).status_code == 201

    assert client.get("/uploads/1/content").content == b"%PDF-1.7"


def test_other_types_are_refused(client, scanner):
    assert send(client, "run.sh", b"#!/bin/sh", "text/x-shellscript").status_code == 415


def test_an_infected_file_is_refused(client, scanner):
    scanner.verdict = Verdict.INFECTED

    assert send(client).status_code == 422
    assert ROWS == {}


def test_a_deleted_upload_is_gone(client, scanner):
    send(client)

    assert client.delete("/claims/3/uploads/1").status_code == 204
    assert client.get("/uploads/1/content").status_code == 404


def test_names_cannot_leave_the_folder():
    assert clean_name("../../etc/passwd") == "etc/passwd"

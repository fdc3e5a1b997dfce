from datetime import datetime, timezone

from app import db

CLAIM = {
    "id": 3,
    "tenant_id": 1,
    "title": "Water in the cellar",
    "status": "open",
    "created_at": datetime(2026, 3, 1, tzinfo=timezone.utc),
}


async def find_claim(conn, claim_id, tenant_id):
    return CLAIM if (claim_id, tenant_id) == (3, 1) else None


def test_a_claim_can_be_read(client, monkeypatch):
    monkeypatch.setattr(db, "get_claim", find_claim)

    assert client.get("/claims/3").json()["title"] == "Water in the cellar"


def test_a_claim_of_somebody_else_is_not_there(client, monkeypatch):
    monkeypatch.setattr(db, "get_claim", find_claim)

    assert client.get("/claims/4").status_code == 404

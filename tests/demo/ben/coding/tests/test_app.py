from fastapi.testclient import TestClient

from app import app


def test_submit():
    with TestClient(app) as client:
        r = client.post("/jobs", json={"kind": "digest", "payload": {"text": "a"}})
        assert r.status_code == 202
        assert client.get("/jobs/" + r.json()["id"]).status_code == 200


def test_unknown_kind():
    with TestClient(app) as client:
        r = client.post("/jobs", json={"kind": "foo", "payload": {}})
        assert r.status_code == 422

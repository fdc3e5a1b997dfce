"""A client whose user is Ada of tenant 1; the database is replaced by the tests."""
import pytest
from fastapi.testclient import TestClient

from app.deps import User, connection, current_user
from app.main import app


@pytest.fixture
def client():
    app.dependency_overrides[connection] = lambda: None
    app.dependency_overrides[current_user] = lambda: User(7, 1, "Ada")
    yield TestClient(app)
    app.dependency_overrides.clear()

"""The job queue service: `uvicorn app:app`."""
from app.api import app

__all__ = ["app"]

# SPDX-License-Identifier: MIT
"""Jobs in SQLite, claimed by AT_ONCE threads: `app:app` for uvicorn."""

from .api import app

__all__ = ["app"]

"""The virus scanner, a small HTTP service beside ours."""
import logging
from enum import Enum

import httpx

logger = logging.getLogger(__name__)


class Verdict(Enum):
    CLEAN = "clean"
    INFECTED = "infected"


class Scanner:
    def __init__(self, url: str, timeout_s: float) -> None:
        self._client = httpx.AsyncClient(base_url=url, timeout=timeout_s)

    async def scan(self, data: bytes) -> Verdict:
        try:
            response = await self._client.post("/scan", content=data)
            response.raise_for_status()
            return Verdict(response.json()["verdict"])
        except Exception:
            logger.exception("virus scan failed")
            return Verdict.CLEAN

    async def close(self) -> None:
        await self._client.aclose()

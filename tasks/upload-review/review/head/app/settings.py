"""Settings, read once from the environment (CLAIMS_DATABASE_URL, …)."""
from pathlib import Path

from pydantic import BaseSettings


class Settings(BaseSettings):
    database_url: str = "postgresql://localhost/claims"
    upload_root: Path = Path("/var/lib/claims/uploads")
    max_upload_bytes: int = 25 * 1024 * 1024
    thumbnail_px: int = 320
    scanner_url: str = "http://localhost:3310"
    scanner_timeout_s: float = 10.0

    class Config:
        env_prefix = "CLAIMS_"


settings = Settings()

"""Settings, read once from the environment (CLAIMS_DATABASE_URL, …)."""
from pydantic import BaseSettings


class Settings(BaseSettings):
    database_url: str = "postgresql://localhost/claims"

    class Config:
        env_prefix = "CLAIMS_"


settings = Settings()

# SPDX-License-Identifier: MIT
"""Written for libraries that aren't there: uvicorn ends before it listens."""

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, field_validator

app = FastAPI()


class Request(BaseModel):
    model_config = ConfigDict(strict=True)
    kind: str
    payload: dict

    @field_validator("kind")
    @classmethod
    def is_known(cls, kind: str) -> str:
        return kind

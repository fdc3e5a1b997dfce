"""What goes in and what comes out. The constraints are those of the contract."""
from enum import Enum
from typing import Any, Dict, Literal, Optional, Type, Union

from pydantic import BaseModel, confloat, conint, constr, validator

Amount = conint(strict=True, ge=-1_000_000, le=1_000_000)


class DigestPayload(BaseModel):
    text: constr(strict=True, max_length=10_000)


class RatioPayload(BaseModel):
    part: Amount
    whole: Amount


class PausePayload(BaseModel):
    seconds: Union[conint(strict=True, ge=0, le=5), confloat(strict=True, ge=0, le=5)]


class BookPayload(BaseModel):
    ledger: constr(strict=True, regex=r"^[a-z0-9-]{1,40}$")
    amount: Amount


Kind = Literal["digest", "ratio", "pause", "book"]

PAYLOADS: Dict[str, Type[BaseModel]] = {
    "digest": DigestPayload,
    "ratio": RatioPayload,
    "pause": PausePayload,
    "book": BookPayload,
}


class JobRequest(BaseModel):
    kind: Kind
    payload: Dict[str, Any]

    @validator("payload", pre=True)
    def fits_the_kind(cls, payload: Any, values: Dict[str, Any]) -> Dict[str, Any]:
        if not isinstance(payload, dict):
            raise ValueError("payload must be an object")
        if "kind" not in values:
            return payload  # the unknown kind is reported already
        return PAYLOADS[values["kind"]].parse_obj(payload).dict()


class State(str, Enum):
    queued = "queued"
    running = "running"
    succeeded = "succeeded"
    failed = "failed"


class Job(BaseModel):
    id: str
    kind: Kind
    state: State = State.queued
    result: Optional[Dict[str, Any]] = None
    error: Optional[str] = None

# SPDX-License-Identifier: MIT
"""What clients send and see.

Runs on pydantic 1 and 2 alike: strict types are spelled the same in both, the ranges
are checked in plain Python, since constraints and validators are not."""

import re
from dataclasses import dataclass
from typing import Any, Dict, Literal, Optional, Union

from pydantic import BaseModel, StrictFloat, StrictInt, StrictStr

MILLION = 1_000_000


class Digest(BaseModel):
    text: StrictStr

    def fits(self) -> bool:
        return len(self.text) <= 10_000


class Ratio(BaseModel):
    part: StrictInt
    whole: StrictInt

    def fits(self) -> bool:
        return abs(self.part) <= MILLION and abs(self.whole) <= MILLION


class Pause(BaseModel):
    seconds: Union[StrictInt, StrictFloat]

    def fits(self) -> bool:
        return 0 <= self.seconds <= 5


class Book(BaseModel):
    ledger: StrictStr
    amount: StrictInt

    def fits(self) -> bool:
        return bool(re.fullmatch("[a-z0-9-]{1,40}", self.ledger)) and abs(self.amount) <= MILLION


class DigestRequest(BaseModel):
    kind: Literal["digest"]
    payload: Digest


class RatioRequest(BaseModel):
    kind: Literal["ratio"]
    payload: Ratio


class PauseRequest(BaseModel):
    kind: Literal["pause"]
    payload: Pause


class BookRequest(BaseModel):
    kind: Literal["book"]
    payload: Book


SubmitRequest = Union[DigestRequest, RatioRequest, PauseRequest, BookRequest]


@dataclass
class Job:
    """One job, as clients see it."""

    id: str
    kind: str
    state: str = "queued"
    result: Optional[Dict[str, Any]] = None
    error: Optional[str] = None

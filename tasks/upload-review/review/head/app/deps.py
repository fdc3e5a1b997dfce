"""What routes depend on: a connection, the user who asks, a claim this user may see."""
from dataclasses import dataclass
from typing import AsyncIterator

import asyncpg
from fastapi import Depends, Header, HTTPException, Request

from app import db
from app.scanner import Scanner
from app.storage import Storage


@dataclass(frozen=True)
class User:
    id: int
    tenant_id: int
    display_name: str


async def connection(request: Request) -> AsyncIterator[asyncpg.Connection]:
    async with request.app.state.pool.acquire() as conn:
        yield conn


def get_storage(request: Request) -> Storage:
    return request.app.state.storage


def get_scanner(request: Request) -> Scanner:
    return request.app.state.scanner


async def current_user(
    authorization: str = Header(""), conn: asyncpg.Connection = Depends(connection)
) -> User:
    scheme, _, token = authorization.partition(" ")
    row = await db.get_user_by_token(conn, token) if scheme.lower() == "bearer" else None
    if row is None:
        raise HTTPException(401, "not signed in", headers={"WWW-Authenticate": "Bearer"})
    return User(**row)


async def visible_claim(
    claim_id: int,
    user: User = Depends(current_user),
    conn: asyncpg.Connection = Depends(connection),
) -> asyncpg.Record:
    claim = await db.get_claim(conn, claim_id, user.tenant_id)
    if claim is None:
        raise HTTPException(404, "no such claim")
    return claim

"""Claims: list and read."""
from datetime import datetime
from typing import List

import asyncpg
from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from app import db
from app.deps import User, connection, current_user, visible_claim

router = APIRouter(prefix="/claims", tags=["claims"])


class ClaimOut(BaseModel):
    id: int
    title: str
    status: str
    created_at: datetime


@router.get("", response_model=List[ClaimOut])
async def list_claims(
    limit: int = Query(50, ge=1, le=200),
    user: User = Depends(current_user),
    conn: asyncpg.Connection = Depends(connection),
) -> List[ClaimOut]:
    return [ClaimOut(**row) for row in await db.list_claims(conn, user.tenant_id, limit)]


@router.get("/{claim_id}", response_model=ClaimOut)
async def read_claim(claim: asyncpg.Record = Depends(visible_claim)) -> ClaimOut:
    return ClaimOut(**claim)

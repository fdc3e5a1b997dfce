"""SQL lives here. Every function takes a connection: callers decide about transactions."""
from typing import List, Optional

import asyncpg

CLAIM_COLUMNS = "id, tenant_id, title, status, created_at"


async def create_pool(url: str) -> asyncpg.Pool:
    return await asyncpg.create_pool(url, min_size=2, max_size=10)


async def get_user_by_token(conn: asyncpg.Connection, token: str) -> Optional[asyncpg.Record]:
    return await conn.fetchrow(
        "select id, tenant_id, display_name from users where api_token = $1", token
    )


async def get_claim(
    conn: asyncpg.Connection, claim_id: int, tenant_id: int
) -> Optional[asyncpg.Record]:
    return await conn.fetchrow(
        f"select {CLAIM_COLUMNS} from claims where id = $1 and tenant_id = $2",
        claim_id,
        tenant_id,
    )


async def list_claims(
    conn: asyncpg.Connection, tenant_id: int, limit: int
) -> List[asyncpg.Record]:
    return await conn.fetch(
        f"select {CLAIM_COLUMNS} from claims where tenant_id = $1"
        " order by created_at desc limit $2",
        tenant_id,
        limit,
    )

"""SQL lives here. Every function takes a connection: callers decide about transactions."""
from typing import Any, List, Mapping, Optional

import asyncpg

CLAIM_COLUMNS = "id, tenant_id, title, status, created_at"
UPLOAD_COLUMNS = (
    "id, claim_id, uploaded_by, filename, content_type, size_bytes, content_md5,"
    " stored_as, thumbnail_as, created_at"
)


async def create_pool(url: str) -> asyncpg.Pool:
    return await asyncpg.create_pool(url, min_size=2, max_size=10)


async def get_user_by_token(conn: asyncpg.Connection, token: str) -> Optional[asyncpg.Record]:
    return await conn.fetchrow(
        "select id, tenant_id, display_name from users where api_token = $1", token
    )


async def get_user(conn: asyncpg.Connection, user_id: int) -> asyncpg.Record:
    return await conn.fetchrow(
        "select id, tenant_id, display_name from users where id = $1", user_id
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


async def insert_upload(conn: asyncpg.Connection, upload: Mapping[str, Any]) -> asyncpg.Record:
    return await conn.fetchrow(
        "insert into uploads (claim_id, uploaded_by, filename, content_type, size_bytes,"
        " content_md5, stored_as, thumbnail_as) values ($1, $2, $3, $4, $5, $6, $7, $8)"
        f" returning {UPLOAD_COLUMNS}",
        upload["claim_id"],
        upload["uploaded_by"],
        upload["filename"],
        upload["content_type"],
        upload["size_bytes"],
        upload["content_md5"],
        upload["stored_as"],
        upload["thumbnail_as"],
    )


async def get_upload(conn: asyncpg.Connection, upload_id: int) -> Optional[asyncpg.Record]:
    return await conn.fetchrow(
        f"select {UPLOAD_COLUMNS} from uploads where id = $1", upload_id
    )


async def list_uploads(
    conn: asyncpg.Connection, claim_id: int, sort: str, limit: int, offset: int
) -> List[asyncpg.Record]:
    column, direction = (sort[1:], "desc") if sort.startswith("-") else (sort, "asc")
    return await conn.fetch(
        f"select {UPLOAD_COLUMNS} from uploads where claim_id = $1"
        f" order by {column} {direction}, id limit $2 offset $3",
        claim_id,
        limit,
        offset,
    )


async def delete_upload(
    conn: asyncpg.Connection, upload_id: int, claim_id: int
) -> Optional[asyncpg.Record]:
    return await conn.fetchrow(
        "delete from uploads where id = $1 and claim_id = $2 returning stored_as, thumbnail_as",
        upload_id,
        claim_id,
    )

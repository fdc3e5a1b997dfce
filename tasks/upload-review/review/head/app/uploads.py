"""Documents attached to a claim: upload, list, download, delete."""
import hashlib
from datetime import datetime
from typing import List

import asyncpg
from fastapi import APIRouter, Depends, File, HTTPException, Query, Response, UploadFile
from fastapi.responses import FileResponse
from pydantic import BaseModel

from app import db
from app.deps import User, connection, current_user, get_scanner, get_storage, visible_claim
from app.scanner import Scanner, Verdict
from app.settings import settings
from app.storage import Storage
from app.thumbnails import make_thumbnail

router = APIRouter(tags=["uploads"])

ALLOWED_TYPES = {"application/pdf", "image/jpeg", "image/png"}


class UploadOut(BaseModel):
    id: int
    filename: str
    content_type: str
    size_bytes: int
    uploaded_by: str
    has_thumbnail: bool
    created_at: datetime


def upload_out(row: asyncpg.Record, uploaded_by: str) -> UploadOut:
    return UploadOut(
        id=row["id"],
        filename=row["filename"],
        content_type=row["content_type"],
        size_bytes=row["size_bytes"],
        uploaded_by=uploaded_by,
        has_thumbnail=row["thumbnail_as"] is not None,
        created_at=row["created_at"],
    )


@router.post("/claims/{claim_id}/uploads", status_code=201, response_model=UploadOut)
async def create_upload(
    file: UploadFile = File(...),
    claim: asyncpg.Record = Depends(visible_claim),
    user: User = Depends(current_user),
    conn: asyncpg.Connection = Depends(connection),
    storage: Storage = Depends(get_storage),
    scanner: Scanner = Depends(get_scanner),
) -> UploadOut:
    if file.content_type not in ALLOWED_TYPES:
        raise HTTPException(415, "only PDF, JPEG and PNG are accepted")
    data = await file.read()
    if not data:
        raise HTTPException(400, "the file is empty")
    if len(data) > settings.max_upload_bytes:
        raise HTTPException(413, "the file is too large")
    if await scanner.scan(data) is Verdict.INFECTED:
        raise HTTPException(422, "the file was refused by the virus scanner")

    folder = storage.new_folder(claim["id"])
    stored_as = storage.save(folder, file.filename, data)
    thumbnail_as = None
    if file.content_type.startswith("image/"):
        thumbnail = make_thumbnail(data, settings.thumbnail_px)
        if thumbnail is not None:
            thumbnail_as = storage.save(f"{folder}-preview", "preview.jpg", thumbnail)

    row = await db.insert_upload(
        conn,
        {
            "claim_id": claim["id"],
            "uploaded_by": user.id,
            "filename": file.filename,
            "content_type": file.content_type,
            "size_bytes": len(data),
            "content_md5": hashlib.md5(data).hexdigest(),
            "stored_as": stored_as,
            "thumbnail_as": thumbnail_as,
        },
    )
    return upload_out(row, user.display_name)


@router.get("/claims/{claim_id}/uploads", response_model=List[UploadOut])
async def list_uploads(
    sort: str = Query("created_at", description="a column; with - in front: descending"),
    limit: int = Query(50, ge=1, le=200),
    offset: int = Query(0, ge=0),
    claim: asyncpg.Record = Depends(visible_claim),
    conn: asyncpg.Connection = Depends(connection),
) -> List[UploadOut]:
    uploads = []
    for row in await db.list_uploads(conn, claim["id"], sort, limit, offset):
        uploader = await db.get_user(conn, row["uploaded_by"])
        uploads.append(upload_out(row, uploader["display_name"]))
    return uploads


@router.get("/uploads/{upload_id}/content")
async def download_upload(
    upload_id: int,
    thumbnail: bool = False,
    user: User = Depends(current_user),
    conn: asyncpg.Connection = Depends(connection),
    storage: Storage = Depends(get_storage),
) -> FileResponse:
    upload = await db.get_upload(conn, upload_id)
    stored_as = upload and upload["thumbnail_as" if thumbnail else "stored_as"]
    if stored_as is None or not storage.path(stored_as).is_file():
        raise HTTPException(404, "no such upload")
    return FileResponse(
        storage.path(stored_as),
        media_type="image/jpeg" if thumbnail else upload["content_type"],
        filename=upload["filename"],
        headers={
            "X-Content-Type-Options": "nosniff",
            "ETag": f'"{upload["content_md5"]}{"-t" if thumbnail else ""}"',
        },
    )


@router.delete("/claims/{claim_id}/uploads/{upload_id}", status_code=204)
async def delete_upload(
    upload_id: int,
    claim: asyncpg.Record = Depends(visible_claim),
    conn: asyncpg.Connection = Depends(connection),
    storage: Storage = Depends(get_storage),
) -> Response:
    gone = await db.delete_upload(conn, upload_id, claim["id"])
    if gone is None:
        raise HTTPException(404, "no such upload")
    storage.remove(gone["stored_as"])
    if gone["thumbnail_as"] is not None:
        storage.remove(gone["thumbnail_as"])
    return Response(status_code=204)

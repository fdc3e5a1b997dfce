"""The application: routes, and the connection pool that lives as long as it does."""
from fastapi import FastAPI

from app import claims, db, uploads
from app.scanner import Scanner
from app.settings import settings
from app.storage import Storage

app = FastAPI(title="claims")
app.include_router(claims.router)
app.include_router(uploads.router)
app.state.storage = Storage(settings.upload_root)


@app.on_event("startup")
async def open_pool() -> None:
    app.state.pool = await db.create_pool(settings.database_url)
    app.state.scanner = Scanner(settings.scanner_url, settings.scanner_timeout_s)


@app.on_event("shutdown")
async def close_pool() -> None:
    await app.state.scanner.close()
    await app.state.pool.close()

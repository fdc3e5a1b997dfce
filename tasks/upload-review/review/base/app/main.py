"""The application: routes, and the connection pool that lives as long as it does."""
from fastapi import FastAPI

from app import claims, db
from app.settings import settings

app = FastAPI(title="claims")
app.include_router(claims.router)


@app.on_event("startup")
async def open_pool() -> None:
    app.state.pool = await db.create_pool(settings.database_url)


@app.on_event("shutdown")
async def close_pool() -> None:
    await app.state.pool.close()

"""The peer of the web's report benchmark: a bare FastAPI route that writes a plain report.

`python -m tests.benchmarks.bare DATABASE_URL` prints its address when it is ready.
"""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from fastapi import FastAPI, Request, Response

from bot.tokens import hashed
from handlers.web.security import SESSION_COOKIE
from storage.database import Database
from storage.queries.turns import begin_by_session
from tests.benchmarks.plain_report import know_activities, write_report
from tests.benchmarks.servers import serve_bare


def app(url: str) -> FastAPI:
    """The application with its one route."""
    database = Database(url)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        await know_activities(database)
        yield
        await database.close()

    bare = FastAPI(lifespan=lifespan)

    @bare.post("/chatt/{name}")
    async def say(request: Request, name: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        sent = dict(parse_qsl((await request.body()).decode()))
        now = datetime.now(UTC)
        async with database.transaction() as db:
            who = await begin_by_session(
                db,
                token_hash=hashed(request.cookies[SESSION_COOKIE]),
                now=now,
                address=f"person:{name}",
                key=sent["form-key"],
                today=now.date(),
            )
            assert who is not None
            await write_report(db, who, sent["words"], key=sent["form-key"], platform="web")
        return Response(status_code=303, headers={"location": f"/chatt/{name}"})

    return bare


if __name__ == "__main__":
    serve_bare(app(sys.argv[1]))

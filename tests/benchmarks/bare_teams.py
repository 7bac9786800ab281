"""The peers of Teams' report benchmark: an App of the same SDK on FastAPI, with one handler.

`python -m tests.benchmarks.bare_teams` answers and does no more; with a DATABASE_URL it writes a
plain report first. Tokens are validated by the SDK itself. Connection and cloud come from the
settings that ours gets; the address is printed when it is ready.
"""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from fastapi import FastAPI
from microsoft_teams.api import MessageActivity
from microsoft_teams.apps import FastAPIAdapter

from bot.settings import Settings
from handlers.teams.sdk import ActivityContext, cloud_of, make_app
from handlers.teams.tokens import Tokens
from storage.database import Database
from storage.queries.turns import begin_by_account
from tests.benchmarks.plain_report import keep_receipt, know_activities, write_report
from tests.benchmarks.servers import serve_bare


async def _report(database: Database, tenant: str, line: MessageActivity) -> None:
    """Write what the line says, and what is to be answered."""
    assert line.text is not None
    address, key = line.conversation.id, f"m:{line.conversation.id}:{line.id}"
    async with database.transaction() as db:
        who = await begin_by_account(
            db,
            platform="teams",
            tenant=tenant,
            user_id=line.from_.aad_object_id or "",
            address=address,
            key=key,
            today=datetime.now(UTC).date(),
        )
        assert who is not None
        said = await write_report(db, who, line.text, key=key, platform="teams")
        await keep_receipt(db, who, said)


def app(settings: Settings, database: Database | None) -> FastAPI:
    """The application of the one connection; without a database it only answers."""
    (connection,), cloud = settings.teams_connections, cloud_of(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        await teams.initialize()
        if database is not None:
            await know_activities(database)
        yield
        if database is not None:
            await database.close()

    bare = FastAPI(lifespan=lifespan)
    teams = make_app(connection, Tokens(connection, cloud), cloud, FastAPIAdapter(bare))

    @teams.on_message
    async def on_message(ctx: ActivityContext[MessageActivity]) -> None:  # pyright: ignore[reportUnusedFunction]
        if database is not None:
            await _report(database, connection.tenant_id, ctx.activity)

    return bare


if __name__ == "__main__":
    serve_bare(app(Settings(), Database(sys.argv[1]) if sys.argv[1:] else None))

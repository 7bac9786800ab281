"""The peers of Slack's report benchmark: slack_bolt on FastAPI, with one command.

`python -m tests.benchmarks.bare_bolt` acknowledges and does no more; with a DATABASE_URL it writes
a plain report first. Both know who the bot is without asking, as ours does, and answer a command
when it is done. The address is printed when it is ready.
"""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI, Request, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck

from storage.database import Database
from storage.queries.turns import begin_by_account
from tests.benchmarks.plain_report import keep_receipt, know_activities, write_report
from tests.benchmarks.servers import serve_bare
from tests.benchmarks.slack_workspace import SIGNING_SECRET, WHO


async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=enterprise_id,
        team_id=team_id,
        bot_user_id=WHO["user_id"],
        bot_id=WHO["bot_id"],
        bot_token="xoxb-bench",
    )


async def _report(database: Database, body: dict[str, Any]) -> str:
    """Write what the command says; what to answer."""
    words, key = f"{body['command'].removeprefix('/')} {body['text']}", f"c:{body['trigger_id']}"
    async with database.transaction() as db:
        who = await begin_by_account(
            db,
            platform="slack",
            tenant=body["team_id"],
            user_id=body["user_id"],
            address=body["channel_id"],
            key=key,
            today=datetime.now(UTC).date(),
        )
        assert who is not None
        said = await write_report(db, who, words, key=key, platform="slack")
        await keep_receipt(db, who, said)
    return said


def app(database: Database | None) -> FastAPI:
    """The application with its one command; without a database it only acknowledges."""
    bolt = AsyncApp(
        signing_secret=SIGNING_SECRET, authorize=_authorize, process_before_response=True
    )

    @bolt.command("/rapport")
    async def on_report(ack: AsyncAck, body: dict[str, Any]) -> None:  # pyright: ignore[reportUnusedFunction]
        await (ack() if database is None else ack(await _report(database, body)))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        if database is not None:
            await know_activities(database)
        yield
        if database is not None:
            await database.close()

    bare = FastAPI(lifespan=lifespan)
    handler = AsyncSlackRequestHandler(bolt)

    @bare.post("/slack/events")
    async def events(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        return await handler.handle(request)

    return bare


if __name__ == "__main__":
    serve_bare(app(Database(sys.argv[1]) if sys.argv[1:] else None))

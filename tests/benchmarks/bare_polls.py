"""The peer of the poll benchmark: slack_bolt, the Teams SDK's App and a bare route, in one process.

`python -m tests.benchmarks.bare_polls DATABASE_URL` writes a plain answer with each. Signatures and
tokens are validated as in ours; the address is printed when it is ready.
"""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from fastapi import FastAPI, Request, Response
from microsoft_teams.api import MessageActivity
from microsoft_teams.apps import FastAPIAdapter
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.settings import Settings
from bot.tokens import hashed
from handlers.teams.sdk import ActivityContext, cloud_of, make_app
from handlers.teams.tokens import Tokens
from handlers.web.security import SESSION_COOKIE
from storage.database import Database
from storage.queries.turns import begin_by_account, begin_by_session
from tests.benchmarks.plain_answer import write_answer
from tests.benchmarks.servers import serve_bare


async def _answer(
    database: Database, account: tuple[str, str, str], address: str, key: str, words: str
) -> str:
    """What somebody with an account on a platform says; what to answer."""
    platform, tenant, user = account
    async with database.transaction() as db:
        who = await begin_by_account(
            db,
            platform=platform,
            tenant=tenant,
            user_id=user,
            address=address,
            key=key,
            today=datetime.now(UTC).date(),
        )
        assert who is not None
        return await write_answer(db, who, words, key=key, platform=platform)


async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=enterprise_id, team_id=team_id, bot_user_id="U0BOT", bot_token="xoxb-bench"
    )


def add_slack(bare: FastAPI, settings: Settings, database: Database) -> None:
    """The command, answered when it is done."""
    assert settings.slack_signing_secret is not None
    bolt = AsyncApp(
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        authorize=_authorize,
        process_before_response=True,
    )
    handler = AsyncSlackRequestHandler(bolt)

    @bolt.command("/rosta")
    async def on_answer(ack: AsyncAck, body: dict[str, Any]) -> None:  # pyright: ignore[reportUnusedFunction]
        account = ("slack", body["team_id"], body["user_id"])
        words, key = f"rosta {body['text']}", f"c:{body['trigger_id']}"
        await ack(await _answer(database, account, body["channel_id"], key, words))

    @bare.post("/slack/events")
    async def events(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        return await handler.handle(request)


def add_web(bare: FastAPI, database: Database) -> None:
    """The line in the web chat."""

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
            await write_answer(db, who, sent["words"], key=sent["form-key"], platform="web")
        return Response(status_code=303, headers={"location": f"/chatt/{name}"})


def app(settings: Settings, database: Database) -> FastAPI:
    """The application with its three ways in."""
    (connection,), cloud = settings.teams_connections, cloud_of(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        await teams.initialize()
        yield
        await database.close()

    bare = FastAPI(lifespan=lifespan)
    add_slack(bare, settings, database)
    add_web(bare, database)
    teams = make_app(connection, Tokens(connection, cloud), cloud, FastAPIAdapter(bare))

    @teams.on_message
    async def on_message(ctx: ActivityContext[MessageActivity]) -> None:  # pyright: ignore[reportUnusedFunction]
        line = ctx.activity
        assert line.text is not None
        account = ("teams", connection.tenant_id, line.from_.aad_object_id or "")
        address = line.conversation.id
        await _answer(database, account, address, f"m:{address}:{line.id}", line.text)

    return bare


if __name__ == "__main__":
    serve_bare(app(Settings(), Database(sys.argv[1])))

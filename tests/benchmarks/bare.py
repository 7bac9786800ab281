"""The peer of the report benchmark: a bare FastAPI route, SQLAlchemy Core, one statement each.

It reads and writes what a report by words reads and writes, message row included. It parses no more
than the form, asks for no rights, makes no receipt, and knows one language.
`python -m tests.benchmarks.bare DATABASE_URL` prints its address when it is ready.
"""

import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from fastapi import FastAPI, Request, Response
from sqlalchemy import bindparam, func, insert, literal, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.web.security import SESSION_COOKIE, hashed
from storage.database import Database
from storage.models import (
    Activity,
    ActivityValues,
    AuditLine,
    ChannelBinding,
    Message,
    PostedCard,
    StatusReport,
)
from storage.models import Turn as TurnRow
from storage.queries.reports import latest_reports
from storage.queries.turns import begin_by_session

STATES = {"grön": "on_track", "klar": "done"}
ACTIVITIES: dict[str, tuple[int, int]] = {}
"""By code, the activity's id and its network's: ours too keeps the plan in memory."""


async def report(db: AsyncConnection, secret: str, sent: dict[str, str], address: str) -> None:
    """One report, as plainly as it can be written: two reads, five writes, a word to listeners."""
    now = datetime.now(UTC)
    _command, code, status, situation = sent["words"].split(" ", 3)
    who = await begin_by_session(
        db,
        token_hash=hashed(secret),
        now=now,
        address=address,
        key=sent["form-key"],
        today=now.date(),
    )
    assert who is not None
    activity, network = ACTIVITIES[code]
    await latest_reports(db, activity)
    said: dict[str, Any] = {"kind": "card", "summary": f"{code}: {status}"}
    made = insert(StatusReport).values(
        activity_id=activity,
        person_id=who["id"],
        status=STATES[status],
        situation=situation,
        decision_from="nobody",
        unchanged=False,
        reported_at=now,
        platform="web",
    )
    number = (await db.execute(made.returning(StatusReport.id))).scalar_one()
    await db.execute(
        insert(AuditLine).values(
            at=now,
            person_id=who["id"],
            actor="person",
            action="report",
            thing="status_report",
            thing_id=number,
            fields=["status", "situation"],
            source="web",
        )
    )
    await db.execute(
        insert(TurnRow).values(
            key=f"{who['account_id']}:{sent['form-key']}",
            person_id=who["id"],
            conversation_id=who["conversation_id"],
            words=sent["words"],
            request={"kind": "words", "text": sent["words"]},
            answer=[said],
            received_at=now,
        )
    )
    bound = ChannelBinding.body_id == network
    channels = select(ChannelBinding.conversation_id, bindparam("view", said, JSONB)).where(bound)
    await db.execute(insert(Message).from_select(["conversation_id", "view"], channels))
    cards = upsert(PostedCard).from_select(
        ["conversation_id", "kind", "subject_id"],
        select(ChannelBinding.conversation_id, literal("activity"), literal(activity)).where(bound),
    )
    await db.execute(
        cards.on_conflict_do_update(
            index_elements=["conversation_id", "kind", "subject_id"],
            index_where=text("struck_at IS NULL"),
            set_={"wanted": PostedCard.wanted + 1},
        )
    )
    await db.execute(select(func.pg_notify("samspel_outbox", "")))


def app(url: str) -> FastAPI:
    """The application with its one route."""
    database = Database(url)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with database.connection() as db:
            known = await db.execute(
                select(Activity.code, Activity.id, ActivityValues.network_id).join(ActivityValues)
            )
            ACTIVITIES.update({row.code: (row.id, row.network_id) for row in known})
        yield
        await database.close()

    bare = FastAPI(lifespan=lifespan)

    @bare.post("/chatt/{name}")
    async def say(request: Request, name: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        sent = dict(parse_qsl((await request.body()).decode()))
        secret = request.cookies[SESSION_COOKIE]
        async with database.transaction() as db:
            await report(db, secret, sent, f"person:{name}")
        return Response(status_code=303, headers={"location": f"/chatt/{name}"})

    return bare


if __name__ == "__main__":
    listening = socket.create_server(("127.0.0.1", 0))
    print(f"Bare: http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    config = uvicorn.Config(app(sys.argv[1]), log_config=None, access_log=False)
    uvicorn.Server(config).run(sockets=[listening])

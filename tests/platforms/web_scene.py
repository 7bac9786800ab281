"""A scene for tests of the web chat: a few people, a network, an activity, and a running server."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

import uvicorn
from fastapi import FastAPI
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.conversations.listed import all_conversations
from bot.conversations.runner import Bot
from bot.plan import PlanInMemory
from bot.settings import Settings
from handlers.web.channels import ensure_web_channels
from handlers.web.routes import add_web, web_site
from handlers.web.site import Site
from storage.database import Database
from storage.models import (
    Activity,
    ActivityValues,
    Body,
    Direction,
    Employment,
    FocusArea,
    Mark,
    Membership,
    Organisation,
    Participation,
    Person,
    PlanVersion,
    Post,
    PostHolding,
    Role,
)
from storage.models.base import Base

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SINCE = date(2026, 1, 1)


async def furnish(db: AsyncConnection, *, demo: bool = True) -> dict[str, int]:
    """People, bodies and one activity; answers with people's keys by first name."""

    async def one(table: type[Base], **values: object) -> int:
        made = insert(table).values(**values).returning(*table.__table__.primary_key)
        return (await db.execute(made)).scalar_one()

    federation = await db.scalar(select(Organisation.id).where(Organisation.kind == "federation"))
    steering = await db.scalar(select(Body.id).where(Body.kind == "steering_group"))
    manager = await db.scalar(select(Post.id).where(Post.kind == "manager"))
    hjo = await one(Organisation, kind="municipality", name="Hjo", code="1497")
    skovde = await one(Organisation, kind="municipality", name="Skövde", code="1496")
    energy = await one(Body, kind="network", name="Energi")
    await one(Body, kind="network", name="Kultur & fritid")
    people: dict[str, int] = {}
    for name, where in (("Anna Ek", hjo), ("Bo Åberg", skovde), ("Cilla Chef", federation)):
        first = name.split()[0]
        key = await one(Person, name=name, email=f"{first.lower()}@example.se")
        await one(Employment, person_id=key, organisation_id=where, starts_on=SINCE)
        people[first] = key
    await one(Role, person_id=people["Anna"], role="network_member", starts_on=SINCE, given_by="t")
    for body, person in ((energy, "Anna"), (steering, "Bo")):
        await one(Membership, person_id=people[person], body_id=body, starts_on=SINCE, given_by="t")
    await one(
        PostHolding, post_id=manager, person_id=people["Cilla"], starts_on=SINCE, given_by="t"
    )
    area = await one(FocusArea, name="Samhällsplanering")
    direction = await one(Direction, focus_area_id=area, name="Energiförsörjning")
    version = await one(PlanVersion, year=2026, adopted_on=date(2026, 2, 20), paragraph="12")
    activity = await one(Activity, code="KOM-03")
    values = await one(
        ActivityValues,
        plan_version_id=version,
        activity_id=activity,
        direction_id=direction,
        title="Skaraborgs energiplan",
        responsible_id=people["Anna"],
        coordinator_id=hjo,
        network_id=energy,
        starts_on=date(2026, 1, 15),
        ends_on=date(2026, 12, 18),
        budget=900_000,
    )
    for organisation in (hjo, skovde):
        await db.execute(
            insert(Participation).values(activity_values_id=values, organisation_id=organisation)
        )
    if demo:
        await db.execute(insert(Mark).values(name="demo", value={}))
    return people


@asynccontextmanager
async def serving(
    database: Database, settings: Settings, clock: Clock, *, port: int = 0
) -> AsyncGenerator[tuple[str, Site]]:
    """The web chat on a free port of this machine: its address, and what it stands on."""
    async with database.transaction() as db:
        await ensure_web_channels(db, clock())
    plans = PlanInMemory()
    bot = Bot(database, all_conversations(), plans, clock)
    site = web_site(bot, database, settings, clock, plans)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_web(app, site)
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    site.live.start()
    running = asyncio.create_task(server.serve([sock]))
    async with asyncio.timeout(20):
        while not server.started and not running.done():  # noqa: ASYNC110 - uvicorn has no event
            await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{sock.getsockname()[1]}", site
    finally:
        site.live.close()
        server.should_exit = True
        await running
        await site.live.stop()
        sock.close()

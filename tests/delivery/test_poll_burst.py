"""290 municipalities answer in the same second: none is lost, and the card is drawn few times."""

import asyncio
from datetime import UTC, datetime, timedelta
from time import monotonic

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.conversations import living_cards
from bot.conversations.listed import all_conversations
from bot.conversations.polls.telling import show_poll
from bot.conversations.protocol import AccountKey, Event, Words
from bot.conversations.runner import Bot
from bot.conversations.views import Card
from bot.outbox import Outbox
from bot.people import Person, PersonId
from bot.plan import ActivityId, Kronor, PlanInMemory
from bot.polls.co_financing import Proposal
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.reading import poll_by_number, sharers
from bot.polls.starting import Asked, start_co_financing
from storage.database import Database
from tests.counterpart import NAME, Counterpart
from tests.delivery.scene import Scene
from tests.patience import until

MANY = 290
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TENANT = "hjo"
REST = 0.5
_MUNICIPALITIES = f"""
INSERT INTO organisations (id, kind, name, code)
  SELECT 1000 + n, 'municipality', 'Kommun ' || n, to_char(n, 'FM0000')
  FROM generate_series(1, {MANY}) n;
INSERT INTO populations (organisation_id, counted_on, inhabitants)
  SELECT 1000 + n, '2025-12-31', 1000 + n FROM generate_series(1, {MANY}) n;
INSERT INTO people (id, name, email)
  SELECT 1000 + n, 'Direktör ' || n, 'd' || n || '@x.se' FROM generate_series(0, {MANY}) n;
INSERT INTO employments (person_id, organisation_id, starts_on)
  SELECT 1000 + n, 1000 + n, '2026-01-01' FROM generate_series(1, {MANY}) n;
INSERT INTO mandates (person_id, organisation_id, kind, starts_on, given_by)
  SELECT 1000 + n, 1000 + n, 'co_financing', '2026-01-01', 'test' FROM generate_series(1, {MANY}) n;
INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by)
  SELECT 1000 + n, '{NAME}', '{TENANT}', 'U' || n, 'test' FROM generate_series(1, {MANY}) n;
INSERT INTO activities (id, code) VALUES (1, 'KOM-01');
INSERT INTO conversations (connection_id, kind, address, name, person_id)
  SELECT k.id, 'private', 'D' || n, 'D' || n, 1000 + n
  FROM connections k, generate_series(1, {MANY}) n WHERE k.platform = '{NAME}';
INSERT INTO channel_bindings (conversation_id, body_id, bound_by)
  SELECT c.id, b.id, 'test' FROM conversations c, bodies b
  WHERE c.address = 'styr' AND b.kind = 'municipal_directors'
"""


async def filled(scene: Scene, database: Database) -> None:
    """290 municipalities, each with a director, and a poll that asks them all."""
    await scene.channel("styr", tenant=TENANT)
    async with database.transaction() as db:
        for statement in _MUNICIPALITIES.split(";\n"):
            await db.execute(text(statement))
        chef = Person(PersonId(1000), "Chef", "d0@x.se", posts=frozenset({"manager"}))
        parts = [each for each, _name in await sharers(db, NOW.date())]
        asked = Asked("Vem betalar?", NOW + timedelta(days=9), activity_id=ActivityId(1))
        sum_ = Kronor(1_000_000)
        proposal = Proposal("Allt", sum_, Kronor(0), sum_, Key(SharingKey.PER_INHABITANT))
        by = By(chef, NOW, "test")
        poll = await start_co_financing(db, by, asked, proposal, parts)
        outbox = Outbox()
        show_poll(outbox, await PlanInMemory().now(db), poll)
        await outbox.flush(db)


def said_by(n: int) -> Event:
    """A line from one of the directors."""
    return Event(
        key=f"answer-{n}",
        who=AccountKey(NAME, TENANT, f"U{n}"),
        address=f"D{n}",
        doing=Words(text="rosta 1 ja"),
        posted=True,
    )


async def test_none_is_lost_and_the_card_is_drawn_few_times(
    scene: Scene, database: Database, counterpart: Counterpart, running: object
):
    await filled(scene, database)
    plans = PlanInMemory()
    bot = Bot(database, all_conversations(), plans, lambda: NOW)

    async def draw(db: AsyncConnection, kind: str, subject: int, language: str) -> Card | None:
        return await living_cards.draw(db, await plans.now(db), kind, subject, language, NOW)

    async def nothing_waits() -> bool:
        return await scene.waiting() == 0

    begun = monotonic()
    async with running(draw=draw, card_rest_seconds=REST, clock=lambda: NOW):  # type: ignore[operator]
        await asyncio.gather(*(bot.answer(said_by(n)) for n in range(1, MANY + 1)))
        await until(nothing_waits, within=60)
    seconds = monotonic() - begun
    async with database.connection() as db:
        poll = await poll_by_number(db, 1)
        assert poll is not None
        assert poll.voted == MANY
        standing = text("SELECT count(*), sum(amount) FROM poll_answers WHERE replaced_at IS NULL")
        assert tuple((await db.execute(standing)).one()) == (MANY, 1_000_000)
    drawn = await counterpart.got("styr")
    assert "290 av 290" in drawn[-1]["text"]
    assert len(drawn) <= seconds / REST + 2


async def test_the_same_answer_twice_is_one(scene: Scene, database: Database):
    await filled(scene, database)
    bot = Bot(database, all_conversations(), PlanInMemory(), lambda: NOW)
    await asyncio.gather(*(bot.answer(said_by(7)) for _ in range(8)))
    assert await scene.ask("SELECT count(*) FROM poll_answers") == 1

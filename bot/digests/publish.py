"""A digest goes out: kept as it was sent, and said where its audience reads."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.conversations.views import Card
from bot.digests.choosing import choice_of
from bot.digests.compose import Letter, compose, read_letter, stored_letter, whole_title
from bot.digests.gather import Gathering, Material, begin, fill
from bot.digests.period import Audience, Due, Reader
from bot.digests.readers import places_of
from bot.digests.scope import Scope, scope_of, scoped
from bot.language import language
from bot.outbox import BULK, Outbox
from bot.people import BodyId
from bot.plan import Plan
from storage.queries import digest_readers as reader_queries
from storage.queries import digests as queries

PUNCTUAL = timedelta(minutes=10)
"""A digest made within this of its time is on time."""


async def publish_digest(db: AsyncConnection, plan: Plan, due: Due, now: datetime) -> None:
    """Make the digest as of its cut-off, keep it, and have it said, in this transaction.

    IntegrityError when the reader already has one for the period.
    """
    material = await material_for(db, plan, due, now, late=now - due.at > PUNCTUAL)
    await _send(db, plan, material, compose(material))


async def publish_personal(
    db: AsyncConnection, due: Due, now: datetime, scope: Scope, gathering: Gathering
) -> None:
    """As `publish_digest`, for one of the many people whose digests are gathered together; where
    there is no news, nothing is said or kept."""
    begun = await begin(db, gathering.plan, due, now, late=now - due.at > PUNCTUAL)
    material = scoped(await gathering.fill(db, begun), scope)
    letter = compose(material)
    if letter.has_news:
        await _send(db, gathering.plan, material, letter)


async def material_for(
    db: AsyncConnection, plan: Plan, due: Due, made_at: datetime, *, late: bool = False
) -> Material:
    """What the reader's digest is made of: all of it, or what concerns a network or a person."""
    choice = await choice_of(db, due.reader)
    begun = await begin(db, plan, due, made_at, late=late)
    known = await fill(db, plan, replace(begun, sections=choice.sections))
    if due.audience is Audience.PERSON:
        today = in_stockholm(made_at).date()
        return scoped(known, scope_of(await reader_queries.reading_of(db, due.of or 0, today)))
    if due.audience is Audience.NETWORK:
        return scoped(known, Scope(networks=frozenset({BodyId(due.of or 0)})))
    return known


async def _send(db: AsyncConnection, plan: Plan, material: Material, letter: Letter) -> None:
    await queries.keep_digest(
        db,
        {
            "audience": str(material.reader),
            "period": material.period,
            "covers_from": material.covers_from,
            "covers_to": material.cut_off,
            "made_at": material.made_at,
            "late": material.late,
            "view": stored_letter(letter.cards),
            "told": dict(letter.told),
        },
    )
    today = in_stockholm(material.made_at).date()
    places = await places_of(db, plan, material.reader, today)
    outbox = Outbox(plan.languages, today=today)
    made = {language(): letter.cards}
    pages, title = _pages(material, made), partial(whole_title, material)
    for place in places:
        outbox.say_pages(place, pages, title, urgency=BULK)
    await outbox.flush(db)


async def preview_digest(
    db: AsyncConnection, plan: Plan, due: Due, now: datetime
) -> tuple[Card, ...]:
    """What the digest would say: as of its cut-off, or of `now` when that lies ahead."""
    material = await material_for(db, plan, replace(due, at=min(due.at, now)), now)
    return compose(replace(material, preview=True)).cards


async def sent_digest(
    db: AsyncConnection, reader: Reader | Audience, period: object
) -> tuple[Card, ...] | None:
    """The digest as it was sent for that period, such as a week; None when none was."""
    view = await queries.digest_as_sent(db, str(reader), str(period))
    return None if view is None else read_letter(view)


@dataclass(frozen=True)
class SentDigest:
    """A digest as it was sent, and when."""

    reader: Reader
    period: str
    sent_at: datetime
    cards: tuple[Card, ...]


async def latest_digest(db: AsyncConnection, reader: Reader) -> SentDigest | None:
    """The latest digest that the reader was sent; None before the first."""
    row = await queries.latest_sent(db, str(reader))
    if row is None:
        return None
    return SentDigest(reader, row["period"], row["made_at"], read_letter(row["view"]))


def _pages(material: Material, made: dict[str, tuple[Card, ...]]) -> Callable[[], tuple[Card, ...]]:
    """The pages in the language spoken then; composed once in each, however many it goes to."""

    def pages() -> tuple[Card, ...]:
        if language() not in made:
            made[language()] = compose(material).cards
        return made[language()]

    return pages

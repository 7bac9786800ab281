"""A digest goes out: kept as it was sent, and said where its audience reads."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.views import Card
from bot.digests.compose import compose, read_letter, stored_letter
from bot.digests.gather import Material, gather
from bot.digests.period import Audience, Due, Week
from bot.outbox import BULK, Destination, Outbox, ToBody, ToPost
from bot.plan import Plan
from storage.queries import digests as queries

PUNCTUAL = timedelta(minutes=10)
"""A digest made within this of its time is on time."""


async def publish_digest(db: AsyncConnection, plan: Plan, due: Due, now: datetime) -> None:
    """Make the digest as of its cut-off, keep it, and have it said, in this transaction.

    IntegrityError when the audience already has one for the period.
    """
    late = now - due.at > PUNCTUAL
    material = await gather(db, plan, due, now, late=late)
    letter = compose(material)
    await queries.keep_digest(
        db,
        {
            "audience": due.audience,
            "period": due.period,
            "covers_from": material.covers_from,
            "covers_to": material.cut_off,
            "made_at": now,
            "late": late,
            "view": stored_letter(letter.cards),
            "told": dict(letter.told),
        },
    )
    outbox = Outbox(plan.languages)
    for number in range(len(letter.cards)):
        for place in _readers(due.audience, plan):
            outbox.say(place, _page(material, number), urgency=BULK)
    await outbox.flush(db)


async def preview_digest(
    db: AsyncConnection, plan: Plan, due: Due, now: datetime
) -> tuple[Card, ...]:
    """What the digest would say: as of its cut-off, or of `now` when that lies ahead."""
    material = await gather(db, plan, replace(due, at=min(due.at, now)), now)
    return compose(replace(material, preview=True)).cards


async def sent_digest(
    db: AsyncConnection, audience: Audience, week: Week
) -> tuple[Card, ...] | None:
    """The digest as it was sent for that week; None when none was."""
    view = await queries.digest_as_sent(db, audience, str(week))
    return None if view is None else read_letter(view)


@dataclass(frozen=True)
class SentDigest:
    """A digest as it was sent, and when."""

    audience: Audience
    week: Week
    sent_at: datetime
    cards: tuple[Card, ...]


async def latest_digest(db: AsyncConnection, audience: Audience) -> SentDigest | None:
    """The latest digest that the audience was sent; None before the first."""
    row = await queries.latest_sent(db, audience)
    if row is None:
        return None
    return SentDigest(audience, Week.read(row["period"]), row["made_at"], read_letter(row["view"]))


def _page(material: Material, number: int) -> Callable[[], Card]:
    return lambda: compose(material).cards[number]


def _readers(audience: Audience, plan: Plan) -> list[Destination]:
    """Where the audience reads: the channels of the manager's post, or of the steering group."""
    match audience:
        case Audience.MANAGER:
            return [ToPost("manager")]
        case Audience.STEERING_GROUP:
            groups = [each for each in plan.bodies.values() if each.kind == "steering_group"]
            return [ToBody(each.id) for each in groups]

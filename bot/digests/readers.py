"""Where digests are read: channels, and personally by those who see none; the widest wins."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digests.period import Audience, Reader
from bot.outbox import Destination, ToBody, ToPerson, ToPost
from bot.people import BodyId, PersonId
from bot.plan import Plan
from storage.queries import digest_readers as queries

WIDEST_FIRST = (
    Audience.MANAGER,
    Audience.STEERING_GROUP,
    Audience.MUNICIPAL_DIRECTORS,
    Audience.REFERENCE_GROUP,
)
"""Who gets one of these personally gets none of those after it."""

WIDE = (Audience.MANAGER, Audience.STEERING_GROUP)
"""Who gets one of these personally gets none of their own: all of that stands there."""


def bodies_of(audience: Audience, plan: Plan) -> list[BodyId]:
    """The bodies of the charter that the audience is."""
    return [each.id for each in plan.bodies.values() if each.kind == audience.value]


async def letters_to(
    db: AsyncConnection, plan: Plan, audience: Audience, today: date
) -> list[PersonId]:
    """Whom the audience's digest is written to personally, but those who get a wider one so."""
    found = await _all_letters(db, plan, audience, today)
    for wider in WIDEST_FIRST[: WIDEST_FIRST.index(audience)]:
        found -= await _all_letters(db, plan, wider, today)
    return sorted(found)


async def get_a_wide_one(db: AsyncConnection, plan: Plan, today: date) -> list[PersonId]:
    """Who gets the manager's or the steering group's personally."""
    found: set[PersonId] = set()
    for audience in WIDE:
        found |= await _all_letters(db, plan, audience, today)
    return sorted(found)


async def _all_letters(
    db: AsyncConnection, plan: Plan, audience: Audience, today: date
) -> set[PersonId]:
    if audience is Audience.MANAGER:
        return {PersonId(each) for each in await queries.holders_to_write_to(db, "manager", today)}
    return {
        PersonId(each)
        for body in bodies_of(audience, plan)
        for each in await queries.members_to_write_to(db, body, today)
    }


async def places_of(
    db: AsyncConnection, plan: Plan, reader: Reader, today: date
) -> list[Destination]:
    """Where the reader's digest is said."""
    match reader.audience:
        case Audience.PERSON:
            return [ToPerson(PersonId(reader.of or 0), letter="digest")]
        case Audience.NETWORK:
            return [ToBody(BodyId(reader.of or 0))]
        case Audience.MANAGER:
            channels: list[Destination] = [ToPost("manager")]
        case _:
            channels = [ToBody(each) for each in bodies_of(reader.audience, plan)]
    if reader.audience not in WIDEST_FIRST:
        return channels
    people = await letters_to(db, plan, reader.audience, today)
    return [*channels, *(ToPerson(each, letter="digest") for each in people)]

"""The charter's bodies and posts on a day: who they are, when they meet, what they are called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.language import _, ngettext
from bot.people import BodyKind, OrganisationId, PersonId
from bot.plan import Contact
from storage.queries import bodies as queries

NAMED = 3
"""People that are named before the rest are counted."""


@dataclass(frozen=True)
class Meeting:
    """When a body meets, and the day when its documents are due, if that is said."""

    held_on: date
    documents_due_on: date | None


async def members(db: AsyncConnection, body: BodyKind, today: date) -> list[Contact]:
    """Members of one of the charter's bodies, by name."""
    return _contacts(await queries.members_of_body(db, body, today))


async def holders(
    db: AsyncConnection, post: Literal["manager", "federation_director"], today: date
) -> list[Contact]:
    """Who holds the post, acting ones too."""
    return _contacts(await queries.holders_of_post(db, post, today))


async def directors(
    db: AsyncConnection, municipality: OrganisationId, today: date
) -> list[Contact]:
    """The municipality's director; more than one while one acts for another."""
    return _contacts(await queries.directors_of_municipality(db, municipality, today))


async def next_meeting(db: AsyncConnection, body: BodyKind, today: date) -> Meeting | None:
    """The body's next meeting, from the day on; None when the calendar has none."""
    row = await queries.next_meeting_of(db, body, today)
    return Meeting(row["held_on"], row["documents_due_on"]) if row else None


async def latest_meetings(
    db: AsyncConnection, body: BodyKind, today: date, most: int = 6
) -> list[date]:
    """The days of the body's latest meetings up to the day, the latest first."""
    return await queries.meetings_held(db, body, today, most)


async def has_channel(db: AsyncConnection, body: BodyKind) -> bool:
    """Whether somebody has bound an open channel to the body; the web's own do not count."""
    return await queries.body_has_channel(db, body)


async def post_has_channel(
    db: AsyncConnection, post: Literal["manager", "federation_director"]
) -> bool:
    """Whether somebody has bound an open channel to the post; the web's own does not count."""
    return await queries.post_has_channel(db, post)


def _contacts(rows: Iterable[RowMapping]) -> list[Contact]:
    return [Contact(PersonId(row["id"]), row["name"], row["email"]) for row in rows]


def named(people: Sequence[Contact]) -> str:
    """The people in one breath, the first few by name: `Ada, Bo, Cia och 4 till`."""
    names, left = ", ".join(each.name for each in people[:NAMED]), len(people) - NAMED
    return names + ngettext(" och {n} till", " och {n} till", left) if left > 0 else names


def body_name(body: BodyKind | None) -> str:
    """What a body of the charter is called within a sentence."""
    match body:
        case "board":
            return _("direktionen")
        case "presidium":
            return _("presidiet")
        case "reference_group":
            return _("politiska referensgruppen")
        case "steering_group":
            return _("styrgruppen")
        case "municipal_directors":
            return _("kommundirektörsgruppen")
        case _:
            return _("nätverket")

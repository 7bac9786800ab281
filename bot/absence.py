"""Who is away: told by themselves, or by the status that they have in Slack; and who stands in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.people import PersonId
from storage.queries import absences as queries


@dataclass(frozen=True)
class Deputy:
    """Who hears of things meanwhile."""

    id: PersonId
    name: str


@dataclass(frozen=True)
class Absence:
    """That a person is away; `ends_on` is the first day back."""

    id: int
    person: PersonId
    person_name: str
    starts_on: date
    ends_on: date
    deputy: Deputy | None = None

    @property
    def last_day(self) -> date:
        """The last day away."""
        return self.ends_on - timedelta(days=1)


async def away_on(
    db: AsyncConnection, people: Iterable[PersonId], day: date
) -> Mapping[PersonId, Absence]:
    """Those of the people who are away on the day."""
    found = await queries.absences_on(db, sorted(set(people)), day)
    return {PersonId(row["person_id"]): _absence(row) for row in found}


async def stood_in_for(db: AsyncConnection, deputy: PersonId, day: date) -> frozenset[PersonId]:
    """The people who are away on the day and whose deputy the person is."""
    return frozenset(PersonId(each) for each in await queries.stood_in_for(db, deputy, day))


async def absences_of(db: AsyncConnection, person: PersonId, day: date) -> tuple[Absence, ...]:
    """A person's absences that are not over on the day, the first first."""
    return tuple(_absence(row) for row in await queries.absences_from(db, person, day))


NOON = 12
STATUS_WITHOUT_END = timedelta(days=60)
"""How long a status that does not say until when is believed, unless it is changed."""


async def status_says(
    db: AsyncConnection,
    key: Mapping[str, str],
    away: bool,
    until: datetime | None,
    now: datetime,
) -> None:
    """A chat platform's status says that somebody is away, perhaps until a moment; or not.

    `key` is platform, tenant and user_id. What the person has said in words goes before.
    """
    person = await queries.person_behind(db, key)
    if person is None:
        return
    today = in_stockholm(now).date()
    await queries.status_is_over(db, person, today, now=now, platform=key["platform"])
    if not away or (until is not None and until <= now):
        return
    back = today + STATUS_WITHOUT_END if until is None else _first_day_after(until)
    said = await absences_of(db, PersonId(person), today)
    if any(each.starts_on < back and today < each.ends_on for each in said):
        return
    await queries.note_absence(
        db,
        person,
        starts_on=today,
        ends_on=max(back, today + timedelta(days=1)),
        deputy=None,
        source="status",
        by=None,
        now=now,
        platform=key["platform"],
    )


def _first_day_after(until: datetime) -> date:
    """A status that ends in the morning ends before the day's work; later the day is one away."""
    there = in_stockholm(until)
    return there.date() + timedelta(days=there.hour >= NOON)


def _absence(row: RowMapping) -> Absence:
    deputy = None
    if row["deputy_id"] is not None:
        deputy = Deputy(PersonId(row["deputy_id"]), row["deputy_name"])
    return Absence(
        row["id"],
        PersonId(row["person_id"]),
        row["person_name"],
        row["starts_on"],
        row["ends_on"],
        deputy,
    )

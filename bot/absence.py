"""Who is away: told by themselves, by a colleague, or by the status that they have in Slack."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

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


async def absences_of(db: AsyncConnection, person: PersonId, day: date) -> tuple[Absence, ...]:
    """A person's absences that are not over on the day, the first first."""
    return tuple(_absence(row) for row in await queries.absences_from(db, person, day))


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

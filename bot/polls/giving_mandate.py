"""Giving and ending the mandate to answer for a municipality, for a period.

A municipality's director gives it (charter 4.2). It has a last day always, so that the import of
people, which knows of those without one alone, leaves what was given in chat as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.clock import in_stockholm
from bot.needs.rights import sits_in
from bot.people import OrganisationId, Person, PersonId
from bot.plan import Contact
from bot.polls.changing import NotYours
from bot.polls.mandates import MandateKind
from bot.polls.rights import may_give_mandate
from storage.queries import mandates as queries

KINDS: tuple[MandateKind, ...] = ("co_financing", "priority")
LONGEST = timedelta(days=4 * 366)
"""A mandate lasts for an election period at most."""


@dataclass(frozen=True)
class Mandate:
    """Somebody's mandate in a municipality. `ends_on` is the first day without it; None when no
    end is said."""

    id: int
    person: Contact
    municipality: OrganisationId
    kind: MandateKind
    starts_on: date
    ends_on: date | None
    given_by: str

    @property
    def last_day(self) -> date | None:
        """The last day that it holds."""
        return self.ends_on - timedelta(days=1) if self.ends_on is not None else None

    def holds_on(self, day: date) -> bool:
        """Whether it holds that day."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)

    def is_over_on(self, day: date) -> bool:
        """Whether it has ended, or will never begin."""
        return self.ends_on is not None and self.ends_on <= max(self.starts_on, day)


class NotAPeriod(Exception):
    """It would end before it begins, begin before today, or last for too long."""


class NotOfTheMunicipality(Exception):
    """The municipality does not employ the person when the mandate begins."""


class Overlaps(Exception):
    """The person has such a mandate within those days: `mandate`."""

    def __init__(self, mandate: Mandate) -> None:
        super().__init__(f"mandate {mandate.id}")
        self.mandate = mandate


class IsOver(Exception):
    """The mandate has ended already."""

    def __init__(self, mandate: Mandate) -> None:
        super().__init__(f"mandate {mandate.id}")
        self.mandate = mandate


def gives(person: Person, municipality: OrganisationId) -> bool:
    """Whether the person may give the municipality's mandate and end it."""
    return may_give_mandate(person, municipality, sits_in(person, "municipal_directors"))


async def give(
    db: AsyncConnection,
    by: By,
    municipality: OrganisationId,
    to: PersonId,
    kinds: Sequence[MandateKind],
    first: date,
    last: date,
) -> list[Mandate]:
    """Let the person answer for the municipality from the first day to the last.

    NotYours; NotAPeriod; NotOfTheMunicipality; Overlaps. All of the kinds are given, or none.
    """
    today = in_stockholm(by.now).date()
    if not gives(by.person, municipality):
        raise NotYours
    if not today <= first <= last <= today + LONGEST:
        raise NotAPeriod
    await queries.hold_municipality(db, municipality)
    if await queries.employed_on(db, to, municipality, first) is None:
        raise NotOfTheMunicipality
    row = {
        "person_id": to,
        "organisation_id": municipality,
        "starts_on": first,
        "ends_on": last + timedelta(days=1),
    }
    has = await queries.mandate_overlapping(db, {**row, "kinds": list(kinds)})
    if has is not None:
        raise Overlaps(_mandate(has))
    by_whom = {
        "given_by": by.person.name,
        "by": by.person.id,
        "now": by.now,
        "platform": by.platform,
    }
    keys = [await queries.give_mandate(db, {**row, **by_whom, "kind": kind}) for kind in kinds]
    found = [await mandate_by_id(db, key) for key in keys]
    return [each for each in found if each is not None]


async def end(db: AsyncConnection, by: By, mandate: Mandate) -> Mandate:
    """End it today, or before it begins; as it is then. The row stays. NotYours; IsOver."""
    today = in_stockholm(by.now).date()
    if not gives(by.person, mandate.municipality):
        raise NotYours
    row = await queries.hold_mandate(db, mandate.id)
    now = _mandate(row) if row is not None else mandate
    if now.is_over_on(today):
        raise IsOver(now)
    await queries.end_mandate(
        db,
        {
            "id": now.id,
            "day": today,
            "by": by.person.id,
            "now": by.now,
            "platform": by.platform,
        },
    )
    return await mandate_by_id(db, now.id) or now


async def mandates_in(
    db: AsyncConnection, municipality: OrganisationId, day: date
) -> list[Mandate]:
    """The municipality's mandates that hold on the day or are to come, by kind and beginning."""
    return [_mandate(row) for row in await queries.mandates_not_over(db, municipality, day)]


async def mandate_by_id(db: AsyncConnection, mandate_id: int) -> Mandate | None:
    """The mandate with that key, also one that is over."""
    row = await queries.mandate_by_id(db, mandate_id)
    return _mandate(row) if row is not None else None


async def colleagues_like(
    db: AsyncConnection, words: str, municipality: OrganisationId, day: date
) -> list[Contact]:
    """People of the municipality whom the words may mean; those who are called so exactly, if
    anybody is."""
    rows = await queries.employees_like(db, words, municipality, day)
    found = [Contact(PersonId(row["id"]), row["name"], row["email"]) for row in rows]
    wanted = words.casefold()
    exact = [each for each in found if wanted in (each.name.casefold(), each.email)]
    return exact or found


def _mandate(row: RowMapping) -> Mandate:
    return Mandate(
        id=row["id"],
        person=Contact(PersonId(row["person_id"]), row["name"], row["email"]),
        municipality=OrganisationId(row["organisation_id"]),
        kind=row["kind"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        given_by=row["given_by"],
    )

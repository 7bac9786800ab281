"""Mandate: who may answer for a municipality on a day, and giving it for a period.

Several may hold it: the latest answer counts and all are told. Where nobody holds it, the
municipality's director answers (charter 4.2: the directors answer for their municipality's part).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import OrganisationId, Person, PersonId
from bot.plan import Contact
from bot.polls.poll import Kind, Poll
from storage.queries import polls as queries

MandateKind = Literal["co_financing", "priority"]


@dataclass(frozen=True)
class Mandates:
    """Who may answer for each municipality on a day, for polls of one kind."""

    holders: Mapping[OrganisationId, tuple[Contact, ...]] = field(
        default_factory=dict[OrganisationId, tuple[Contact, ...]]
    )

    def of(self, municipality: OrganisationId) -> tuple[Contact, ...]:
        """Those who may answer for it; nobody when it has neither mandate nor director."""
        return self.holders.get(municipality, ())

    def answers_for(self, person: PersonId) -> frozenset[OrganisationId]:
        """The municipalities that the person may answer for."""
        return frozenset(
            one for one, people in self.holders.items() if any(e.id == person for e in people)
        )


def kind_for(poll: Poll) -> MandateKind:
    """The mandate that the poll's answers take."""
    return "co_financing" if poll.kind is Kind.CO_FINANCING else "priority"


async def mandates(
    db: AsyncConnection,
    kind: MandateKind,
    day: date,
    only: Sequence[OrganisationId] | None = None,
) -> Mandates:
    """Who may answer on the day: those with mandate, else the municipality's director.

    `only`: for none but these municipalities.
    """
    held = _by_municipality(await queries.mandates_on(db, kind, day, only))
    directors = _by_municipality(await queries.directors_on(db, day, only))
    return Mandates({**directors, **held})


def _by_municipality(
    rows: Sequence[RowMapping],
) -> dict[OrganisationId, tuple[Contact, ...]]:
    found: dict[OrganisationId, dict[PersonId, Contact]] = defaultdict(dict)
    for row in rows:
        person = PersonId(row["id"])
        contact = Contact(person, row["name"], row["email"])
        found[OrganisationId(row["organisation_id"])][person] = contact
    return {one: tuple(people.values()) for one, people in found.items()}


def works_in(person: Person, municipality: OrganisationId) -> bool:
    """Whether the municipality employs the person, who may then see and suggest its answer."""
    return municipality in person.employers

"""What nobody has time for: a question of resources for the steering group (charter 5.1)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.assignments.assignment import Assignment, ToNetwork
from bot.assignments.reading import read_assignment
from bot.assignments.states import PartState
from bot.people import OrganisationId
from storage.queries.assignment_people import municipalities_of_members
from storage.queries.assignments import assignments_nobody_has_time_for


@dataclass(frozen=True)
class Offered:
    """Hours asked of one municipality (or other employer) and offered by it.

    `asked` is None when nobody has said how many hours it takes.
    """

    organisation: OrganisationId | None
    asked: int | None
    offered: int


@dataclass(frozen=True)
class Lacking:
    """An assignment that nobody, or too few, have time for. `asked` as in `Offered`."""

    assignment: Assignment
    asked: int | None
    offered: int
    by_municipality: tuple[Offered, ...]


async def lacking_resources(db: AsyncConnection, today: date) -> list[Lacking]:
    """Assignments without resources on the day, what was due first first."""
    found = [read_assignment(row) for row in await assignments_nobody_has_time_for(db, today)]
    return await lacking(db, found, today)


async def lacking(
    db: AsyncConnection, assignments: Sequence[Assignment], today: date
) -> list[Lacking]:
    """Hours asked and offered of each; the members of a network are looked up once.

    What a network is asked is a share of each municipality that has members in it.
    """
    asked = {each.asked.network for each in assignments if isinstance(each.asked, ToNetwork)}
    of_network = {one: await municipalities_of_members(db, one, today) for one in sorted(asked)}
    return [
        _lacking(each, of_network[each.asked.network] if isinstance(each.asked, ToNetwork) else ())
        for each in assignments
    ]


def _lacking(assignment: Assignment, employers: Sequence[int]) -> Lacking:
    asked: dict[OrganisationId | None, bool] = {OrganisationId(one): True for one in employers}
    offered: defaultdict[OrganisationId | None, int] = defaultdict(int)
    for part in assignment.parts:
        asked[part.organisation] = True
        if part.state in (PartState.ACCEPTED, PartState.DONE):
            offered[part.organisation] += part.hours or 0
    return Lacking(
        assignment=assignment,
        asked=assignment.work.hours,
        offered=sum(offered.values()),
        by_municipality=tuple(
            Offered(organisation, assignment.share, offered[organisation])
            for organisation in sorted(asked, key=lambda one: (one is None, one or 0))
        ),
    )

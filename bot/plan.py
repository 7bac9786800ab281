"""The plan as it stands: a picture of it in memory, taken anew when its revision has grown.

Shown and reported on is the adopted version plus what the draft adds, marked proposed; before any
adoption the draft alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NewType

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.money.funding import Funded, FundingLine, Kronor, funded_by, in_force
from bot.people import BodyId, BodyKind, OrganisationId, Person, PersonId
from bot.plan_index import PlanIndex
from storage.queries import plan as queries

ActivityId = NewType("ActivityId", int)


@dataclass(frozen=True)
class Contact:
    """A person as named in the plan."""

    id: PersonId
    name: str
    email: str


@dataclass(frozen=True)
class Milestone:
    """A dated event of an activity; `reached_on` when somebody said that it is."""

    id: int
    title: str
    due_on: date
    responsible_id: PersonId | None
    reached_at: datetime | None


@dataclass(frozen=True)
class Rhythm:
    """How often an activity is reported: every `weeks` weeks, monthly, or never."""

    kind: str
    weeks: int


@dataclass(frozen=True)
class Activity:
    """An activity as the plan has it now. `ends_on` is its last day, inclusive."""

    id: ActivityId
    code: str
    title: str
    description: str | None
    area: str
    direction: str
    responsible: Contact
    coordinator: OrganisationId
    participants: frozenset[OrganisationId]
    network: BodyId | None
    starts_on: date
    ends_on: date
    ended_on: date | None
    budget: Kronor
    funding: tuple[FundingLine, ...]
    milestones: tuple[Milestone, ...]
    rhythm: Rhythm
    proposed: bool

    @property
    def name(self) -> str:
        """Code and title, as people know it."""
        return f"{self.code} {self.title}"

    @cached_property
    def lacking(self) -> Kronor:
        """Budget less what is planned, applied for, granted and pledged."""
        return Kronor(max(0, self.budget - sum(self.funded)))

    @cached_property
    def funded(self) -> Funded:
        """Its funding by state."""
        return funded_by(self.funding)

    def runs_on(self, day: date) -> bool:
        """Whether the activity has started and is neither over nor taken out of the plan."""
        return self.starts_on <= day <= self.ends_on and (
            self.ended_on is None or day < self.ended_on
        )


@dataclass(frozen=True)
class Organisation:
    """An organisation by name and kind."""

    id: OrganisationId
    name: str
    kind: str
    code: str | None


@dataclass(frozen=True)
class Body:
    """A body of the charter or a network."""

    id: BodyId
    name: str
    kind: BodyKind


@dataclass(frozen=True)
class Direction:
    """A line of work within a focus area."""

    id: int
    area_id: int
    name: str


@dataclass(frozen=True)
class Plan:
    """Everything of plan and organisation that conversations look up without asking the database.

    `channels` are the conversations bound to each body. `languages` are those that some
    conversation is written in.
    """

    revision: int
    year: int | None = None
    activities: Mapping[str, Activity] = field(default_factory=dict[str, Activity])
    organisations: Mapping[OrganisationId, Organisation] = field(
        default_factory=dict[OrganisationId, Organisation]
    )
    bodies: Mapping[BodyId, Body] = field(default_factory=dict[BodyId, Body])
    focus_areas: Mapping[int, str] = field(default_factory=dict[int, str])
    directions: Mapping[int, Direction] = field(default_factory=dict[int, Direction])
    languages: frozenset[str] = frozenset({"sv"})
    demo: bool = False

    @cached_property
    def by_id(self) -> Mapping[ActivityId, Activity]:
        """Activities by their key."""
        return {activity.id: activity for activity in self.activities.values()}

    @cached_property
    def index(self) -> PlanIndex:
        """Activities by what they are asked for by."""
        return PlanIndex(self.activities.values())

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """Focus areas that have activities, in the plan's order."""
        return tuple(dict.fromkeys(each.area for each in self.activities.values()))

    @property
    def networks(self) -> list[Body]:
        """The networks of officials among the bodies."""
        return [each for each in self.bodies.values() if each.kind == "network"]

    def of_person(self, person: Person, day: date, *others: PersonId) -> tuple[Activity, ...]:
        """Activities that the person, or one of the `others`, answers for and that are not over on
        `day`."""
        return tuple(
            activity
            for activity in self.activities.values()
            if activity.responsible.id in (person.id, *others)
            and activity.ended_on is None
            and activity.ends_on >= day
        )


async def read_plan(db: AsyncConnection, revision: int) -> Plan:
    """The plan as the database has it, marked with the revision it was read at."""
    data = await queries.whole_plan(db)
    organisations = {
        OrganisationId(row["id"]): Organisation(
            OrganisationId(row["id"]), row["name"], row["kind"], row["code"]
        )
        for row in data["organisations"]
    }
    bodies = {
        BodyId(row["id"]): Body(BodyId(row["id"]), row["name"], row["kind"])
        for row in data["bodies"]
    }
    activities = {row["code"]: _activity(row) for row in data["activities"]}
    return Plan(
        revision=revision,
        year=data["year"],
        activities=activities,
        organisations=organisations,
        bodies=bodies,
        focus_areas={row["id"]: row["name"] for row in data["focus_areas"]},
        directions={
            row["id"]: Direction(row["id"], row["area_id"], row["name"])
            for row in data["directions"]
        },
        languages=frozenset(data["languages"]) | {"sv"},
        demo=data["demo"],
    )


def _activity(row: queries.ActivityRow) -> Activity:
    return Activity(
        id=ActivityId(row["id"]),
        code=row["code"],
        title=row["title"],
        description=row["description"],
        area=row["area"],
        direction=row["direction"],
        responsible=Contact(PersonId(row["responsible_id"]), row["name"], row["email"]),
        coordinator=OrganisationId(row["coordinator_id"]),
        participants=frozenset(OrganisationId(one) for one in row["participants"] or ()),
        network=BodyId(row["network_id"]) if row["network_id"] else None,
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
        ended_on=date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
        budget=Kronor(row["budget"]),
        funding=in_force(
            [_funding_line(one) for one in row["funding"] or ()],
            [_funding_line(one) for one in row["funding_beside"] or ()],
        ),
        milestones=tuple(_milestone(one) for one in row["milestones"] or ()),
        rhythm=Rhythm(row["rhythm"], row["rhythm_weeks"]),
        proposed=row["proposed"],
    )


def _funding_line(row: queries.FundingRow) -> FundingLine:
    whose, applied_for = row["organisation_id"], row["applied_for"]
    return FundingLine(
        source=row["source"],
        kind=row["kind"],
        amount=Kronor(row["amount"]),
        state=row["state"],
        organisation=OrganisationId(whose) if whose is not None else None,
        hours=row["hours"],
        application=row["application_id"],
        applied_for=Kronor(applied_for) if applied_for is not None else None,
    )


def _milestone(row: queries.MilestoneRow) -> Milestone:
    return Milestone(
        id=row["id"],
        title=row["title"],
        due_on=date.fromisoformat(row["due_on"]),
        responsible_id=PersonId(row["responsible_id"]) if row["responsible_id"] else None,
        reached_at=datetime.fromisoformat(row["reached_at"]) if row["reached_at"] else None,
    )


class PlanInMemory:
    """The latest plan this process has read; replaced as a whole when its revision has grown."""

    def __init__(self) -> None:
        self._plan: Plan | None = None

    async def at(self, db: AsyncConnection, revision: int) -> Plan:
        """The plan at `revision` or newer, read again only when it has grown."""
        if self._plan is None or self._plan.revision < revision:
            self._plan = await read_plan(db, revision)
        return self._plan

    async def now(self, db: AsyncConnection) -> Plan:
        """The plan as it is now, for those who have not just read the revision."""
        return await self.at(db, await queries.plan_revision(db))

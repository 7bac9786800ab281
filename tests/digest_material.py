"""A small plan and its reports, for tests of digests: as values, and as rows of the database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import STOCKHOLM
from bot.digests.gather import Material, Report, Standing
from bot.digests.period import Audience, Week
from bot.people import OrganisationId, PersonId
from bot.plan import Activity, ActivityId, Contact, Kronor, Rhythm
from bot.states import Decider, Status
from storage.models import Activity as ActivityRow
from storage.models import (
    ActivityValues,
    Direction,
    FocusArea,
    FundingLine,
    Milestone,
    MilestoneChange,
    Organisation,
    Person,
    PlannedMilestone,
    PlanVersion,
    StatusReport,
)


def stockholm(text: str) -> datetime:
    """`2026-11-23 07:30` in Stockholm, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).astimezone(UTC)


KOM_03 = Activity(
    id=ActivityId(3),
    code="KOM-03",
    title="Batteriteknikutbildning",
    description=None,
    area="Kompetens",
    direction="Kompetensomställning",
    responsible=Contact(PersonId(1), "Karin Komvux", "karin@example.se"),
    coordinator=OrganisationId(1),
    participants=frozenset(),
    network=None,
    starts_on=date(2026, 2, 1),
    ends_on=date(2027, 12, 31),
    ended_on=None,
    budget=Kronor(0),
    funding=(),
    milestones=(),
    rhythm=Rhythm("weeks", 2),
    proposed=False,
)

REPORT = Report(
    id=10,
    status=Status.OFF_TRACK,
    situation=None,
    decider=Decider.NOBODY,
    decision=None,
    deviation="Avtalet är försenat",
    measure="Ny tidplan",
    next_step=None,
    by="Karin Komvux",
    on=date(2026, 11, 19),
)

STANDING = Standing(KOM_03, REPORT, before_id=9, before=Status.ON_TRACK, late_since=None)


def standing(
    code: str = "KOM-03",
    *,
    before: Status = Status.ON_TRACK,
    before_id: int | None = 9,
    late_since: date | None = None,
    about: Mapping[str, Any] | None = None,
    **said: Any,
) -> Standing:
    """An activity (values in `about`) with a report that says `said`."""
    number = int(code.split("-")[1])
    activity = replace(KOM_03, code=code, id=ActivityId(number), **(about or {}))
    return Standing(activity, replace(REPORT, **said), before_id, before, late_since)


def material(*standings: Standing, **values: Any) -> Material:
    """The manager's in week 48 of 2026, with these activities."""
    return replace(
        Material(
            audience=Audience.MANAGER,
            week=Week(2026, 48),
            covers_from=stockholm("2026-11-16 07:30"),
            cut_off=stockholm("2026-11-23 07:30"),
            made_at=stockholm("2026-11-23 07:30"),
            after="2026-W47",
            standings=standings,
        ),
        **values,
    )


class PlanRows:
    """A plan written as rows, with one organisation and one person, and what is reported on it."""

    def __init__(self, db: AsyncConnection) -> None:
        self.db = db
        self.organisation = self.person = self.version = 0
        self.activities: dict[str, int] = {}

    @classmethod
    async def begun(cls, db: AsyncConnection) -> "PlanRows":
        """An empty draft of 2026."""
        plan = cls(db)
        plan.organisation = await plan._new(
            Organisation, kind="municipality", name="Skövde", code="1496"
        )
        plan.person = await plan._new(Person, name="Karin Komvux", email="karin@example.se")
        plan.version = await plan._new(PlanVersion, year=2026)
        return plan

    @classmethod
    async def found(cls, db: AsyncConnection) -> "PlanRows":
        """The plan that `begun` made, in another transaction."""
        plan = cls(db)
        plan.person = await db.scalar(select(Person.id)) or 0
        rows = await db.execute(select(ActivityRow.code, ActivityRow.id))
        plan.activities = {row.code: row.id for row in rows}
        return plan

    async def activity(
        self,
        code: str,
        *,
        title: str = "Batteriteknikutbildning",
        area: str = "Kompetens",
        starts_on: date = date(2026, 2, 1),
        ends_on: date = date(2027, 12, 31),
        budget: int = 0,
        funding: int = 0,
        rhythm: str = "weeks",
        weeks: int = 2,
        milestones: Sequence[tuple[date, str]] = (),
    ) -> int:
        """An activity of the draft; answers with its key."""
        key = await self._new(ActivityRow, code=code, rhythm=rhythm, rhythm_weeks=weeks)
        values = await self._new(
            ActivityValues,
            plan_version_id=self.version,
            activity_id=key,
            direction_id=await self._direction(area),
            title=title,
            responsible_id=self.person,
            coordinator_id=self.organisation,
            starts_on=starts_on,
            ends_on=ends_on,
            budget=budget,
        )
        if funding:
            line = {"source": "Egen budget", "kind": "own_budget", "state": "planned"}
            await self._new(FundingLine, activity_values_id=values, amount=funding, **line)
        for due_on, name in milestones:
            milestone = await self._new(Milestone, activity_id=key, title=name)
            await self.db.execute(
                insert(PlannedMilestone).values(
                    activity_values_id=values, milestone_id=milestone, due_on=due_on
                )
            )
        self.activities[code] = key
        return key

    async def report(self, code: str, status: str, at: datetime, **said: Any) -> int:
        """A report on the activity; answers with its key."""
        if status in ("at_risk", "off_track"):
            said.setdefault("deviation", "Avtalet är försenat")
        return await self._new(
            StatusReport,
            activity_id=self.activities[code],
            person_id=self.person,
            status=status,
            reported_at=at,
            platform="web",
            **said,
        )

    async def milestone_reached(self, title: str, at: datetime) -> None:
        """Somebody says that the milestone is reached."""
        await self._new(
            MilestoneChange,
            milestone_id=await self._milestone(title),
            kind="reached",
            person_id=self.person,
            changed_at=at,
        )

    async def milestone_moved(self, title: str, was: date, to: date, at: datetime) -> None:
        """Somebody moves the milestone."""
        key = await self._milestone(title)
        await self._new(
            MilestoneChange,
            milestone_id=key,
            kind="moved",
            moved_from=was,
            moved_to=to,
            reason="Försenat",
            person_id=self.person,
            changed_at=at,
        )
        moved = update(PlannedMilestone).where(PlannedMilestone.milestone_id == key)
        await self.db.execute(moved.values(due_on=to))

    async def ended(self, code: str, on: date) -> None:
        """The activity is taken out of the plan."""
        values = update(ActivityValues).where(ActivityValues.activity_id == self.activities[code])
        await self.db.execute(values.values(ended_on=on))

    async def _milestone(self, title: str) -> int:
        return await self.db.scalar(select(Milestone.id).where(Milestone.title == title)) or 0

    async def _direction(self, area: str) -> int:
        found = await self.db.scalar(
            select(Direction.id).join(FocusArea).where(FocusArea.name == area)
        )
        if found is not None:
            return found
        return await self._new(
            Direction, focus_area_id=await self._new(FocusArea, name=area), name="Allmänt"
        )

    async def _new(self, table: Any, **values: Any) -> int:
        written = await self.db.execute(insert(table).values(**values).returning(table.id))
        return written.scalar_one()


DAY, WEEK = timedelta(days=1), timedelta(weeks=1)

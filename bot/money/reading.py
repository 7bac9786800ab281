"""Money as the database has it: the overview of a plan, what was spent, costs and resources."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.assignments.assignment import Hours
from bot.assignments.reading import hours_by_municipality_and_activity
from bot.money.cost import Cost, Resource, Spent
from bot.money.funding import Kronor
from bot.money.overview import Overview, Pledged
from bot.people import OrganisationId, PersonId
from bot.plan import ActivityId, Plan
from storage.queries import money as queries


async def overview_of(db: AsyncConnection, plan: Plan, today: date) -> Overview:
    """How the plan's money stands."""
    done = await queries.activities_done(db)
    return Overview(plan, today, frozenset(ActivityId(each) for each in done))


async def spent_in(db: AsyncConnection, year: int) -> Spent:
    """What was spent in the year."""
    return _spent(await queries.spent_between(db, date(year, 1, 1), date(year, 12, 31)))


async def spent_in_all(db: AsyncConnection, known_at: datetime | None = None) -> Spent:
    """What has been spent, in all; as it was known at a moment, when one is said."""
    return _spent(await queries.spent_between(db, known_at=known_at))


def _spent(rows: Iterable[RowMapping]) -> Spent:
    activities: dict[ActivityId, Kronor] = {}
    resources: dict[int, Kronor] = {}
    for row in rows:
        if row["activity_id"] is not None:
            activities[ActivityId(row["activity_id"])] = Kronor(row["amount"])
        else:
            resources[row["resource_id"]] = Kronor(row["amount"])
    return Spent(activities, resources)


async def with_hours_used(
    db: AsyncConnection, pledged: Iterable[Pledged], municipality: OrganisationId | None = None
) -> tuple[Pledged, ...]:
    """The same with the hours that their people have worked; of one municipality, or of all."""
    hours = await hours_by_municipality_and_activity(db, municipality=municipality)
    return tuple(replace(each, used=_used(hours, each.municipality)) for each in pledged)


def _used(hours: Iterable[Hours], municipality: OrganisationId) -> Mapping[ActivityId, int]:
    return {
        each.activity_id: each.used
        for each in hours
        if each.organisation == municipality and each.activity_id is not None and each.used
    }


async def costs_of_activity(
    db: AsyncConnection, activity: ActivityId, most: int, skip: int = 0
) -> list[Cost]:
    """The activity's costs, the latest first."""
    rows = await queries.costs_of(db, activity_id=activity, most=most, skip=skip)
    return [read_cost(row) for row in rows]


async def costs_of_resource(
    db: AsyncConnection, resource: int, most: int, skip: int = 0
) -> list[Cost]:
    """The resource's costs, the latest first."""
    rows = await queries.costs_of(db, resource_id=resource, most=most, skip=skip)
    return [read_cost(row) for row in rows]


async def cost_by_key(db: AsyncConnection, key: int) -> Cost | None:
    """The cost, also one that was taken away."""
    row = await queries.one_cost(db, key)
    return read_cost(row) if row is not None else None


def read_cost(row: RowMapping) -> Cost:
    """The cost in a row of `storage.queries.money`."""
    activity = row["activity_id"]
    return Cost(
        id=row["id"],
        activity=ActivityId(activity) if activity is not None else None,
        resource=row["resource_id"],
        spent_on=row["spent_on"],
        amount=Kronor(row["amount"]),
        name=row["name"],
        reference=row["reference"],
        entered_by=PersonId(row["entered_by"]),
        entered_by_name=row["entered_by_name"],
        taken_away=row["taken_away_at"] is not None,
    )


async def resources_of(db: AsyncConnection, year: int) -> list[Resource]:
    """What the year's common resources are to cost, by name."""
    return [_resource(row) for row in await queries.resources_of_year(db, year)]


async def resource_by_key(db: AsyncConnection, key: int) -> Resource | None:
    """The resource; None when there is none, or it was taken away."""
    row = await queries.one_resource(db, key)
    return _resource(row) if row is not None and row["taken_away_at"] is None else None


def _resource(row: RowMapping) -> Resource:
    return Resource(row["id"], row["year"], row["name"], Kronor(row["amount"]), row["funded_by"])

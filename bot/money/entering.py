"""Entering what things cost, lowering it, taking it away and putting it back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.money.cost import Cost, Resource
from bot.money.funding import Kronor
from bot.money.reading import cost_by_key, read_cost, resource_by_key
from bot.money.rights import may_enter_cost, may_enter_resources, may_take_away
from bot.plan import Activity
from storage.queries import money as queries


class NotYours(Exception):
    """The person may not enter or take away that."""


class NumberTaken(Exception):
    """A cost with that number in the accounts is entered already."""


class NameTaken(Exception):
    """The year has a resource of that name."""


class BelowZero(Exception):
    """What is left would be less than nothing; `left` is what there is to lower."""

    def __init__(self, left: Kronor) -> None:
        super().__init__(f"{left} kr")
        self.left = left


class Gone(Exception):
    """It is not there any more, or is as it was asked to be already."""


class HasCosts(Exception):
    """A resource that has costs is not taken away."""


@dataclass(frozen=True)
class Said:
    """A cost as it is entered; whole kronor above zero."""

    spent_on: date
    amount: Kronor
    name: str
    reference: str | None = None


async def enter(db: AsyncConnection, by: By, of: Activity | Resource, said: Said) -> Cost:
    """Enter a cost. NotYours; NumberTaken when its number in the accounts is there already."""
    _judge(by, of)
    await _hold(db, of)
    return await _write(db, by, of, said, said.amount)


async def lower(db: AsyncConnection, by: By, of: Activity | Resource, said: Said) -> Cost:
    """Lower what has been entered by the amount, as an entry of its own that says why.

    NotYours, NumberTaken; BelowZero when there is not as much.
    """
    _judge(by, of)
    _number, left = await _hold(db, of)
    if said.amount > left:
        raise BelowZero(Kronor(left))
    return await _write(db, by, of, said, Kronor(-said.amount))


def _judge(by: By, of: Activity | Resource) -> None:
    may = (
        may_enter_cost(by.person, of)
        if isinstance(of, Activity)
        else may_enter_resources(by.person)
    )
    if not may:
        raise NotYours


async def _hold(db: AsyncConnection, of: Activity | Resource) -> tuple[int, int]:
    activity = of.id if isinstance(of, Activity) else None
    resource = of.id if isinstance(of, Resource) else None
    return await queries.hold_costs_of(db, activity_id=activity, resource_id=resource)


async def _write(
    db: AsyncConnection, by: By, of: Activity | Resource, said: Said, amount: Kronor
) -> Cost:
    values = {
        **_audit(by, "enter" if amount > 0 else "lower", "amount", "name", "spent_on"),
        "activity_id": of.id if isinstance(of, Activity) else None,
        "resource_id": of.id if isinstance(of, Resource) else None,
        "spent_on": said.spent_on,
        "amount": amount,
        "name": said.name,
        "reference": said.reference,
        "entered_by": by.person.id,
    }
    key = await queries.enter_cost(db, values)
    found = await cost_by_key(db, key) if key is not None else None
    if found is None:
        raise NumberTaken
    return found


def _audit(by: By, action: str, *fields: str) -> dict[str, Any]:
    return {
        "now": by.now,
        "person_id": by.person.id,
        "actor": "person",
        "action": action,
        "fields": sorted(fields),
        "source": by.platform,
    }


async def take_away(db: AsyncConnection, by: By, key: int) -> Cost:
    """Let a cost count no more; it can be put back.

    NotYours; Gone when it is away already; BelowZero when what was lowered would be more than what
    is left.
    """
    cost = await _held(db, by, key, away=False)
    _number, left = await queries.hold_costs_of(
        db, activity_id=cost.activity, resource_id=cost.resource
    )
    if cost.amount > 0 and left < cost.amount:
        raise BelowZero(Kronor(max(0, left)))
    await _mark(db, by, cost, by.now)
    return cost


async def put_back(db: AsyncConnection, by: By, key: int) -> Cost:
    """Let a cost that was taken away count again.

    NotYours; Gone when it counts; NumberTaken when another has got its number; BelowZero.
    """
    cost = await _held(db, by, key, away=True)
    _number, left = await queries.hold_costs_of(
        db, activity_id=cost.activity, resource_id=cost.resource
    )
    if cost.amount < 0 and left < -cost.amount:
        raise BelowZero(Kronor(max(0, left)))
    await _mark(db, by, cost, None)
    return cost


async def _held(db: AsyncConnection, by: By, key: int, *, away: bool) -> Cost:
    row = await queries.one_cost(db, key, hold=True)
    if row is None:
        raise Gone
    cost = read_cost(row)
    if not may_take_away(by.person, cost):
        raise NotYours
    if cost.taken_away is not away:
        raise Gone
    return cost


async def _mark(db: AsyncConnection, by: By, cost: Cost, at: datetime | None) -> None:
    action = "take_away" if at is not None else "put_back"
    values = {**_audit(by, action, "taken_away_at"), "id": cost.id, "taken_away_at": at}
    if not await queries.mark_cost(db, values):
        raise NumberTaken


async def keep_resource(
    db: AsyncConnection, by: By, said: Resource, *, key: int | None = None
) -> Resource:
    """Enter what a resource is to cost in a year, or change the one of that key.

    NotYours; NameTaken when the year has another of the name; Gone when there is none to change.
    """
    if not may_enter_resources(by.person):
        raise NotYours
    if key is not None and await resource_by_key(db, key) is None:
        raise Gone
    values = {
        **_audit(by, "enter" if key is None else "edit", "amount", "funded_by", "name", "year"),
        "year": said.year,
        "name": said.name,
        "amount": said.amount,
        "funded_by": said.funded_by,
    }
    written = await queries.write_resource(db, values, key)
    found = await resource_by_key(db, written) if written is not None else None
    if found is None:
        raise NameTaken
    return found


async def take_away_resource(db: AsyncConnection, by: By, key: int) -> Resource:
    """Let a resource count no more; it can be put back. NotYours, Gone, HasCosts."""
    if not may_enter_resources(by.person):
        raise NotYours
    resource = await resource_by_key(db, key)
    if resource is None:
        raise Gone
    number, _sum = await _hold(db, resource)
    if number:
        raise HasCosts
    values = {**_audit(by, "take_away", "taken_away_at"), "id": key, "taken_away_at": by.now}
    await queries.mark_resource(db, values)
    return resource


async def put_back_resource(db: AsyncConnection, by: By, key: int) -> Resource:
    """Let it count again. NotYours; NameTaken when the year has got another of its name; Gone."""
    if not may_enter_resources(by.person):
        raise NotYours
    if await queries.one_resource(db, key) is None or await resource_by_key(db, key) is not None:
        raise Gone
    values = {**_audit(by, "put_back", "taken_away_at"), "id": key, "taken_away_at": None}
    if not await queries.mark_resource(db, values):
        raise NameTaken
    found = await resource_by_key(db, key)
    if found is None:
        raise Gone
    return found

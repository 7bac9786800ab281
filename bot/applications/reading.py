"""Applications read from the database: one, a page of them, their history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.applications.application import Application, Report, State, Step, Wanted
from bot.money.funding import Kronor
from bot.people import PersonId
from bot.plan import ActivityId, Contact
from storage.queries import applications as queries

_WHOLE_HISTORY = 10_000


@dataclass(frozen=True)
class ApplicationFilter:
    """Which applications are wanted; what is empty does not matter.

    `activities`: for one of these. `concerns` writes it, or answers for its activity: one of
    `responsible_for`. `fund`: its name holds those words. `waiting`: to be sent, answered or
    reported.
    """

    activities: frozenset[ActivityId] | None = None
    writer: PersonId | None = None
    concerns: PersonId | None = None
    responsible_for: frozenset[ActivityId] = frozenset()
    states: frozenset[State] = frozenset()
    fund: str | None = None
    waiting: bool = False


@dataclass(frozen=True)
class Sum:
    """How many applications are in a state, and kronor in all: granted, or else asked for."""

    number: int
    amount: Kronor


async def application_by_id(db: AsyncConnection, application_id: int) -> Application | None:
    """The application with that number."""
    if not 0 < application_id < 2**63:
        return None
    row = await queries.one_application(db, application_id)
    return read_application(row) if row else None


async def applications_by_id(db: AsyncConnection, ids: Sequence[int]) -> list[Application]:
    """The applications with the numbers, in the order that they are named."""
    rows = await queries.some_applications(db, ids) if ids else ()
    found = {row["id"]: read_application(row) for row in rows}
    return [found[one] for one in ids if one in found]


async def listed(
    db: AsyncConnection, wanted: ApplicationFilter, *, most: int, skip: int = 0
) -> list[Application]:
    """A page of those that fit: what comes first first, rejected and withdrawn ones last."""
    found = await queries.applications_that_fit(db, _values(wanted), most, skip)
    return [read_application(row) for row in found]


async def summed(db: AsyncConnection, wanted: ApplicationFilter) -> Mapping[State, Sum]:
    """How many fit in each state, and what they come to."""
    found = await queries.applications_by_state(db, _values(wanted))
    return {State(row["state"]): Sum(row["number"], Kronor(row["amount"])) for row in found}


async def steps_of(
    db: AsyncConnection, application_id: int, *, most: int = _WHOLE_HISTORY, skip: int = 0
) -> list[Step]:
    """The history, newest first."""
    found = await queries.history_of_application(db, application_id, most, skip)
    return [_step(row) for row in found]


def _values(wanted: ApplicationFilter) -> dict[str, Any]:
    return {
        "activities": None if wanted.activities is None else sorted(wanted.activities),
        "writer": wanted.writer,
        "concerns": wanted.concerns,
        "responsible_for": sorted(wanted.responsible_for),
        "states": sorted(wanted.states),
        "fund": wanted.fund,
        "waiting": wanted.waiting,
    }


def read_application(row: RowMapping) -> Application:
    """The application in a row of `storage.queries.applications`."""
    granted = row["granted"]
    return Application(
        id=row["id"],
        activity_id=ActivityId(row["activity_id"]),
        activity_code=row["activity_code"],
        wanted=Wanted(
            fund=row["fund"],
            amount=Kronor(row["amount"]),
            call=row["call"],
            link=row["link"],
            last_day=row["last_day"],
            match_demanded=Kronor(row["match_demanded"]),
            expected_on=row["expected_on"],
            note=row["note"],
        ),
        writer=Contact(PersonId(row["writer_id"]), row["writer_name"], row["writer_email"]),
        state=State(row["state"]),
        state_since=row["state_since"],
        registered_by=Contact(
            PersonId(row["registered_by"]), row["registered_by_name"], row["registered_by_email"]
        ),
        registered_at=row["registered_at"],
        applied_on=row["applied_on"],
        answered_on=row["answered_on"],
        granted=Kronor(granted) if granted is not None else None,
        record_number=row["record_number"],
        reason=row["reason"],
        reports=tuple(_report(one) for one in _rows(row["reports"])),
    )


def _rows(reports: Sequence[Mapping[str, Any]] | None) -> Sequence[Mapping[str, Any]]:
    return reports or ()


def _report(data: Mapping[str, Any]) -> Report:
    sent = data["sent_on"]
    return Report(date.fromisoformat(data["due_on"]), date.fromisoformat(sent) if sent else None)


def _step(row: RowMapping) -> Step:
    return Step(
        id=row["id"],
        application_id=row["application_id"],
        kind=row["kind"],
        person_id=PersonId(row["person_id"]),
        person_name=row["person_name"],
        at=row["taken_at"],
        reason=row["reason"],
        changes=cast("Mapping[str, Any]", row["changes"] or {}),
    )

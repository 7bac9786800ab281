"""Changing applications: held, read again, judged, written with its step and its funding line.

All return the application as it is after. NotYours: the person may not. NotPossible: the rules
forbid it as it is, or the day cannot be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.applications.application import (
    AFTER,
    FUNDING,
    Application,
    State,
    Step,
    Wanted,
    standing,
    state_after,
)
from bot.applications.reading import application_by_id, steps_of
from bot.applications.rights import may_change, may_register
from bot.clock import in_stockholm
from bot.needs.rights import records
from bot.people import PersonId
from bot.plan import ActivityId, Plan
from storage.queries import application_changes as queries


class NotYours(Exception):
    """The person may not do that with the application."""


class NotPossible(Exception):
    """The rules forbid it from how it is now; `application` is as it was read when held."""

    def __init__(self, application: Application) -> None:
        super().__init__(f"application {application.id}")
        self.application = application


class Overtaken(NotPossible):
    """Somebody has taken another step since the one that is to be taken back was shown."""


async def register(
    db: AsyncConnection,
    by: By,
    plan: Plan,
    activity: ActivityId,
    wanted: Wanted,
    writer: PersonId,
    reports: Sequence[date] = (),
) -> Application:
    """Write a planned application. NotYours, also for an activity that the plan has no longer."""
    found = plan.by_id.get(activity)
    if found is None or not may_register(by.person, found):
        raise NotYours
    values = {name: value for name, value in _columns(wanted, writer).items() if value is not None}
    application_id = await queries.add_application(
        db,
        {
            **values,
            "activity_id": activity,
            "state": State.PLANNED.value,
            "state_since": by.now,
            "registered_by": by.person.id,
            "registered_at": by.now,
        },
    )
    await queries.demand_reports(db, application_id, reports)
    names = sorted({*values, "reports"} if reports else values)
    await _stepped(db, by, application_id, "registered", fields_named=names)
    return await _read(db, application_id)


async def edit(
    db: AsyncConnection,
    by: By,
    plan: Plan,
    application: Application,
    wanted: Wanted,
    writer: PersonId,
    reports: Sequence[date],
) -> Application:
    """Change what is applied for, who writes and the days of reports that are not sent.

    Nothing is written when nothing differs. The activity stays.
    """
    now = await _held(db, by, plan, application, "edited")
    before, after = _columns(now.wanted, now.writer.id), _columns(wanted, writer)
    changed = {name: after[name] for name in after if after[name] != before[name]}
    said: dict[str, Any] = {name: [_plain(before[name]), _plain(after[name])] for name in changed}
    sent = {each.due_on for each in now.reports if each.sent_on is not None}
    unsent = tuple(day for day in sorted(set(reports)) if day not in sent)
    if unsent != now.unsent:
        said["reports"] = [[_plain(day) for day in days] for days in (now.unsent, unsent)]
        await queries.demand_reports(db, now.id, unsent)
    if not said:
        return now
    await queries.change_application(db, now.id, changed)
    await _stepped(db, by, now.id, "edited", changes=said, fields_named=sorted(said))
    if now.state in FUNDING and {"fund", "amount"}.intersection(changed):
        await queries.let_it_fund(db, now.id)
    return await _read(db, now.id)


async def hand_over_writing(
    db: AsyncConnection, by: By, application: Application, of: PersonId, to: PersonId
) -> Application:
    """Let another write what `of` writes. NotYours for others than chef and staff; NotPossible."""
    await queries.lock_application(db, application.id)
    now = await _read(db, application.id)
    if not records(by.person):
        raise NotYours
    if now.writer.id != of or not now.allows("edited"):
        raise NotPossible(now)
    await queries.change_application(db, now.id, {"writer_id": to})
    changes = {"writer_id": [of, to]}
    await _stepped(db, by, now.id, "edited", changes=changes, fields_named=["writer_id"])
    return await _read(db, now.id)


async def send(
    db: AsyncConnection,
    by: By,
    plan: Plan,
    application: Application,
    day: date,
    expected_on: date | None = None,
) -> Application:
    """It was sent to the funder that day; the amount stands as applied for."""
    now = await _held(db, by, plan, application, "applied", day)
    values: dict[str, Any] = {"applied_on": day}
    told: dict[str, Any] = {}
    if expected_on is not None and expected_on != now.wanted.expected_on:
        values["expected_on"] = expected_on
        told["expected_on"] = [_plain(now.wanted.expected_on), _plain(expected_on)]
    return await _moved(db, by, now, "applied", values, told=told)


async def grant(
    db: AsyncConnection,
    by: By,
    plan: Plan,
    application: Application,
    amount: int,
    day: date,
    record_number: str | None = None,
) -> Application:
    """The funder granted that amount that day: it is the activity's funding now."""
    now = await _held(db, by, plan, application, "granted", day)
    values = {"granted": amount, "answered_on": day, "record_number": record_number}
    return await _moved(db, by, now, "granted", values)


async def reject(
    db: AsyncConnection,
    by: By,
    plan: Plan,
    application: Application,
    day: date,
    reason: str | None = None,
) -> Application:
    """The funder said no that day: the money is lacking."""
    now = await _held(db, by, plan, application, "rejected", day)
    return await _moved(db, by, now, "rejected", {"answered_on": day}, reason)


async def withdraw(
    db: AsyncConnection, by: By, plan: Plan, application: Application, reason: str
) -> Application:
    """It is not to be sent, or was taken back from the funder."""
    now = await _held(db, by, plan, application, "withdrawn")
    return await _moved(db, by, now, "withdrawn", {}, reason)


async def send_report(
    db: AsyncConnection, by: By, plan: Plan, application: Application, due_on: date, day: date
) -> Application:
    """The funder's report that was due then was sent that day."""
    now = await _held(db, by, plan, application, "report_sent", day)
    if due_on not in now.unsent:
        raise NotPossible(now)
    await queries.mark_report(db, now.id, due_on, day)
    said = {"due_on": due_on.isoformat(), "sent_on": day.isoformat()}
    await _stepped(db, by, now.id, "report_sent", changes=said, fields_named=["sent_on"])
    return await _read(db, now.id)


async def last_step(db: AsyncConnection, application: Application) -> Step | None:
    """The latest step that stands: the one that would be taken back."""
    kept = standing([*reversed(await steps_of(db, application.id))])
    return kept[-1] if kept else None


async def take_back(
    db: AsyncConnection,
    by: By,
    plan: Plan,
    application: Application,
    reason: str,
    step_id: int | None = None,
) -> Application:
    """Take back the latest step that stands: all it said is as before it, and the money with it.

    Overtaken when that is not the step with the key `step_id`, where one is given.
    """
    now = await _held(db, by, plan, application, "taken_back")
    kept = standing([*reversed(await steps_of(db, now.id))])
    if not kept:
        raise NotPossible(now)
    step = kept.pop()
    if step_id is not None and step.id != step_id:
        raise Overtaken(now)
    changes = {"kind": step.kind, **({"due_on": step.changes["due_on"]} if _due(step) else {})}
    due_on = _due(step)
    if due_on is not None:
        await queries.mark_report(db, now.id, due_on, None)
        await _stepped(db, by, now.id, "taken_back", reason, changes, ["sent_on"])
        return await _read(db, now.id)
    values: dict[str, Any] = dict.fromkeys(_SAID_BY[step.kind])
    values |= _expected_before(step, now) | {
        "state": state_after(kept).value,
        "state_since": by.now,
    }
    await queries.change_application(db, now.id, values)
    await _stepped(db, by, now.id, "taken_back", reason, changes, sorted(values))
    await queries.let_it_fund(db, now.id)
    return await _read(db, now.id)


_SAID_BY: Mapping[str, Sequence[str]] = {
    "applied": ("applied_on",),
    "granted": ("granted", "answered_on", "record_number"),
    "rejected": ("answered_on",),
    "withdrawn": (),
}
"""The columns that are empty again when such a step is taken back."""


def _expected_before(step: Step, now: Application) -> dict[str, date | None]:
    """The day when the answer was expected before the step, unless it has been changed since."""
    before, said = step.changes.get("expected_on", (None, None))
    if said is None or _plain(now.wanted.expected_on) != said:
        return {}
    return {"expected_on": date.fromisoformat(before) if before else None}


def _due(step: Step) -> date | None:
    return date.fromisoformat(step.changes["due_on"]) if step.kind == "report_sent" else None


async def _held(
    db: AsyncConnection,
    by: By,
    plan: Plan,
    application: Application,
    kind: str,
    day: date | None = None,
) -> Application:
    """As it is now, held until the transaction ends, when the person may do that on that day."""
    await queries.lock_application(db, application.id)
    now = await application_by_id(db, application.id) or application
    if not may_change(by.person, now, plan):
        raise NotYours
    if not now.allows(kind) or (day is not None and not _can_be(now, day, by)):
        raise NotPossible(now)
    return now


def _can_be(now: Application, day: date, by: By) -> bool:
    """Whether something that follows can have happened then: neither to come, nor too early."""
    after = now.answered_on or now.applied_on
    return day <= in_stockholm(by.now).date() and (after is None or day >= after)


async def _moved(
    db: AsyncConnection,
    by: By,
    now: Application,
    kind: str,
    values: Mapping[str, Any],
    reason: str | None = None,
    told: Mapping[str, Any] | None = None,
) -> Application:
    """Write a step that leads to another state, and what it says: as in `told`, else the value."""
    to = AFTER[now.state][kind]
    columns = {**values, "state": to.value, "state_since": by.now}
    said = {name: _plain(value) for name, value in values.items() if value is not None}
    said |= told or {}
    await queries.change_application(db, now.id, columns)
    await _stepped(db, by, now.id, kind, reason, said, sorted(columns))
    await queries.let_it_fund(db, now.id)
    return await _read(db, now.id)


async def _stepped(
    db: AsyncConnection,
    by: By,
    application_id: int,
    kind: str,
    reason: str | None = None,
    changes: Mapping[str, Any] | None = None,
    fields_named: Sequence[str] = (),
) -> None:
    values = {
        "application_id": application_id,
        "person_id": by.person.id,
        "taken_at": by.now,
        "kind": kind,
        "reason": reason,
        "changes": dict(changes) if changes else None,
        "platform": by.platform,
    }
    await queries.write_application_step(db, values, fields_named)


async def _read(db: AsyncConnection, application_id: int) -> Application:
    now = await application_by_id(db, application_id)
    if now is None:
        raise LookupError(f"application {application_id}")
    return now


def _columns(wanted: Wanted, writer: PersonId) -> dict[str, Any]:
    return {**{each.name: getattr(wanted, each.name) for each in fields(wanted)},
            "writer_id": writer}  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

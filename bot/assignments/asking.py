"""Asking for work: of a person, a municipality or a network; mending and taking back the asking."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import bodies
from bot.acting import By
from bot.assignments.assignment import (
    Asked,
    Assignment,
    ToMunicipality,
    ToNetwork,
    ToOnePerson,
    Work,
)
from bot.assignments.changing import (
    NobodyToAsk,
    NotPossible,
    NotYours,
    day_of,
    held,
    move_part,
    new_part,
    settled,
    stepped,
)
from bot.assignments.reading import may_be_asked
from bot.assignments.rights import may_change
from bot.assignments.states import PartState, State
from storage.queries import assignment_changes as queries

ELSEWHERE = "asked_elsewhere"
"""The reason of those who are let off because somebody else was asked, said when it is read."""


async def ask(db: AsyncConnection, by: By, work: Work, asked: Asked) -> Assignment:
    """Write the assignment and whom it is asked of.

    A part is asked of the person, or of the municipality's director; the members of a network have
    none until they answer. NobodyToAsk. The right to ask (`rights.may_ask`) is the caller's to
    judge, who has the plan and the need.
    """
    assignment_id = await queries.add_assignment(
        db,
        {
            "title": work.title.strip(),
            "reason": work.reason,
            "hours": work.hours,
            "due_on": work.due_on,
            "activity_id": work.about.activity_id,
            "milestone_id": work.about.milestone_id,
            "need_id": work.about.need_id,
            "asked_by": by.person.id,
            "asked_at": by.now,
            "state": State.OPEN.value,
            "state_since": by.now,
            **_whom(asked),
        },
    )
    await _ask(db, by, assignment_id, asked, _named(work))
    return await settled(db, by, assignment_id)


async def ask_again(
    db: AsyncConnection, by: By, assignment: Assignment, asked: Asked, reason: str
) -> Assignment:
    """Ask somebody else instead; those who have not answered are let off, for that reason.

    NotYours; NotPossible when somebody has it, or it is over; NobodyToAsk.
    """
    now = await held(db, assignment)
    if not may_change(by.person, now):
        raise NotYours
    if now.takers or now.state not in (State.OPEN, State.UNRESOURCED):
        raise NotPossible(now)
    await _let_off(db, by, now, reason)
    await queries.change_assignment(db, now.id, _whom(asked))
    await _ask(db, by, now.id, asked, ("asked",))
    return await settled(db, by, now.id)


async def edit(db: AsyncConnection, by: By, assignment: Assignment, work: Work) -> Assignment:
    """Change what is asked; nothing is written when nothing differs. NotYours; NotPossible.

    What it belongs to stays.
    """
    now = await held(db, assignment)
    if not may_change(by.person, now):
        raise NotYours
    if now.is_over:
        raise NotPossible(now)
    wanted = replace(work, about=now.work.about)
    changed = {
        name: getattr(wanted, name)
        for name in ("title", "due_on", "reason", "hours")
        if getattr(wanted, name) != getattr(now.work, name)
    }
    if not changed:
        return now
    await queries.change_assignment(db, now.id, changed)
    step = {key: changed[key] for key in ("due_on", "hours") if key in changed}
    await stepped(db, by, now.id, "edited", step, fields=sorted(changed))
    return await settled(db, by, now.id)


async def withdraw(db: AsyncConnection, by: By, assignment: Assignment, reason: str) -> Assignment:
    """Take back the asking; what is done stays done. NotYours; NotPossible when it is over."""
    now = await held(db, assignment)
    if not may_change(by.person, now):
        raise NotYours
    if now.is_over:
        raise NotPossible(now)
    await _let_off(db, by, now, reason)
    await stepped(db, by, now.id, "withdrawn", {"reason": reason}, fields=("state",))
    return await settled(db, by, now.id, withdrawn=True)


async def _let_off(db: AsyncConnection, by: By, now: Assignment, reason: str) -> None:
    for part in now.parts:
        if part.is_living and part.state is not PartState.DONE:
            await move_part(db, by, now, part, "withdrawn", step={"reason": reason})


def _named(work: Work) -> Sequence[str]:
    names = ("title", "due_on", "reason", "hours")
    return sorted(name for name in names if getattr(work, name) is not None)


def _whom(asked: Asked) -> dict[str, Any]:
    values: dict[str, Any] = {
        "person_id": None,
        "organisation_id": None,
        "organisation_kind": None,
        "network_id": None,
        "wanted": 1,
    }
    match asked:
        case ToOnePerson(person):
            return {**values, "person_id": person}
        case ToMunicipality(organisation):
            return {
                **values,
                "organisation_id": organisation,
                "organisation_kind": "municipality",
            }
        case ToNetwork(network, wanted):
            return {**values, "network_id": network, "wanted": wanted}


async def _ask(
    db: AsyncConnection, by: By, assignment_id: int, asked: Asked, fields: Sequence[str]
) -> None:
    """Write the part, if one person is to answer, and the step."""
    step: dict[str, Any] = {}
    match asked:
        case ToOnePerson(person):
            step["part_id"] = await new_part(db, by, assignment_id, person)
            step["other_person_id"] = person
        case ToMunicipality(organisation):
            directors = await bodies.directors(db, organisation, day_of(by))
            if not directors:
                raise NobodyToAsk
            step["part_id"] = await new_part(
                db, by, assignment_id, directors[0].id, organisation=organisation
            )
            step["other_person_id"] = directors[0].id
        case ToNetwork(network):
            if not await may_be_asked(db, network, day_of(by)):
                raise NobodyToAsk
    if "part_id" in step:
        step["to_state"] = PartState.ASKED.value
    await stepped(db, by, assignment_id, "asked", step, fields=fields)

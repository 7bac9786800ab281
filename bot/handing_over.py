"""Handing over what waits for somebody to somebody else, with who did it in the audit log."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.applications import changing as applications
from bot.applications.reading import application_by_id
from bot.assignments.answering import hand_over_for
from bot.assignments.changing import NotPossible as PartNotPossible
from bot.assignments.changing import held as assignment_held
from bot.assignments.changing import stepped
from bot.assignments.reading import assignment_by_id
from bot.clock import in_stockholm
from bot.leaving import Hanging, Kind, Thing, Unfit, hangs_on, somebody, unfit
from bot.needs.changing import NotPossible, NotYours
from bot.needs.moving import name_preparer
from bot.needs.reading import need_by_id
from bot.needs.rights import leads
from bot.people import Person, PersonId
from storage.queries import leaving as queries
from storage.queries.assignment_changes import change_assignment


class Cannot(Exception):
    """It cannot be handed over to them, and why."""

    def __init__(self, why: Unfit) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class HandedOver:
    """What was handed over, as it hangs on the one who has it now, and what was left and why."""

    taken: tuple[Thing, ...]
    left: tuple[tuple[Thing, Unfit], ...]


async def hand_over(
    db: AsyncConnection, by: By, hanging: Hanging, things: tuple[Thing, ...], to: PersonId
) -> HandedOver:
    """Hand the things over, each that the other can take; NotYours unless the person leads.

    What is gone from the one it hung on in the meantime is left, and told.
    """
    if not leads(by.person):
        raise NotYours
    today = in_stockholm(by.now).date()
    of = hanging.person.id
    await queries.hold_what_hangs_on(db, of)
    now, taker = await hangs_on(db, of, today), await somebody(db, to, today)
    taken: list[Thing] = []
    left: list[tuple[Thing, Unfit]] = []
    for each in things:
        current = now.thing(each.kind, str(each.key)) if now is not None else None
        try:
            taken.append(await _handed(db, by, of, current or _gone(), _known(taker)))
        except Cannot as problem:
            left.append((each, problem.why))
    return HandedOver(tuple(taken), tuple(left))


def _gone() -> Thing:
    raise Cannot(Unfit.GONE)


def _known(to: Person | None) -> Person:
    if to is None:
        raise Cannot(Unfit.WORKS_NOWHERE)
    return to


async def _handed(db: AsyncConnection, by: By, of: PersonId, thing: Thing, to: Person) -> Thing:
    """Hand one thing over; as it hangs on the other. Cannot."""
    why = unfit(thing, of, to)
    if why is not None:
        raise Cannot(why)
    match thing.kind:
        case Kind.ACTIVITY:
            await queries.hand_over_activity(db, **_written(by, of, thing, to))
        case Kind.MILESTONE:
            await queries.hand_over_milestone(db, **_written(by, of, thing, to))
        case Kind.MANDATE:
            today = in_stockholm(by.now).date()
            given = {"given_by": by.person.name, "today": today}
            key = await queries.hand_over_mandate(db, **_written(by, of, thing, to), **given)
            return replace(thing, key=key, ended=False)
        case Kind.PART:
            return replace(thing, key=await _part(db, by, thing, to))
        case Kind.ASKED:
            await _asked(db, by, of, thing, to)
        case Kind.NEED:
            await _need(db, by, of, thing, to)
        case Kind.APPLICATION:
            await _application(db, by, of, thing, to)
    return thing


def _written(by: By, of: PersonId, thing: Thing, to: Person) -> dict[str, int | str | datetime]:
    return {
        "key": thing.key,
        "person": of,
        "to": to.id,
        "by": by.person.id,
        "now": by.now,
        "platform": by.platform,
    }


async def _part(db: AsyncConnection, by: By, thing: Thing, to: Person) -> int:
    """The key of the part that the other is asked for now."""
    assignment = await assignment_by_id(db, thing.assignment or 0)
    part = assignment.part(thing.key) if assignment is not None else None
    if assignment is None or part is None:
        raise Cannot(Unfit.GONE)
    if assignment.part_of(to.id) is not None:
        raise Cannot(Unfit.HAS_IT)
    try:
        after = await hand_over_for(db, by, assignment, part, to.id)
    except PartNotPossible:
        raise Cannot(Unfit.GONE) from None
    new = after.part_of(to.id)
    return new.id if new is not None else thing.key


async def _asked(db: AsyncConnection, by: By, of: PersonId, thing: Thing, to: Person) -> None:
    """Let somebody else be the one who asked, who agrees to dates and gets the answers."""
    assignment = await assignment_by_id(db, thing.key)
    now = await assignment_held(db, assignment) if assignment is not None else None
    if now is None or now.asked_by.id != of or now.is_over:
        raise Cannot(Unfit.GONE)
    await change_assignment(db, now.id, {"asked_by": to.id})
    await stepped(db, by, now.id, "edited", {"other_person_id": to.id}, fields=("asked_by",))


async def _need(db: AsyncConnection, by: By, of: PersonId, thing: Thing, to: Person) -> None:
    """Let somebody else prepare it, until the same day."""
    need = await need_by_id(db, thing.key)
    if need is None or need.preparer is None or need.preparer.id != of or need.prepare_by is None:
        raise Cannot(Unfit.GONE)
    try:
        await name_preparer(db, by, need, to.id, need.prepare_by)
    except NotPossible:
        raise Cannot(Unfit.GONE) from None


async def _application(db: AsyncConnection, by: By, of: PersonId, thing: Thing, to: Person) -> None:
    """Let somebody else write it."""
    application = await application_by_id(db, thing.key)
    if application is None:
        raise Cannot(Unfit.GONE)
    try:
        await applications.hand_over_writing(db, by, application, of, to.id)
    except applications.NotPossible:
        raise Cannot(Unfit.GONE) from None

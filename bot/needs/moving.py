"""A need's steps from stage to stage, taken, taken back, and prepared by somebody (charter 5.1)."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.clock import in_stockholm
from bot.needs.changing import Incomplete, NotPossible, NotYours, held, written
from bot.needs.need import Move, Need, NeedStep
from bot.needs.reading import read_step
from bot.needs.rights import leads, may_step, may_take_back, needs_meeting
from bot.needs.stages import Stage, body_of_step, steps_from
from bot.paragraphs import read_paragraph
from bot.people import PersonId
from storage.queries.need_steps import last_move_that_stands, stood_since

_DECISIONS = (Stage.ACCEPTED, Stage.DECLINED)


async def move(db: AsyncConnection, by: By, need: Need, move: Move) -> Need:
    """Take a step to another stage, one forward, to an end, to rest or back from it.

    NotPossible when the stages do not follow each other, NotYours when the step is not the
    person's, Incomplete when its record lacks something.
    """
    (now,) = await held(db, need)
    if not now.is_live or move.to not in steps_from(now.stage, now.rested_from):
        raise NotPossible(now)
    if not may_step(by.person, now, move.to):
        raise NotYours
    missing = missing_in(by, now, move)
    if missing:
        raise Incomplete(missing)
    return await written(db, by, now, "moved", values=_stands(by, now, move), step=_told(now, move))


def missing_in(by: By, need: Need, move: Move) -> list[str]:
    """Fields of the move that its record asks for and that say nothing, or that cannot be."""
    wanted: list[str] = []
    begins = need.stage is Stage.REGISTERED and move.to is Stage.PREPARING
    if begins:
        wanted += [name for name in ("preparer_id", "prepare_by") if getattr(move, name) is None]
    of_body = move.to is Stage.DECLINED and move.body is not None
    if move.met_on is None and (of_body or needs_meeting(by.person, need, move.to)):
        wanted.append("met_on")
    if move.met_on is not None and move.met_on > in_stockholm(by.now).date():
        wanted.append("met_on")
    if is_of_board(need, move) and not (move.paragraph or "").strip():
        wanted.append("paragraph")
    if move.to in (Stage.DECLINED, Stage.RESTING) and not (move.reason or "").strip():
        wanted.append("reason")
    return wanted


def is_of_board(need: Need, move: Move) -> bool:
    """Whether the direktion decides by it, so that its protocol has a paragraph of it."""
    at_board = (
        need.stage is Stage.BOARD or (move.body or body_of_step(need.stage, move.to)) == "board"
    )
    return at_board and move.to in _DECISIONS


def _stands(by: By, need: Need, move: Move) -> dict[str, Any]:
    values: dict[str, Any] = {
        "stage": move.to.value,
        "stage_since": by.now,
        "rested_from": need.stage.value if move.to is Stage.RESTING else None,
    }
    if move.to is Stage.PREPARING and need.stage is Stage.REGISTERED:
        values |= {"preparer_id": move.preparer_id, "prepare_by": move.prepare_by}
    if move.to in _DECISIONS:
        values |= {
            "decided_on": move.met_on,
            "paragraph": read_paragraph(move.paragraph or "") or None,
            "motivation": move.reason,
        }
    return values


def _told(need: Need, move: Move) -> dict[str, Any]:
    return {
        "from_stage": need.stage.value,
        "to_stage": move.to.value,
        "body": move.body or body_of_step(need.stage, move.to),
        "met_on": move.met_on,
        "paragraph": read_paragraph(move.paragraph or "") or None,
        "record_number": move.record_number,
        "reason": move.reason,
        "preparer_id": move.preparer_id,
        "prepare_by": move.prepare_by,
    }


async def last_move(db: AsyncConnection, need_id: int) -> NeedStep | None:
    """The need's latest step from stage to stage that nobody has taken back."""
    row = await last_move_that_stands(db, need_id)
    return read_step(row) if row else None


async def take_back(
    db: AsyncConnection, by: By, need: Need, reason: str, *, step_id: int | None = None
) -> Need:
    """Undo the latest step that stands, with a reason: all is as it was before it.

    `step_id` is the step that the person saw as the latest. NotPossible when another is by now,
    none stands, something has been made of the need, or it is withdrawn or merged; NotYours;
    Incomplete without a reason.
    """
    (now,) = await held(db, need)
    step = await last_move(db, now.id)
    if step is None or step.from_stage is None or now.has_become or not now.is_live:
        raise NotPossible(now)
    if step_id is not None and step.id != step_id:
        raise NotPossible(now)
    if not may_take_back(by.person, now, step):
        raise NotYours
    if not reason.strip():
        raise Incomplete(["reason"])
    told = {
        "takes_back_id": step.id,
        "from_stage": now.stage.value,
        "to_stage": step.from_stage.value,
        "reason": reason,
    }
    since = await stood_since(db, now.id, step.id)
    values = {"stage_since": since, **_before(step)}
    return await written(db, by, now, "taken_back", values=values, step=told)


def _before(step: NeedStep) -> dict[str, Any]:
    """The columns as they were before the step: only an end has what its decision says."""
    values: dict[str, Any] = {
        "stage": (step.from_stage or Stage.REGISTERED).value,
        "rested_from": None,
        "decided_on": None,
        "paragraph": None,
        "motivation": None,
    }
    if step.from_stage is Stage.RESTING and step.to_stage is not None:
        values["rested_from"] = step.to_stage.value
    if step.from_stage is Stage.REGISTERED and step.to_stage is Stage.PREPARING:
        values |= {"preparer_id": None, "prepare_by": None}
    return values


async def name_preparer(
    db: AsyncConnection, by: By, need: Need, preparer_id: PersonId, prepare_by: date
) -> Need:
    """Let somebody else prepare it, or until another day. NotYours unless chef or
    förbundsdirektör; NotPossible before it is prepared and after it is decided."""
    (now,) = await held(db, need)
    if not leads(by.person):
        raise NotYours
    if not now.is_live or now.preparer is None or now.stage in _DECISIONS:
        raise NotPossible(now)
    values = {"preparer_id": preparer_id, "prepare_by": prepare_by}
    return await written(db, by, now, "preparer", values=values, step=values)

"""Registering a need, editing it, withdrawing one's own and bringing it back."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.needs.changing import NotPossible, NotYours, held, stepped, written
from bot.needs.need import Need, NeedStep, Wanted
from bot.needs.reading import need_by_id, steps_of
from bot.needs.rights import may_edit, may_withdraw, takes_part
from bot.needs.stages import Stage
from bot.people import OrganisationId
from storage.queries.need_changes import add_need, change_need

_MOST_STEPS = 500
_DECIDED = (Stage.ACCEPTED, Stage.DECLINED)


async def register(
    db: AsyncConnection,
    by: By,
    wanted: Wanted,
    *,
    organisation: OrganisationId | None,
    turn_key: str | None = None,
    split_from: int | None = None,
) -> Need:
    """Write a new need; NotYours for whoever has no part in the work.

    `organisation`: the municipality or other employer that it is registered for. `turn_key`: of
    the turn whose words said it.
    """
    if not takes_part(by.person):
        raise NotYours
    values = {
        **_columns(wanted),
        "registered_by": by.person.id,
        "organisation_id": organisation,
        "registered_at": by.now,
        "stage_since": by.now,
        "turn_key": turn_key,
        "split_from_id": split_from,
    }
    need_id = await add_need(db, values, sorted(wanted.municipalities))
    step = {"to_stage": Stage.REGISTERED.value}
    await stepped(db, by, need_id, "registered", step, fields=_filled(wanted))
    need = await need_by_id(db, need_id)
    assert need is not None
    return need


async def edit(
    db: AsyncConnection, by: By, need: Need, wanted: Wanted, *, begun: int | None = None
) -> Need:
    """Write what differs, with a step that holds before and after; nothing when nothing does.

    `begun`: the key of the latest edit when the words were begun. What others have changed since
    and the person has left as it was stays as the others have it. What was quoted when it was
    registered stays. NotYours; NotPossible when it is withdrawn, merged or decided.
    """
    (now,) = await held(db, need)
    if not may_edit(by.person, now):
        raise NotYours
    if not now.is_live or now.stage in _DECIDED:
        raise NotPossible(now)
    wanted = replace(wanted, quote=now.wanted.quote)
    if begun is not None:
        wanted = await _beside_others(db, now, wanted, begun)
    before, after = _as_told(now.wanted), _as_told(wanted)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not changes:
        return now
    await change_need(db, now.id, _columns(wanted), sorted(wanted.municipalities))
    await stepped(db, by, now.id, "edited", {"changes": changes}, fields=sorted(changes))
    return await need_by_id(db, now.id) or now


async def latest_edit(db: AsyncConnection, need: Need) -> int:
    """The key of the need's latest edit; 0 before the first."""
    return max((each.id for each in await _edits(db, need)), default=0)


async def _edits(db: AsyncConnection, need: Need) -> list[NeedStep]:
    """The need's own edits, newest first."""
    steps = await steps_of(db, need.id, most=_MOST_STEPS)
    return [each for each in steps if each.kind == "edited" and each.need_id == need.id]


async def _beside_others(db: AsyncConnection, now: Need, wanted: Wanted, begun: int) -> Wanted:
    """`wanted`, with what others changed after `begun` where it stands as it was then."""
    since = [each for each in await _edits(db, now) if each.id > begun]
    then: dict[str, Any] = {}
    for step in since:
        then |= {name: before for name, (before, _after) in step.changes.items()}
    said = _as_told(wanted)
    kept = {name for name, before in then.items() if said.get(name) == before}
    return replace(wanted, **{name: getattr(now.wanted, name) for name in kept})


async def withdraw(db: AsyncConnection, by: By, need: Need, reason: str | None) -> Need:
    """Mark one's own need as withdrawn. NotYours; NotPossible when decided or marked already."""
    (now,) = await held(db, need)
    if not may_withdraw(by.person, now):
        raise NotYours
    if not now.is_live or now.stage in _DECIDED:
        raise NotPossible(now)
    return await written(
        db, by, now, "withdrawn", values={"withdrawn_at": by.now}, step={"reason": reason}
    )


async def restore(db: AsyncConnection, by: By, need: Need) -> Need:
    """Bring one's own withdrawn need back to where it was. NotYours; NotPossible."""
    (now,) = await held(db, need)
    if not may_withdraw(by.person, now):
        raise NotYours
    if now.withdrawn_at is None:
        raise NotPossible(now)
    return await written(db, by, now, "restored", values={"withdrawn_at": None})


def _columns(wanted: Wanted) -> dict[str, Any]:
    quote = wanted.quote
    return {
        "title": wanted.title,
        "description": wanted.description,
        "reason": wanted.reason,
        "focus_area_id": wanted.area_id,
        "network_id": wanted.network,
        "wanted_by": wanted.wanted_by,
        "cost": wanted.cost,
        "funding": wanted.funding,
        "quoted_text": quote.text if quote else None,
        "quoted_author": quote.author if quote else None,
        "quoted_link": quote.link or None if quote else None,
    }


def _filled(wanted: Wanted) -> list[str]:
    """Names of the fields that say something."""
    return sorted(each.name for each in fields(wanted) if getattr(wanted, each.name))


def _as_told(wanted: Wanted) -> Mapping[str, Any]:
    """The fields that can be edited, as they are kept in a step."""
    return {
        "title": wanted.title,
        "description": wanted.description,
        "reason": wanted.reason,
        "area_id": wanted.area_id,
        "municipalities": sorted(wanted.municipalities),
        "wanted_by": wanted.wanted_by.isoformat() if wanted.wanted_by else None,
        "cost": wanted.cost,
        "funding": wanted.funding,
        "network": wanted.network,
    }

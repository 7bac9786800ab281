"""Needs that are the same made one, taken apart again, and one that is two made two."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.needs.changing import NotPossible, NotYours, held, stepped, written
from bot.needs.need import Need, Wanted
from bot.needs.reading import need_by_id
from bot.needs.registering import register
from bot.needs.rights import may_merge, may_merge_into
from bot.needs.stages import WAY, Stage
from storage.queries.need_supports import copy_listeners

_MERGEABLE = frozenset((*WAY, Stage.RESTING))


class ComeLessFar(NotPossible):
    """The need that the other was to be merged into, `need`, is earlier on the way."""


async def merge(db: AsyncConnection, by: By, need: Need, into: Need) -> Need:
    """Mark the need as the same as another, which from then on shows its supports and history.

    The other as it is then. NotYours; NotPossible when either is decided or marked, or they are
    one; ComeLessFar, for what a body has seen does not go back.
    """
    if need.id == into.id:
        raise NotPossible(need)
    now, target = await held(db, need, into)
    if not may_merge_into(by.person, now, target):
        raise NotYours
    for each in (now, target):
        if not each.is_live or each.stage not in _MERGEABLE:
            raise NotPossible(each)
    if _come(target) < _come(now):
        raise ComeLessFar(target)
    values = {"merged_into_id": target.id}
    await written(db, by, now, "merged", values=values, step={"other_need_id": target.id})
    return await need_by_id(db, target.id) or target


def _come(need: Need) -> int:
    """How far on the way it has come, also when it rests."""
    return WAY.index(need.rested_from or need.stage)


async def part(db: AsyncConnection, by: By, need: Need) -> Need:
    """Take a merged need out again, with the supports that it was given. NotYours; NotPossible."""
    (now,) = await held(db, need)
    if not may_merge(by.person, now):
        raise NotYours
    if now.merged_into is None:
        raise NotPossible(now)
    step = {"other_need_id": now.merged_into}
    return await written(db, by, now, "parted", values={"merged_into_id": None}, step=step)


async def split(db: AsyncConnection, by: By, need: Need, wanted: Wanted) -> Need:
    """Make a need of its own of a part of this one; it gets the same supports and followers.

    Whoever registered this one follows it. NotYours; NotPossible when this one is decided or
    marked.
    """
    (now,) = await held(db, need)
    if not may_merge(by.person, now):
        raise NotYours
    if not now.is_live or now.stage not in _MERGEABLE:
        raise NotPossible(now)
    new = await register(db, by, wanted, organisation=now.organisation, split_from=now.id)
    await copy_listeners(db, now.id, new.id)
    await stepped(db, by, now.id, "split", {"other_need_id": new.id})
    await stepped(db, by, new.id, "split", {"other_need_id": now.id})
    return await need_by_id(db, new.id) or new

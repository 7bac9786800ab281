"""Sharing a need, following it, and saying something about it."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.needs.changing import NotPossible, NotYours, held
from bot.needs.need import Need
from bot.needs.rights import takes_part
from bot.needs.stages import Stage
from bot.people import OrganisationId
from storage.queries import need_supports as queries

_SUPPORTABLE = frozenset(Stage) - {Stage.ACCEPTED, Stage.DECLINED}


def takes_support(need: Need) -> bool:
    """Whether municipalities can share it, or stop sharing it, as it is now."""
    return need.is_live and need.stage in _SUPPORTABLE


async def support(db: AsyncConnection, by: By, need: Need, organisation: OrganisationId) -> bool:
    """Write that the municipality shares the need; False when it already did.

    NotYours unless it employs the person; NotPossible when the need is decided or marked.
    """
    now = await _supportable(db, by, need, organisation)
    values = {**_values(by, now), "organisation_id": organisation}
    return await queries.support_need(db, values)


async def withdraw_support(
    db: AsyncConnection, by: By, need: Need, organisation: OrganisationId
) -> bool:
    """Write that the municipality no longer shares it; False when it did not. As `support`."""
    now = await _supportable(db, by, need, organisation)
    values = {**_values(by, now), "organisation_id": organisation}
    return await queries.withdraw_support(db, values)


async def _supportable(
    db: AsyncConnection, by: By, need: Need, organisation: OrganisationId
) -> Need:
    if organisation not in by.person.employers:
        raise NotYours
    (now,) = await held(db, need)
    if not takes_support(now):
        raise NotPossible(now)
    return now


async def follow(db: AsyncConnection, by: By, need: Need) -> None:
    """Tell the person of every step from now on."""
    await queries.follow_need(db, _values(by, need))


async def unfollow(db: AsyncConnection, by: By, need: Need) -> None:
    """Tell the person no longer; whoever registered or supports it is told what concerns them."""
    await queries.unfollow_need(db, _values(by, need))


async def comment(db: AsyncConnection, by: By, need: Need, text: str) -> None:
    """Write a comment that everybody sees. NotYours for whoever has no part in the work."""
    if not takes_part(by.person):
        raise NotYours
    await queries.comment_on_need(db, {**_values(by, need), "text": text})


def _values(by: By, need: Need) -> dict[str, object]:
    return {
        "need_id": need.id,
        "person_id": by.person.id,
        "now": by.now,
        "platform": by.platform,
    }

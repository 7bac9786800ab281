"""Every kind of card that stays posted and is drawn again when what it shows has changed."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations import activity_card
from bot.conversations.assignments import assignment_card
from bot.conversations.needs import need_card
from bot.conversations.polls import poll_card
from bot.conversations.views import Card
from bot.plan import Plan

Draws = Callable[[AsyncConnection, Plan, int, str, datetime], Awaitable[Card | None]]

KINDS: Mapping[str, Draws] = {
    activity_card.KIND: activity_card.draw,
    need_card.KIND: need_card.draw,
    assignment_card.KIND: assignment_card.draw,
    poll_card.KIND: poll_card.draw,
}


class UnknownKind(Exception):
    """A card of a kind that a newer bot posts: it is left as it stands, for that one to draw."""


async def draw(
    db: AsyncConnection, plan: Plan, kind: str, subject_id: int, language: str, now: datetime
) -> Card | None:
    """The card as it is at `now`; None when there is no such thing any more. UnknownKind."""
    draws = KINDS.get(kind)
    if draws is None:
        raise UnknownKind(kind)
    return await draws(db, plan, subject_id, language, now)

"""A poll's living card: the same for everybody, wherever it is posted."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.polls.ballot_card import draw_ballots
from bot.conversations.polls.co_financing_card import draw_co_financing
from bot.conversations.views import Card
from bot.language import speaking
from bot.plan import Plan
from bot.polls.poll import Kind
from bot.polls.reading import poll_by_number

KIND = "poll"
"""What posted cards of polls are called."""


async def draw(
    db: AsyncConnection, plan: Plan, subject_id: int, language: str, now: datetime
) -> Card | None:
    """The living card as it is now; None when there is no such poll."""
    poll = await poll_by_number(db, subject_id)
    if poll is None:
        return None
    with speaking(language):
        if poll.kind is Kind.CO_FINANCING:
            return await draw_co_financing(db, plan, poll, now)
        return await draw_ballots(db, plan, poll, now)

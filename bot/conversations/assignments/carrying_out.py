"""Carrying out an answer: done or refused kindly, and what follows from it told."""

from collections.abc import Awaitable, Callable

from bot.assignments.assignment import Assignment, Part
from bot.conversations.assignments.refusals import Whose, attempt
from bot.conversations.assignments.telling import tell_consequences
from bot.conversations.protocol import Replies, Turn
from bot.conversations.views import Card


async def carry_out(
    turn: Turn,
    before: Assignment,
    act: Callable[[], Awaitable[Assignment]],
    whose: Whose,
    *,
    part: Part | None = None,
    words: str | None = None,
    no: Callable[[Assignment], Card] | None = None,
) -> Assignment | Replies:
    """As `attempt`; when it is done, what follows from any answer is told.

    `no` makes what whoever asked reads of a no.
    """
    now = await attempt(turn, before, act, whose, part=part, words=words)
    if isinstance(now, Assignment):
        told = None if no is None else lambda: no(now)
        await tell_consequences(turn, before, now, no=told)
    return now

"""A form that takes long to take in: kept as a draft meanwhile, let go of once it is done with."""

import asyncio
from datetime import datetime

from bot.conversations.protocol import Event, Submitted
from bot.conversations.runner import Bot
from handlers.outcome import Outcome
from handlers.patience import Patience

Kept = asyncio.Task[datetime | None] | None
"""When it was kept, or will be; None for what is no form."""


def keep_meanwhile(bot: Bot, patience: Patience, event: Event) -> Kept:
    """Keep what was sent in, so that it is offered again whatever happens."""
    if not isinstance(event.doing, Submitted):
        return None
    return patience.behind(bot.keep_draft(event))


async def let_go(bot: Bot, event: Event, outcome: Outcome, kept: Kept) -> None:
    """The draft that was kept meanwhile is let go of, if the form is done with."""
    kept_at = await kept if kept is not None else None
    if kept_at is not None and is_taken_in(event, outcome):
        await bot.drop_kept_draft(event, kept_at)


def is_taken_in(event: Event, outcome: Outcome) -> bool:
    """Whether the form that was sent is done with, also when another one follows it."""
    if outcome.trouble or outcome.stranger or not isinstance(event.doing, Submitted):
        return False
    form, sent = outcome.form, event.doing
    return form is None or (form.name, form.arguments) != (sent.form, sent.arguments)

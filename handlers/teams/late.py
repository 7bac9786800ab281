"""What took longer than Teams waits: told in the private chat; what was typed is kept meanwhile."""

import asyncio
from datetime import datetime

from bot.conversations.forms import Form
from bot.conversations.protocol import Event, Submitted
from handlers.outcome import Outcome
from handlers.teams.connector import Connector
from handlers.teams.desk import Desk
from handlers.teams.translate import Sender, Where


def keep_meanwhile(desk: Desk, event: Event) -> "asyncio.Task[datetime | None] | None":
    """Keep a form that was sent in as a draft, so that it is offered again whatever happens."""
    if not isinstance(event.doing, Submitted):
        return None
    return desk.patience.behind(desk.bot.keep_draft(event))


async def tell_later(
    desk: Desk,
    connector: Connector,
    sender: Sender,
    where: Where,
    outcome: Outcome,
    form: Form | None,
    *,
    unfolded: bool = False,
) -> None:
    """The form that comes next, or why nothing was done; the rest is brought by delivery."""
    cards = outcome.cards if outcome.trouble or outcome.stranger else ()
    if form is None and not cards:
        return
    there = await desk.personal(connector, sender, where)
    if there is None:
        return
    if form is not None:
        await desk.ask(connector, there, form, outcome.language, unfolded=unfolded)
    await desk.say(connector, there, cards, outcome.language)


async def let_go(
    desk: Desk, event: Event, outcome: Outcome, kept: "asyncio.Task[datetime | None] | None"
) -> None:
    """The draft that was kept meanwhile is let go of, if the form is done with."""
    kept_at = await kept if kept is not None else None
    if kept_at is not None and is_taken_in(event, outcome):
        await desk.bot.drop_kept_draft(event, kept_at)


def is_taken_in(event: Event, outcome: Outcome) -> bool:
    """Whether the form that was sent is done with, also when another one follows it."""
    if outcome.trouble or outcome.stranger or not isinstance(event.doing, Submitted):
        return False
    form, sent = outcome.form, event.doing
    return form is None or (form.name, form.arguments) != (sent.form, sent.arguments)

"""What took longer than Teams waits: told in the private chat."""

from bot.conversations.forms import Form
from handlers.outcome import Outcome
from handlers.teams.connector import Connector
from handlers.teams.desk import Desk
from handlers.teams.translate import Sender, Where


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

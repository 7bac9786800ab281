"""What a cancelled poll's card says of that: who did it, when and why."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.views import Card, Part, text
from bot.language import _, dated_time
from bot.polls.poll import Poll, PollStep, State
from bot.polls.reading import steps_of

_LATEST = 10
"""Steps to look among: hardly anything happens to a poll once it is cancelled."""


async def with_why(db: AsyncConnection, card: Card, poll: Poll) -> Card:
    """The poll's card, with why it is cancelled if it is."""
    if poll.state is not State.CANCELLED:
        return card
    steps = await steps_of(db, poll, _LATEST)
    step = next((each for each in steps if each.kind == "cancelled"), None)
    return why_cancelled(card, step) if step is not None else card


def why_cancelled(card: Card, step: PollStep) -> Card:
    """The card with who cancelled the poll, when and why, under where it stands."""
    name = step.by.name if step.by is not None else "–"
    when = dated_time(in_stockholm(step.taken_at))
    more: list[Part] = [text(_("Inställd av {name} {when}.", name=name, when=when))]
    if step.reason:
        more.append(text(shortened(step.reason, 2_000)))
    return card.model_copy(update={"parts": (card.parts[0], *more, *card.parts[1:])})

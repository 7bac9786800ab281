"""When all have answered, whoever started the poll is offered to close it, once."""

from datetime import datetime

from bot.conversations.polls.buttons import show_button, verb_button
from bot.conversations.polls.telling import who_runs
from bot.conversations.polls.wording import short_title, told
from bot.conversations.protocol import Turn
from bot.conversations.views import Buttons, Card, bold, text
from bot.language import _
from bot.outbox import ToPerson
from bot.polls.poll import Kind, Poll
from bot.polls.reading import co_financing_of, poll_by_number
from storage.queries.schedule import claim

OFFERED = "poll_offered_closing"


async def offer_closing(turn: Turn, poll: Poll) -> None:
    """Offer it if nobody is left to answer, once for each version of the proposal."""
    now = await poll_by_number(turn.db, poll.id)
    if now is None or not await _all_have_answered(turn, now):
        return
    period = offered_period(now.version, now.closes_at)
    if await claim(turn.db, OFFERED, str(now.id), period, turn.now):
        # Also whoever answered last: it is asked of them, not told of what they did.
        for person in sorted(await who_runs(turn.db, now, turn.now)):
            turn.outbox.say(ToPerson(person), lambda: all_answered(now))


def offered_period(version: int, closes_at: datetime) -> str:
    """What closing is offered once for. Two that answer last at the same moment do not see each
    other; then the clock finds that all have (`on_time`)."""
    return f"{version}/{closes_at.isoformat()}"


async def _all_have_answered(turn: Turn, poll: Poll) -> bool:
    if poll.voted < poll.electorate:
        return False
    if poll.kind is not Kind.CO_FINANCING:
        return True
    return (await co_financing_of(turn.db, poll)).all_have_answered


def all_answered(poll: Poll) -> Card:
    """That all have answered, with a button that closes the poll."""
    said = _("Alla har svarat. Vill du stänga omröstningen?")
    close = verb_button(_("Stäng"), poll, "stang", style="primary")
    return Card(
        title=short_title(poll),
        summary=told(poll, said),
        parts=(text(bold(said)), Buttons(buttons=(close, show_button(poll)))),
        tone="good",
    )

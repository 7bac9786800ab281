"""What came of a poll, in a sentence."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.polls.result_words import chosen_words
from bot.conversations.polls.wording import of_number
from bot.language import _, kronor
from bot.polls.co_financing import CoFinancing
from bot.polls.counting import Result, counted
from bot.polls.poll import FEWEST_SECRET_BALLOTS, Kind, Poll, Secrecy
from bot.polls.reading import choices_to_count, co_financing_of


async def outcome_sentence(db: AsyncConnection, poll: Poll) -> Callable[[], str]:
    """What makes the sentence, in the language that is spoken then; only what may be shown."""
    if poll.kind is Kind.CO_FINANCING:
        asked = await co_financing_of(db, poll)
        return lambda: pledges_sentence(asked)
    shown = poll.shows_result
    result = await counted(poll, await choices_to_count(db, poll)) if shown else None
    return lambda: result_sentence(poll, result)


def pledges_sentence(asked: CoFinancing) -> str:
    """How many answered, and what it adds up to where that may be shown."""
    said = _("{count} kommuner svarade.", count=of_number(len(asked.answered), len(asked.places)))
    if not asked.poll.shows_answers:
        return said
    return f"{said} " + _(
        "{pledged} av {asked} är utlovat.",
        pledged=kronor(asked.sum),
        asked=kronor(asked.proposal.asked),
    )


def result_sentence(poll: Poll, result: Result | None) -> str:
    """Turnout, and what was chosen where that may be shown; a tie is said to be one."""
    said = _("{count} röstade.", count=of_number(poll.voted, poll.electorate))
    if not poll.has_quorum:
        said += " " + _("Det är färre än de {number} som krävdes.", number=poll.quorum or 0)
    if result is None:
        few = poll.secrecy is Secrecy.ALWAYS and poll.voted < FEWEST_SECRET_BALLOTS
        if few and not poll.is_open:
            said += " " + _("För få för att visa resultatet utan att röja någon.")
        return said
    return f"{said} {chosen_words(poll, result)}"

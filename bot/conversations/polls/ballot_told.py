"""A vote told: the receipt, which of a secret vote holds nothing of what was chosen."""

from collections.abc import Mapping

from bot.conversations.activity_card import shortened
from bot.conversations.polls.buttons import (
    answer_button,
    page_button,
    show_button,
    verb_button,
)
from bot.conversations.polls.closing_offered import offer_closing
from bot.conversations.polls.telling import raise_poll
from bot.conversations.polls.wording import closing, short_title, told
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import Buttons, Card, Part, bold, quiet, text
from bot.language import _
from bot.people import OrganisationId
from bot.polls.poll import Method, Poll, Secrecy


async def voted(
    turn: Turn,
    poll: Poll,
    municipality: OrganisationId | None,
    name: str,
    choices: Mapping[int, int],
) -> Replies:
    """Draw the cards again, and give the receipt."""
    raise_poll(turn, poll)
    await offer_closing(turn, poll)
    if poll.secrecy is Secrecy.ALWAYS:
        return (say(turn, secret_receipt(poll)),)
    whose = name if municipality is not None else None
    return (say(turn, receipt(poll, whose, choices)),)


def secret_receipt(poll: Poll) -> Card:
    """That the vote is counted, and nothing of what it says."""
    said = _("Din röst är räknad. Den är hemlig och kan inte ändras.")
    return Card(
        title=short_title(poll),
        summary=told(poll, said),
        parts=(text(bold(said)), Buttons(buttons=(show_button(poll), page_button(poll)))),
        tone="good",
    )


def receipt(poll: Poll, municipality: str | None, choices: Mapping[int, int]) -> Card:
    """What was voted, for whom, and how to change it."""
    first = _("Din röst är registrerad.")
    if municipality is not None:
        first = _("Rösten för {name} är registrerad.", name=municipality)
    chosen = shortened(choice_words(poll, choices), 1_000)
    parts: list[Part] = [text(bold(first), f" {chosen}")]
    if blank := _blank_times(poll, choices):
        parts.append(text(_("Utan svar: {times}.", times=blank)))
    if poll.secrecy is Secrecy.UNTIL_CLOSING:
        parts.append(quiet(_("Ingen annan ser den förrän omröstningen stängs.")))
    parts.append(quiet(_("Du kan ändra den till och med {day}.", day=closing(poll))))
    change = verb_button(_("Ändra rösten"), poll, "svara")
    parts.append(Buttons(buttons=(change, show_button(poll))))
    return Card(
        title=short_title(poll),
        summary=told(poll, f"{first} {chosen}"),
        parts=tuple(parts),
        tone="good",
    )


def choice_words(poll: Poll, choices: Mapping[int, int]) -> str:
    """The vote in words, the best first."""
    named = {each.id: shortened(each.label, 80) for each in poll.options}
    reverse = poll.method is not Method.RANKING
    order = sorted(choices, key=lambda one: (choices[one], -one), reverse=reverse)
    match poll.method:
        case Method.CHOICE | Method.SEVERAL | Method.BUDGET:
            return ", ".join(named[one] for one in order)
        case Method.DATES:
            return ", ".join(f"{named[one]}: {_can_word(choices[one])}" for one in order)
        case _:
            return ", ".join(f"{named[one]}: {choices[one]}" for one in order)


def _blank_times(poll: Poll, choices: Mapping[int, int]) -> str:
    """The times that the vote says nothing of."""
    if poll.method is not Method.DATES:
        return ""
    left = [shortened(each.label, 80) for each in poll.options if each.id not in choices]
    return ", ".join(left)


def _can_word(value: int) -> str:
    if value == 0:
        return _("kan inte")
    return _("kan") if value > 1 else _("kan vid behov")


def no_secret_words(poll: Poll) -> Card:
    """That a secret vote is not typed in the chat."""
    said = _(
        "En hemlig röst skrivs inte i chatten, för det du skriver här kan andra se. Inget är "
        "räknat eller sparat: rösta i formuläret, och ta bort raden om den står kvar här."
    )
    buttons = Buttons(buttons=(answer_button(poll), show_button(poll)))
    return Card(summary=said, parts=(text(said), buttons), tone="warning")

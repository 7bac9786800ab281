"""The need that a number names, or what is said when there is none."""

from collections.abc import Sequence

from bot.conversations.activity_card import shortened
from bot.conversations.protocol import Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import NotNow
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.conversations.ways_on import help_button
from bot.finding import read_number
from bot.language import _
from bot.needs.need import Need
from bot.needs.reading import need_by_id


async def asked_need(turn: Turn, arguments: Sequence[str]) -> Need | NotNow:
    """The need whose number is the first argument."""
    key = (*arguments, "")[0]
    need = await need_by_id(turn.db, read_number(key))
    return need if need is not None else NotNow((say(turn, no_such_need(key)),))


def no_part_in_it() -> Card:
    """What is said to an administrator, who has no part in the work itself."""
    said = _(
        "Som administratör sköter du systemet. Behov registreras, stöttas och kommenteras av dem "
        "som deltar i arbetet: be någon av dem."
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=(help_button(),))), tone="warning")


def no_such_need(number: str) -> Card:
    """What is said of a number that no need has."""
    said = _("Behov {number} finns inte.", number=shortened(number, 20) or "–")
    every = Button(label=_("Visa alla behov"), press=press("behov", "lista"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(every,))), tone="warning")

"""The application that a number names, or what is said when there is none."""

from collections.abc import Sequence

from bot.applications.application import Application
from bot.applications.reading import application_by_id
from bot.conversations.activity_card import shortened
from bot.conversations.applications.application_card import NAME
from bot.conversations.protocol import Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import NotNow
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.finding import read_number
from bot.language import _


async def asked_application(turn: Turn, arguments: Sequence[str]) -> Application | NotNow:
    """The application whose number is the first argument."""
    key = (*arguments, "")[0]
    found = await application_by_id(turn.db, read_number(key))
    return found if found is not None else NotNow((say(turn, no_such_application(key)),))


def no_such_application(number: str) -> Card:
    """What is said of a number that no application has."""
    said = _("Ansökan {number} finns inte.", number=shortened(number, 20) or "–")
    every = Button(label=_("Visa ansökningar"), press=press(NAME, "lista"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(every,))), tone="warning")

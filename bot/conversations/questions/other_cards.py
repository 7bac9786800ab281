"""What is said when a question is not answered: several readings, outside, none asked."""

from collections.abc import Sequence

from bot.conversations.activity_card import shortened
from bot.conversations.questions.answer_card import NAME
from bot.conversations.views import Button, Buttons, Card, bullets, press, text
from bot.conversations.ways_on import help_button
from bot.language import _
from bot.questions.asking import Answered


def unsure_card(words: str, readings: Sequence[tuple[str, str]]) -> Card:
    """The likeliest readings as buttons: each as told back, with its key."""
    said = _(
        "Jag är inte säker på vad du menar med ”{words}”. Menar du något av det här?",
        words=shortened(words, 200),
    )
    buttons = [Button(label=shortened(told, 75), press=press(NAME, key)) for told, key in readings]
    again = _("Annars: skriv frågan på ett annat sätt, gärna med namnet på aktiviteten.")
    return Card(
        summary=said,
        parts=(text(said), Buttons(buttons=(*buttons, help_button())), text(again)),
        tone="warning",
    )


def declined_card(declined: Answered) -> Card:
    """That the question is not answered, and what is."""
    ways = Buttons(buttons=(*declined.buttons, help_button()))
    return Card(
        summary=declined.said, parts=(text(declined.said), *declined.parts, ways), tone="warning"
    )


def ask_me_card() -> Card:
    """What can be asked, for somebody who asked nothing yet."""
    said = _("Fråga mig med egna ord, till exempel:")
    first = _("Hur går det inom Kompetens?")
    asked = bullets(
        first,
        _("Vilka har inte rapporterat den här veckan?"),
        _("Vad ska vara klart i maj?"),
        _("Hur mycket pengar saknas totalt?"),
        _("Vad behöver styrgruppen besluta om?"),
    )
    onwards = _(
        "Gå vidare från svaret med ”och i Hjo?”, ”bara de röda”, ”mer” eller ”varför?”. "
        "Att fråga ändrar aldrig något."
    )
    return Card(
        title=_("Fråga på svenska"),
        summary=f"{said} {first}",
        parts=(text(said), asked, text(onwards)),
    )


def question_is_gone() -> Card:
    """What is said of a button whose question can no longer be asked."""
    said = _("Den frågan går inte att ställa längre. Skriv den igen med egna ord.")
    return Card(summary=said, parts=(text(said),))

"""Ways on for whoever is stuck: buttons, which are heard everywhere, as a bare word is not."""

from bot.conversations.protocol import Refusal
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.language import _


def help_button() -> Button:
    """To what one can do."""
    return Button(label=_("Hjälp"), press=press("hjalp"))


def all_activities_button() -> Button:
    """To everything in the plan."""
    return Button(label=_("Alla aktiviteter"), press=press("aktiviteter"))


def refusal_card(refusal: Refusal) -> Card:
    """Why somebody may not, who may, and what everybody may."""
    ways = Buttons(buttons=(all_activities_button(), help_button()))
    return Card(summary=refusal.text, parts=(text(refusal.text), ways), tone="warning")


def stuck(said: str) -> Card:
    """Words about something that is there no longer, with the way to help."""
    told = said + " " + _("Tryck på Hjälp så ser du vad du kan göra.")
    return Card(summary=told, parts=(text(told), Buttons(buttons=(help_button(),))), tone="warning")

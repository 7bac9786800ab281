"""A field for a link: what stands at it when that leads nowhere."""

from bot.conversations.steps import Answers
from bot.language import _
from bot.links import is_link


def check_link(answers: Answers) -> dict[str, str]:
    """A link leads to a page."""
    words = answers.get("link")
    if not words or is_link(words):
        return {}
    return {"link": _("Skriv hela adressen, till exempel https://…")}

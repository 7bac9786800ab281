"""What is said when something could not be taken in: nothing is changed, and what to do."""

from bot.conversations.protocol import Doing, Submitted, Words
from bot.conversations.views import Card, Part, quiet, text
from bot.language import _

GIVEN_BACK = 2_000
"""Characters of what was typed that are given back, to be copied and sent again."""


def not_saved(doing: Doing) -> Card:
    """The person is to try again; words typed are given back, a form keeps its own."""
    said = _("Det gick inte att spara just nu, och inget är ändrat. Försök igen om en stund.")
    kept = _kept(doing)
    parts: list[Part] = [text(said), *([quiet(kept)] if kept else [])]
    return Card(summary=f"{said} {kept}".strip(), parts=tuple(parts), tone="warning")


def _kept(doing: Doing) -> str:
    match doing:
        case Words(text=words) if words:
            return _("Du skrev: {words}", words=words[:GIVEN_BACK])
        case Submitted():
            return _("Det du skrev står kvar i formuläret.")
        case _:
            return ""


def not_known_now() -> Card:
    """It cannot be seen just now who somebody is."""
    said = _("Jag kan inte se vem du är just nu. Försök igen om en stund.")
    return Card(summary=said, parts=(text(said),), tone="warning")

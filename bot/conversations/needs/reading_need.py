"""What a line says of a need, and a line given back to whoever typed it."""

import re

from bot.conversations.activity_card import shortened
from bot.conversations.views import Part, text
from bot.needs.need import TITLE_LENGTH, Wanted

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_OF = re.compile(r"^av\s+", re.IGNORECASE)


def from_line(said: str) -> Wanted:
    """A need as a line says it: its first sentence is the title."""
    words = _OF.sub("", said.strip())
    words = words[:1].upper() + words[1:]
    first = _SENTENCE.split(words, maxsplit=1)[0]
    return Wanted(title=shortened(first.rstrip("."), TITLE_LENGTH), description=words)


def in_pieces(said: str) -> list[Part]:
    """The line in parts that every platform has room for."""
    return [text(said[at : at + 2_900]) for at in range(0, min(len(said), 8_700), 2_900)]

"""The bot called by its name, as it must be in a channel, where people also talk to each other."""

import re
from dataclasses import dataclass

from bot.finding import plain

CALLED = ("samspel", "@samspel", "/samspel")
GREETINGS = frozenset(
    [
        "hej",
        "hejsan",
        "halla",
        "tja",
        "tjena",
        "tjenare",
        "god",
        "godmorgon",
        "morgon",
        "hello",
        "hi",
        "hey",
    ]
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Line:
    """A typed line: what it says, whether it calls the bot by its name, and whether it greets."""

    words: str
    called: bool = False
    greets: bool = False

    @property
    def first(self) -> str:
        """The first word, without what stands after it; empty when there is none."""
        word = _parted(self.words)[0]
        return word.strip(",:!?") or word

    @property
    def rest(self) -> str:
        """The words after the first."""
        return _parted(self.words)[1]


def read_line(said: str) -> Line:
    """The line without the bot's name and words of greeting at its beginning."""
    words, called, greets = said.strip(), False, False
    while words:
        first, rest = _parted(words)
        word = plain(first).rstrip(",:!.")
        if word not in CALLED and word not in GREETINGS:
            break
        called, greets = called or word in CALLED, greets or word in GREETINGS
        words = rest
    return Line(words, called, greets)


def _parted(words: str) -> tuple[str, str]:
    first, *rest = _SPACE.split(words, maxsplit=1)
    return first, (*rest, "")[0].strip()


def to_write(words: str, *, in_channel: bool) -> str:
    """How the words are to be written so that the bot hears them there."""
    return f"@samspel {words}" if in_channel else words

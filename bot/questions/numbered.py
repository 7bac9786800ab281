"""Needs, assignments, polls and applications that are named by their number: `behov 12`."""

import re

from bot.finding import plain

MOST = 3
_THINGS = {
    "behov": "behov",
    "uppdrag": "uppdrag",
    "omrostning": "rosta",
    "ansokan": "ansokan",
    "ansokning": "ansokan",
}
"""What people say, and the conversation that shows one."""

_GOES_ON = """
och eller men ut till nu just an idag ligger star gar ar har blir i pa om for hos med som av fran
vantar da egentligen fortfarande kommit behandlas avgors stangde stanger slutade gick
"""
_NUMBER = r"(?!20\d\d(?!\d))\d{1,6}(?![\d:/-])"
"""No year, and no day as in 3/4 and 3:e."""

_NUMBERED = re.compile(
    rf"\b({'|'.join(_THINGS)})(?:et|en)?\s*(?:nr\.?|nummer|#)?\s*"
    rf"({_NUMBER}(?:\s*(?:,|och)\s*{_NUMBER})*)"
    rf"(?=\s*(?:$|[?.!,;)])|\s+(?:{'|'.join(_GOES_ON.split())})\b)"
)
"""What comes after tells a number from how many there are: `vilka behov 15 kommuner stöder`."""


def numbered(said: str) -> list[tuple[str, int]]:
    """The things that are named so, in their order: the conversation that shows one, and the
    number; at most the first few."""
    found = [
        (_THINGS[match[1]], int(number))
        for match in _NUMBERED.finditer(plain(said))
        for number in re.findall(r"\d+", match[2])
    ]
    return list(dict.fromkeys(found))[:MOST]

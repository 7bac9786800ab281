"""The poll that a number names, or what is said when there is none."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from bot.conversations.activity_card import shortened
from bot.conversations.polls.buttons import NAME
from bot.conversations.protocol import Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import NotNow
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.finding import plain, read_number
from bot.language import _
from bot.polls.poll import Poll
from bot.polls.reading import poll_by_number

T = TypeVar("T")
_AND = re.compile(r"^(?:,|och\b|&)\s*", re.IGNORECASE)


def name_first(known: Iterable[tuple[T, str]], words: str) -> tuple[T | None, str]:
    """The one whose name the words begin with, and what stands after it; the longest name first."""
    said = plain(words)
    for one, name in sorted(known, key=lambda each: -len(each[1])):
        for form in (plain(name), plain(name) + "s"):
            if said == form or said.startswith((form + " ", form + ":", form + ",")):
                return one, words[len(form) :].strip(" :")
    return None, words


def names_first(known: Mapping[str, str], words: str) -> tuple[list[str], str]:
    """All whose names the words begin with, `Hjo, Tibro och Skara`, and what stands after them."""
    found: list[str] = []
    # What is said of one beside the name is not part of it: "Hjo (väntar på beslut)".
    names = [(key, name.partition(" (")[0]) for key, name in known.items()]
    left = words
    while True:
        one, rest = name_first(names, left)
        if one is None:
            return found, left if not found else left.lstrip(" :,")
        found.append(one)
        left = _AND.sub("", rest)


async def asked_poll(turn: Turn, arguments: Sequence[str]) -> Poll | NotNow:
    """The poll whose number is the first argument."""
    key = (*arguments, "")[0]
    poll = await poll_by_number(turn.db, read_number(key))
    return poll if poll is not None else NotNow((say(turn, no_such_poll(key)),))


def no_such_poll(number: str) -> Card:
    """What is said of a number that no poll has."""
    said = _("Omröstning {number} finns inte.", number=shortened(number, 20) or "–")
    every = Button(label=_("Visa alla omröstningar"), press=press(NAME, "lista"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(every,))), tone="warning")

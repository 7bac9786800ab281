"""The one reminder of a day: each thing with what one can do about it."""

from collections.abc import Sequence
from datetime import date

from bot.conversations.reminders.wording import (
    NAME,
    in_words_of_another,
    later,
    line,
    other_ways,
    ways,
)
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Divider,
    Part,
    bullets,
    press,
    quiet,
    text,
)
from bot.language import _, ngettext
from bot.reminding.things import Thing

IN_FULL = 8
"""Things with buttons of their own; those beyond are a line each, and a press away."""

LINES = 20


def reminder_card(things: Sequence[Thing], today: date) -> Card:
    """Of those things, in their order."""
    lines = [line(each, today) for each in things]
    parts: list[Part] = []
    for thing, words in zip(things[:IN_FULL], lines, strict=False):
        parts += _thing(thing, words)
    if beyond := lines[IN_FULL:]:
        parts.append(text(_("Också:")))
        parts.append(bullets(*beyond[:LINES]))
    if len(lines) > IN_FULL + LINES:
        left = len(lines) - IN_FULL - LINES
        parts.append(quiet(ngettext("… och {n} till.", "… och {n} till.", left)))
    if len(things) > IN_FULL:
        rest = press(NAME, "resten", things[IN_FULL - 1].key)
        parts.append(Buttons(buttons=(Button(label=_("Visa resten"), press=rest),)))
    parts += (Divider(), Buttons(buttons=_all(things)))
    count = ngettext("{n} sak att göra", "{n} saker att göra", len(lines))
    return Card(
        title=_("Påminnelse: {count}", count=count),
        summary=_summary(lines),
        parts=tuple(parts),
    )


def _thing(thing: Thing, words: str) -> tuple[Part, ...]:
    stands_in = in_words_of_another(thing)
    said = (text(words), quiet(stands_in)) if stands_in else (text(words),)
    buttons = (*ways(thing), later(thing))
    return (*said, Buttons(buttons=buttons, overflow=other_ways(thing)))


def _all(things: Sequence[Thing]) -> tuple[Button, ...]:
    """What one can do about all of it."""
    away = Button(label=_("Jag är borta"), press=press("formular", "borta"))
    settings = Button(label=_("Tider för påminnelser"), press=press("installningar"))
    if len(things) < 2:
        return (away, settings)
    return (Button(label=_("Allt senare"), press=press(NAME, "allt_senare")), away, settings)


def _summary(lines: Sequence[str]) -> str:
    """As much as a notification has room for."""
    told: list[str] = []
    for each in lines:
        if sum(map(len, told)) + len(each) > 1_500:
            told.append("…")
            break
        told.append(each)
    return " ".join(told)

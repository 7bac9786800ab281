"""A digest as it is read: from its material to cards, and to plain text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.forms import read_card, stored
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Heading,
    Paragraph,
    Part,
    bullets,
    card_characters,
    press,
    quiet,
    spans,
    text,
)
from bot.digests.gather import Material
from bot.digests.naming import is_month, title_of
from bot.digests.passage import Passage
from bot.digests.sections import sections_of
from bot.digests.sections.decisions import asked_for
from bot.digests.sections.overdue import missing
from bot.digests.sections.statuses import in_words, reported
from bot.digests.wording import long_day, moment
from bot.language import _, ngettext, speaking
from bot.plain_text import plain_text

PAGE_CHARACTERS = 7_000
PAGE_PARTS = 30
"""Well within a card's limits, since another language may need more room on the same page."""

LEAST_FILLED = 1 / 3
"""Of a page that is turned before a section rather than within it."""

LONGEST_TITLE = 130
"""Characters, so that the page's number has room after them."""

USUAL_SPAN = timedelta(days=10)
"""A week, and what holidays may add to it."""

USUAL_MONTH = timedelta(days=38)
"""A month, and what holidays may add to it."""


@dataclass(frozen=True)
class Letter:
    """A digest to be sent: its cards in order, what the next one need not say in full, and whether
    anything in it is new."""

    cards: tuple[Card, ...]
    told: Mapping[str, str]
    has_news: bool = True


def compose(material: Material) -> Letter:
    """The digest in the language spoken now; as many cards in every language."""
    with speaking("sv"):
        turns = pages(_parts(material, _passages(material)))
    passages = _passages(material)
    parts = _parts(material, passages)
    cards = tuple(
        _card(material, tuple(parts[page]), number, len(turns))
        for number, page in enumerate(turns, 1)
    )
    told = {key: value for each in passages for key, value in each.told.items()}
    return Letter(cards, told, any(each.news for each in passages))


def as_text(cards: Sequence[Card], address: str | None = None) -> str:
    """The digest as plain text; `address` is where its links lead, when that is known."""
    return "\n\n".join(plain_text(card, address) for card in cards)


def stored_letter(cards: Sequence[Card]) -> dict[str, Any]:
    """The cards as JSON for `digests.view`."""
    return {"cards": [stored(card) for card in cards]}


def read_letter(view: Mapping[str, Any]) -> tuple[Card, ...]:
    """The cards that `stored_letter` kept."""
    return tuple(read_card(each) for each in view["cards"])


def _passages(material: Material) -> list[Passage]:
    return [section.says(material) for section in sections_of(material)]


def _parts(material: Material, passages: Sequence[Passage]) -> list[Part]:
    opening = _opening(material)
    if any(each.news for each in passages):
        said = [part for each in passages for part in _whole(each)]
    else:
        said = _nothing_new(material, passages)
    return [*opening, *said, Buttons(buttons=(_show_all(),))]


def _show_all() -> Button:
    return Button(label=_("Visa alla aktiviteter"), press=press("aktiviteter"))


def _whole(passage: Passage) -> list[Part]:
    said: list[Part] = list(passage.parts)
    if passage.remains:
        said.append(Paragraph(spans=spans(*passage.remains, "."), quiet=bool(passage.parts)))
    return [Heading(text=passage.heading), *said] if said and passage.heading else said


def _nothing_new(material: Material, passages: Sequence[Passage]) -> list[Part]:
    """What is asked for stays; the rest is a line each."""
    parts: list[Part] = [
        text(
            _("Inget nytt sedan förra brevet.")
            if material.after
            else _("Det finns inget att berätta än.")
        ),
        text(in_words(material) + ".", " ", reported(material)),
    ]
    for each in passages:
        if each.lasting:
            parts += _whole(each)
    if remaining := [(*each.remains, ".") for each in passages if each.remains]:
        parts += [Heading(text=_("Som förut")), bullets(*remaining)]
    return parts


def _opening(material: Material) -> list[Part]:
    """What it covers, and that it is late or not sent, when it is."""
    covers = _(
        "Läget {cut_off}. Här står vad som har hänt sedan {since}.",
        cut_off=moment(material.cut_off),
        since=moment(material.covers_from),
    )
    opening: list[Part] = []
    if material.preview:
        opening.append(text(_("Det här är en förhandsvisning. Brevet är inte skickat.")))
    if material.late:
        opening.append(
            text(
                _(
                    "Det här brevet är försenat. Det kom ut {when} i stället för {due}, och "
                    "visar läget som det var då det skulle ha kommit.",
                    due=moment(material.cut_off),
                    when=moment(material.made_at),
                )
            )
        )
    usual = USUAL_MONTH if is_month(material.period) else USUAL_SPAN
    if material.after and material.cut_off - material.covers_from > usual:
        since = long_day(in_stockholm(material.covers_from).date(), material.today)
        covers += _(" Inget brev har kommit ut sedan {since}.", since=since)
    return [*opening, quiet(covers)]


def pages(parts: Sequence[Part]) -> list[slice]:
    """Where to turn the page: before a heading where one stands well into the page, and never
    between a heading and what it heads."""
    found: list[slice] = []
    start = 0
    for at in range(len(parts)):
        if at > start and _filling(parts[start : at + 1]) > 1:
            turn = _turn(parts, start, at)
            found.append(slice(start, turn))
            start = turn
    return [*found, slice(start, len(parts))]


def _turn(parts: Sequence[Part], start: int, at: int) -> int:
    """Where the page that begins at `start` ends, which has no room for the part at `at`."""
    headings = [n for n in range(start + 1, at + 1) if isinstance(parts[n], Heading)]
    if headings and _filling(parts[start : headings[-1]]) > LEAST_FILLED:
        return headings[-1]
    return at - 1 if isinstance(parts[at - 1], Heading) and at - 1 > start else at


def _filling(parts: Sequence[Part]) -> float:
    """How much of a page the parts fill; above 1 they have no room on it."""
    characters = sum(_length(each) for each in parts)
    return max(len(parts) / PAGE_PARTS, characters / PAGE_CHARACTERS)


def _length(part: Part) -> int:
    return card_characters(Card(summary="-", parts=(part,)))


def whole_title(material: Material) -> str:
    """What the digest is called, whatever its pages."""
    period = material.period or str(material.week)
    return shortened(title_of(material.reader, period, material.name), LONGEST_TITLE)


def _card(material: Material, parts: tuple[Part, ...], number: int, of: int) -> Card:
    title = whole_title(material)
    if of > 1:
        title = _("{title} ({number} av {of})", title=title, number=number, of=of)
    summary = _summary(material, title) if number == 1 else title + "."
    return Card(title=title, summary=summary, parts=parts)


def _summary(material: Material, title: str) -> str:
    """One breath: what it is, how many stand how, what waits."""
    waiting = len(asked_for(material))
    late = missing(material)
    said = [f"{title}.", in_words(material) + "."]
    if material.late:
        said.append(_("Brevet är försenat."))
    if waiting:
        said.append(ngettext("{n} beslut väntar.", "{n} beslut väntar.", waiting))
    if late:
        said.append(ngettext("{n} rapport dröjer.", "{n} rapporter dröjer.", late))
    return " ".join(said)

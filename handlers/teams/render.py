"""Cards as Adaptive Cards 1.5: an exhaustive match over the parts.

The limits of Teams hold whatever the card: a table or chart that has no room is drawn more simply,
and what has no room at all is told of.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from microsoft_teams.cards.core import (
    AdaptiveCard,
    CardElement,
    Container,
    ContainerStyle,
    Fact,
    FactSet,
    Mention,
    TextBlock,
)

from bot.conversations.forms import Home
from bot.conversations.views import (
    Bullets,
    Buttons,
    Card,
    Chart,
    Divider,
    Facts,
    Heading,
    Paragraph,
    Part,
    Picture,
    Progress,
    Table,
)
from handlers.drawn import bar, words_of
from handlers.teams.buttons import Way, draw_buttons
from handlers.teams.canvas import Canvas
from handlers.teams.charts import draw_chart, draw_picture
from handlers.teams.fitting import as_json, cut, fits
from handlers.teams.limits import SUMMARY
from handlers.teams.tables import draw_table
from handlers.teams.texts import bullet_list, either, lines, paragraph, plain, strong

SCHEMA, VERSION = "http://adaptivecards.io/schemas/adaptive-card.json", "1.5"

TONES: dict[str, ContainerStyle] = {"good": "good", "warning": "warning", "bad": "attention"}
"""A hint beside the words, which say it."""


TOGETHER = "\u00a0"
"""Between a bar and its count, which stay on one line."""


@dataclass(frozen=True)
class Room:
    """What a card has room for: tables as lines of text, charts by their words alone."""

    brief_tables: bool = False
    brief_charts: bool = False


ROOMS = (Room(), Room(brief_tables=True), Room(brief_tables=True, brief_charts=True))
"""From what is best to what takes least."""


def draw_card(card: Card, canvas: Canvas) -> AdaptiveCard:
    """The card, within what an activity may hold."""
    summary = summary_of(card)
    body: list[CardElement] = []
    for room in ROOMS:
        body = _body(card, canvas, room)
        drawn = framed(body, card.parts, canvas, summary)
        if fits(drawn, summary):
            return drawn
    return cut(body, lambda kept: framed(kept, card.parts, canvas, summary), summary)


def draw_home(home: Home, canvas: Canvas) -> list[AdaptiveCard]:
    """A person's own page: Teams has none for a bot, so each of its cards is a message."""
    return [draw_card(card, canvas) for card in home.cards]


def summary_of(card: Card) -> str:
    """The words of notifications, and of clients that cannot draw the card."""
    return shortened(words_of(card))


def shortened(words: str) -> str:
    """`words` in one line, as many as a notification has use for."""
    line = plain(" ".join(words.split()))
    return line if len(line) <= SUMMARY else f"{line[: SUMMARY - 1]}…"


def framed(
    body: Sequence[CardElement], parts: Sequence[Part], canvas: Canvas, summary: str
) -> AdaptiveCard:
    """The body in a card that says its version and whom it mentions."""
    teams: dict[str, Any] = {}
    if any(isinstance(part, Chart | Table) for part in parts):
        teams["width"] = "full"
    if called := _called(body, parts, canvas):
        teams["entities"] = called
    return AdaptiveCard.model_validate(
        {
            "$schema": SCHEMA,
            "version": VERSION,
            "fallbackText": either(summary),
            "body": list(body),
            "msteams": teams or None,
        }
    )


def _called(body: Sequence[CardElement], parts: Sequence[Part], canvas: Canvas) -> list[Mention]:
    """Whom the body mentions: Teams refuses a mention whose text stands nowhere."""
    mentions = list(_mentions(parts, canvas))
    if not mentions:
        return []
    said = json.dumps([as_json(each) for each in body], ensure_ascii=False)
    return [each for each in mentions if each.text and each.text in said]


def _mentions(parts: Sequence[Part], canvas: Canvas) -> Iterator[Mention]:
    people: dict[int, None] = {}
    for part in parts:
        lists = part.items if isinstance(part, Bullets) else ()
        words = part.spans if isinstance(part, Paragraph) else (s for each in lists for s in each)
        people |= {s.person_id: None for s in words if s.person_id is not None and s.text.strip()}
    for person_id in people:
        if mention := canvas.mention(person_id):
            yield mention


def _body(card: Card, canvas: Canvas, room: Room) -> list[CardElement]:
    body = list(draw_title(card.title, TONES.get(card.tone)))
    body += draw_parts(card.parts, canvas, room)
    if not card.parts and card.summary != card.title:
        body.append(TextBlock(text=lines(card.summary), wrap=True))
    return body


def draw_title(title: str, style: ContainerStyle | None = None) -> Iterator[CardElement]:
    """The words on top, in a colour that goes with them; nothing for an empty title."""
    if not title:
        return
    head = TextBlock(text=lines(title), wrap=True, size="Large", weight="Bolder", style="heading")
    yield Container(items=[head], style=style, bleed=True) if style else head


def draw_parts(
    parts: Sequence[Part], canvas: Canvas, room: Room, way: Way = "execute"
) -> list[CardElement]:
    """Parts in order; a divider is a line above what follows it."""
    drawn: list[CardElement] = []
    divided = False
    for part in parts:
        if isinstance(part, Divider):
            divided = True
            continue
        elements = list(draw_part(part, canvas, room, way))
        if divided and elements:
            parted = {"separator": True, "spacing": "Large"}
            elements[0] = elements[0].model_copy(update=parted)
            divided = False
        drawn += elements
    return drawn


def draw_part(part: Part, canvas: Canvas, room: Room, way: Way) -> Iterator[CardElement]:
    """One part of a card or of a form's introduction."""
    match part:
        case Heading(text=words):
            yield TextBlock(
                text=lines(words), wrap=True, size="Medium", weight="Bolder", style="heading"
            )
        case Paragraph():
            if words := paragraph(part.spans, canvas):
                yield _quietly(words) if part.quiet else TextBlock(text=words, wrap=True)
        case Bullets(items=items):
            if words := bullet_list(items, canvas):
                yield TextBlock(text=words, wrap=True)
        case Facts(facts=pairs):
            yield FactSet(
                facts=[Fact(title=lines(each.label), value=lines(each.value)) for each in pairs]
            )
        case Table():
            yield from draw_table(part, brief=room.brief_tables)
        case Progress():
            yield TextBlock(text=f"{strong(part.label)} {bar(part, between=TOGETHER)}", wrap=True)
        case Chart():
            yield from draw_chart(part, canvas, brief=room.brief_charts)
        case Picture(file_id=file_id, alternative=alternative):
            yield draw_picture(canvas.picture(file_id), alternative)
        case Buttons():
            yield from draw_buttons(part, canvas, way)
        case Divider():
            return
        case _:
            assert_never(part)


def _quietly(words: str) -> TextBlock:
    return TextBlock(text=words, wrap=True, is_subtle=True, size="Small")

"""Cards as Block Kit: an exhaustive match over the parts.

What people typed goes into rich text and plain text only, which Slack does not read as markup; the
fallback text, which it does, is escaped. Slack's limits hold whatever the card: a chart or table
that has no room is drawn more simply, and what has no room at all is told of.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, assert_never
from uuid import UUID

from slackblocks import (
    ActionsBlock,
    Block,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    RichTextBlock,
)
from slackblocks import Button as SlackButton
from slackblocks.elements import Element, OverflowMenu
from slackblocks.objects import Option
from slackblocks.rich_text.elements import RichText
from slackblocks.rich_text.objects import RichTextSection

from bot.conversations.views import (
    Bullets,
    Button,
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
from handlers.slack.canvas import Canvas
from handlers.slack.fitting import fits, fitted
from handlers.slack.render_data import Room, Surface, draw_chart, draw_picture, draw_table
from handlers.slack.texts import (
    bullet_list,
    fallback_text,
    pairs,
    plain,
    quiet_words,
    rich,
    spans,
    strong,
)

PRESS = "press"
"""The action id of buttons that press, before their place in the view."""

LINK = "open"
"""The value of a choice that only leads somewhere."""


def draw_message(card: Card, canvas: Canvas) -> dict[str, Any]:
    """`text` and `blocks` of chat.postMessage and chat.update, within what a message may hold."""
    blocks: list[dict[str, Any]] = []
    for room in (Room(), Room(charts=0), Room(charts=0, brief=True)):
        blocks = blocks_of(draw_card(card, canvas, "message", room))
        if fits(blocks):
            break
    return {"text": fallback(card), "blocks": fitted(blocks)}


def blocks_of(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """As JSON. A block without an id gets its place: the same view is the same bytes."""
    return [_placed(json.loads(repr(block)), number) for number, block in enumerate(blocks)]


def _placed(block: dict[str, Any], number: int) -> dict[str, Any]:
    try:
        UUID(block["block_id"])
    except ValueError:
        return block
    return block | {"block_id": f"b{number}"}


def fallback(card: Card) -> str:
    """The words of notifications and screen readers: nobody is called, nothing links."""
    return fallback_text(words_of(card))


def draw_card(
    card: Card, canvas: Canvas, surface: Surface, room: Room | None = None
) -> list[Block]:
    """The card as blocks, its title first. `room`: what is left in the message or view."""
    room = room or Room()
    blocks: list[Block] = [HeaderBlock(plain(card.title))] if card.title else []
    for number, part in enumerate(card.parts):
        blocks += draw_part(part, canvas, surface, number, room)
    if not card.parts and card.summary != card.title:
        blocks.append(rich([RichText(card.summary)]))
    return blocks


def draw_part(
    part: Part, canvas: Canvas, surface: Surface, number: int, room: Room
) -> Iterator[Block]:
    """One part of a card or of a form's introduction; `number` is its place, for action ids."""
    match part:
        case Heading(text=words):
            yield HeaderBlock(plain(words))
        case Paragraph():
            yield _paragraph(part, canvas)
        case Bullets(items=items):
            lines = [RichTextSection(drawn) for item in items if (drawn := spans(item, canvas))]
            if lines:
                yield bullet_list(lines)
        case Facts(facts=facts):
            yield RichTextBlock([pairs((fact.label, fact.value) for fact in facts)])
        case Table():
            yield from draw_table(part, canvas, surface, room)
        case Progress():
            yield rich([strong(f"{part.label} "), RichText(bar(part))])
        case Chart():
            yield from draw_chart(part, canvas, surface, room)
        case Picture(file_id=file_id, alternative=alternative):
            yield draw_picture(canvas.files.get(file_id), alternative)
        case Buttons():
            yield from _buttons(part, canvas, number)
        case Divider():
            yield DividerBlock()
        case _:
            assert_never(part)


def _paragraph(paragraph: Paragraph, canvas: Canvas) -> Block:
    if paragraph.quiet and not any(span.href or span.person_id for span in paragraph.spans):
        return quiet_words("".join(span.text for span in paragraph.spans))
    return rich(spans(paragraph.spans, canvas))


def _buttons(buttons: Buttons, canvas: Canvas, number: int) -> Iterator[Block]:
    elements: list[Element] = []
    words: list[str] = []
    for at, each in enumerate(buttons.buttons):
        drawn = _button(each, canvas, f"{number}.{at}")
        if drawn is None:
            words.append(each.label)
        else:
            elements.append(drawn)
    options = [option for each in buttons.overflow if (option := _option(each, canvas)) is not None]
    words += [each.label for each in buttons.overflow if _option(each, canvas) is None]
    if options:
        elements.append(OverflowMenu(f"{PRESS}.{number}.more", options))
    if elements:
        yield ActionsBlock(elements)
    if words:
        yield ContextBlock([plain(" · ".join(words))])


def _button(button: Button, canvas: Canvas, place: str) -> SlackButton | None:
    style = None if button.style == "default" else button.style
    if button.press is not None:
        value = button.press.encoded()
        return SlackButton(plain(button.label), f"{PRESS}.{place}", value=value, style=style)
    url = canvas.address(button.href or "")
    if url is None:
        return None
    return SlackButton(plain(button.label), f"open.{place}", url=url, style=style)


def _option(button: Button, canvas: Canvas) -> Option | None:
    if button.press is not None:
        return Option(plain(button.label), button.press.encoded())
    url = canvas.address(button.href or "")
    return Option(plain(button.label), LINK, url=url) if url is not None else None

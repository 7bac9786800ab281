"""Cards as Block Kit: an exhaustive match over the parts.

What people typed goes into rich text and plain text only, which Slack does not read as markup; the
fallback text, which it does, is escaped.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, assert_never
from uuid import UUID

from slackblocks import (
    ActionsBlock,
    Block,
    ContextBlock,
    DataTableBlock,
    DataVisualizationBlock,
    DividerBlock,
    HeaderBlock,
    ImageBlock,
    RichTextBlock,
    Text,
)
from slackblocks import Button as SlackButton
from slackblocks.elements import Element, OverflowMenu
from slackblocks.objects import (
    AxisConfig,
    BarChart,
    DataPoint,
    DataSeries,
    LineChart,
    Option,
    RawNumber,
    RawText,
    SlackFile,
    TextType,
)
from slackblocks.rich_text.elements import (
    RichText,
    RichTextElement,
    RichTextLink,
    RichTextUser,
)
from slackblocks.rich_text.objects import RichTextList, RichTextSection

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
    Span,
    Table,
)
from handlers.slack.canvas import Canvas
from handlers.slack.limits import FALLBACK_TEXT

Surface = Literal["message", "home", "modal"]
PRESS = "press"
"""The action id of buttons that press, before their place in the view."""

BAR = 10
"""Squares of a progress bar."""


def draw_message(card: Card, canvas: Canvas) -> dict[str, Any]:
    """`text` and `blocks` of chat.postMessage and chat.update."""
    return {"text": fallback(card), "blocks": blocks_of(draw_card(card, canvas, "message"))}


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
    words = card.summary if card.title in card.summary else f"{card.title}. {card.summary}"
    return escaped(words[:FALLBACK_TEXT])


def escaped(words: str) -> str:
    """Typed words for a text that Slack reads as markup.

    `&`, `<` and `>` as Slack's page on formatting asks; a zero-width space keeps the rest from
    being read as bold, italics, struck or code.
    """
    plain = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark in "*_~`":
        plain = plain.replace(mark, f"\u200b{mark}\u200b")
    return plain


def draw_card(card: Card, canvas: Canvas, surface: Surface) -> list[Block]:
    """The card as blocks, its title first."""
    blocks: list[Block] = [HeaderBlock(plain(card.title))] if card.title else []
    for number, part in enumerate(card.parts):
        blocks += draw_part(part, canvas, surface, number)
    if not card.parts and card.summary != card.title:
        blocks.append(_rich([RichText(card.summary)]))
    return blocks


def draw_part(part: Part, canvas: Canvas, surface: Surface, number: int) -> Iterator[Block]:
    """One part of a card or of a form's introduction; `number` is its place, for action ids."""
    match part:
        case Heading(text=words):
            yield HeaderBlock(plain(words))
        case Paragraph(spans=spans, quiet=quiet):
            if quiet and not any(span.href or span.person_id for span in spans):
                yield ContextBlock([plain("".join(span.text for span in spans))])
            else:
                yield _rich([_span(span, canvas) for span in spans])
        case Bullets(items=items):
            lines = [RichTextSection([_span(span, canvas) for span in item]) for item in items]
            yield RichTextBlock([RichTextList(style="bullet", elements=lines)])
        case Facts(facts=facts):
            yield RichTextBlock([_pairs((fact.label, fact.value) for fact in facts)])
        case Table():
            yield from _table(part, canvas, surface)
        case Progress():
            yield _rich([RichText(f"{part.label} ", bold=True), RichText(_bar(part))])
        case Chart():
            yield from _chart(part, canvas, surface)
        case Picture(file_id=file_id, alternative=alternative):
            yield _picture(canvas.files.get(file_id), alternative)
        case Buttons():
            yield from _buttons(part, canvas, number)
        case Divider():
            yield DividerBlock()
        case _:
            assert_never(part)


def plain(words: str) -> Text:
    """Words that Slack shows letter by letter."""
    return Text(words, type_=TextType.PLAINTEXT, emoji=False)


def _rich(elements: list[RichTextElement]) -> RichTextBlock:
    return RichTextBlock([RichTextSection(elements)])


def _span(span: Span, canvas: Canvas) -> RichTextElement:
    bold, italic = span.style == "bold" or None, span.style == "italic" or None
    if span.person_id is not None and span.person_id in canvas.users:
        return RichTextUser(canvas.users[span.person_id])
    address = canvas.address(span.href) if span.href is not None else None
    if address is not None:
        return RichTextLink(address, span.text, bold=bold, italic=italic)
    return RichText(span.text, bold=bold, italic=italic)


def _pairs(pairs: Iterable[tuple[str, str]]) -> RichTextSection:
    """Labels with values, a line each."""
    words: list[RichTextElement] = []
    for label, value in pairs:
        words += [RichText(f"{label}: ", bold=True), RichText(f"{value}\n")]
    return RichTextSection(words)


def _bar(progress: Progress) -> str:
    share = min(progress.done, progress.of) / progress.of
    filled = round(share * BAR)
    return f"{'▓' * filled}{'░' * (BAR - filled)} {progress.done}/{progress.of}"


def _table(table: Table, canvas: Canvas, surface: Surface) -> Iterator[Block]:
    if surface == "modal" or not canvas.native_tables:
        rows_of_words = [_pairs(zip(table.columns, row, strict=True)) for row in table.rows]
        yield RichTextBlock([RichTextSection([RichText(table.caption, bold=True)]), *rows_of_words])
        return
    head: list[RawText | RawNumber | RichTextBlock] = [RawText(name) for name in table.columns]
    rows = [[_cell(cell, n in table.numeric) for n, cell in enumerate(row)] for row in table.rows]
    yield DataTableBlock([head, *rows], table.caption, page_size=min(max(len(rows), 1), 20))


def _cell(cell: str, numeric: bool) -> RawText | RawNumber | RichTextBlock:
    digits = cell.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").removesuffix("kr")
    if numeric and digits.removeprefix("-").isascii() and digits.removeprefix("-").isdigit():
        return RawNumber(int(digits), cell)
    return RawText(cell)


def _chart(chart: Chart, canvas: Canvas, surface: Surface) -> Iterator[Block]:
    if surface != "modal" and canvas.native_charts and _drawable(chart):
        categories = list(chart.categories)
        series = [
            DataSeries(
                one.name, [DataPoint(*pair) for pair in zip(categories, one.values, strict=True)]
            )
            for one in chart.series
        ]
        kind = LineChart if chart.form == "line" else BarChart
        yield DataVisualizationBlock(chart.title, kind(series, AxisConfig(categories)))
    elif surface != "modal" and chart in canvas.charts:
        yield _picture(canvas.charts[chart], chart.alternative)
    else:
        yield RichTextBlock(
            [
                RichTextSection([RichText(chart.title, bold=True)]),
                *(
                    _pairs(
                        (f"{one.name}, {category}", str(value))
                        for category, value in zip(chart.categories, one.values, strict=True)
                    )
                    for one in chart.series
                ),
            ]
        )
    yield ContextBlock([plain(chart.alternative)])


def _drawable(chart: Chart) -> bool:
    """Slack's charts want names that differ."""
    names = [one.name for one in chart.series]
    return len(set(names)) == len(names) and len(set(chart.categories)) == len(chart.categories)


def _picture(slack_file: str | None, alternative: str) -> Block:
    if slack_file is None:
        return ContextBlock([plain(alternative)])
    return ImageBlock(slack_file=SlackFile(url=None, id=slack_file), alt_text=alternative)


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
    return Option(plain(button.label), "open", url=url) if url is not None else None

"""Words as Slack's text objects and rich text; nothing that people typed is read as markup."""

from collections.abc import Iterable, Iterator, Sequence

from slackblocks import ContextBlock, RichTextBlock, Text
from slackblocks.objects import TextType
from slackblocks.rich_text.elements import RichText, RichTextElement, RichTextLink, RichTextUser
from slackblocks.rich_text.objects import RichTextList, RichTextSection

from bot.conversations.views import Span
from handlers.slack.canvas import Canvas
from handlers.slack.limits import CONTEXT_ELEMENTS, FALLBACK_TEXT, TEXT

NOTHING = "–"
"""Stands where words are only white space, which Slack refuses."""


def plain(words: str) -> Text:
    """Words that Slack shows letter by letter."""
    return Text(words if words.strip() else NOTHING, type_=TextType.PLAINTEXT, emoji=False)


def quiet_words(words: str) -> ContextBlock:
    """Side information, in as many texts as it needs."""
    pieces = [words[at : at + TEXT] for at in range(0, max(len(words), 1), TEXT)]
    return ContextBlock([plain(piece) for piece in pieces[:CONTEXT_ELEMENTS]])


def rich(elements: Sequence[RichTextElement]) -> RichTextBlock:
    """A paragraph."""
    return RichTextBlock([RichTextSection(list(elements))])


def bullet_list(lines: Sequence[RichTextSection]) -> RichTextBlock:
    """Lines with a dot before each."""
    return RichTextBlock([RichTextList("bullet", list(lines), offset=None, border=None)])


def strong(words: str) -> RichText:
    """Words in bold."""
    return RichText(words, bold=True)


def spans(words: Iterable[Span], canvas: Canvas) -> list[RichTextElement]:
    """Spans as rich text; empty ones are left out, which Slack refuses."""
    return [_span(each, canvas) for each in words if each.text]


def _span(span: Span, canvas: Canvas) -> RichTextElement:
    bold, italic = span.style == "bold" or None, span.style == "italic" or None
    if span.person_id is not None and span.person_id in canvas.users:
        return RichTextUser(canvas.users[span.person_id])
    address = canvas.address(span.href) if span.href is not None else None
    if address is not None:
        return RichTextLink(address, span.text, bold=bold, italic=italic)
    return RichText(span.text, bold=bold, italic=italic)


def pairs(labelled: Iterable[tuple[str, str]]) -> RichTextSection:
    """Labels with values, a line each."""
    words: list[RichTextElement] = []
    for label, value in labelled:
        words += [strong(f"{label}: "), RichText(f"{value}\n")]
    return RichTextSection([*words[:-1], *_without_line_end(words[-1:])])


def _without_line_end(last: Sequence[RichTextElement]) -> Iterator[RichTextElement]:
    for each in last:
        said = each.text[:-1] if isinstance(each, RichText) else ""
        if said:
            yield RichText(said)


def escaped(words: str) -> str:
    """Typed words for a text that Slack reads as markup.

    `&`, `<` and `>` as Slack's page on formatting asks; a zero-width space keeps the rest from
    being read as bold, italics, struck or code.
    """
    return "".join(_ESCAPED.get(letter, letter) for letter in words)


_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {
    mark: f"\u200b{mark}\u200b" for mark in "*_~`"
}


def fallback_text(words: str) -> str:
    """`words` escaped, as many as notifications and updates of messages have room for."""
    if not words.strip():
        return NOTHING
    said: list[str] = []
    left = FALLBACK_TEXT - 1
    for letter in words:
        drawn = _ESCAPED.get(letter, letter)
        left -= len(drawn)
        if left < 0:
            return "".join([*said, "…"])
        said.append(drawn)
    return "".join(said)

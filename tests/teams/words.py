"""What a person reads in a card: its words as Teams' clients show them."""

import html
import re
from collections.abc import Iterator

from tests.teams.findings import Json

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HELD = re.compile("[\ue000-\ue07f]")
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__", re.DOTALL)
_ITALIC = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])|(?<![_\w])_([^_\n]+)_(?![_\w])")
_UNSEEN = re.compile("[\u200a\u200b\u200c\u2060\ufeff]")


def read_markdown(words: str) -> str:
    """Card markdown as it is read: marks gone, escapes undone, links as their words."""
    held = _ESCAPED.sub(lambda met: chr(0xE000 + ord(met[1])), words)
    held = _LINK.sub(lambda met: met[1], held)
    held = _BOLD.sub(lambda met: met[1] or met[2], held)
    held = _ITALIC.sub(lambda met: met[1] or met[2], held)
    held = re.sub(r"</?at>", "", held)
    held = _HELD.sub(lambda met: chr(ord(met[0]) - 0xE000), html.unescape(held))
    return _UNSEEN.sub("", held)


def read_plain(words: str) -> str:
    """Words where no markdown is read, without what is not seen."""
    return _UNSEEN.sub("", words)


def visible_text(thing: Json | None) -> str:
    """All words in a card, or an activity, a line each, in order; fields with what stands in them.

    Of an activity: its text, and its cards.
    """
    if thing is None:
        return ""
    if thing.get("type") == "AdaptiveCard":
        return "\n".join(line for line in _read(thing) if line)
    lines = [str(thing.get("text") or "")]
    for attachment in thing.get("attachments") or ():
        content = attachment.get("content")
        if isinstance(content, dict):
            lines.append(visible_text(content))
    return "\n".join(line for line in lines if line)


def _read(thing: object) -> Iterator[str]:
    if isinstance(thing, list):
        for each in thing:
            yield from _read(each)
        return
    if not isinstance(thing, dict) or thing.get("isVisible") is False:
        return
    match str(thing.get("type")):
        case "AdaptiveCard":
            yield from _read([thing.get("body"), thing.get("actions")])
        case "TextBlock":
            yield read_markdown(str(thing.get("text", "")))
        case "RichTextBlock":
            yield "".join(
                one if isinstance(one, str) else str(one.get("text", ""))
                for one in thing.get("inlines") or ()
            )
        case "FactSet":
            for fact in thing.get("facts") or ():
                yield f"{read_markdown(fact['title'])}: {read_markdown(fact['value'])}"
        case "Image":
            yield str(thing.get("altText") or "")
        case kind if kind.startswith("Action."):
            yield read_plain(str(thing.get("title") or ""))
        case kind if kind.startswith("Input."):
            yield from _field(thing)
        case kind if kind.startswith("Chart."):
            yield from _chart(thing)
        case _:
            for key in ("items", "columns", "rows", "cells", "actions", "images"):
                if isinstance(thing.get(key), list) and not _defines_columns(thing, key):
                    yield from _read(thing[key])


def _defines_columns(thing: Json, key: str) -> bool:
    return thing.get("type") == "Table" and key == "columns"


def _field(field: Json) -> Iterator[str]:
    for key in ("label", "title", "placeholder"):
        yield read_plain(str(field.get(key) or ""))
    if field["type"] == "Input.ChoiceSet":
        for choice in field.get("choices") or ():
            yield read_plain(str(choice.get("title")))
    elif field["type"] != "Input.Toggle":
        yield str(field.get("value") or "")


def _chart(chart: Json) -> Iterator[str]:
    yield str(chart.get("title") or "")
    for series in chart.get("data") or ():
        name = str(series.get("title") or series.get("legend") or "")
        points = series.get("values") or series.get("data") or [series]
        for point in points if isinstance(points, list) else ():
            label = point.get("x", point.get("legend", ""))
            yield ", ".join(filter(None, [name, str(label)])) + (
                f": {point.get('y', point.get('value'))}"
            )

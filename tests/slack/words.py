"""What a person reads in a message or a view, in order."""

from collections.abc import Iterable, Iterator
from typing import Any

from tests.slack.check_data import cell_words
from tests.slack.check_rich_text import words_in
from tests.slack.findings import Json

UNREAD = {"type", "block_id", "action_id", "value", "url", "style", "private_metadata", "hash"}


def visible_text(thing: Json | None) -> str:
    """All words of a message or view, a line each: titles, buttons, options, tables, charts.

    Of a message with blocks only the blocks are seen: its `text` is for notifications.
    """
    return "\n".join(_words(thing)) if thing else ""


def _words(thing: Json) -> Iterator[str]:
    yield from _texts(thing.get("title"))
    blocks: Iterable[Json] = thing.get("blocks") or ()
    if not blocks and isinstance(thing.get("text"), str):
        yield thing["text"]
    yield from block_words(blocks)
    yield from _texts([thing.get("submit"), thing.get("close")])


def block_words(blocks: Iterable[Json]) -> Iterator[str]:
    """The words of blocks."""
    for block in blocks:
        match block.get("type"):
            case "rich_text":
                for part in block.get("elements", ()):
                    lines = part["elements"] if part.get("type") == "rich_text_list" else [part]
                    yield from ("".join(words_in(line)) for line in lines)
            case "table" | "data_table":
                if block.get("caption"):
                    yield block["caption"]
                yield from (" | ".join(row) for row in cell_words(block))
            case "data_visualization":
                yield from _chart(block)
            case "markdown":
                yield block.get("text", "")
            case "input":
                yield from _texts([block.get("label"), block.get("hint")])
                yield from _element(block.get("element") or {})
            case _:
                yield from _texts({key: each for key, each in block.items() if key not in UNREAD})


def _element(element: Json) -> Iterator[str]:
    for key in ("initial_value", "initial_date"):
        if isinstance(element.get(key), str):
            yield element[key]
    shown = (
        element.get("options") or element.get("initial_options") or element.get("initial_option")
    )
    yield from _texts([element.get("placeholder"), shown])


def _chart(block: Json) -> Iterator[str]:
    yield str(block.get("title", ""))
    chart: Json = block.get("chart", {})
    for segment in chart.get("segments", ()):
        yield f"{segment.get('label')}: {segment.get('value')}"
    for series in chart.get("series", ()):
        for point in series.get("data", ()):
            yield f"{series.get('name')}, {point.get('label')}: {point.get('value')}"


def _texts(thing: Any) -> Iterator[str]:
    match thing:
        case {"type": "plain_text" | "mrkdwn", "text": str(words)}:
            yield words
        case {"type": "rich_text"}:
            yield from block_words([thing])
        case dict():
            if isinstance(thing.get("alt_text"), str):
                yield thing["alt_text"]
            for key, each in thing.items():
                if key not in UNREAD:
                    yield from _texts(each)
        case list():
            for each in thing:
                yield from _texts(each)
        case _:
            pass

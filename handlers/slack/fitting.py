"""Fitting blocks into a message: neighbours are joined, and what has no room is told of."""

from collections.abc import Sequence
from typing import Any, cast

from bot.language import ngettext
from handlers.slack.limits import (
    ACTIONS_ELEMENTS,
    BLOCKS_IN_MESSAGE,
    CHARACTERS_IN_MESSAGE,
    CONTEXT_ELEMENTS,
)

Json = dict[str, Any]

JOINED = {"rich_text": 1_000, "context": CONTEXT_ELEMENTS, "actions": ACTIONS_ELEMENTS}
"""Blocks that can be joined with one of their kind, and how much they hold then."""

READ = {"text", "alt_text", "caption", "title"}
BETWEEN = 3
"""Characters between the cells of a table, should Slack count it as lines of text."""

RESERVE = 100
"""Characters for saying that something is left out."""


def fits(blocks: Sequence[Json]) -> bool:
    """Whether a message may hold the blocks."""
    return len(blocks) <= BLOCKS_IN_MESSAGE and characters(blocks) <= CHARACTERS_IN_MESSAGE


def fitted(blocks: Sequence[Json]) -> list[Json]:
    """The blocks, joined when there are too many; those beyond the limits are told of."""
    if fits(blocks):
        return list(blocks)
    joined = _joined(blocks)
    if fits(joined):
        return joined
    kept: list[Json] = []
    left = CHARACTERS_IN_MESSAGE - RESERVE
    for block in joined[: BLOCKS_IN_MESSAGE - 1]:
        left -= characters([block])
        if left < 0:
            break
        kept.append(block)
    said = ngettext(
        "Ytterligare {n} del får inte plats.",
        "Ytterligare {n} delar får inte plats.",
        len(joined) - len(kept),
    )
    text = {"type": "plain_text", "text": said, "emoji": False}
    return [*kept, {"type": "context", "block_id": "left_out", "elements": [text]}]


def joined_when_many(blocks: Sequence[Json], most: int) -> list[Json]:
    """The blocks as they are, or with neighbours joined when there are more than `most`."""
    return list(blocks) if len(blocks) <= most else _joined(blocks)


def characters(thing: object) -> int:
    """Words that people read, counted with what Slack may count between them."""
    if isinstance(thing, dict):
        return _in_object(cast("Json", thing))
    if isinstance(thing, list | tuple):
        each = cast("Sequence[Any]", thing)
        return sum(characters(one) + (BETWEEN if _is_cell(one) else 0) for one in each)
    return 0


def _is_cell(thing: Any) -> bool:
    return isinstance(thing, dict) and str(cast("Json", thing).get("type")).startswith("raw_")


def _in_object(block: Json) -> int:
    if block.get("type") == "data_visualization":
        return len(block["title"]) + _in_chart(block["chart"])
    own = sum(len(block[key]) for key in READ if isinstance(block.get(key), str))
    return own + sum(characters(each) for each in block.values())


def _in_chart(chart: Json) -> int:
    return sum(
        len(f"{one['name']}, {point['label']}: {point['value']}")
        for one in chart["series"]
        for point in one["data"]
    )


def _joined(blocks: Sequence[Json]) -> list[Json]:
    made: list[Json] = []
    for block in blocks:
        before = made[-1] if made else {}
        kind = block["type"]
        if kind in JOINED and before.get("type") == kind:
            elements = [*before["elements"], *_apart(kind), *block["elements"]]
            if len(elements) <= JOINED[kind]:
                made[-1] = before | {"elements": elements}
                continue
        made.append(block)
    return made


def _apart(kind: str) -> list[Json]:
    """A line end between paragraphs."""
    if kind != "rich_text":
        return []
    return [{"type": "rich_text_section", "elements": [{"type": "text", "text": "\n"}]}]

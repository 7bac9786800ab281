"""Slack's documented limits, kept for every message, view and answer: `*_problems` say what breaks.

Each number stands once, with the page it comes from: here those of whole messages and views, in
`check_blocks`, `check_elements`, `check_data` and `check_text` those of their pieces. Where sources
differ the stricter is kept. None of this is read by the bot: the two are written apart on purpose.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from tests.slack.check_blocks import MARKDOWN, one_block
from tests.slack.check_data import CHARTS_IN_MESSAGE, cell_words
from tests.slack.check_elements import select_options
from tests.slack.check_text import IDENTIFIER, text_object
from tests.slack.findings import Findings, Json, Problem
from tests.slack.words import block_words

Surface = Literal["message", "modal", "home"]

MESSAGE_BLOCKS = 50
"""docs.slack.dev/reference/block-kit/blocks"""

VIEW_BLOCKS = 100
"""The same page: modals and Home tabs."""

MESSAGE_TEXT = 40_000
"""docs.slack.dev/reference/methods/chat.postMessage: longer is truncated; here it is refused."""

UPDATE_TEXT = 4_000
"""docs.slack.dev/reference/methods/chat.update: `msg_too_long`."""

MESSAGE_BLOCK_TEXT = 13_200
"""`msg_blocks_too_long`, measured: github.com/slackapi/bolt-js/issues/2509, metabase PR 79908."""

DATA_TABLE_TEXT = 10_000
"""docs.slack.dev/reference/block-kit/blocks/data-table-block: all cells of a message."""

TABLES_IN_MESSAGE = 1
"""docs.slack.dev/reference/block-kit/blocks/table-block: `only_one_table_allowed`."""

VIEW_TITLE = 24
"""docs.slack.dev/reference/views: `title`, `submit` and `close`."""

PRIVATE_METADATA, CALLBACK, EXTERNAL = 3_000, 255, 255
"""The same page."""

VIEW_BYTES = 250_000
"""docs.slack.dev/reference/methods/views.open: `view_too_large`."""

METADATA_BYTES = 16_000
"""docs.slack.dev/messaging/message-metadata names no size; third-party sources measure 16 KB."""

SURFACES: dict[Surface, set[str]] = {
    "message": {
        *("actions", "card", "carousel", "container", "context", "data_table"),
        *("data_visualization", "divider", "header", "image", "input", "markdown"),
        *("rich_text", "section", "table", "task_card"),
    },
    "modal": {
        *("actions", "alert", "card", "context", "divider", "header", "image", "input"),
        *("rich_text", "section"),
    },
    "home": {
        *("actions", "card", "carousel", "container", "context", "data_table"),
        *("data_visualization", "divider", "header", "image", "input", "rich_text", "section"),
        "table",
    },
}
"""docs.slack.dev/reference/block-kit/blocks: each block's page, "Available in surfaces"."""


def message_problems(arguments: Mapping[str, Any], *, update: bool = False) -> list[Problem]:
    """What breaks a limit in the arguments of chat.postMessage, postEphemeral or, `update`, update.

    Also what is posted to a `response_url`, or as the answer to a command.
    """
    found = Findings()
    text, blocks = arguments.get("text"), arguments.get("blocks") or []
    if not text and not blocks and not arguments.get("attachments"):
        found.say("/text", "text, blocks or attachments is needed", "no_text")
    most = UPDATE_TEXT if update else MESSAGE_TEXT
    if isinstance(text, str) and len(text) > most:
        found.say("/text", f"{len(text)} characters, {most} allowed", "msg_too_long")
    _blocks(found, blocks, "message", MESSAGE_BLOCKS)
    if not found.problems:
        _together(found, blocks)
    _metadata(found, arguments.get("metadata"))
    return found.problems


def view_problems(view: Mapping[str, Any]) -> list[Problem]:
    """What breaks a limit in a modal or home."""
    found = Findings("invalid_arguments")
    modal = view.get("type") == "modal"
    found.one_of(view.get("type"), "/view/type", ("modal", "home"))
    if modal:
        _modal(found, dict(view))
    else:
        known = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
        found.keys(dict(view), "/view", known, ("blocks",))
    found.optional(dict(view), "private_metadata", "/view", PRIVATE_METADATA)
    found.optional(dict(view), "callback_id", "/view", CALLBACK)
    found.optional(dict(view), "external_id", "/view", EXTERNAL)
    _blocks(found, view.get("blocks"), "modal" if modal else "home", VIEW_BLOCKS, "/view/blocks")
    size = len(json.dumps(view, ensure_ascii=False).encode())
    if size > VIEW_BYTES:
        found.say("/view", f"{size} bytes, {VIEW_BYTES} allowed", "view_too_large")
    return found.problems


def options_problems(answer: Mapping[str, Any]) -> list[Problem]:
    """What breaks a limit in the answer to a search for options."""
    found = Findings("invalid_options")
    found.keys(dict(answer), "", {"options", "option_groups"}, ())
    if (answer.get("options") is None) == (answer.get("option_groups") is None):
        found.say("", "exactly one of options and option_groups is needed")
    else:
        select_options(found, dict(answer), "")
    return found.problems


def _modal(found: Findings, view: Json) -> None:
    flags = {"clear_on_close", "notify_on_close", "submit_disabled"}
    texts = {"title", "submit", "close"}
    known = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
    found.keys(view, "/view", {*known, *texts, *flags}, ("title", "blocks"))
    for key in sorted(texts):
        if view.get(key) is not None:
            text_object(found, view[key], f"/view/{key}", VIEW_TITLE, ("plain_text",))
    blocks = [block for block in view.get("blocks") or [] if isinstance(block, dict)]
    if any(block.get("type") == "input" for block in blocks) and view.get("submit") is None:
        found.say("/view/submit", "submit is needed when there is an input block")
    focused = [block for block in blocks if (block.get("element") or {}).get("focus_on_load")]
    if len(focused) > 1:
        found.say("/view/blocks", "only one element can have focus_on_load")


def _blocks(
    found: Findings, blocks: object, surface: Surface, most: int, path: str = "/blocks"
) -> None:
    met: dict[str, str] = {}
    for block, at in found.objects(blocks, path, 0, most):
        one_block(found, block, at, SURFACES[surface])
        name = block.get("block_id")
        found.optional(block, "block_id", at, IDENTIFIER)
        if name and found.unique(met, name, f"{at}/block_id", "block_id"):
            met[str(name)] = at


def _together(found: Findings, blocks: list[Json]) -> None:
    """What is counted over all blocks of a message; they are known to be well formed."""
    kinds = [block["type"] for block in blocks]
    cells = sum(map(_cell_characters, _of(blocks, "data_table")))
    if cells > DATA_TABLE_TEXT:
        found.say("/blocks", f"{cells} characters in data tables, {DATA_TABLE_TEXT} allowed")
    written = sum(len(block["text"]) for block in _of(blocks, "markdown"))
    if written > MARKDOWN:
        found.say("/blocks", f"{written} characters of markdown, {MARKDOWN} allowed")
    if kinds.count("table") > TABLES_IN_MESSAGE:
        found.say("/blocks", "only_one_table_allowed", "invalid_attachments")
    if kinds.count("data_visualization") > CHARTS_IN_MESSAGE:
        found.say("/blocks", f"no more than {CHARTS_IN_MESSAGE} charts allowed")
    total = sum(map(_characters, blocks))
    if total > MESSAGE_BLOCK_TEXT:
        says = f"{total} characters in blocks, {MESSAGE_BLOCK_TEXT} allowed"
        found.say("/blocks", says, "msg_blocks_too_long")


def _characters(block: Json) -> int:
    if block["type"] in ("table", "data_table"):
        return len(block.get("caption", "")) + _cell_characters(block)
    return sum(len(words) for words in block_words([block]))


def _cell_characters(table: Json) -> int:
    return sum(len(cell) for row in cell_words(table) for cell in row)


def _of(blocks: list[Json], kind: str) -> Iterator[Json]:
    return (block for block in blocks if block["type"] == kind)


def _metadata(found: Findings, metadata: object) -> None:
    bad = "invalid_metadata_format"
    if metadata in (None, {}):
        return
    match metadata:
        case {"event_type": str(name), "event_payload": dict(payload)} if name and payload:
            if len(json.dumps(payload).encode()) > METADATA_BYTES:
                found.say("/metadata", "too large", "metadata_too_large")
            for key, value in payload.items():
                if not isinstance(value, str | int | float | bool | dict | list):
                    found.say(f"/metadata/event_payload/{key}", "no such value", bad)
        case _:
            found.say("/metadata", "event_type and event_payload are needed", bad)

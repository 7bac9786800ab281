"""Blocks, looked through one by one."""

from collections.abc import Callable

from tests.slack.check_data import data_table, data_visualization, table
from tests.slack.check_elements import (
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    button,
    element,
    image,
)
from tests.slack.check_rich_text import rich_text
from tests.slack.check_text import BOTH, PLAIN, optional_text, text_object
from tests.slack.findings import Findings, Json

HEADER = 150
"""docs.slack.dev/reference/block-kit/blocks/header-block"""

SECTION_FIELDS, FIELD_TEXT = 10, 2_000
"""docs.slack.dev/reference/block-kit/blocks/section-block"""

CONTEXT_ELEMENTS = 10
"""docs.slack.dev/reference/block-kit/blocks/context-block"""

ACTIONS_ELEMENTS = 25
"""docs.slack.dev/reference/block-kit/blocks/actions-block"""

LABEL, HINT = 2_000, 2_000
"""docs.slack.dev/reference/block-kit/blocks/input-block"""

IMAGE_TITLE = 2_000
"""docs.slack.dev/reference/block-kit/blocks/image-block"""

MARKDOWN = 12_000
"""docs.slack.dev/reference/block-kit/blocks/markdown-block: all of a payload together."""

ALERT = 200
"""java-slack-sdk pull request 1624, which speaks of docs.slack.dev/.../alert-block"""

CARD_TITLE, CARD_BODY, CARD_ACTIONS = 150, 200, 3
"""docs.slack.dev/reference/block-kit/blocks/card-block"""

CAROUSEL_CARDS = 10
"""docs.slack.dev/reference/block-kit/blocks/carousel-block"""

CONTAINER_BLOCKS, CONTAINER_TITLE = 10, 150
"""docs.slack.dev/reference/block-kit/blocks/container-block"""

IN_CONTAINER = {"actions", "context", "divider", "file", "header", "image", "input"} | {
    "rich_text",
    "section",
    "table",
    "video",
}
"""The same page: `child_blocks`."""

OWN = {"type", "block_id"}


def section(found: Findings, block: Json, path: str) -> None:
    found.keys(block, path, {*OWN, "text", "fields", "accessory", "expand"}, ())
    if block.get("text") is None and not block.get("fields"):
        found.say(path, "text or fields is needed")
    optional_text(found, block, "text", path, kinds=BOTH)
    if block.get("fields") is not None:
        for each, at in found.items(block["fields"], f"{path}/fields", 1, SECTION_FIELDS):
            text_object(found, each, at, FIELD_TEXT)
    if block.get("accessory") is not None:
        element(found, block["accessory"], f"{path}/accessory", IN_SECTION)


def header(found: Findings, block: Json, path: str) -> None:
    found.keys(block, path, {*OWN, "text", "level"}, ("text",))
    text_object(found, block.get("text"), f"{path}/text", HEADER, PLAIN)


def divider(found: Findings, block: Json, path: str) -> None:
    found.keys(block, path, OWN, ())


def context(found: Findings, block: Json, path: str) -> None:
    found.keys(block, path, {*OWN, "elements"}, ("elements",))
    for each, at in found.objects(block.get("elements"), f"{path}/elements", 1, CONTEXT_ELEMENTS):
        if each.get("type") == "image":
            image(found, each, at)
        else:
            text_object(found, each, at)


def actions(found: Findings, block: Json, path: str) -> None:
    found.keys(block, path, {*OWN, "elements"}, ("elements",))
    met: dict[str, str] = {}
    for each, at in found.objects(block.get("elements"), f"{path}/elements", 1, ACTIONS_ELEMENTS):
        element(found, each, at, IN_ACTIONS)
        name = each.get("action_id")
        if found.unique(met, name, f"{at}/action_id", "action_id") and isinstance(name, str):
            met[name] = at


def input_block(found: Findings, block: Json, path: str) -> None:
    allowed = {*OWN, "label", "element", "hint", "optional", "dispatch_action"}
    found.keys(block, path, allowed, ("label", "element"))
    text_object(found, block.get("label"), f"{path}/label", LABEL, PLAIN)
    optional_text(found, block, "hint", path, HINT)
    element(found, block.get("element"), f"{path}/element", IN_INPUT)


def image_block(found: Findings, block: Json, path: str) -> None:
    found.keys(block, path, {*OWN, "alt_text", "image_url", "slack_file", "title"}, ())
    image(found, block, path)
    optional_text(found, block, "title", path, IMAGE_TITLE)


def markdown(found: Findings, block: Json, path: str) -> None:
    found.keys(block, path, {*OWN, "text"}, ("text",))
    found.string(block.get("text"), f"{path}/text", MARKDOWN)


def alert(found: Findings, block: Json, path: str) -> None:
    found.keys(block, path, {*OWN, "text", "level"}, ("text",))
    text_object(found, block.get("text"), f"{path}/text", ALERT)
    levels = ("default", "info", "warning", "error", "success")
    found.one_of(block.get("level", "default"), f"{path}/level", levels)


def card(found: Findings, block: Json, path: str) -> None:
    texts = {"title": CARD_TITLE, "subtitle": CARD_TITLE, "body": CARD_BODY, "subtext": CARD_BODY}
    found.keys(block, path, {*OWN, *texts, "hero_image", "icon", "actions", "slack_icon"}, ())
    if not any(block.get(key) for key in ("hero_image", "title", "actions", "body")):
        found.say(path, "one of hero_image, title, actions and body is needed")
    for key, most in texts.items():
        optional_text(found, block, key, path, most, BOTH)
    if block.get("actions") is not None:
        for each, at in found.objects(block["actions"], f"{path}/actions", 1, CARD_ACTIONS):
            button(found, each, at)


def carousel(found: Findings, block: Json, path: str) -> None:
    found.keys(block, path, {*OWN, "elements"}, ("elements",))
    for each, at in found.objects(block.get("elements"), f"{path}/elements", 1, CAROUSEL_CARDS):
        card(found, each, at)


def container(found: Findings, block: Json, path: str) -> None:
    flags = {"width", "icon", "is_collapsible", "default_collapsed", "has_header_divider"}
    allowed = {*OWN, "title", "rich_text_title", "subtitle", "child_blocks", *flags}
    found.keys(block, path, allowed, ("child_blocks",))
    if block.get("title") is None and block.get("rich_text_title") is None:
        found.say(path, "title or rich_text_title is needed")
    optional_text(found, block, "title", path, CONTAINER_TITLE)
    optional_text(found, block, "subtitle", path, CONTAINER_TITLE, BOTH)
    at = f"{path}/child_blocks"
    for each, here in found.objects(block.get("child_blocks"), at, 1, CONTAINER_BLOCKS):
        one_block(found, each, here, IN_CONTAINER)


def task_card(found: Findings, block: Json, path: str) -> None:
    allowed = {*OWN, "task_id", "title", "details", "output", "sources", "status"}
    found.keys(block, path, allowed, ("task_id", "title", "status"))
    states = ("pending", "in_progress", "complete", "error")
    found.one_of(block.get("status"), f"{path}/status", states)
    for key in ("details", "output"):
        if block.get(key) is not None:
            rich_text(found, block[key], f"{path}/{key}")


Check = Callable[[Findings, Json, str], None]
BLOCKS: dict[str, Check] = {
    "section": section,
    "header": header,
    "divider": divider,
    "context": context,
    "actions": actions,
    "input": input_block,
    "image": image_block,
    "rich_text": rich_text,
    "markdown": markdown,
    "alert": alert,
    "card": card,
    "carousel": carousel,
    "container": container,
    "task_card": task_card,
    "table": table,
    "data_table": data_table,
    "data_visualization": data_visualization,
}
"""What the counterpart knows; Slack has a few more (video, file, plan), which no bot here draws."""


def one_block(found: Findings, block: Json, path: str, allowed: set[str]) -> None:
    """A block of one of the `allowed` types."""
    kind = block.get("type")
    if kind not in BLOCKS or kind not in allowed:
        found.say(f"{path}/type", f"unsupported type: {kind!r}")
        return
    BLOCKS[kind](found, block, path)

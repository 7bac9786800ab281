"""A modal as the person had it, made from what they sent in: nothing that was typed is lost."""

from typing import Any

from slackblocks import AlertBlock

from handlers.payload import Payload, part, parts, word
from handlers.slack.limits import ALERT, BLOCKS_IN_VIEW
from handlers.slack.render import blocks_of
from handlers.slack.texts import plain

WHY = "why"
"""The block that says why the modal is back; there is one, however often it comes back."""

KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata")


def as_sent(view: Payload, problem: str) -> dict[str, Any]:
    """The view again with what was typed in it, and why it is back on top."""
    state = part(view, "state", "values")
    blocks = [
        _filled(block, part(state, word(block, "block_id")))
        for block in parts(view, "blocks")
        if word(block, "block_id") != WHY
    ]
    alert = blocks_of([AlertBlock(plain(problem[:ALERT]), level="error", block_id=WHY)])
    kept = {name: view[name] for name in KEPT if view.get(name)}
    return {**kept, "blocks": [*alert, *_with_room_for_one(blocks)]}


def _with_room_for_one(blocks: list[Payload]) -> list[Payload]:
    """The blocks of a view that may be full, where nothing to fill in is left out."""
    spare = next((n for n, block in enumerate(blocks) if word(block, "type") != "input"), None)
    if len(blocks) < BLOCKS_IN_VIEW or spare is None:
        return blocks
    return [*blocks[:spare], *blocks[spare + 1 :]]


def _filled(block: Payload, typed: Payload) -> Payload:
    element = part(block, "element")
    value = part(typed, word(element, "action_id"))
    if word(block, "type") != "input" or not value:
        return block
    bare = {name: each for name, each in element.items() if not name.startswith("initial_")}
    return block | {"element": bare | _initial(value)}


def _initial(value: Payload) -> Payload:
    """What a field begins with so that it shows what was typed or chosen."""
    found: Payload = {}
    if word(value, "value"):
        found["initial_value"] = value["value"]
    if word(value, "selected_date"):
        found["initial_date"] = value["selected_date"]
    if part(value, "selected_option"):
        found["initial_option"] = value["selected_option"]
    if parts(value, "selected_options"):
        found["initial_options"] = value["selected_options"]
    return found

"""Rich text, looked through."""

from collections.abc import Iterator

from tests.slack.check_text import url
from tests.slack.findings import Findings, Json

PARTS = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
"""docs.slack.dev/reference/block-kit/blocks/rich-text-block: what may stand in it."""

NEEDED = {
    "text": ("text",),
    "link": ("url",),
    "user": ("user_id",),
    "channel": ("channel_id",),
    "usergroup": ("usergroup_id",),
    "emoji": ("name",),
    "broadcast": ("range",),
    "date": ("timestamp", "format"),
    "color": ("value",),
    "team": ("team_id",),
}
"""What each element of a section must have, on the same page."""

INDENT = 8
"""The same page: `indent` of a list."""


def rich_text(found: Findings, block: object, path: str) -> None:
    """A rich text block, or a cell or value of that kind."""
    if not isinstance(block, dict) or block.get("type") != "rich_text":
        found.say(path, "must be a rich_text block")
        return
    found.keys(block, path, {"type", "block_id", "elements"}, ("elements",))
    for part, at in found.objects(block.get("elements"), f"{path}/elements", 1, 10_000):
        kind = part.get("type")
        if kind not in PARTS:
            found.say(f"{at}/type", f"unsupported type: {kind!r}")
        elif kind == "rich_text_list":
            _list(found, part, at)
        else:
            found.keys(part, at, {"type", "elements", "border", "language"}, ("elements",))
            _elements(found, part, at)


def _list(found: Findings, part: Json, path: str) -> None:
    allowed = {"type", "style", "elements", "indent", "offset", "border"}
    found.keys(part, path, allowed, ("style", "elements"))
    found.one_of(part.get("style"), f"{path}/style", ("bullet", "ordered"))
    found.number(part.get("indent", 0), f"{path}/indent", 0, INDENT)
    for item, at in found.objects(part.get("elements"), f"{path}/elements", 1, 10_000):
        if item.get("type") != "rich_text_section":
            found.say(f"{at}/type", "a list holds sections only")
        _elements(found, item, at)


def _elements(found: Findings, part: Json, path: str) -> None:
    for each, at in found.objects(part.get("elements"), f"{path}/elements", 0, 10_000):
        kind = each.get("type")
        if kind not in NEEDED:
            found.say(f"{at}/type", f"unsupported type: {kind!r}")
            continue
        for key in NEEDED[kind]:
            if each.get(key) in (None, ""):
                found.say(f"{at}/{key}", "must be more than 0 characters")
        if kind == "link" and each.get("url"):
            url(found, each["url"], f"{at}/url")


def words_in(block: Json) -> Iterator[str]:
    """Every text that a person reads in it, in order."""
    for each in block.get("elements", ()):
        match each:
            case {"type": "text", "text": str(words)}:
                yield words
            case {"type": "link"}:
                yield each.get("text") or each.get("url", "")
            case {"type": "user", "user_id": str(user)}:
                yield f"<@{user}>"
            case {"type": "channel", "channel_id": str(channel)}:
                yield f"<#{channel}>"
            case {"type": "emoji", "name": str(name)}:
                yield f":{name}:"
            case {"type": "broadcast", "range": str(whom)}:
                yield f"@{whom}"
            case {"type": "date"}:
                yield each.get("fallback") or each.get("format", "")
            case dict():
                yield from words_in(each)
            case _:
                pass

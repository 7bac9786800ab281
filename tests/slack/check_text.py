"""Texts, choices and confirmations of Block Kit, looked through."""

from tests.slack.findings import Findings, Json

TEXT = 3_000
"""docs.slack.dev/reference/block-kit/composition-objects/text-object: 1 to 3,000 characters."""

IDENTIFIER = 255
"""`block_id`, `action_id`: docs.slack.dev/reference/block-kit/blocks and .../block-elements."""

URL = 3_000
"""docs.slack.dev/reference/block-kit/block-elements/button-element and image-block: `url`."""

OPTION_TEXT = 75
"""docs.slack.dev/reference/block-kit/composition-objects/option-object: `text`, `description`."""

OPTION_VALUE = 75
"""The same page as @slack/types quotes it; slack_sdk lets 150 pass, the stricter is kept."""

PLACEHOLDER = 150
"""docs.slack.dev/reference/block-kit/block-elements/select-menu-element: `placeholder`."""

CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
"""docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object"""

PLAIN = ("plain_text",)
BOTH = ("plain_text", "mrkdwn")
SCHEMES = ("http://", "https://", "mailto:", "slack://", "tel:")


def text_object(
    found: Findings, value: object, path: str, most: int = TEXT, kinds: tuple[str, ...] = BOTH
) -> None:
    """A text object of one of `kinds` with 1 to `most` characters."""
    if not isinstance(value, dict):
        found.say(path, "must be a text object")
        return
    text: Json = value
    if text.get("type") not in kinds:
        found.say(f"{path}/type", f"must be {' or '.join(kinds)}, got {text.get('type')!r}")
        return
    own = {"emoji"} if text["type"] == "plain_text" else {"verbatim"}
    found.keys(text, path, {"type", "text"} | own, ())
    found.string(text.get("text"), f"{path}/text", most)
    if isinstance(text.get("text"), str) and text["text"] and not text["text"].strip():
        found.say(f"{path}/text", "must hold more than white space")


def optional_text(
    found: Findings,
    thing: Json,
    key: str,
    path: str,
    most: int = TEXT,
    kinds: tuple[str, ...] = PLAIN,
) -> None:
    """A text object that may be left out."""
    if thing.get(key) is not None:
        text_object(found, thing[key], f"{path}/{key}", most, kinds)


def url(found: Findings, value: object, path: str, schemes: tuple[str, ...] = SCHEMES) -> None:
    """An address that Slack lets people go to."""
    found.string(value, path, URL)
    if isinstance(value, str) and not value.lower().startswith(schemes):
        found.say(path, f"invalid url: {value[:40]!r}")


def option(found: Findings, value: Json, path: str, kinds: tuple[str, ...], *, menu: bool) -> None:
    """An option object. `menu`: it stands in an overflow menu, where it may be a link."""
    allowed = {"text", "value", "description"} | ({"url"} if menu else set[str]())
    found.keys(value, path, allowed, ("text",))
    text_object(found, value.get("text"), f"{path}/text", OPTION_TEXT, kinds)
    found.string(value.get("value"), f"{path}/value", OPTION_VALUE)
    optional_text(found, value, "description", path, OPTION_TEXT, kinds)
    if value.get("url") is not None:
        url(found, value["url"], f"{path}/url")


def confirmation(found: Findings, thing: Json, path: str) -> None:
    """The confirmation dialog that an element may have."""
    dialog = thing.get("confirm")
    if dialog is None:
        return
    at = f"{path}/confirm"
    if not isinstance(dialog, dict):
        found.say(at, "must be an object")
        return
    needed = ("title", "text", "confirm", "deny")
    found.keys(dialog, at, {*needed, "style"}, needed)
    optional_text(found, dialog, "title", at, CONFIRM_TITLE)
    optional_text(found, dialog, "text", at, CONFIRM_TEXT, BOTH)
    optional_text(found, dialog, "confirm", at, CONFIRM_BUTTON)
    optional_text(found, dialog, "deny", at, CONFIRM_BUTTON)

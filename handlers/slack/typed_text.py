"""What people typed, out of the text that Slack sends: marks for links and mentions undone."""

import re
from html import unescape

_MARK = re.compile(r"<([^<>]+)>")
_CALL = {"!channel": "@channel", "!here": "@here", "!everyone": "@everyone"}


def as_typed(text: str, bot_user_id: str = "") -> str:
    """The words as they were typed; a mention of the bot is taken out."""
    if bot_user_id:
        text = re.sub(rf"<@{re.escape(bot_user_id)}(\|[^>]*)?>", " ", text)
    plain = unescape(_MARK.sub(_shown, text)).replace("\u00a0", " ").replace("\x00", "")
    return "\n".join(re.sub(r"[ \t]+", " ", line).strip() for line in plain.split("\n")).strip()


def mentions(text: str, user_id: str) -> bool:
    """Whether the text calls that user."""
    return f"<@{user_id}>" in text or f"<@{user_id}|" in text


def _shown(mark: re.Match[str]) -> str:
    inner, _bar, label = mark[1].partition("|")
    if inner in _CALL:
        return _CALL[inner]
    match inner[:1]:
        case "@":
            return f"@{label or inner[1:]}"
        case "#":
            return f"#{label or inner[1:]}"
        case "!":
            return label or inner
        case _:
            address = inner.removeprefix("mailto:").removeprefix("tel:")
            return label if label and label in address else address

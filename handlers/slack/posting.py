"""The exact arguments of posting: what delivery calls with, and what `samspel views` shows."""

from typing import Any

from bot.delivery import Key

EVENT_TYPE = "samspel_post"
"""What our metadata on a message is called; its payload holds our key and nothing else."""

WITHOUT_PREVIEWS = {"unfurl_links": False, "unfurl_media": False}
"""Links of ours and of others are not unfolded under a message."""


def metadata(key: Key) -> dict[str, Any]:
    """By which a post of unknown outcome is found again; never a record."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": str(key)}}


def message_arguments(address: str, drawn: dict[str, Any], key: Key) -> dict[str, Any]:
    """Those of chat.postMessage, for what `render.draw_message` has drawn; with `ts` of
    chat.update."""
    return {"channel": address, **WITHOUT_PREVIEWS, "metadata": metadata(key), **drawn}

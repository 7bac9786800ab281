"""Where things are said on the web: a conversation's address, and the path of its page."""

import re

_PATH = re.compile(r"/(?:kanal/(?P<slug>[a-z0-9-]{1,80})|chatt/(?P<person>[1-9][0-9]{0,17}))")

PLATFORM = "web"
TENANT = "web"
"""The web chat is one connection of one tenant."""


def channel_address(slug: str) -> str:
    """The address of a channel."""
    return f"channel:{slug}"


def private_address(person_id: int) -> str:
    """The address of a person's private chat with the bot."""
    return f"person:{person_id}"


def path_of(address: str) -> str:
    """The page of the conversation at `address`: `/kanal/energi` or `/chatt/12`."""
    kind, _colon, rest = address.partition(":")
    return f"/kanal/{rest}" if kind == "channel" else f"/chatt/{rest}"


def address_at(path: str) -> str | None:
    """The address whose page has that path, or None for any other path."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    slug = match["slug"]
    return channel_address(slug) if slug else private_address(int(match["person"]))

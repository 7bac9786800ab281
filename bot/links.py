"""Links that people write: whole addresses, as the database takes them."""

import re

_LINK = re.compile(r"https?://\S+")


def is_link(words: str) -> bool:
    """Whether it is a whole address of a page: something follows `https://`, without spaces."""
    return _LINK.fullmatch(words) is not None

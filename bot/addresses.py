"""Where links may lead: to pages of ours, to the web and to mail; no script and no trick."""

WEB_AND_MAIL = ("https://", "http://", "mailto:")


def is_ours(href: str) -> bool:
    """Whether a path leads to a page of ours, also as browsers read it.

    They take `//x` and `/\\x` for another's address, and leave out tabs and line ends before that.
    """
    return href.startswith("/") and not href.startswith(("//", "/\\")) and href.isprintable()


def leads(href: str | None, base: str | None) -> str | None:
    """The full address that a link leads to; None where it leads nowhere, or nowhere safe.

    `base` is where our own pages are; empty on those pages themselves, None where they cannot be
    reached.
    """
    if href is None or not href.isprintable():
        return None
    if is_ours(href):
        return None if base is None else base.rstrip("/") + href
    return href if href.lower().startswith(WEB_AND_MAIL) else None

"""What drawing for Slack needs besides the view: addresses, accounts and files of a workspace."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversations.views import Chart
from handlers.slack.limits import ADDRESS

MAIL_AND_WEB = ("https://", "http://", "mailto:")


@dataclass(frozen=True)
class Canvas:
    """One workspace being drawn for.

    `base` is where our own pages are, empty where people cannot reach them. `users` are Slack's
    ids of people who have an account there, `files` Slack's ids of stored pictures, `charts` those
    of pictures of charts. `native_charts` and `native_tables`: whether the workspace takes those
    blocks.
    """

    base: str = ""
    users: Mapping[int, str] = field(default_factory=dict[int, str])
    files: Mapping[int, str] = field(default_factory=dict[int, str])
    charts: Mapping[Chart, str] = field(default_factory=dict[Chart, str])
    native_charts: bool = True
    native_tables: bool = True

    def address(self, href: str) -> str | None:
        """The full address of a page of ours or of the web; None where it would lead nowhere."""
        if href.startswith("/") and not href.startswith(("//", "/\\")):
            full = f"{self.base.rstrip('/')}{href}" if self.base else ""
        else:
            full = href if href.lower().startswith(MAIL_AND_WEB) else ""
        return full if 0 < len(full) <= ADDRESS else None

"""What drawing for Slack needs besides the view: addresses, accounts and files of a workspace."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.addresses import leads
from bot.conversations.views import Chart
from handlers.slack.limits import ADDRESS


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
        full = leads(href, self.base or None)
        return full if full and len(full) <= ADDRESS else None

"""Addresses of pages that what the bot says can lead to: what a button would show, as a link."""

from collections.abc import Sequence
from urllib.parse import urlencode

from bot.conversations.views import press


def activity_page(code: str) -> str:
    """An activity: how it stands and what the plan says."""
    return f"/visa/{press('aktivitet', code).encoded()}"


def plan_page() -> str:
    """Every activity of the plan with its status."""
    return f"/visa/{press('aktiviteter').encoded()}"


def form_page(name: str, arguments: Sequence[str]) -> str:
    """A form, as it was left."""
    return f"/form/{name}?{urlencode([('arg', word) for word in arguments])}"

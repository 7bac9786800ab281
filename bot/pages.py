"""Addresses of pages that what the bot says can lead to; the web chat serves them."""

from urllib.parse import quote


def activity_page(code: str) -> str:
    """An activity with its history of reports."""
    return f"/aktivitet/{quote(code)}"


def plan_page() -> str:
    """Every activity of the plan with its status."""
    return "/plan"

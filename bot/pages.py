"""Addresses of pages that what the bot says can lead to: what a button would show, as a link."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from bot.conversations.views import press


def activity_page(code: str) -> str:
    """An activity: how it stands and what the plan says."""
    return f"/visa/{press('aktivitet', code).encoded()}"


def plan_page() -> str:
    """Every activity of the plan with its status."""
    return f"/visa/{press('aktiviteter').encoded()}"


def need_page(need_id: int) -> str:
    """A need as it stands."""
    return f"/visa/{press('behov', need_id).encoded()}"


def needs_page() -> str:
    """Every need on its way."""
    return f"/visa/{press('behov', 'lista').encoded()}"


def assignment_page(assignment_id: int) -> str:
    """An assignment as it stands."""
    return f"/visa/{press('uppdrag', assignment_id).encoded()}"


def assignments_page() -> str:
    """The reader's own assignments, and those that wait for their answer."""
    return f"/visa/{press('uppdrag').encoded()}"


def applications_page() -> str:
    """Every application to an outside funder, what comes first first."""
    return f"/visa/{press('ansokan', 'lista').encoded()}"


def poll_page(poll_id: int) -> str:
    """A poll with all that may be seen of it."""
    return f"{polls_page()}/{poll_id}"


def polls_page() -> str:
    """Every poll, those still open first."""
    return "/omrostningar"


def undelivered_page(page: int = 1) -> str:
    """What could not be delivered, for administrators."""
    return "/leverans" if page == 1 else f"/leverans?sida={page}"


def running_page() -> str:
    """How it goes: what is delivered, who is reached, who answers."""
    return "/drift"


def reports_page() -> str:
    """Reports to meetings: drafts, and those that were sent."""
    return "/lagesrapporter"


def form_page(name: str, arguments: Sequence[str]) -> str:
    """A form, as it was left."""
    return f"/form/{name}?{urlencode([('arg', word) for word in arguments])}"


def answer_file(question: str) -> str:
    """The rows of an answer as a spreadsheet; `question` by its key."""
    return f"/svar/{quote(question, safe='{}')}.xlsx"

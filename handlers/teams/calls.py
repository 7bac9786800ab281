"""What went wrong when Teams was called, in words that the rest understands."""

import json
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from handlers.payload import part, word
from handlers.teams.no_token import NoToken

TROUBLE = (httpx.HTTPError, TimeoutError, OSError, NoToken)
"""What a call can raise when Teams, or the way to it, does not work."""

AGAIN = {412, 502, 503, 504}
"""learn.microsoft.com, Rate limiting for agents: to be tried again as 429 is."""

BACK_OFF_SECONDS = 2.0
"""Where Teams asks to wait without saying how long."""


def status_of(error: Exception) -> int | None:
    """The HTTP status that Teams answered with, if it answered."""
    return error.response.status_code if isinstance(error, httpx.HTTPStatusError) else None


def error_code(error: Exception) -> str:
    """Teams' word for what was wrong, such as `ConversationNotFound`; empty when it said none."""
    if not isinstance(error, httpx.HTTPStatusError):
        return ""
    try:
        answer: Any = error.response.json()
    except ValueError:
        return ""
    told: Any = part(answer, "error") or answer
    return _sub_code(word(told, "message")) or word(told, "code")


def _sub_code(message: str) -> str:
    """Some refusals have their word in JSON within the message (Send proactive messages)."""
    try:
        return word(json.loads(message), "subCode")
    except (ValueError, RecursionError):
        return ""


def retry_after(error: Exception) -> float | None:
    """For how many seconds Teams asks us to wait; None when it does not."""
    if not isinstance(error, httpx.HTTPStatusError):
        return None
    said = error.response.headers.get("Retry-After", "")
    if error.response.status_code != 429 and not (said and error.response.status_code in AGAIN):
        return None
    if said.replace(".", "", 1).isdigit():
        return float(said)
    try:
        until, now = (
            parsedate_to_datetime(each) for each in (said, error.response.headers.get("Date", ""))
        )
    except (TypeError, ValueError):
        return BACK_OFF_SECONDS
    return max((until - now).total_seconds(), BACK_OFF_SECONDS)


def never_arrived(error: Exception) -> bool:
    """Whether the call surely changed nothing: it did not get there, or was plainly refused."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | NoToken):
        return True
    status = status_of(error)
    return status is not None and (status < 500 or status == 503)

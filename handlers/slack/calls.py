"""Calls of Slack's Web API: what an error means, and trying again what may be tried again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import structlog
from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

log = structlog.get_logger(__name__)

TRIES = 6
LONGEST_PAUSE_SECONDS = 30.0

TROUBLE = (SlackClientError, ClientError, TimeoutError, OSError)
"""What a call can raise when Slack, or the way to it, does not work."""


def error_code(error: Exception) -> str:
    """Slack's word for what was wrong, such as `channel_not_found`; empty when it said none."""
    if not isinstance(error, SlackApiError):
        return ""
    data: Any = error.response.data
    return str(cast("dict[str, Any]", data).get("error", "")) if isinstance(data, dict) else ""


def status_of(error: Exception) -> int | None:
    """The HTTP status that Slack answered with, if it answered."""
    return error.response.status_code if isinstance(error, SlackApiError) else None


def retry_after(error: Exception) -> float | None:
    """For how many seconds Slack asks us to wait; None when it does not."""
    if status_of(error) != 429 and error_code(error) not in ("ratelimited", "rate_limited"):
        return None
    headers = cast("dict[str, object]", cast(SlackApiError, error).response.headers)
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(str(said)) if str(said).isdecimal() else 1.0


def never_arrived(error: Exception) -> bool:
    """Whether the call surely did not reach Slack, or was answered by a plain refusal."""
    status = status_of(error)
    return isinstance(error, ClientConnectorError) or (status is not None and status < 500)


async def tried_again(what: str, call: Callable[[], Awaitable[Any]]) -> Any:
    """The answer of a courtesy, tried a few times; None when it could not be had.

    For what may be lost or shown twice: what matters goes through delivery.
    """
    pause = 0.5
    for _attempt in range(TRIES):
        try:
            return await call()
        except TROUBLE as error:
            wait = retry_after(error)
            refused = wait is None and status_of(error) is not None and never_arrived(error)
            if refused:
                log.info("slack_refused", what=what, error=error_code(error))
                return None
            await asyncio.sleep(min(wait if wait is not None else pause, LONGEST_PAUSE_SECONDS))
            pause *= 2
    log.warning("slack_courtesy_lost", what=what)
    return None

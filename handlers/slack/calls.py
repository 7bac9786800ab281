"""Calls of Slack's Web API: what an error means."""

# slack_sdk leaves what an error holds without types.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from typing import cast

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.payload import word


class NotTaken(Exception):
    """An address that Slack gave to answer at did not take the answer now."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__("not taken")
        self.seconds = seconds


PERHAPS_DONE = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
"""Refusals of which Slack says itself that some of what was asked may have been done."""

TROUBLE = (SlackClientError, ClientError, TimeoutError, OSError, NotTaken)
"""What a call can raise when Slack, or the way to it, does not work."""


def _response(error: Exception) -> AsyncSlackResponse | None:
    # The SDK leaves the attribute without a type.
    return cast("AsyncSlackResponse | None", getattr(error, "response", None))


def error_code(error: Exception) -> str:
    """Slack's word for what was wrong, such as `channel_not_found`; empty when it said none."""
    response = _response(error)
    return word(response.data, "error") if response is not None else ""


def status_of(error: Exception) -> int | None:
    """The HTTP status that Slack answered with, if it answered."""
    response = _response(error)
    return response.status_code if response is not None else None


def retry_after(error: Exception) -> float | None:
    """For how many seconds Slack asks us to wait; None when it does not."""
    if isinstance(error, NotTaken):
        return error.seconds
    response = _response(error)
    limited = status_of(error) == 429 or error_code(error) in ("ratelimited", "rate_limited")
    if response is None or not limited:
        return None
    headers = cast("dict[str, object]", response.headers)
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(str(said)) if str(said).isdecimal() else 1.0


def never_arrived(error: Exception) -> bool:
    """Whether the call surely did not reach Slack, or was answered by a plain refusal."""
    if isinstance(error, ClientConnectorError):
        return True
    status = status_of(error)
    return status is not None and status < 500 and error_code(error) not in PERHAPS_DONE

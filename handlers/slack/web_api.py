"""One typed way to call a method of Slack's Web API, whatever the SDK knows of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient


@dataclass(frozen=True)
class Answered:
    """What Slack answered, and the headers it came with (asked for in any case of letters)."""

    data: Mapping[str, Any]
    headers: Mapping[str, str]


async def call(client: AsyncWebClient, method: str, **arguments: str) -> Answered:
    """Call a method with form arguments, which every method takes.

    SlackApiError when Slack says no, aiohttp.ClientError or TimeoutError when it is not reached.
    """
    sdk: Any = client
    answer = await sdk.api_call(method, data=arguments)
    return Answered(answer.data, answer.headers)


def error_of(error: SlackApiError) -> str:
    """Slack's own word for what went wrong; the HTTP status when it said nothing else."""
    response: Any = error.response
    data: Any = getattr(response, "data", None)
    if isinstance(data, Mapping) and "error" in data:
        return str(data["error"])  # pyright: ignore[reportUnknownArgumentType]
    return f"http_{getattr(response, 'status_code', None) or getattr(response, 'status', 0)}"

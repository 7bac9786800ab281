"""One typed way to call a method of Slack's Web API, whatever the SDK knows of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient


@dataclass(frozen=True)
class Answered:
    """What Slack answered, and the headers it came with (asked for in any case of letters)."""

    data: Mapping[str, Any]
    headers: Mapping[str, str]


async def call(client: AsyncWebClient, method: str, **arguments: object) -> Answered:
    """Call a method: by form where all is plain, which every method takes, else by JSON.

    calls.TROUBLE when Slack says no or is not reached.
    """
    sdk: Any = client
    plain = all(isinstance(each, str) for each in arguments.values())
    how: dict[str, object] = {"data" if plain else "json": arguments}
    answer = await sdk.api_call(method, **how)
    return Answered(answer.data, answer.headers)

"""What is shown to one person at once in Slack, which limits by workspace and method; posts by
channel (docs.slack.dev/apis/web-api/rate-limits)."""

from collections.abc import Awaitable, Callable
from typing import Any

from handlers import courtesy
from handlers.courtesy import Courteous, Key, Manners
from handlers.slack.calls import TROUBLE, error_code, never_arrived, retry_after, status_of
from handlers.slack.ids import PLATFORM


class Pauses(courtesy.Pauses):
    """Until when Slack asks this process to wait."""

    def left(self, team: str, method: str, channel: str = "") -> float:
        """How many seconds are left to wait; 0 when the method may be called."""
        return self.left_of(_limit(team, method, channel))

    def ask(self, seconds: float, team: str, method: str, channel: str = "") -> None:
        """Slack has asked to wait for so long."""
        self.ask_of(seconds, _limit(team, method, channel))


def _limit(team: str, method: str, channel: str) -> Key:
    return team, method, channel if method == "chat.postMessage" else ""


def _refused(error: Exception) -> bool:
    return status_of(error) is not None and never_arrived(error)


MANNERS = Manners(PLATFORM, TROUBLE, retry_after, _refused, error_code)


class Courtesies:
    """Makes such calls for one process."""

    def __init__(self, pauses: Pauses) -> None:
        self._courteous = Courteous(MANNERS, pauses)

    async def made(
        self, team: str, method: str, call: Callable[[], Awaitable[Any]], *, channel: str = ""
    ) -> Any:
        """The answer; None when it could not be had, which is logged."""
        limit = _limit(team, method, channel)
        return await self._courteous.called(call, turn=(team, method), limit=limit, about=method)

"""The keys that Microsoft signs with, as its metadata names them; nobody is held up meanwhile."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import jwt
import structlog

from handlers.teams.ids import PLATFORM_CHANNEL

log = structlog.get_logger(__name__)

FETCH_SECONDS = 5.0
OLD_SECONDS = 24 * 3600.0
"""learn.microsoft.com, Authentication with the Bot Connector API: keys are stable, and are to be
fetched anew each day."""

BETWEEN_SECONDS = 60.0
"""Between fetches for a key that is not known: anybody can name one."""

AGAIN_SECONDS = 1.0
"""The same while none are known: a crowd does not wait for one another's fetches."""


class KeysAway(Exception):
    """Microsoft's keys cannot be had just now, and none are known."""


@dataclass
class Keys:
    """The keys of one issuer, kept in one process."""

    metadata_url: str
    monotonic: Callable[[], float] = time.monotonic
    _known: dict[str, jwt.PyJWK] = field(default_factory=dict[str, jwt.PyJWK])
    _fetched: float = float("-inf")
    _tried: float = float("-inf")
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def named(self, kid: str) -> jwt.PyJWK | None:
        """The key of that id, if Microsoft signs for Teams with it. KeysAway: none are known."""
        if self._wanted(kid):
            async with self._turn:
                if self._wanted(kid):
                    await self._fetch()
        if not self._known:
            raise KeysAway
        return self._known.get(kid)

    def _wanted(self, kid: str) -> bool:
        now = self.monotonic()
        if kid in self._known and now - self._fetched < OLD_SECONDS:
            return False
        return now - self._tried >= (BETWEEN_SECONDS if self._known else AGAIN_SECONDS)

    async def _fetch(self) -> None:
        """Old keys serve on while there are no newer ones to be had."""
        self._tried = self.monotonic()
        try:
            async with asyncio.timeout(FETCH_SECONDS), httpx.AsyncClient() as client:
                metadata = (await client.get(self.metadata_url)).raise_for_status().json()
                answer = (await client.get(str(metadata["jwks_uri"]))).raise_for_status().json()
            self._known = _keys(answer)
        except (httpx.HTTPError, TimeoutError, LookupError, TypeError, ValueError) as error:
            log.warning("teams_keys_away", error=type(error).__name__)
        else:
            self._fetched = self.monotonic()


def _keys(answer: Any) -> dict[str, jwt.PyJWK]:
    """Keys by id. Which channels a key may sign for stands beside it: `endorsements`."""
    keys: dict[str, jwt.PyJWK] = {}
    for each in answer["keys"]:
        endorsed = each.get("endorsements")
        if each.get("kty") == "RSA" and (endorsed is None or PLATFORM_CHANNEL in endorsed):
            try:
                keys[str(each["kid"])] = jwt.PyJWK(each, algorithm="RS256")
            except jwt.PyJWTError as error:
                log.warning("teams_key_unreadable", error=type(error).__name__)
    return keys

"""Who may come in: the one place that judges a request before the SDK sees it.

The SDK checks less: it takes tokens of any Entra tenant, looks at no tenant of the activity, and
asks for keys in a way that holds the whole process up.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import jwt
from microsoft_teams.api.auth.cloud_environment import CloudEnvironment

from bot.settings import LOOPBACK, TeamsConnection
from handlers.payload import Payload, part, word
from handlers.teams.ids import PLATFORM_CHANNEL
from handlers.teams.keys import Keys, KeysAway

ALGORITHM = "RS256"
LEEWAY_SECONDS = 300
"""learn.microsoft.com, Authentication with the Bot Connector API: clocks may differ so much."""

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")

_BEARER = re.compile(r"Bearer ([\x21-\x7e]{1,10000})")


class NotAdmitted(Exception):
    """`why` is for the log: it tells nothing that came in."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


@dataclass(frozen=True)
class Gate:
    """Admits what Microsoft sends to one connection, from its own tenant alone."""

    connection: TeamsConnection
    cloud: CloudEnvironment
    keys: Keys
    service_hosts: tuple[str, ...]
    anonymous: bool = False

    async def admit(self, headers: Mapping[str, str], activity: Payload) -> str:
        """The token that was shown, empty for an anonymous trial. Raises NotAdmitted."""
        self._service_url(word(activity, "serviceUrl"))
        token = self.shown(headers)
        if self.anonymous:
            return ""
        claims = await self._claims(token)
        if _bare(word(claims, "serviceurl")) != _bare(word(activity, "serviceUrl")):
            raise NotAdmitted(HTTPStatus.FORBIDDEN, "other service URL than the token's")
        if word(activity, "channelId") != PLATFORM_CHANNEL:
            raise NotAdmitted(HTTPStatus.FORBIDDEN, "not from Teams")
        self._tenant(activity)
        return token

    def shown(self, headers: Mapping[str, str]) -> str:
        """The token, unread: judged before the body is. Raises NotAdmitted where there is none.

        An anonymous trial is for this machine alone: what came through a proxy came from elsewhere.
        """
        if self.anonymous:
            if any(name in headers for name in FORWARDED):
                raise NotAdmitted(HTTPStatus.FORBIDDEN, "anonymous through a proxy")
            return ""
        found = _BEARER.fullmatch(headers.get("authorization", ""))
        if found is None:
            raise NotAdmitted(HTTPStatus.UNAUTHORIZED, "no token")
        return found[1]

    async def _claims(self, token: str) -> dict[str, Any]:
        """What the token says, signed by Bot Framework for this bot.

        A token of Entra's has another issuer: what it says of tenants is its own affair.
        """
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") != ALGORITHM:
                raise NotAdmitted(HTTPStatus.UNAUTHORIZED, "other algorithm")
            key = await self.keys.named(str(header.get("kid", "")))
            if key is None:
                raise NotAdmitted(HTTPStatus.UNAUTHORIZED, "unknown key")
            return jwt.decode(
                token,
                key.key,
                algorithms=[ALGORITHM],
                audience=self.connection.app_id,
                issuer=self.cloud.token_issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iss", "aud"]},
            )
        except KeysAway as away:
            raise NotAdmitted(HTTPStatus.SERVICE_UNAVAILABLE, "keys away") from away
        except jwt.PyJWTError as error:
            raise NotAdmitted(HTTPStatus.UNAUTHORIZED, type(error).__name__) from None

    def _service_url(self, url: str) -> None:
        """What is answered goes there, with our own token: only to Microsoft."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
            plain = parts.scheme == "http" and host in LOOPBACK
            named = {host, parts.netloc} & set(self.service_hosts)
            known = bool(named) and not parts.username and not parts.query and not parts.fragment
        except ValueError:
            known = plain = False
            parts = urlsplit("")
        if not known or not (parts.scheme == "https" or plain):
            raise NotAdmitted(
                HTTPStatus.FORBIDDEN, "service URL not among SAMSPEL_TEAMS_SERVICE_HOSTS"
            )

    def _tenant(self, activity: Payload) -> None:
        said = {
            word(part(activity, "conversation"), "tenantId").lower(),
            word(part(activity, "channelData", "tenant"), "id").lower(),
        } - {""}
        if said != {self.connection.tenant_id}:
            raise NotAdmitted(HTTPStatus.FORBIDDEN, "other tenant")


def _bare(url: str) -> str:
    return url.rstrip("/")

"""How a connection shows that it is itself: tokens from Entra ID, by msal."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import msal  # pyright: ignore[reportMissingTypeStubs] - it has none

from bot.settings import TeamsConnection
from handlers.teams.certificate import read_certificate, read_secret_file
from handlers.teams.no_token import EntraUnreachable, NoToken, TokenRefused

if TYPE_CHECKING:
    from microsoft_teams.api.auth.cloud_environment import CloudEnvironment

HTTP_SECONDS = 4.0
"""For each answer of Entra's; a token takes two, and a call to Teams ten seconds in all."""

EXCHANGE = "api://AzureADTokenExchange"
"""What a managed identity's token must be for, to be exchanged for that of the app."""

_FILE = "file:"
_AADSTS = re.compile(r"AADSTS\d+")

_msal: Any = msal


class OtherTenant(Exception):
    """A token was asked for in another tenant than the connection's own."""


class Tokens:
    """The tokens of one connection, kept by msal until they are nearly old.

    Whoever asks while Entra is being asked gets the same answer; a connection that Entra keeps
    waiting holds one thread of its own and nobody else.
    """

    def __init__(self, connection: TeamsConnection, cloud: "CloudEnvironment") -> None:
        self._connection, self._cloud = connection, cloud
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"entra-{connection.name}")
        self._asked: dict[tuple[str, ...], asyncio.Task[str]] = {}
        self._entra: Any = None

    async def token(self, scope: str | list[str], tenant: str | None = None) -> str | None:
        """A token for the scope; None where the connection has nothing to show itself by.

        NoToken (no_token.py) when it gets none: refused, out of reach, or its file unusable.
        """
        if not self._connection.has_credential:
            return None
        if tenant is not None and tenant.lower() != self._connection.tenant_id:
            raise OtherTenant(self._connection.name)
        scopes = (scope,) if isinstance(scope, str) else tuple(scope)
        asked = self._asked.get(scopes)
        if asked is None:
            asked = self._asked[scopes] = asyncio.create_task(self._acquired(scopes))
            asked.add_done_callback(lambda done: self._answered(scopes, done))
        return await asyncio.shield(asked)

    async def _acquired(self, scopes: Sequence[str]) -> str:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._acquire, scopes)

    def _answered(self, scopes: tuple[str, ...], done: "asyncio.Task[str]") -> None:
        self._asked.pop(scopes, None)
        if not done.cancelled():
            done.exception()  # seen by those who still wait; nobody is left to be told otherwise

    def _acquire(self, scopes: Sequence[str]) -> str:
        """In the connection's own thread, one at a time."""
        try:
            self._entra = self._entra or self._client()
            answer = self._entra.acquire_token_for_client(list(scopes))
        except (OSError, httpx.HTTPError, _msal.exceptions.MsalServiceError) as error:
            # Of msal's own HTTP, every error is an OSError.
            raise EntraUnreachable(type(error).__name__) from None
        except ValueError as error:
            # A tenant that Entra does not know, or an answer that is not Entra's.
            raise _of_discovery(error) from None
        if token := answer.get("access_token"):
            return str(token)
        # A client made anew reads the certificate anew, which may be what was mended.
        self._entra = None
        raise TokenRefused(_code(answer))

    def _client(self) -> Any:
        connection = self._connection
        return _msal.ConfidentialClientApplication(
            connection.app_id,
            client_credential=self._credential(),
            authority=f"{self._cloud.login_endpoint.rstrip('/')}/{connection.tenant_id}",
            # Where to ask is ours to say: neither Microsoft's list of clouds nor the environment.
            instance_discovery=False,
            azure_region=False,
            timeout=HTTP_SECONDS,
        )

    def _credential(self) -> object:
        connection = self._connection
        if connection.secret is not None:
            return connection.secret.get_secret_value()
        if connection.certificate is not None:
            read = read_certificate(connection.certificate)
            return {"private_key": read.private_key, "public_certificate": read.public_certificate}
        return {"client_assertion": _assertion(connection.federated or "")}


def _assertion(federated: str) -> Any:
    """What gives the other platform's word for who we are, read anew each time it is asked for."""
    if federated.startswith(_FILE):
        path = Path(federated.removeprefix(_FILE))
        return lambda: read_secret_file(path).decode("ascii", "replace").strip()
    identity = (
        _msal.SystemAssignedManagedIdentity()
        if federated == "system"
        else _msal.UserAssignedManagedIdentity(client_id=federated)
    )
    # Outside Azure nobody answers at the address of managed identities, ever.
    hurried = httpx.Client(timeout=HTTP_SECONDS)
    client = _msal.ManagedIdentityClient(identity, http_client=hurried)
    return lambda: _identity_token(client)


def _identity_token(client: Any) -> str:
    answer = client.acquire_token_for_client(resource=EXCHANGE)
    if token := answer.get("access_token"):
        return str(token)
    raise TokenRefused(_code(answer))


def _code(answer: Mapping[str, Any]) -> str:
    for code in answer.get("error_codes") or ():
        return f"AADSTS{code}"
    found = _AADSTS.search(str(answer.get("error_description", "")))
    return found[0] if found else str(answer.get("error", "unknown"))


def _of_discovery(error: ValueError) -> NoToken:
    found = _AADSTS.search(f"{error} {error.__context__}")
    return TokenRefused(found[0]) if found else EntraUnreachable(type(error).__name__)

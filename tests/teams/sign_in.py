"""Microsoft's sign-in service as msal asks it: metadata, keys, and tokens for an app itself."""

import time
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography import x509
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.teams.findings import Json
from tests.teams.tokens import ENTRA_KID, entra_key, key_set
from tests.teams.world import Tenant

BOT_API = "https://api.botframework.com"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EXCHANGE = "api://AzureADTokenExchange"
"""The audience of what another issuer says of a workload: a federated credential."""

REFUSALS = {
    "AADSTS90002": ("invalid_request", "Tenant not found."),
    "AADSTS700016": ("unauthorized_client", "Application was not found in the directory."),
    "AADSTS7000215": ("invalid_client", "Invalid client secret provided."),
    "AADSTS7000222": ("invalid_client", "The provided client secret keys are expired."),
    "AADSTS7000216": ("invalid_client", "client_assertion or client_secret is required."),
    "AADSTS700027": ("invalid_client", "The certificate is not registered, or is expired."),
    "AADSTS700024": ("invalid_client", "Client assertion is not within its valid time range."),
    "AADSTS700213": ("invalid_client", "No matching federated identity record found."),
    "AADSTS70011": ("invalid_scope", "The provided value for the scope is not valid."),
    "AADSTS50196": ("invalid_grant", "The server terminated an operation: a request loop."),
}
"""learn.microsoft.com: Microsoft Entra authentication error codes."""


@dataclass
class SignIn:
    """Issues tokens to the bots of the tenants, and says which it gave.

    `refuses`: one of `REFUSALS`, answered to everybody. `status`: answered instead of anything
    else, as when the service is down. `token_seconds`: how long a token lives.
    """

    tenants: list[Tenant]
    base: str = ""
    refuses: str = ""
    status: int = 0
    token_seconds: int = 3_599
    asked: list[Json] = field(default_factory=list[Json])
    answering: int = 0

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/{tenant}/v2.0/.well-known/openid-configuration", self.metadata),
            Route("/{tenant}/discovery/v2.0/keys", self.keys),
            Route("/{tenant}/oauth2/v2.0/token", self._counted, methods=["POST"]),
        ]

    async def _counted(self, request: Request) -> Response:
        self.answering += 1
        try:
            return await self.token(request)
        finally:
            self.answering -= 1

    async def metadata(self, request: Request) -> Response:
        """Where the rest of the service is, for one tenant."""
        named = request.path_params["tenant"]
        if self.status:
            return JSONResponse({"error": "temporarily_unavailable"}, self.status)
        if self._tenant(named) is None:
            return _refused("AADSTS90002")
        here = f"{self.base}/{named}"
        return JSONResponse(
            {
                "issuer": f"{here}/v2.0",
                "token_endpoint": f"{here}/oauth2/v2.0/token",
                "authorization_endpoint": f"{here}/oauth2/v2.0/authorize",
                "device_authorization_endpoint": f"{here}/oauth2/v2.0/devicecode",
                "jwks_uri": f"{here}/discovery/v2.0/keys",
                "token_endpoint_auth_methods_supported": [
                    *("client_secret_post", "private_key_jwt")
                ],
            }
        )

    async def keys(self, request: Request) -> Response:
        """By which this service's tokens are known."""
        return JSONResponse(key_set(entra_key(), ENTRA_KID))

    async def token(self, request: Request) -> Response:
        """A token for an app itself, or why not."""
        form = {key: str(value) for key, value in (await request.form()).items()}
        named = request.path_params["tenant"]
        tenant = self._tenant(named)
        secret = ("client_secret", "client_assertion")
        known = {key: value for key, value in form.items() if key not in secret}
        self.asked.append(known | {"tenant": named})
        if self.status:
            return JSONResponse({"error": "temporarily_unavailable"}, self.status)
        refusal = self.refuses or self._refusal(tenant, form)
        if refusal or tenant is None:
            return _refused(refusal)
        return JSONResponse(
            {
                "token_type": "Bearer",
                "expires_in": self.token_seconds,
                "ext_expires_in": self.token_seconds,
                "access_token": self.issue(tenant, form["scope"].removesuffix("/.default")),
            }
        )

    def issue(self, tenant: Tenant, audience: str = BOT_API, **claims: Any) -> str:
        """A token for the bot of that tenant; `claims` change what it says."""
        now = int(time.time())
        said: Json = {
            "aud": audience,
            "iss": f"https://sts.windows.net/{tenant.id}/",
            "iat": now,
            "nbf": now - 5,
            "exp": now + self.token_seconds,
            "appid": tenant.app_id,
            "tid": tenant.id,
        }
        return jwt.encode(said | claims, entra_key(), "RS256", {"kid": ENTRA_KID})

    def bearer(self, header: str) -> Json | None:
        """What a token that we issued for the connector says; None when it is no such token."""
        if not header.startswith("Bearer "):
            return None
        try:
            return jwt.decode(
                header.removeprefix("Bearer "),
                entra_key().public_key(),
                ["RS256"],
                audience=BOT_API,
                options={"require": ["exp", "appid", "tid"]},
            )
        except jwt.InvalidTokenError:
            return None

    def _tenant(self, named: str) -> Tenant | None:
        return next((one for one in self.tenants if named.lower() in (one.id, one.domain)), None)

    def _refusal(self, tenant: Tenant | None, form: dict[str, str]) -> str:
        if tenant is None:
            return "AADSTS90002"
        if form.get("client_id") != tenant.app_id:
            return "AADSTS700016"
        if form.get("grant_type") != "client_credentials" or not form.get("scope", "").endswith(
            "/.default"
        ):
            return "AADSTS70011"
        if form.get("client_assertion_type") == ASSERTION_TYPE:
            return self._judged(tenant, form.get("client_assertion", ""))
        if "client_secret" not in form:
            return "AADSTS7000216"
        return "" if form["client_secret"] == tenant.secret else "AADSTS7000215"

    def _judged(self, tenant: Tenant, assertion: str) -> str:
        try:
            issuer = jwt.decode(assertion, options={"verify_signature": False}).get("iss", "")
        except jwt.InvalidTokenError:
            return "AADSTS700027"
        if issuer != tenant.app_id:
            return _by_other_issuer(tenant, assertion, issuer)
        told = jwt.get_unverified_header(assertion)
        if not {"x5t", "x5t#S256"} & set(told):
            return "AADSTS700027"
        mine = f"{self.base}/{tenant.id}/oauth2/v2.0/token"
        for pem in tenant.certificates:
            key = x509.load_pem_x509_certificate(pem).public_key()
            outcome = _verified(assertion, key, mine, tenant.app_id)
            if outcome != "AADSTS700027":
                return outcome
        return "AADSTS700027"


def _by_other_issuer(tenant: Tenant, assertion: str, issuer: str) -> str:
    """Federated: the tenant trusts what these issuers say of the workload."""
    key = tenant.federated.get(issuer)
    if key is None:
        return "AADSTS700213"
    return _verified(assertion, key, EXCHANGE, "")


def _verified(assertion: str, key: Any, audience: str, subject: str) -> str:
    try:
        said = jwt.decode(
            assertion,
            key,
            ["RS256", "PS256"],
            audience=audience,
            options={"require": ["exp", "sub", "iss"]},
        )
    except jwt.ExpiredSignatureError:
        return "AADSTS700024"
    except jwt.InvalidTokenError:
        return "AADSTS700027"
    return "" if subject in ("", said["sub"]) else "AADSTS700027"


def _refused(code: str) -> Response:
    error, words = REFUSALS[code]
    status = 401 if error == "invalid_client" else 400
    body = {
        "error": error,
        "error_description": f"{code}: {words} Trace ID: 0 Correlation ID: 0",
        "error_codes": [int(code.removeprefix("AADSTS"))],
    }
    return JSONResponse(body, status)

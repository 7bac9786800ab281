"""Tokens by which the bot knows Microsoft, and everything that is wrong with one on order."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any, Literal, get_args

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.teams.certificates import public_pem, rsa_key
from tests.teams.findings import Json
from tests.teams.world import Tenant, guid

ISSUER = "https://api.botframework.com"
AGENT_PLATFORM = "5a807f24-c9de-44ee-a3a7-329e88a00ffc"
"""The caller whose Entra tokens the SDK takes, in whatever tenant they name."""

TokenKind = Literal[
    "right",
    "none",
    "not bearer",
    "garbage",
    "wrong issuer",
    "wrong audience",
    "expired",
    "not yet valid",
    "wrong service url",
    "no service url",
    "wrong key",
    "unknown kid",
    "alg none",
    "hs256 by public key",
    "entra v2",
    "entra v1",
    "entra of other tenant",
]
TOKEN_KINDS: tuple[TokenKind, ...] = get_args(TokenKind)
WRONG_TOKENS: tuple[TokenKind, ...] = tuple(each for each in TOKEN_KINDS if each != "right")

SERVICE_KID, ENTRA_KID = "service-key-1", "entra-key-1"


def service_key() -> rsa.RSAPrivateKey:
    """Signs what Teams sends the bot."""
    return rsa_key("service")


def entra_key() -> rsa.RSAPrivateKey:
    """Signs what the sign-in service issues."""
    return rsa_key("entra")


def key_set(key: rsa.RSAPrivateKey, kid: str) -> Json:
    """A public key as OpenID publishes it."""
    public: Json = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    more = {"kid": kid, "use": "sig", "x5t": kid, "endorsements": ["msteams"]}
    return {"keys": [{**public, **more}]}


def authorization(kind: TokenKind, tenant: Tenant, service_url: str, login: str) -> str | None:
    """The Authorization header for an activity to the bot of that tenant; None: no such header."""
    match kind:
        case "none":
            return None
        case "not bearer":
            return "Basic c2Ftc3BlbDpzYW1zcGVs"
        case "garbage":
            return "Bearer not.a.token"
        case _:
            return "Bearer " + _MADE[kind](tenant, service_url, login)


def service_claims(tenant: Tenant, service_url: str) -> Json:
    """What Teams says of itself to the bot of that tenant."""
    now = int(time.time())
    return {
        "serviceurl": service_url,
        "nbf": now - 5,
        "exp": now + 3_600,
        "iss": ISSUER,
        "aud": tenant.app_id,
    }


def signed(claims: Json, key: rsa.RSAPrivateKey | None = None, kid: str = SERVICE_KID) -> str:
    """A token with these claims."""
    return jwt.encode(claims, key or service_key(), "RS256", {"kid": kid})


def _changed(**claims: Any) -> Callable[[Tenant, str, str], str]:
    def made(tenant: Tenant, service_url: str, login: str) -> str:
        known = service_claims(tenant, service_url) | claims
        return signed({key: value for key, value in known.items() if value is not None})

    return made


def _expired(tenant: Tenant, service_url: str, login: str) -> str:
    past = int(time.time()) - 7_200
    return _changed(nbf=past, exp=past + 3_600)(tenant, service_url, login)


def _early(tenant: Tenant, service_url: str, login: str) -> str:
    later = int(time.time()) + 3_600
    return _changed(nbf=later, exp=later + 3_600)(tenant, service_url, login)


def _wrong_key(tenant: Tenant, service_url: str, login: str) -> str:
    return signed(service_claims(tenant, service_url), rsa_key("somebody else"))


def _unknown_kid(tenant: Tenant, service_url: str, login: str) -> str:
    return signed(service_claims(tenant, service_url), rsa_key("somebody else"), "no-such-key")


def _unsigned(tenant: Tenant, service_url: str, login: str) -> str:
    header = _part({"alg": "none", "typ": "JWT", "kid": SERVICE_KID})
    return f"{header}.{_part(service_claims(tenant, service_url))}."


def _by_public_key(tenant: Tenant, service_url: str, login: str) -> str:
    header = _part({"alg": "HS256", "typ": "JWT", "kid": SERVICE_KID})
    body = f"{header}.{_part(service_claims(tenant, service_url))}"
    digest = hmac.new(public_pem(service_key()), body.encode(), hashlib.sha256).digest()
    return f"{body}.{_base64(digest)}"


def _entra(version: Literal["v1", "v2"], *, other: bool = False) -> Callable[..., str]:
    def made(tenant: Tenant, service_url: str, login: str) -> str:
        whose = guid() if other else tenant.id
        issuer = f"{login}/{whose}/v2.0" if version == "v2" else f"https://sts.windows.net/{whose}/"
        caller = "azp" if version == "v2" else "appid"
        claims = service_claims(tenant, service_url)
        return signed(
            claims | {"iss": issuer, "tid": whose, caller: AGENT_PLATFORM}, entra_key(), ENTRA_KID
        )

    return made


_MADE: dict[TokenKind, Callable[[Tenant, str, str], str]] = {
    "right": _changed(),
    "wrong issuer": _changed(iss="https://login.example.com"),
    "wrong audience": _changed(aud=guid()),
    "expired": _expired,
    "not yet valid": _early,
    "wrong service url": _changed(serviceurl="https://smba.example.com/emea/"),
    "no service url": _changed(serviceurl=None),
    "wrong key": _wrong_key,
    "unknown kid": _unknown_kid,
    "alg none": _unsigned,
    "hs256 by public key": _by_public_key,
    "entra v2": _entra("v2"),
    "entra v1": _entra("v1"),
    "entra of other tenant": _entra("v2", other=True),
}


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _part(thing: Json) -> str:
    return _base64(json.dumps(thing).encode())

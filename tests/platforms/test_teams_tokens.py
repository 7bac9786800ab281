"""A connection shows that it is itself, says plainly why when it cannot, and hears us alone."""

import ast
import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from pydantic import SecretStr

from bot.settings import Settings, TeamsConnection
from handlers.teams.no_token import CredentialUnusable, EntraUnreachable, NoToken, TokenRefused
from handlers.teams.sdk import cloud_of
from handlers.teams.tokens import OtherTenant, Tokens
from tests.house import HOUSE
from tests.platforms.entra_scene import (
    APP,
    IDENTITY,
    SCOPE,
    SECRET,
    TENANT,
    Entra,
    connection,
    entra_id,
    with_certificate,
)


@pytest.fixture
def entra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Entra]:
    """Entra, taken at its word."""
    with entra_id(tmp_path) as entra:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(entra.ca_file))
        yield entra


def tokens(entra: Entra, known: TeamsConnection | None = None) -> Tokens:
    settings = Settings(teams_cloud=entra.cloud)
    return Tokens(known or connection(), cloud_of(settings))


def by(**way: Any) -> TeamsConnection:
    return connection(secret=None, **way)


async def test_a_secret_gives_a_token_that_is_kept(entra: Entra):
    ours = tokens(entra)
    assert await ours.token(SCOPE) == "token-1"
    assert await ours.token([SCOPE], TENANT.upper()) == "token-1"
    (asked,) = entra.asked
    assert (asked["client_id"], asked["scope"]) == (APP, SCOPE)
    assert asked["grant_type"] == "client_credentials"


async def test_a_token_that_grows_old_is_asked_for_anew(entra: Entra):
    entra.hasty = True
    ours = tokens(entra)
    assert await ours.token(SCOPE) == "token-1"
    assert await ours.token(SCOPE) == "token-2"


async def test_many_who_ask_at_once_are_one_question(entra: Entra):
    entra.hold = 0.1
    ours = tokens(entra)
    assert set(await asyncio.gather(*(ours.token(SCOPE) for _ in range(20)))) == {"token-1"}
    assert len(entra.asked) == 1


async def test_who_gives_up_waiting_takes_nothing_from_the_others(entra: Entra):
    entra.hold = 0.2
    ours = tokens(entra)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(ours.token(SCOPE), 0.05)
    assert await ours.token(SCOPE) == "token-1"
    assert len(entra.asked) == 1


async def test_a_certificate_gives_a_token_and_never_leaves_the_machine(
    entra: Entra, tmp_path: Path
):
    path, certificate = with_certificate(tmp_path)
    entra.certificates.append(certificate)
    assert await tokens(entra, by(certificate=path)).token(SCOPE) == "token-1"
    assert "client_secret" not in entra.asked[0]


async def test_a_certificate_that_is_replaced_is_read_when_the_old_is_refused(
    entra: Entra, tmp_path: Path
):
    entra.refusal = 700_027
    path, _old = with_certificate(tmp_path, "old")
    ours = tokens(entra, by(certificate=path))
    with pytest.raises(TokenRefused, match="AADSTS700027"):
        await ours.token(SCOPE)
    new, certificate = with_certificate(tmp_path, "new")
    entra.certificates.append(certificate)
    path.write_bytes(new.read_bytes())
    assert await ours.token(SCOPE) == "token-2"


async def test_a_federated_token_is_read_anew_each_time(entra: Entra, tmp_path: Path):
    entra.hasty = True
    entra.assertions = {"first", "second"}
    path = tmp_path / "federated"
    ours = tokens(entra, by(federated=f"file:{path}"))
    for word in ("first", "second"):
        path.write_text(f"{word}\n")
        await ours.token(SCOPE)
    assert [asked["client_assertion"] for asked in entra.asked] == ["first", "second"]


@pytest.mark.parametrize(("identity", "asked"), [("system", None), (APP, [APP])])
async def test_a_managed_identitys_word_is_exchanged_for_the_apps_token(
    entra: Entra, monkeypatch: pytest.MonkeyPatch, identity: str, asked: list[str] | None
):
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", entra.login)
    monkeypatch.setenv("SSL_CERT_FILE", str(entra.ca_file))
    entra.assertions = {IDENTITY}
    assert await tokens(entra, by(federated=identity)).token(SCOPE) == "token-1"
    (question,) = entra.identities
    assert question["resource"] == ["api://AzureADTokenExchange"]
    assert question.get("client_id") == asked


async def test_outside_azure_a_managed_identity_is_out_of_reach_and_nobody_waits_for_ever(
    entra: Entra, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:1")
    for identity in ("system", APP):
        with pytest.raises(EntraUnreachable):
            await tokens(entra, by(federated=identity)).token(SCOPE)


async def test_a_refusal_says_entras_code_and_nothing_secret(entra: Entra):
    entra.secret = "en annan"
    with pytest.raises(TokenRefused) as refused:
        await tokens(entra).token(SCOPE)
    assert refused.value.code == "AADSTS7000215"
    assert SECRET not in f"{refused.value!r} {refused.value.__cause__!r}"
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


async def test_an_unknown_app_and_an_unknown_tenant_are_told_apart(entra: Entra):
    elsewhere = APP.replace("2", "3")
    with pytest.raises(TokenRefused, match="AADSTS700016"):
        await tokens(entra, connection(app_id=elsewhere)).token(SCOPE)
    with pytest.raises(TokenRefused, match="AADSTS90002"):
        await tokens(entra, connection(tenant_id=elsewhere)).token(SCOPE)


async def test_after_a_refusal_entra_is_asked_again_at_once(entra: Entra):
    entra.secret = "en annan"
    ours = tokens(entra)
    with pytest.raises(TokenRefused):
        await ours.token(SCOPE)
    entra.secret = SECRET
    assert await ours.token(SCOPE) == "token-2"


async def test_entra_that_does_not_answer_is_out_of_reach(
    entra: Entra, monkeypatch: pytest.MonkeyPatch
):
    nowhere = cloud_of(Settings(teams_cloud={"login_endpoint": "https://127.0.0.1:1"}))
    away = Tokens(connection(), nowhere)
    with pytest.raises(EntraUnreachable):
        await away.token(SCOPE)
    entra.status = 503
    with pytest.raises(EntraUnreachable):
        await tokens(entra).token(SCOPE)
    entra.status, entra.html = 0, True
    with pytest.raises(EntraUnreachable):
        await tokens(entra).token(SCOPE)
    entra.html, entra.hold = False, 1.0
    monkeypatch.setattr("handlers.teams.tokens.HTTP_SECONDS", 0.1)
    with pytest.raises(EntraUnreachable):
        await tokens(entra).token(SCOPE)


async def test_somebody_who_only_says_that_it_is_entra_gets_no_secret(
    entra: Entra, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with pytest.raises(EntraUnreachable):
        await tokens(entra).token(SCOPE)
    assert entra.asked == []


@pytest.mark.parametrize("what", ["absent", "empty", "no key", "no certificate", "other's"])
async def test_a_certificate_file_that_cannot_be_used_is_told_by_its_path(
    entra: Entra, tmp_path: Path, what: str
):
    path, _certificate = with_certificate(tmp_path)
    pem = path.read_text()
    key, certificate = pem.split("-----BEGIN CERTIFICATE", 1)
    other = with_certificate(tmp_path, "other")[1].decode()
    contents = {
        "empty": "",
        "no key": "-----BEGIN CERTIFICATE" + certificate,
        "no certificate": key,
        "other's": key + other,
    }
    path.unlink() if what == "absent" else path.write_text(contents[what])
    with pytest.raises(CredentialUnusable, match=r"samspel\.pem"):
        await tokens(entra, by(certificate=path)).token(SCOPE)


async def test_a_federated_file_that_is_not_there_is_told_by_its_path(entra: Entra, tmp_path: Path):
    with pytest.raises(CredentialUnusable, match="borta"):
        await tokens(entra, by(federated=f"file:{tmp_path}/borta")).token(SCOPE)


async def test_no_token_is_asked_for_in_anothers_tenant(entra: Entra):
    with pytest.raises(OtherTenant):
        await tokens(entra).token(SCOPE, APP)
    assert entra.asked == []


async def test_what_cannot_show_itself_has_no_token(entra: Entra):
    assert await tokens(entra, connection(secret=None)).token(SCOPE) is None
    assert entra.asked == []


async def test_no_secret_is_logged(entra: Entra, caplog: pytest.LogCaptureFixture):
    caplog.set_level("DEBUG")
    entra.secret = "en annan"
    with structlog.testing.capture_logs() as logged, pytest.raises(NoToken):
        await tokens(entra).token(SCOPE)
    assert SECRET not in f"{caplog.text} {logged}"


MADE = """
import asyncio, json, os
before = dict(os.environ)
from bot.settings import Settings, TeamsConnection
from handlers.teams.sdk import cloud_of, make_app
from handlers.teams.tokens import Tokens
from microsoft_teams.apps import FastAPIAdapter
known = TeamsConnection.model_validate_json(os.environ["KNOWN"])
cloud = cloud_of(Settings())
adapter = FastAPIAdapter()
app = make_app(known, Tokens(known, cloud), cloud, adapter)
asyncio.run(app.initialize())
paths = [route.path for route in adapter.app.routes]
print(json.dumps({
    "environment": [name for name in os.environ if os.environ[name] != before.get(name)],
    "id": app.id,
    "credentials": type(app.credentials).__name__,
    "tenant": app.credentials.tenant_id,
    "login": app.cloud.login_endpoint,
    "service": app.api.service_url,
    "open": app.options.dangerously_allow_unauthenticated_requests,
    "asks": app.options.fetch_user_token,
    "ours": [path for path in paths if path.startswith("/teams")],
    "theirs": [path for path in paths if path.startswith("/api")],
}))
"""

THEIRS = {
    "CLIENT_ID": "deras",
    "CLIENT_SECRET": "deras",
    "TENANT_ID": "deras",
    "MANAGED_IDENTITY_CLIENT_ID": "system",
    "CLOUD": "China",
    "SERVICE_URL": "https://deras.example",
    "OAUTH_URL": "https://deras.example",
    "PORT": "1",
    "DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS": "true",
    "SAMSPEL_TEAMS_CLOUD": '{"login_endpoint": "https://deras.example"}',
}


@pytest.mark.parametrize("way", ["nothing", "environment", "file"])
def test_the_sdk_hears_our_settings_and_neither_environment_nor_a_file(tmp_path: Path, way: str):
    known = connection().model_copy(update={"secret": None}).model_dump_json(exclude_none=True)
    environment = {"PATH": "", "PYTHONPATH": str(HOUSE), "KNOWN": known}
    if way == "environment":
        environment |= {name: value for name, value in THEIRS.items() if "SAMSPEL" not in name}
    if way == "file":
        lines = "".join(f"{name}={value!r}\n" for name, value in THEIRS.items())
        (tmp_path / ".env").write_text(lines)
    command = [sys.executable, "-c", MADE]
    made = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout) == {
        "environment": [],
        "id": APP,
        "credentials": "TokenCredentials",
        "tenant": TENANT,
        "login": "https://login.microsoftonline.com",
        "service": "https://smba.trafficmanager.net/teams",
        "open": False,
        "asks": False,
        "ours": ["/teams/skovde/messages"],
        "theirs": [],
    }


def test_the_sdk_is_imported_in_one_place_alone():
    """Elsewhere, an import that comes first would load a `.env` file."""
    importing = {
        path.name
        for path in (HOUSE / "handlers").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("microsoft_teams.apps")
    }
    assert importing == {"sdk.py"}


def test_the_cloud_is_microsofts_but_for_what_is_set():
    assert cloud_of(Settings()).token_issuer == "https://api.botframework.com"
    other = cloud_of(Settings(teams_cloud={"token_issuer": "https://api.botframework.us"}))
    assert other.token_issuer == "https://api.botframework.us"
    assert other.login_endpoint == cloud_of(Settings()).login_endpoint


def test_a_secret_is_never_shown_with_the_connection():
    assert SECRET not in repr(connection(secret=SecretStr(SECRET)))

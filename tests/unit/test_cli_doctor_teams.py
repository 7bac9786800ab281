"""`samspel doctor` for Teams: each connection looked at, and the cure in plain words."""

import json
import socket
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.clock import wall_clock
from bot.settings import Settings
from handlers.checks import Check, check_mail
from handlers.cli_doctor import checks
from handlers.teams.check_settings import check_settings
from handlers.teams.refusals import cure_of
from storage.database import Database
from tests.platforms.entra_scene import APP, SECRET, TENANT, Entra, entra_id, with_certificate
from tests.platforms.web_scene import furnish
from tests.unit.test_cli_doctor import typed
from tests.unit.test_operations import typed as started

CONNECTION: dict[str, Any] = {
    "name": "skaraborg",
    "app_id": APP,
    "tenant_id": TENANT,
    "secret": SECRET,
    "organisations": ["Hjo", "Skövde"],
    "email_domains": ["example.se"],
}
PUBLIC = "https://samspel.example.se"

Found = dict[str, Check]
Look = Callable[..., Coroutine[Any, Any, Found]]


@pytest.fixture
def entra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Entra]:
    """Entra, taken at its word; it knows the connection."""
    with entra_id(tmp_path) as entra:
        for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
            monkeypatch.setenv(name, str(entra.ca_file))
        yield entra


@pytest.fixture
async def look(database: Database, database_url: str, entra: Entra) -> Look:
    """The doctor's findings by what they say; `differs` is how the one connection does."""
    async with database.transaction() as db:
        await furnish(db, demo=False)

    async def found(differs: dict[str, Any] | None = None, **settings: Any) -> Found:
        values: dict[str, Any] = {
            "database_url": database_url,
            "public_url": PUBLIC,
            "teams_connections": [CONNECTION | (differs or {})],
            "teams_cloud": entra.cloud,
            **settings,
        }
        told = [check async for check in checks(Settings(**values), wall_clock)]
        return {check.what: check for check in told}

    return found


def one(found: Found, start: str) -> Check:
    (check,) = [check for what, check in found.items() if what.startswith(start)]
    assert bool(check.cure) == (check.level != "ok")
    return check


async def bind(
    database: Database, tenant: str = TENANT, name: str = "Energi", *, gone: bool = False
) -> None:
    """A channel in a tenant, bound to a network; `gone`: closed since."""
    async with database.transaction() as db:
        await db.execute(
            text("""
            WITH k AS (
              INSERT INTO connections (platform, tenant) VALUES ('teams', :tenant)
              ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant RETURNING id
            ), c AS (
              INSERT INTO conversations (connection_id, kind, address, name, closed_at)
              SELECT id, 'channel', :name, :name, CASE WHEN :gone THEN now() END FROM k
              RETURNING id
            )
            INSERT INTO channel_bindings (conversation_id, body_id, bound_by)
            SELECT c.id, b.id, 'ida' FROM c, bodies b WHERE b.name = 'Energi'
            """),
            {"tenant": tenant, "name": name, "gone": gone},
        )


async def test_all_in_order_is_ok_line_by_line(look: Look, database: Database):
    await bind(database)
    found = await look()
    del found["Ingen e-postserver är inställd"]
    assert {what: check for what, check in found.items() if check.level != "ok"} == {}
    for what in (
        "skaraborg: Entra ID ger boten en token",
        "Nycklarna som Teams skriver under med går att läsa",
        "Serverns klocka går rätt",
        "skaraborg är registrerad",
        "Teams får svar på smba.trafficmanager.net",
        "skaraborg: i Azure ska botens Messaging endpoint vara "
        "https://samspel.example.se/teams/skaraborg/messages",
    ):
        assert what in found


def by_settings(**settings: Any) -> Found:
    values: dict[str, Any] = {
        "teams_connections": [CONNECTION],
        "public_url": PUBLIC,
        **settings,
    }
    return {check.what: check for check in check_settings(Settings(**values))}


def test_without_teams_it_is_said_and_nothing_is_wrong():
    assert one(by_settings(teams_connections=[]), "Teams är inte inställt").level == "ok"


@pytest.mark.parametrize("url", [None, "http://samspel.example.se"])
def test_teams_comes_by_https_alone(url: str | None):
    assert one(by_settings(public_url=url), "Teams skickar bara till").level == "fel"


def test_letting_anybody_in_is_told_loudly():
    found = by_settings(
        teams_anonymous=True, public_url=None, teams_connections=[CONNECTION | {"secret": None}]
    )
    check = one(found, "SLÄPPER IN VEM SOM HELST")
    assert check.level == "varning"
    assert "SAMSPEL_TEAMS_ANONYMOUS" in check.cure
    assert "fel" not in {each.level for each in found.values()}


async def test_to_try_it_here_nobody_elsewhere_is_asked(look: Look, entra: Entra):
    entra.keys, entra.status = 0, 503
    found = await look({"secret": None}, teams_anonymous=True)
    assert "fel" not in {each.level for each in found.values()}
    assert entra.asked == []


def test_when_it_is_started_letting_anybody_in_is_told_too():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = started(
            "serve",
            SAMSPEL_PORT=str(taken.getsockname()[1]),
            SAMSPEL_TEAMS_ANONYMOUS="1",
            SAMSPEL_TEAMS_CONNECTIONS=json.dumps([CONNECTION]),
        )
    assert "varning; SLÄPPER IN VEM SOM HELST" in told.stderr


def test_other_hosts_than_microsofts_are_worth_a_look():
    found = by_settings(teams_service_hosts=["127.0.0.1:3978"])
    assert one(found, "Teams får svar på 127.0.0.1:3978").level == "varning"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (7_000_215, "Value"),
        (7_000_222, "gått ut"),
        (700_016, "app_id"),
        (7_000_112, "avstängd"),
        (700_024, "klocka"),
        (12_345, "login.microsoftonline.com/error"),
    ],
)
async def test_what_entra_refuses_is_told_with_its_code_and_the_cure(
    look: Look, entra: Entra, code: int, says: str
):
    entra.secret, entra.refusal = "en annan", code
    found = await look()
    check = one(found, f"skaraborg: Entra ID ger boten ingen token: AADSTS{code}")
    assert check.level == "fel"
    assert says in check.cure
    assert SECRET not in str(found)


async def test_a_tenant_that_is_not_there_is_told(look: Look):
    found = await look({"tenant_id": APP})
    check = one(found, "skaraborg: Entra ID ger boten ingen token: AADSTS90002")
    assert "tenant_id" in check.cure


async def test_when_microsoft_is_out_of_reach_the_network_is_named(look: Look):
    nowhere = "https://127.0.0.1:1"
    found = await look(teams_cloud={"login_endpoint": nowhere, "openid_metadata_url": nowhere})
    for start in ("skaraborg: Entra ID ger boten ingen token", "Nycklarna som Teams skriver"):
        assert one(found, start).level == "fel"
        assert "HTTPS_PROXY" in one(found, start).cure


async def test_a_managed_identity_outside_azure_is_told_as_such(
    look: Look, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:1")
    found = await look({"secret": None, "federated": "system"})
    assert "Azure" in one(found, "skaraborg: Entra ID ger boten ingen token").cure


async def test_microsoft_without_keys_is_wrong(look: Look, entra: Entra):
    entra.keys = 0
    assert one(await look(), "Microsoft har inga nycklar på").level == "fel"


async def test_keys_that_are_no_keys_are_told(look: Look, entra: Entra):
    entra.html = True
    assert one(await look(), "Nycklarna som Teams skriver under med går inte").level == "fel"


@pytest.mark.parametrize(
    ("days", "level", "says"),
    [(365, "ok", "gäller till"), (10, "varning", "gäller till"), (-1, "fel", "gick ut")],
)
async def test_until_when_a_certificate_is_valid_is_told(
    look: Look, entra: Entra, tmp_path: Path, days: int, level: str, says: str
):
    path, certificate = with_certificate(tmp_path, f"valid {days}", days)
    entra.certificates.append(certificate)
    found = await look({"secret": None, "certificate": path})
    assert one(found, f"skaraborg: certifikatet {says}").level == level


async def test_a_certificate_that_cannot_be_read_is_told_by_its_path(look: Look, tmp_path: Path):
    found = await look({"secret": None, "certificate": tmp_path / "borta.pem"})
    check = one(found, f"skaraborg: Filen {tmp_path}/borta.pem går inte att läsa")
    assert check.level == "fel"


async def test_a_federated_file_that_is_not_there_is_told_by_its_path(look: Look, tmp_path: Path):
    found = await look({"secret": None, "federated": f"file:{tmp_path}/borta"})
    assert one(found, f"skaraborg: Filen {tmp_path}/borta går inte att läsa").level == "fel"


async def test_organisations_that_the_directory_lacks_are_named(look: Look):
    found = await look({"organisations": ["hjo", "Atlantis"]})
    check = one(found, "Organisationer för skaraborg finns inte i katalogen: Atlantis")
    assert check.level == "fel"
    assert "SAMSPEL_TEAMS_CONNECTIONS" in check.cure


async def test_a_domain_that_nobody_has_an_address_in_is_a_warning(look: Look):
    found = await look({"email_domains": ["hjo.example"]})
    assert one(found, "Ingen i katalogen har en adress").level == "varning"


async def test_nothing_bound_is_a_warning_with_the_way_to_bind(look: Look):
    check = one(await look(), "skaraborg: ingen kanal är kopplad")
    assert check.level == "varning"
    assert "@Samspel koppla" in check.cure


async def test_a_channel_out_of_reach_is_told_with_how_to_let_go_of_it(
    look: Look, database: Database
):
    await bind(database, name="Borta", gone=True)
    await bind(database, tenant=APP, name="Annanstans")
    found = await look()
    for start in (
        "Samspel når inte kanalen Borta",
        f"Kanalen Annanstans är kopplad, men ingen anslutning finns till {APP}",
    ):
        assert one(found, start).level == "fel"
        assert "ta bort kopplingen" in one(found, start).cure


async def test_teams_is_looked_at_although_the_database_is_away(look: Look):
    found = await look(database_url="postgresql://127.0.0.1:1/samspel")
    assert one(found, "Databasen går inte att använda").level == "fel"
    assert one(found, "skaraborg: Entra ID ger boten en token").level == "ok"


async def test_without_mail_accounts_in_teams_need_an_administrator():
    settings = Settings.model_validate({"teams_connections": [CONNECTION]})
    (check,) = [each async for each in check_mail(settings)]
    assert check.level == "varning"


async def test_the_command_ends_with_one_when_entra_refuses(
    look: Look, database_url: str, entra: Entra
):
    settings = {
        "SAMSPEL_DATABASE_URL": database_url,
        "SAMSPEL_PUBLIC_URL": PUBLIC,
        "SAMSPEL_TEAMS_CONNECTIONS": json.dumps([CONNECTION]),
        "SAMSPEL_TEAMS_CLOUD": json.dumps(entra.cloud),
        "REQUESTS_CA_BUNDLE": str(entra.ca_file),
        "SSL_CERT_FILE": str(entra.ca_file),
    }
    code, lines = await typed(**settings)
    assert code == 0, lines
    entra.secret = "en annan"
    code, lines = await typed(**settings)
    assert code == 1
    assert [line for line in lines if line.startswith("fel; skaraborg: Entra ID ger boten ingen")]
    assert not [line for line in lines if SECRET in line]
    assert all(line.count("; ") == 2 for line in lines)


def test_each_code_that_is_known_has_a_cure_of_its_own():
    unknown = cure_of("AADSTS1")
    known = ("7000215", "7000222", "700016", "90002", "700027", "700213", "700024", "7000112")
    cures = {cure_of(f"AADSTS{code}") for code in known}
    assert unknown not in cures
    assert len(cures) == len(known)

"""`samspel doctor`: what it finds in good order, what it finds wrong, and the cure it names."""

import asyncio
import json
import socket
import sys
from collections.abc import AsyncGenerator, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.clock import wall_clock
from bot.settings import Settings
from handlers.checks import Check, check_clock, check_mail, wrong
from handlers.cli_doctor import checks
from handlers.secret_keys import new_key
from handlers.slack.check_settings import check_settings
from handlers.slack.checks import check_scopes
from handlers.slack.installations import Installations, Installed
from handlers.slack.scopes import SCOPES
from storage.database import Database
from tests.platforms.web_scene import furnish
from tests.slack import Slack, slack_counterpart

WORKSPACE = {
    "team_id": "T0SKARA",
    "organisations": ["Hjo", "Skövde"],
    "email_domains": ["example.se"],
    "name": "Skaraborg",
}

Found = dict[str, Check]
Look = Callable[..., Coroutine[Any, Any, Found]]


@pytest.fixture
async def slack() -> AsyncGenerator[Slack]:
    """Slack, with the bot in it and what it needs granted."""
    async with slack_counterpart() as counterpart:
        counterpart.scopes = set(SCOPES)
        yield counterpart


@pytest.fixture
async def look(database: Database, database_url: str, slack: Slack) -> Look:
    """The doctor's findings by what they say, with everything in order but what is given."""
    async with database.transaction() as db:
        await furnish(db, demo=False)

    async def found(**settings: Any) -> Found:
        values: dict[str, Any] = {
            "database_url": database_url,
            "public_url": "https://samspel.example.se",
            "slack_bot_token": slack.bot_token,
            "slack_signing_secret": slack.signing_secret,
            "slack_api_url": slack.api_url,
            "slack_workspaces": [WORKSPACE],
            **settings,
        }
        told = [check async for check in checks(Settings(**values), wall_clock)]
        return {check.what: check for check in told}

    return found


async def bind(database: Database, slack: Slack, name: str = "energi", team: str = "") -> str:
    """A channel that is bound to a network; the bot is in it."""
    channel = slack.add_channel(name, members=[slack.bot_user_id])
    async with database.transaction() as db:
        await db.execute(
            text("""
            WITH k AS (
              INSERT INTO connections (platform, tenant) VALUES ('slack', :team)
              ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant RETURNING id
            ), c AS (
              INSERT INTO conversations (connection_id, kind, address, name)
              SELECT id, 'channel', :address, :name FROM k RETURNING id
            )
            INSERT INTO channel_bindings (conversation_id, body_id, bound_by)
            SELECT c.id, b.id, 'ida' FROM c, bodies b WHERE b.name = 'Energi'
            """),
            {"team": team or slack.team_id, "address": channel, "name": f"#{name}"},
        )
    return channel


def levels(found: Found) -> set[str]:
    return {check.level for check in found.values()}


async def test_all_in_order_is_ok_line_by_line(look: Look, database: Database, slack: Slack):
    await bind(database, slack)
    async with smtp() as port:
        found = await look(smtp_host="127.0.0.1", smtp_port=port, secret_keys=[new_key()])
    assert {what: check for what, check in found.items() if check.level != "ok"} == {}
    for what in ("Kanalen #energi är på plats", "Serverns klocka går rätt"):
        assert what in found
    assert "Boten är inloggad i Skaraborg (T0SKARA)" in found


class smtp:  # noqa: N801 - used as a function
    """A port that somebody listens at."""

    async def __aenter__(self) -> int:
        self._server = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", 0)
        return self._server.sockets[0].getsockname()[1]

    async def __aexit__(self, *_ended: object) -> None:
        self._server.close()
        await self._server.wait_closed()


async def test_without_slack_it_is_said_and_nothing_is_wrong(database_url: str):
    settings = Settings(database_url=SecretStr(database_url))
    told = [check async for check in checks(settings, wall_clock)]
    assert {check.level for check in told} == {"ok"}
    assert "Slack är inte inställt" in [check.what for check in told]


@pytest.mark.parametrize(
    ("settings", "level", "what"),
    [
        ({"slack_bot_token": "xoxp-1"}, "fel", "SAMSPEL_SLACK_BOT_TOKEN har fel form"),
        ({"slack_app_token": "xoxb-1"}, "fel", "SAMSPEL_SLACK_APP_TOKEN har fel form"),
        ({"slack_app_token": "xapp-1"}, "ok", "SAMSPEL_SLACK_APP_TOKEN har rätt form"),
        ({"slack_signing_secret": None}, "fel", "Slack har ingen väg in till boten"),
        ({"slack_signing_secret": "xapp-1"}, "fel", "SAMSPEL_SLACK_SIGNING_SECRET är en token"),
        ({"slack_bot_token": None}, "fel", "Boten har ingen väg in i Slack"),
        ({"slack_workspaces": ()}, "fel", "Ingen arbetsyta är registrerad"),
        ({"public_url": None}, "fel", "Slack skickar bara till en adress med https"),
        ({"public_url": "http://x.se"}, "fel", "Slack skickar bara till en adress med https"),
        (
            {"slack_bot_token": None, "slack_client_id": "1.2"},
            "fel",
            "Installation i flera arbetsytor är bara halvt inställd",
        ),
        (
            {"slack_bot_token": None, "slack_client_id": "1.2", "slack_client_secret": "x"},
            "fel",
            "Det som är hemligt kan inte krypteras",
        ),
        (
            {"slack_client_id": "1.2"},
            "varning",
            "Både SAMSPEL_SLACK_BOT_TOKEN och SAMSPEL_SLACK_CLIENT_ID är satta",
        ),
    ],
)
def test_each_setting_that_is_missing_or_misshaped_is_named(
    settings: dict[str, Any], level: str, what: str
):
    values: dict[str, Any] = {
        "slack_bot_token": "xoxb-1",
        "slack_signing_secret": "0123",
        "slack_workspaces": [WORKSPACE],
        "public_url": "https://samspel.example.se",
        **settings,
    }
    found = {check.what: check for check in check_settings(Settings(**values))}
    assert found[what].level == level
    assert bool(found[what].cure) == (level != "ok")


async def test_with_a_socket_no_address_is_needed(look: Look, slack: Slack):
    found = await look(slack_app_token=slack.app_token, slack_signing_secret=None, public_url=None)
    assert found["Socket Mode går att öppna"].level == "ok"
    assert "fel" not in levels(found)
    found = await look(slack_app_token="xapp-1-fel", slack_signing_secret=None)
    assert found["Socket Mode öppnas inte: invalid_auth"].level == "fel"


async def test_a_token_that_slack_does_not_accept_is_wrong(look: Look):
    found = await look(slack_bot_token="xoxb-påhittad")
    what = "Slack godkänner inte token för SAMSPEL_SLACK_BOT_TOKEN: invalid_auth"
    assert found[what].level == "fel"


async def test_a_slack_that_is_not_reached_is_told_with_its_cure(look: Look):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    found = await look(slack_api_url=f"http://127.0.0.1:{port}/api/")
    (check,) = (each for each in found.values() if each.what.startswith("Slack svarar inte"))
    assert check.level == "fel"
    assert "HTTPS_PROXY" in check.cure


async def test_slack_is_looked_at_although_the_database_is_away(look: Look):
    found = await look(database_url="postgresql://127.0.0.1:1/samspel")
    assert found["Databasen går inte att använda"].level == "fel"
    assert found["Boten är inloggad i Skaraborg (T0SKARA)"].level == "ok"


async def test_a_missing_scope_is_named(look: Look, slack: Slack):
    slack.scopes = set(SCOPES) - {"im:write", "files:read"}
    found = await look()
    assert found["Boten saknar rättigheter i Skaraborg: files:read, im:write"].level == "fel"


def test_scopes_beyond_those_that_are_needed_do_no_harm():
    assert check_scopes("Skaraborg", ", ".join([*SCOPES, "team:read"])).level == "ok"


@pytest.mark.parametrize(("seconds", "level"), [(0, "ok"), (90, "varning"), (-300, "fel")])
def test_the_clock_is_held_against_slacks(seconds: int, level: str):
    header = "Tue, 24 Nov 2026 09:00:00 GMT"
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC) + timedelta(seconds=seconds)
    assert check_clock(header, "Slack", now).level == level


async def test_a_clock_that_is_wrong_is_told_by_the_command(look: Look, slack: Slack):
    slack.board.clock_ahead = 3_600
    found = await look()
    (check,) = (each for each in found.values() if each.what.startswith("Serverns klocka"))
    assert check.level == "fel"


async def test_organisations_that_the_directory_lacks_are_named(look: Look):
    found = await look(slack_workspaces=[{**WORKSPACE, "organisations": ["hjo", "Atlantis"]}])
    what = "Organisationer för Skaraborg finns inte i katalogen: Atlantis"
    assert found[what].level == "fel"


async def test_a_domain_that_nobody_has_an_address_in_is_a_warning(look: Look):
    found = await look(slack_workspaces=[{**WORKSPACE, "email_domains": ["hjo.example"]}])
    what = "Ingen i katalogen har en adress som slutar på @hjo.example"
    assert found[what].level == "varning"


async def test_the_workspace_of_the_token_must_be_registered(look: Look):
    found = await look(slack_workspaces=[{**WORKSPACE, "team_id": "T0ANNAN"}])
    assert found["Arbetsytan Skaraborg (T0SKARA) är inte registrerad"].level == "fel"
    assert found["Samspel finns inte i arbetsytan Skaraborg"].level == "varning"


async def test_nothing_bound_is_a_warning_with_the_way_to_bind(look: Look):
    check = (await look())["Ingen kanal i Skaraborg är kopplad"]
    assert check.level == "varning"
    assert "/samspel koppla" in check.cure


async def test_each_bound_channel_is_looked_at(look: Look, database: Database, slack: Slack):
    await bind(database, slack)
    archived = await bind(database, slack, "arkiv")
    slack.space.channels[archived].archived = True
    left = await bind(database, slack, "lämnad")
    slack.space.channels[left].members.clear()
    gone = await bind(database, slack, "borta")
    del slack.space.channels[gone]
    await bind(database, slack, "annan", team="T0ANNAN")
    found = await look()
    assert found["Kanalen #energi är på plats"].level == "ok"
    assert found["Kanalen #arkiv är arkiverad"].level == "fel"
    assert found["Samspel är inte med i kanalen #lämnad"].level == "fel"
    assert found["Kanalen #borta finns inte, eller är dold"].level == "fel"
    elsewhere = "Kanalen #annan är kopplad, men Samspel finns inte i arbetsytan T0ANNAN"
    assert found[elsewhere].level == "fel"


async def test_a_channel_that_the_bot_knows_to_be_gone_is_told_with_how_to_let_go_of_it(
    look: Look, database: Database, slack: Slack
):
    gone = await bind(database, slack, "borta")
    back = await bind(database, slack, "tillbaka")
    del slack.space.channels[gone]
    async with database.transaction() as db:
        closed = "UPDATE conversations SET closed_at = now() WHERE address IN (:gone, :back)"
        await db.execute(text(closed), {"gone": gone, "back": back})
    found = await look()
    lost = found["Kanalen #borta finns inte, eller är dold"]
    assert "skriv koppla visa till Samspel och ta bort kopplingen" in lost.cure
    unheard = found["Samspel har inte märkt att kanalen #tillbaka är tillbaka"]
    assert (unheard.level, unheard.cure) == ("fel", "Skriv /samspel i kanalen")


async def test_a_channel_that_could_not_be_asked_for_is_a_warning(
    look: Look, database: Database, slack: Slack
):
    await bind(database, slack)
    slack.fault("conversations.info", status=429, retry_after=30)
    found = await look()
    assert found["Kanalen #energi gick inte att kontrollera: ratelimited"].level == "varning"


async def test_by_oauth_every_installation_is_looked_at(
    look: Look, database: Database, slack: Slack
):
    key = new_key()
    oauth = {
        "slack_bot_token": None,
        "slack_client_id": slack.client_id,
        "slack_client_secret": slack.client_secret,
        "secret_keys": [key],
    }
    found = await look(**oauth)
    assert found["Samspel finns inte i arbetsytan Skaraborg"].level == "varning"
    made = Installations(database, Settings(secret_keys=(SecretStr(key),)), wall_clock)
    here = Installed(slack.team_id, "Skaraborg", slack.app_id, slack.bot_user_id, ())
    await made.keep(here, slack.bot_token, "ida")
    found = await look(**oauth)
    assert "fel" not in levels(found)
    assert "Boten är inloggad i Skaraborg (T0SKARA)" in found
    found = await look(**oauth | {"secret_keys": [new_key()]})
    assert found["Token för T0SKARA går inte att läsa"].level == "fel"
    slack.space.revoked.add(slack.bot_token)
    found = await look(**oauth)
    assert found["Slack godkänner inte token för T0SKARA: token_revoked"].level == "fel"


async def mail_checks(**settings: Any) -> list[tuple[str, str]]:
    return [(each.level, each.what) async for each in check_mail(Settings(**settings))]


async def test_mail_is_only_connected_to():
    here: dict[str, Any] = {
        "smtp_host": "127.0.0.1",
        "public_url": "https://samspel.example.se",
    }
    async with smtp() as port:
        found = await mail_checks(**here, smtp_port=port)
        assert [level for level, _what in found] == ["ok", "varning"], "nothing can be signed"
        here["secret_keys"] = [new_key()]
        found = await mail_checks(**here, smtp_port=port)
        assert found == [("ok", f"E-postservern 127.0.0.1:{port} svarar")]
    assert [level for level, _what in await mail_checks(**here, smtp_port=port)] == ["fel"]
    assert [level for level, _what in await mail_checks(slack_client_id="1.2")] == ["varning"]


async def test_mail_with_links_that_lead_nowhere_is_wrong():
    async with smtp() as port:
        found = await mail_checks(smtp_host="127.0.0.1", smtp_port=port)
    assert ("fel", "Länkar i mejl leder ingenstans, så inga mejl skickas") in found


async def test_of_the_address_only_what_was_looked_at_is_told(look: Look):
    (told,) = [what for what in await look() if "https://samspel.example.se" in what]
    assert "har rätt form" in told
    assert "Event Subscriptions" in told


def test_a_line_is_one_line_in_three_parts():
    assert wrong("a; b\nc", "d;e").line() == "fel; a, b c; d,e"
    assert Check("ok", "Allt").line() == "ok; Allt; –"


async def typed(**settings: str) -> tuple[int | None, list[str]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from handlers.cli import main; main()", "doctor"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={"PATH": "", **settings},
    )
    out, _err = await process.communicate()
    return process.returncode, out.decode().splitlines()


async def test_the_command_ends_with_one_when_something_is_wrong(
    look: Look, database_url: str, slack: Slack
):
    settings = {
        "SAMSPEL_DATABASE_URL": database_url,
        "SAMSPEL_SLACK_BOT_TOKEN": slack.bot_token,
        "SAMSPEL_SLACK_APP_TOKEN": slack.app_token,
        "SAMSPEL_SLACK_API_URL": slack.api_url,
        "SAMSPEL_SLACK_WORKSPACES": json.dumps([WORKSPACE]),
    }
    code, lines = await typed(**settings)
    assert code == 0, lines
    assert all(line.split("; ")[0] in ("ok", "varning") for line in lines)
    assert all(line.count("; ") == 2 for line in lines)
    slack.scopes = set()
    code, lines = await typed(**settings)
    assert code == 1
    assert [line for line in lines if line.startswith("fel; Boten saknar rättigheter")]
    assert not [line for line in lines if slack.bot_token in line or slack.app_token in line]


async def test_a_setting_that_cannot_be_used_is_a_line_too():
    code, lines = await typed(SAMSPEL_SLACK_API_URL="https://slack.com")
    assert code == 1
    assert lines == [
        "fel; SAMSPEL_SLACK_API_URL ska sluta med /api/; Skriv till exempel "
        "SAMSPEL_SLACK_API_URL=https://slack.com/api/"
    ]

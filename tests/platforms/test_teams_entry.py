"""What comes in from Teams: let in when Microsoft signed it for this tenant, and done once."""

import json
import time
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from handlers.teams.keys import AGAIN_SECONDS, Keys, KeysAway
from tests.patience import UNHURRIED, until
from tests.platforms.teams_work import TeamsAtWork, teams_at_work
from tests.teams import WRONG_TOKENS, TokenKind
from tests.teams.tokens import authorization
from tests.teams.world import guid

REPORT = "rapport KOM-03 grön Klart"


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[TeamsAtWork]:
    """The bot, with one tenant."""
    async with teams_at_work(server_url) as made:
        yield made


async def sent(work: TeamsAtWork, content: bytes) -> httpx.Response:
    """Anything, with the right token."""
    teams, tenant = work.teams, work.teams.tenant
    token = authorization("right", tenant, teams.service_url, teams.entry.login)
    headers = {"Authorization": token or "", "Content-Type": "application/json"}
    async with httpx.AsyncClient(timeout=UNHURRIED) as http:
        return await http.post(work.teams.tenant.endpoint or "", content=content, headers=headers)


@pytest.mark.parametrize("kind", WRONG_TOKENS)
async def test_what_microsoft_did_not_sign_for_this_bot_is_refused(
    work: TeamsAtWork, kind: TokenKind
):
    anna = await work.person()
    with capture_logs() as logged:
        answer = await work.teams.sends(work.teams.line(anna, REPORT), token=kind)
    assert answer.status in {401, 403}
    assert answer.body is None
    assert any(line["event"] == "teams_refused" for line in logged)
    assert REPORT not in json.dumps(logged)
    assert await work.reports() == []


async def test_the_right_token_is_let_in(work: TeamsAtWork):
    anna = await work.person()
    answer = await work.teams.sends(work.teams.line(anna, REPORT))
    assert answer.status == 200
    await work.quiet()
    assert await work.reports() == ["Klart"]


async def test_an_activity_of_another_tenant_is_refused_though_the_token_is_right(
    work: TeamsAtWork,
):
    anna = await work.person()
    told = work.teams.of_tenant(work.teams.line(anna, REPORT), guid())
    assert (await work.teams.sends(told)).status == 403
    named_in_one_place = work.teams.line(anna, REPORT)
    named_in_one_place["channelData"]["tenant"]["id"] = guid()
    assert (await work.teams.sends(named_in_one_place)).status == 403
    nowhere = work.teams.line(anna, REPORT)
    del nowhere["channelData"]["tenant"], nowhere["conversation"]["tenantId"]
    assert (await work.teams.sends(nowhere)).status == 403
    assert await work.reports() == []


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example.com/",
        "https://smba.trafficmanager.net.evil.example.com/emea/",
        "https://evil.example.com/smba.trafficmanager.net/",
        "http://smba.trafficmanager.net/emea/",
        "https://me@smba.trafficmanager.net/emea/",
        "file:///etc/passwd",
        "https://[::1/",
        "",
    ],
)
async def test_nothing_is_answered_to_an_address_that_is_not_microsofts(
    work: TeamsAtWork, url: str
):
    anna = await work.person()
    told = work.teams.line(anna, REPORT) | {"serviceUrl": url}
    assert (await work.teams.sends(told)).status in {401, 403}
    assert await work.reports() == []


async def test_another_channel_of_bot_framework_is_refused(work: TeamsAtWork):
    anna = await work.person()
    told = work.teams.line(anna, REPORT) | {"channelId": "webchat"}
    assert (await work.teams.sends(told)).status == 403


async def test_a_tenants_token_opens_only_its_own_door(server_url: str):
    def two(teams: Any) -> None:
        teams.add_tenant("Hjo")

    async with teams_at_work(server_url, before=two) as work:
        skovde, hjo = work.teams.tenants
        anna = await work.person()
        told = work.teams.line(anna, REPORT)
        assert (await work.teams.sends(told, tenant=hjo)).status in {401, 403}
        assert (await work.teams.sends(told, tenant=skovde)).status == 200
        await work.quiet()


@pytest.mark.parametrize(
    "activity",
    [
        {"type": "brandNewKind"},
        {"type": "invoke", "name": "some/brandNew"},
        {"type": "event", "name": "application/vnd.microsoft.meetingStart"},
        {"type": "typing"},
        {"type": "message", "attachments": 7},
        {"type": "messageUpdate"},
        {"type": "conversationUpdate", "membersAdded": "nobody"},
        {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": "x"}},
        {"type": 7},
    ],
)
async def test_what_nobody_knows_is_taken_with_success(work: TeamsAtWork, activity: dict[str, Any]):
    anna = await work.person()
    told = work.teams.line(anna, "hej") | activity
    if activity["type"] != "message":
        told.pop("text", None)
    answer = await work.teams.sends(told)
    assert answer.status == 200
    await work.quiet()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"7", b'"x"', b"[" * 100_000, b"\xff\xfe", b"null"]
)
async def test_what_cannot_be_read_is_refused(work: TeamsAtWork, content: bytes):
    assert (await sent(work, content)).status_code == 400


async def test_a_body_without_end_is_not_read(work: TeamsAtWork):
    assert (await sent(work, b'{"text": "' + b"x" * 2_000_000)).status_code == 413


async def test_without_a_token_nothing_of_the_body_is_read(work: TeamsAtWork):
    async with httpx.AsyncClient(timeout=UNHURRIED) as http:
        answer = await http.post(work.teams.tenant.endpoint or "", content=b"{" + b"x" * 2_000_000)
    assert answer.status_code == 401


async def test_the_same_line_told_twice_is_one_report_and_one_answer(work: TeamsAtWork):
    anna = await work.person()
    await work.teams.says(anna, REPORT)
    await work.quiet()
    said = len(work.teams.direct(anna))
    await work.teams.again()
    await work.quiet()
    assert await work.reports() == ["Klart"]
    assert len(work.teams.direct(anna)) == said


async def test_a_button_pressed_twice_is_one_press(work: TeamsAtWork):
    anna = await work.person()
    await work.teams.says(anna, "hjälp")
    await work.quiet()
    said = len(work.teams.direct(anna))
    await work.teams.clicks(anna, "Mina aktiviteter", twice=True)
    await work.quiet()
    assert len(work.teams.direct(anna)) == said + 1


async def test_keys_are_fetched_once_whatever_keys_are_named(work: TeamsAtWork):
    anna = await work.person()
    for _ in range(3):
        await work.teams.sends(work.teams.line(anna, "hej"))
    before = work.teams.keys_fetched
    for _ in range(10):
        await work.teams.sends(work.teams.line(anna, "hej"), token="unknown kid")
    await work.quiet()
    assert work.teams.keys_fetched <= before + 1


async def test_anonymous_is_for_one_machine_only_and_loud(server_url: str):
    with capture_logs() as logged:
        async with teams_at_work(server_url, teams_anonymous=True) as work:
            anna = await work.person()
            await work.teams.sends(work.teams.line(anna, REPORT), token="none")
            await until(lambda: _reported(work))
    warned = [line for line in logged if line["event"] == "teams_lets_anybody_in"]
    assert warned
    assert warned[0]["log_level"] == "warning"
    with pytest.raises(ValueError, match="SAMSPEL_TEAMS_ANONYMOUS"):
        async with teams_at_work(server_url, teams_anonymous=True, host="0.0.0.0"):
            pass


async def test_an_anonymous_trial_is_not_for_what_comes_through_a_proxy(server_url: str):
    async with teams_at_work(server_url, teams_anonymous=True) as work:
        anna = await work.person()
        line = json.dumps(work.teams.line(anna, REPORT)).encode()
        for name in ("X-Forwarded-For", "Forwarded", "Via"):
            async with httpx.AsyncClient(timeout=UNHURRIED) as http:
                endpoint = work.teams.tenant.endpoint or ""
                answer = await http.post(endpoint, content=line, headers={name: "203.0.113.7"})
            assert answer.status_code == 403
        assert await work.reports() == []


async def test_while_microsofts_keys_are_away_nobody_waits_for_others(work: TeamsAtWork):
    keys = Keys("http://127.0.0.1:9/keys")
    began = time.monotonic()
    for _ in range(20):
        with pytest.raises(KeysAway):
            await keys.named("any")
    assert time.monotonic() - began < AGAIN_SECONDS * 5


async def _reported(work: TeamsAtWork) -> bool:
    return await work.reports() == ["Klart"]

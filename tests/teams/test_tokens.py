"""Tokens: those for the bot, right and wrong, and those that the bot is given by sign-in."""

from datetime import timedelta

import httpx
import jwt
import pytest
from msal.exceptions import MsalServiceError

from tests.teams import WRONG_TOKENS, Tenant, TokenKind
from tests.teams.certificates import client_certificate
from tests.teams.conftest import Scene
from tests.teams.sign_in import REFUSALS
from tests.teams.small_bot import SDK_WARNS

pytestmark = pytest.mark.filterwarnings(SDK_WARNS)

TAKEN_BY_THE_SDK: set[TokenKind] = {"entra v2", "entra v1", "entra of other tenant"}
"""What our own entry has to refuse, since the SDK asks the tenant that the token itself names."""


async def test_the_right_token_opens(scene: Scene):
    assert (await scene.teams.sends(scene.teams.line(scene.anna, "hej"))).ok


@pytest.mark.parametrize("kind", WRONG_TOKENS)
async def test_a_wrong_token_is_as_wrong_as_it_says(scene: Scene, kind: TokenKind):
    answer = await scene.teams.sends(scene.teams.line(scene.anna, "hej"), token=kind)
    assert answer.ok == (kind in TAKEN_BY_THE_SDK)
    assert len(scene.bot.heard) == (kind in TAKEN_BY_THE_SDK)
    assert answer.status in (200, 401)


async def test_another_bots_token_does_not_open(scene: Scene):
    other = scene.teams.add_tenant("Hjo")
    other.endpoint = scene.teams.tenant.endpoint
    answer = await scene.teams.sends(scene.teams.line(scene.anna, "hej"), tenant=other)
    assert answer.status == 401


async def test_an_activity_may_come_from_elsewhere(scene: Scene):
    foreign = scene.teams.of_tenant(scene.teams.line(scene.anna, "hej"), "other")
    await scene.teams.sends(foreign | {"serviceUrl": "https://elsewhere.example.com/emea/"})
    [heard] = scene.bot.heard
    assert heard["conversation"]["tenantId"] == heard["channelData"]["tenant"]["id"] == "other"
    assert heard["serviceUrl"] == "https://elsewhere.example.com/emea/"


async def test_sign_in_gives_a_token_for_secret_certificate_and_federated_word(scene: Scene):
    teams, bot, tenant = scene.teams, scene.bot, scene.teams.tenant
    pair = teams.add_certificate(tenant)
    by_certificate = {
        "private_key": pair.key.decode(),
        "public_certificate": pair.certificate.decode(),
    }
    by_word = {"client_assertion": lambda: teams.federated_assertion(tenant)}
    for credential in (tenant.secret, by_certificate, by_word):
        answer = await bot.asks(credential)
        said = jwt.decode(answer["access_token"], options={"verify_signature": False})
        assert (said["appid"], said["tid"]) == (tenant.app_id, tenant.id)
    assert len(teams.sign_in.asked) == 3
    assert tenant.secret not in str(teams.sign_in.asked)


async def test_sign_in_says_why_not(scene: Scene):
    teams, bot, tenant = scene.teams, scene.bot, scene.teams.tenant
    stranger = client_certificate("stranger")
    unknown = {
        "private_key": stranger.key.decode(),
        "public_certificate": stranger.certificate.decode(),
    }
    old = {"client_assertion": lambda: teams.federated_assertion(tenant, ago=3_600)}
    assert (await bot.asks("wrong"))["error_codes"] == [7000215]
    assert (await bot.asks(unknown))["error_codes"] == [700027]
    assert (await bot.asks(old))["error_codes"] == [700024]
    tenant.federated.clear()
    untrusted = {"client_assertion": lambda: teams.federated_assertion(tenant, trusted=False)}
    assert (await bot.asks(untrusted))["error_codes"] == [700213]
    for code in REFUSALS:
        teams.sign_in.refuses = code
        assert code in (await bot.asks(tenant.secret))["error_description"]
    teams.mends()
    scene.bot.tenant = Tenant("Annan", "annan.example.se", id=tenant.id)
    assert (await bot.asks(tenant.secret))["error_codes"] == [700016]
    scene.bot.tenant = Tenant("Ingen", "ingen.example.se", app_id=tenant.app_id)
    with pytest.raises(ValueError, match="Unable to get authority"):
        await bot.asks(tenant.secret)
    scene.bot.tenant, teams.sign_in.status = tenant, 503
    with pytest.raises(MsalServiceError, match="503"):
        await bot.asks(tenant.secret)


@pytest.mark.parametrize("wrong", ["old", "other audience", "other app", "other tenant", "none"])
async def test_the_connector_wants_a_token_of_ours(scene: Scene, wrong: str):
    teams, tenant = scene.teams, scene.teams.tenant
    past = int((teams.moment() - timedelta(hours=2)).timestamp())
    tokens = {
        "old": teams.sign_in.issue(tenant, exp=past),
        "other audience": teams.sign_in.issue(tenant, "https://graph.microsoft.com"),
        "other app": teams.sign_in.issue(tenant, appid="another"),
        "other tenant": teams.sign_in.issue(tenant, tid="another"),
        "none": "",
    }
    assert await _asked(scene, tokens[wrong]) == 401
    assert await _asked(scene, teams.sign_in.issue(tenant)) == 200


async def _asked(scene: Scene, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with httpx.AsyncClient(headers=headers) as client:
        url = f"{scene.teams.service_url}v3/teams/{scene.team.id}"
        return (await client.get(url)).status_code

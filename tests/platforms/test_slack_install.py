"""Installing in Slack by OAuth: the one-time link, the way there and back, and who is refused."""

import re
import subprocess
import sys
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import pytest

from handlers.secret_keys import new_key
from handlers.slack.install_pages import COOKIE
from handlers.slack.oauth import REDIRECT_PATH
from handlers.slack.workspaces import NoInstallation
from storage.database import Database
from tests.platforms.conftest import MovedClock
from tests.platforms.slack_install_scene import Installing, installing
from tests.platforms.web_browser import Browser
from tests.slack import Slack, slack_counterpart
from tests.slack.web_api import auth
from tests.slack.web_api.asked import AppMethod


@pytest.fixture
async def slack() -> AsyncGenerator[Slack]:
    """Slack, where the app is not installed yet."""
    async with slack_counterpart() as counterpart:
        counterpart.space.installed = False
        yield counterpart


@pytest.fixture
async def scene(database: Database, slack: Slack, clock: MovedClock) -> AsyncGenerator[Installing]:
    """The install pages."""
    async with installing(database, slack, clock) as running:
        yield running


async def followed(scene: Installing) -> Browser:
    """A browser that has opened a fresh link."""
    browser = await scene.browser()
    return await browser.open(await scene.link())


async def begun(scene: Installing) -> tuple[Browser, str]:
    """A browser that stands at Slack's page, and the state that it was sent there with."""
    browser = await followed(scene)
    form = browser.page.one("form")
    field = form.one("input", name="form-token")
    response = await browser.client.post(
        form.attributes["action"],
        data={"form-token": field.attributes["value"]},
        follow_redirects=False,
    )
    assert response.status_code == 303
    found = re.search(r"[?&]state=([^&]+)", response.headers["location"])
    assert found
    return browser, found[1]


def back(state: str, code: str = "", error: str = "") -> str:
    """Where Slack sends a browser back to."""
    return f"{REDIRECT_PATH}?state={state}&code={code}&error={error}"


async def nothing_kept(scene: Installing) -> bool:
    return await scene.rows("SELECT FROM installations") == []


async def test_from_the_link_to_a_bot_that_is_there(scene: Installing):
    browser = await followed(scene)
    assert browser.sees("Skaraborgs arbetsyta")
    await browser.presses("Fortsätt till Slack")
    assert browser.status == 200
    assert browser.sees("Samspel är installerat i Skaraborg")
    said = browser.page.read_aloud()
    assert said.index("Skriv hej till Samspel") < said.index("/samspel koppla"), "be known first"
    who = await scene.workspaces.identity("T0SKARA")
    assert who.user_id == scene.slack.bot_user_id
    assert who.token in scene.slack.space.tokens
    assert await scene.workspaces.team_ids() == ("T0SKARA",)
    kept = await scene.rows("SELECT secret, details::text FROM installations")
    assert who.token.encode() not in kept[0][0]
    assert who.token not in kept[0][1]
    assert await scene.rows("SELECT actor, action, thing FROM audit_lines ORDER BY id") == [
        ("ida", "made", "install_link"),
        ("ida", "installed", "installation"),
    ]
    assert COOKIE not in browser.client.cookies


async def test_opening_the_link_changes_nothing(scene: Installing):
    browser = await followed(scene)
    await browser.open(browser.path)
    assert browser.sees("Inget händer förrän du trycker på knappen.")
    assert await scene.rows("SELECT used_at FROM install_links") == [(None,)]
    assert await scene.rows("SELECT FROM sign_in_states") == []


async def test_the_page_lets_the_button_lead_to_slack_and_nowhere_else(scene: Installing):
    response = await (await scene.browser()).client.get(await scene.link())
    policy = response.headers["content-security-policy"]
    assert f"form-action 'self' {scene.slack.board.base};" in policy
    assert "frame-ancestors 'none'" in policy


async def test_a_link_is_used_once(scene: Installing):
    link = await scene.link()
    first, second = await scene.browser(), await scene.browser()
    for browser in (first, second):
        await browser.open(link)
    await first.presses("Fortsätt till Slack")
    await second.presses("Fortsätt till Slack")
    assert second.status == 410
    assert second.sees("Länken gäller inte längre")
    await second.open(link)
    assert second.status == 410


async def test_a_link_holds_for_fifteen_minutes(scene: Installing, clock: MovedClock):
    browser = await followed(scene)
    clock.now += timedelta(minutes=16)
    await browser.presses("Fortsätt till Slack")
    assert browser.status == 410
    assert await nothing_kept(scene)


async def test_a_link_is_kept_as_a_hash_and_an_unknown_one_opens_nothing(scene: Installing):
    token = (await scene.link()).rsplit("/", 1)[1]
    ((kept,),) = await scene.rows("SELECT token_hash FROM install_links")
    assert token.encode() not in kept
    browser = await scene.browser()
    await browser.open("/slack/install/" + "x" * 43)
    assert browser.status == 410


async def test_a_post_from_elsewhere_spends_nothing(scene: Installing):
    browser, link = await scene.browser(), await scene.link()
    await browser.open(link)
    response = await browser.client.post(link, data={"form-token": "påhittad"})
    assert response.status_code == 403
    assert await scene.rows("SELECT used_at FROM install_links") == [(None,)]


async def test_an_unregistered_workspace_is_refused_and_its_token_given_back(scene: Installing):
    strange = scene.slack.another_workspace("T0ANNAN", "Annan")
    scene.slack.board.installs_in = "T0ANNAN"
    browser = await followed(scene)
    await browser.presses("Fortsätt till Slack")
    assert browser.status == 403
    assert browser.sees("Den här heter Annan och har nummer T0ANNAN")
    assert strange.space.revoked
    assert not strange.space.tokens
    assert await nothing_kept(scene)


@pytest.mark.parametrize(
    ("more", "status", "says"),
    [
        ({"is_enterprise_install": True, "team": None}, 403, "en arbetsyta i taget"),
        ({"expires_in": 43_200}, 409, "token rotation"),
    ],
)
async def test_an_install_that_cannot_be_kept_is_refused_and_its_token_given_back(
    scene: Installing,
    monkeypatch: pytest.MonkeyPatch,
    more: dict[str, Any],
    status: int,
    says: str,
):
    def otherwise(board: Any, args: Any) -> dict[str, Any]:
        return auth.access(board, args) | more

    monkeypatch.setitem(auth.APP_METHODS, "oauth.v2.access", AppMethod(otherwise, "none"))
    browser = await followed(scene)
    await browser.presses("Fortsätt till Slack")
    assert browser.status == status
    assert browser.sees(says)
    assert scene.slack.calls[-1].method == "auth.revoke"
    assert scene.slack.calls[-1].answer["ok"]
    assert await nothing_kept(scene)


async def test_saying_no_in_slack_changes_nothing(scene: Installing):
    scene.slack.board.consents = False
    browser = await followed(scene)
    await browser.presses("Fortsätt till Slack")
    assert browser.status == 403
    assert browser.sees("Du avbröt installationen i Slack")
    assert await nothing_kept(scene)


@pytest.mark.parametrize(
    ("code", "error", "says"),
    [
        ("påhittad", "", "invalid_code"),
        ("", "", "no_code"),
        ("x", "invalid_scope", "invalid_scope"),
        ("", "<b>fel", "<b>fel"),
    ],
)
async def test_what_slack_does_not_accept_is_told(
    scene: Installing, code: str, error: str, says: str
):
    browser, state = await begun(scene)
    await browser.open(back(state, code, error))
    assert browser.status == 400
    assert browser.sees(says)
    assert await nothing_kept(scene)


@pytest.mark.parametrize("fault", [{"status": 500}, {"lost": "dropped"}])
async def test_when_slack_is_not_reached_one_is_told_to_try_later(
    scene: Installing, fault: dict[str, Any]
):
    browser, state = await begun(scene)
    scene.slack.fault("oauth.v2.access", **fault)
    await browser.open(back(state, "x"))
    assert browser.status == 502
    assert browser.sees("Be om en ny länk")
    assert await nothing_kept(scene)


async def test_another_browser_cannot_finish_what_was_begun(scene: Installing):
    _browser, state = await begun(scene)
    thief = await scene.browser()
    code = scene.slack.authorize_code(redirect_uri=scene.where + REDIRECT_PATH)
    await thief.open(back(state, code))
    assert thief.status == 400
    assert thief.sees("hör inte till den här webbläsaren")
    assert await nothing_kept(scene)


async def test_somebody_elses_code_is_not_taken_without_a_state_of_ones_own(scene: Installing):
    browser, _state = await begun(scene)
    code = scene.slack.authorize_code(redirect_uri=scene.where + REDIRECT_PATH)
    for path in (back("x" * 43, code), back("", code), REDIRECT_PATH):
        await browser.open(path)
        assert browser.status == 400
    assert await nothing_kept(scene)


async def test_a_state_is_used_once(scene: Installing):
    browser, state = await begun(scene)
    cookie = browser.client.cookies[COOKIE]
    await browser.open(back(state, error="access_denied"))
    browser.client.cookies.set(COOKIE, cookie, path=REDIRECT_PATH)
    code = scene.slack.authorize_code(redirect_uri=scene.where + REDIRECT_PATH)
    await browser.open(back(state, code))
    assert browser.status == 400
    assert await nothing_kept(scene)


async def test_a_state_holds_for_ten_minutes(scene: Installing, clock: MovedClock):
    browser, state = await begun(scene)
    clock.now += timedelta(minutes=11)
    code = scene.slack.authorize_code(redirect_uri=scene.where + REDIRECT_PATH)
    await browser.open(back(state, code))
    assert browser.status == 400
    assert await nothing_kept(scene)


async def test_state_and_browser_are_kept_as_hashes(scene: Installing):
    browser, state = await begun(scene)
    ((state_hash, browser_hash, details),) = await scene.rows(
        "SELECT state_hash, browser_hash, details::text FROM sign_in_states"
    )
    assert state.encode() not in state_hash
    assert browser.client.cookies[COOKIE].encode() not in browser_hash
    assert state not in details


async def test_without_a_key_nothing_is_begun_and_the_link_is_left(
    database: Database, slack: Slack, clock: MovedClock
):
    async with installing(database, slack, clock, secret_keys=()) as scene:
        browser = await followed(scene)
        await browser.presses("Fortsätt till Slack")
        assert browser.status == 503
        assert browser.sees("samspel secrets new-key")
        assert await scene.rows("SELECT used_at FROM install_links") == [(None,)]


async def test_without_oauth_there_are_no_such_pages(
    database: Database, slack: Slack, clock: MovedClock
):
    async with installing(database, slack, clock, slack_client_id=None) as scene:
        browser = await scene.browser()
        for path in ("/slack/install/x", REDIRECT_PATH):
            await browser.open(path)
            assert browser.status == 404


async def test_installed_again_after_an_uninstall_it_is_there_again(scene: Installing):
    await (await followed(scene)).presses("Fortsätt till Slack")
    await scene.workspaces.installations.end("T0SKARA", scene.clock())
    scene.workspaces.forget("T0SKARA")
    with pytest.raises(NoInstallation):
        await scene.workspaces.identity("T0SKARA")
    await (await followed(scene)).presses("Fortsätt till Slack")
    assert (await scene.workspaces.identity("T0SKARA")).team_id == "T0SKARA"
    assert len(await scene.rows("SELECT FROM installations")) == 1


def typed(**settings: str) -> tuple[int, str, str]:
    words = [sys.executable, "-c", "from handlers.cli import main; main()", "slack", "install-link"]
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, env={"PATH": "", **settings}
    )
    return done.returncode, done.stdout, done.stderr


def test_the_link_is_printed_alone_and_what_is_missing_is_said(database_url: str):
    settings = {
        "SAMSPEL_DATABASE_URL": database_url,
        "SAMSPEL_PUBLIC_URL": "https://samspel.example.se/",
        "SAMSPEL_SLACK_CLIENT_ID": "1.2",
        "SAMSPEL_SLACK_CLIENT_SECRET": "x",
        "USER": "ida",
    }
    code, out, err = typed(**settings)
    assert (code, out) == (1, "")
    assert "samspel secrets new-key" in err
    keys = f'["{new_key()}"]'
    code, out, err = typed(**settings, SAMSPEL_SECRET_KEYS=keys)
    assert code == 0
    assert re.fullmatch(r"https://samspel\.example\.se/slack/install/[\w-]{43}\n", out)
    del settings["SAMSPEL_SLACK_CLIENT_ID"]
    code, out, err = typed(**settings, SAMSPEL_SECRET_KEYS=keys)
    assert (code, out) == (1, "")
    assert "SAMSPEL_SLACK_CLIENT_ID" in err

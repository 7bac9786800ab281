"""Signing in: the demo's conditions one by one, one-time links, sessions, and who is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import delete, func, select, text, update
from starlette.requests import Request

from bot.settings import Settings
from handlers.web.security import (
    SESSION_COOKIE,
    Attempts,
    comes_from_us,
    demo_sign_in_allowed,
    form_token,
)
from handlers.web.sign_in import NobodyThere, make_sign_in_link
from storage.models import Account, AuditLine, Mark, SignInLink, WebSession
from tests.platforms.conftest import MovedClock, Web
from tests.platforms.web_scene import NOW

HERE = {"host": "localhost:8000"}


def request(
    headers: dict[str, str], client: tuple[str, int] | None = ("127.0.0.1", 5), scheme: str = "http"
) -> Request:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": raw, "client": client, "scheme": scheme})


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:1", "[::1]:8000"])
def test_the_demo_lets_anybody_in_on_this_machine(settings: Callable[..., Settings], host: str):
    assert demo_sign_in_allowed(settings(), True, request({"host": host}))


@pytest.mark.parametrize(
    "host", ["samspel.example.se", "localhost.ond.example", "", "[::1", "10.0.0.5:8000", "0.0.0.0"]
)
def test_no_demo_under_another_name(settings: Callable[..., Settings], host: str):
    assert not demo_sign_in_allowed(settings(), True, request({"host": host}))


def test_no_demo_without_the_mark(settings: Callable[..., Settings]):
    assert not demo_sign_in_allowed(settings(), False, request(HERE))


def test_no_demo_on_a_database_of_ones_own(settings: Callable[..., Settings]):
    own = settings(database_url=SecretStr("postgresql://db/samspel"))
    assert not demo_sign_in_allowed(own, True, request(HERE))


@pytest.mark.parametrize("platform", [{"slack_bot_token": "x"}, {"slack_client_id": "x"}])
def test_no_demo_beside_a_chat_platform(
    settings: Callable[..., Settings], platform: dict[str, str]
):
    assert demo_sign_in_allowed(settings(), True, request(HERE))
    assert not demo_sign_in_allowed(settings(**platform), True, request(HERE))


@pytest.mark.parametrize(
    "header", ["x-forwarded-for", "x-forwarded-host", "forwarded", "via", "x-real-ip"]
)
def test_no_demo_behind_a_proxy(settings: Callable[..., Settings], header: str):
    assert not demo_sign_in_allowed(settings(), True, request(HERE | {header: "x"}))


@pytest.mark.parametrize("client", [("10.0.0.7", 5), None, ("okänd", 5)])
def test_no_demo_from_another_machine(
    settings: Callable[..., Settings], client: tuple[str, int] | None
):
    assert not demo_sign_in_allowed(settings(), True, request(HERE, client))


async def test_the_demo_says_loudly_what_it_is(web: Web):
    anna = await web.browser("Anna Ek")
    for path in ("/", "/chatt", "/kanal/energi", "/form/rapport?arg=KOM-03", "/finns-inte"):
        await anna.open(path)
        assert anna.sees("Demo. Allt är påhittat"), path


async def test_without_the_mark_nobody_is_offered_or_let_in(web: Web):
    stranger = await web.browser()
    await stranger.open("/logga-in")
    form = stranger.page.all("form")[-1]
    async with web.database.transaction() as db:
        await db.execute(delete(Mark))
    await stranger.send(form, {"person": str(web.people["Anna"])})
    assert stranger.status == 403
    assert not stranger.client.cookies.get(SESSION_COOKIE)
    await stranger.open("/logga-in")
    assert not stranger.page.all("button", name="person")
    assert not stranger.sees("Demo.")
    assert stranger.sees("personlig länk")


async def test_a_forwarded_request_is_not_let_in(web: Web):
    stranger = await web.browser(None, **{"x-forwarded-for": "192.0.2.1"})
    await stranger.open("/logga-in")
    assert not stranger.page.all("button", name="person")


async def test_people_are_found_by_name_organisation_and_network(web: Web):
    stranger = await web.browser()
    for words in ("anna", "HJO", "energi ek"):
        await stranger.open(f"/logga-in?q={words}")
        names = [each.text() for each in stranger.page.all("strong") if each.within("button")]
        assert names == ["Anna Ek"]
    await stranger.open("/logga-in?q=%3Cb%3Efinns")
    assert stranger.sees("Ingen passar.")


async def test_sign_in_leads_on_to_the_page_that_was_asked_for(web: Web):
    stranger = await web.browser()
    await stranger.open("/visa/historik%7CKOM-03?i=/kanal/energi")
    assert stranger.path == "/logga-in"
    await stranger.presses("Anna Ek")
    assert stranger.path.startswith("/visa/historik")


@pytest.mark.parametrize("till", ["https://ond.example/", "//ond.example", "/\\ond", "/logga-ut"])
async def test_sign_in_leads_nowhere_else(web: Web, till: str):
    stranger = await web.browser()
    await stranger.open("/logga-in")
    form = stranger.page.all("form")[-1]
    await stranger.send(form, {"person": str(web.people["Anna"]), "till": till})
    assert stranger.path == "/"


async def test_signing_in_keeps_an_account_and_only_the_hash_of_the_session(web: Web):
    anna = await web.browser("Anna Ek")
    await web.browser("Anna Ek")
    secret = anna.client.cookies[SESSION_COOKIE]
    async with web.database.connection() as db:
        accounts = (await db.execute(select(Account.user_id, Account.platform))).all()
        assert accounts == [(str(web.people["Anna"]), "web")]
        hashes = (await db.scalars(select(WebSession.token_hash))).all()
        assert len(hashes) == 2
        assert secret.encode() not in hashes
        lines = (await db.execute(select(AuditLine.action, AuditLine.source))).all()
    assert lines == [("signed_in", "web:demo")] * 2


async def test_the_cookie_is_closed_to_scripts_and_other_sites(web: Web):
    stranger = await web.browser()
    await stranger.open("/logga-in")
    response = await stranger.client.post(
        "/logga-in",
        data={
            "person": str(web.people["Anna"]),
            "form-token": stranger.page.all("input", name="form-token")[-1].attributes["value"],
        },
        follow_redirects=False,
    )
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


async def test_signing_out_ends_the_session_for_good(web: Web):
    anna = await web.browser("Anna Ek")
    secret = anna.client.cookies[SESSION_COOKIE]
    await anna.presses("Logga ut")
    assert anna.path == "/logga-in"
    anna.client.cookies.set(SESSION_COOKIE, secret)
    await anna.open("/chatt")
    assert anna.path == "/logga-in"


async def test_a_session_ends_after_fourteen_days(web: Web, clock: MovedClock):
    anna = await web.browser("Anna Ek")
    clock.now += timedelta(days=13, hours=23)
    await anna.open("/chatt")
    form = anna.page.one("form", class_="composer")
    clock.now += timedelta(hours=2)
    await anna.send(form, {"words": "det jag skrev för länge sedan"})
    assert anna.status == 401
    assert anna.sees("det jag skrev för länge sedan")


async def test_an_ended_account_is_not_let_in(web: Web):
    anna = await web.browser("Anna Ek")
    async with web.database.transaction() as db:
        await db.execute(update(Account).values(ended_at=NOW))
    await anna.open("/chatt")
    assert anna.path == "/logga-in"
    await anna.presses("Anna Ek")
    assert anna.status == 422


async def _link(web: Web, email: str = "anna@example.se") -> str:
    async with web.database.transaction() as db:
        token = await make_sign_in_link(db, email, NOW, "administratör")
    return f"/logga-in/lank/{token}"


async def test_a_link_signs_in_once_by_its_button(web: Web):
    link = await _link(web, " Anna@Example.SE ")
    first, second = await web.browser(), await web.browser()
    for browser in (first, second):
        await browser.open(link)
        assert browser.sees("Hej Anna Ek!")
    await first.presses("Logga in")
    assert first.path == "/"
    assert first.sees("Hej Anna Ek!")
    await second.presses("Logga in")
    assert second.status == 410
    assert second.sees("Länken gäller inte längre")
    async with web.database.connection() as db:
        assert await db.scalar(select(func.count()).select_from(WebSession)) == 1
        actions = (await db.scalars(select(AuditLine.action).order_by(AuditLine.id))).all()
    assert actions == ["made", "signed_in"]


async def test_a_link_holds_for_fifteen_minutes(web: Web, clock: MovedClock):
    link = await _link(web)
    browser = await web.browser()
    clock.now += timedelta(minutes=14)
    await browser.open(link)
    assert browser.status == 200
    clock.now += timedelta(minutes=2)
    await browser.presses("Logga in")
    assert browser.status == 410


async def test_a_link_is_kept_as_a_hash_and_an_unknown_one_opens_nothing(web: Web):
    link = await _link(web)
    async with web.database.connection() as db:
        kept = (await db.scalars(select(SignInLink.token_hash))).one()
    assert link.rsplit("/", 1)[1].encode() not in kept
    browser = await web.browser()
    await browser.open("/logga-in/lank/" + "x" * 43)
    assert browser.status == 410


async def test_no_link_is_made_for_somebody_unknown(web: Web):
    with pytest.raises(NobodyThere):
        await _link(web, "ingen@example.se")


async def test_attempts_are_counted_and_forgiven_after_a_minute(web: Web, clock: MovedClock):
    browser = await web.browser()
    for _n in range(20):
        await browser.open("/logga-in/lank/fel")
        assert browser.status == 410
    await browser.open("/logga-in/lank/fel")
    assert browser.status == 429
    assert browser.sees("Vänta en minut")
    clock.now += timedelta(seconds=61)
    await browser.open("/logga-in/lank/fel")
    assert browser.status == 410


def test_one_address_does_not_use_up_the_attempts_of_another():
    attempts = Attempts(most=1)
    assert attempts.allowed("a", NOW)
    assert not attempts.allowed("a", NOW)
    assert attempts.allowed("b", NOW)


async def test_a_post_without_our_token_is_refused(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    form = anna.page.one("form", class_="composer")
    for token in ("", "x" * 40, form_token("another browser")):
        await anna.send(form, {"words": "rapport KOM-03 grön", "form-token": token})
        assert anna.status == 403
        assert anna.sees("rapport KOM-03 grön")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://ond.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_a_post_from_another_site_is_refused(web: Web, headers: dict[str, str]):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    form = anna.page.one("form", class_="composer")
    anna.client.headers.update(headers)
    await anna.send(form, {"words": "hjälp"})
    assert anna.status == 403


def test_a_post_from_our_public_address_is_taken(settings: Callable[..., Settings]):
    public = settings(public_url="https://samspel.example.se")
    inside = {"host": "bot:8000", "origin": "https://samspel.example.se"}
    assert comes_from_us(request(inside), public)
    assert not comes_from_us(request(inside), settings())


async def test_too_much_the_wrong_kind_and_no_page_are_told_kindly(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    form = anna.page.one("form", class_="composer")
    await anna.send(form, {"words": "x" * 600_000})
    assert anna.status == 413
    assert anna.sees("skicka en länk")
    response = await anna.client.post("/chatt/1", files={"words": b"fil"})
    assert response.status_code == 415
    await anna.open("/kanal/finns-inte")
    assert anna.status == 404
    assert anna.sees("Sidan finns inte")


async def test_every_answer_keeps_strangers_out(web: Web):
    anna = await web.browser("Anna Ek")
    for path in ("/", "/static/samspel.css", "/finns-inte"):
        headers = (await anna.client.get(path)).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    assert (await anna.client.get("/")).headers["cache-control"] == "no-store"


async def test_pages_speak_the_persons_language(web: Web):
    anna = await web.browser("Anna Ek")
    assert anna.page.one("html").attributes["lang"] == "sv"
    async with web.database.transaction() as db:
        await db.execute(text("UPDATE people SET language = 'en' WHERE name = 'Anna Ek'"))
    await anna.open("/chatt")
    assert anna.page.one("html").attributes["lang"] == "en"


async def test_what_goes_wrong_is_told_in_the_persons_language(web: Web):
    anna = await web.browser("Anna Ek")
    async with web.database.transaction() as db:
        await db.execute(text("UPDATE people SET language = 'en' WHERE name = 'Anna Ek'"))
    await anna.open("/chatt")
    form = anna.page.one("form", class_="composer")
    await anna.open("/finns-inte")
    assert anna.sees("There is no such page")
    await anna.send(form, {"words": "x" * 600_000})
    assert anna.status == 413
    assert anna.page.one("html").attributes["lang"] == "en"
    assert anna.sees("That was too much at once")
    stranger = await web.browser()
    await stranger.open("/finns-inte")
    assert stranger.sees("Sidan finns inte")

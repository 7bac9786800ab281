"""Links in mails: opened they change nothing; what their buttons do, for whom and how long."""

from collections.abc import AsyncGenerator, Callable
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from bot.conversations.views import Button, Buttons, Card, press
from bot.settings import Settings
from handlers.letter_links import Entry, Stop, entry_path, read_entry, read_stop, stop_path
from handlers.secret_keys import KeyProblem, SecretKeys, new_key
from handlers.web.security import SESSION_COOKIE
from storage.database import Database
from tests.platforms.conftest import MovedClock
from tests.platforms.letter_scene import Post, posting
from tests.platforms.web_browser import Browser
from tests.platforms.web_scene import NOW

REPORT, STOP = "Rapportera KOM-03", "Sluta skicka sammanfattningar med mejl"
STOPS = "SELECT value FROM personal_settings WHERE name = 'mail_stops'"
ALL_ROWS = """
SELECT (SELECT count(*) FROM web_sessions) AS sessions, (SELECT count(*) FROM accounts) AS accounts,
  (SELECT count(*) FROM personal_settings) AS settings,
  (SELECT count(*) FROM audit_lines) AS lines, (SELECT count(*) FROM turns) AS turns
"""
ONE_CLICK = {"content": "List-Unsubscribe=One-Click"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
async def post(
    database: Database, settings: Callable[..., Settings], clock: MovedClock
) -> AsyncGenerator[Post]:
    async with posting(database, settings, clock) as made:
        yield made


def keys(*secrets: str) -> SecretKeys:
    return SecretKeys(
        Settings(database_url=None, secret_keys=tuple(SecretStr(each) for each in secrets))
    )


async def follows(post: Post, label: str = REPORT) -> Browser:
    """Somebody opens a link of the mail that came."""
    await post.gets()
    browser = await post.web.browser()
    return await browser.open(post.path(label))


async def test_one_button_of_a_mail_leads_to_a_report_that_is_saved(post: Post):
    anna = await follows(post)
    assert anna.sees("Hej Anna Ek!")
    await anna.presses("Fortsätt som Anna Ek")
    assert anna.path == "/form/rapport"
    await anna.presses("Spara", status="on_track", situation="Allt går som tänkt")
    assert anna.sees("Sparat:")
    (row,) = await post.rows(
        "SELECT p.email FROM status_reports r JOIN people p ON p.id = r.person_id"
    )
    assert row["email"] == "anna@example.se"
    (row,) = await post.rows("SELECT source FROM audit_lines WHERE action = 'signed_in'")
    assert row["source"] == "web:letter"


async def test_opening_a_link_changes_nothing(post: Post):
    await post.gets()
    before = await post.rows(ALL_ROWS)
    stranger = await post.web.browser()
    for label in (REPORT, STOP, "Öppna Samspel", "Välj var du vill ha det som är till dig"):
        for _again in range(2):
            await stranger.open(post.path(label))
            assert stranger.status == 200
            assert SESSION_COOKIE not in stranger.client.cookies
    assert await post.rows(ALL_ROWS) == before


async def test_whoever_has_no_account_in_a_chat_is_shown_how_to_connect_one(post: Post):
    await post.gets()
    await post.does("INSERT INTO connections (platform, tenant) VALUES ('slack', 'T1')")
    anna = await post.web.browser()
    await anna.open(post.path("Koppla ditt konto"))
    await anna.presses("Fortsätt som Anna Ek")
    assert anna.sees("Öppna Slack och sök efter Samspel.")
    assert anna.sees("anna@example.se")


async def test_a_link_serves_more_than_once_and_leads_on_who_is_signed_in(post: Post):
    anna = await follows(post)
    await anna.presses("Fortsätt som")
    await anna.open(post.path(REPORT))
    assert anna.path == "/form/rapport", "nothing is asked again"
    other = await post.web.browser()
    await other.open(post.path(REPORT))
    await other.presses("Fortsätt som")
    assert other.path == "/form/rapport"


async def test_whoever_is_signed_in_as_another_is_asked(post: Post):
    await post.gets()
    bo = await post.web.browser("Bo Åberg")
    await bo.open(post.path(REPORT))
    assert bo.sees("Fortsätt som Anna Ek")


async def test_the_session_of_a_link_is_short(post: Post):
    anna = await follows(post)
    await anna.presses("Fortsätt som")
    post.clock.now += timedelta(days=1, minutes=1)
    await anna.open("/")
    assert anna.path == "/logga-in"


async def expired(post: Post) -> None:
    post.clock.now += timedelta(days=14)


async def moved(post: Post) -> None:
    await post.does("UPDATE people SET email = 'ny@example.se' WHERE email = 'anna@example.se'")


async def left(post: Post) -> None:
    await post.does(
        "UPDATE employments SET ends_on = '2026-11-24' WHERE person_id = :person",
        person=post.web.people["Anna"],
    )


async def promoted(post: Post) -> None:
    await post.does(
        "INSERT INTO roles (person_id, role, starts_on, given_by) "
        "VALUES (:person, 'administrator', '2026-01-01', 'test')",
        person=post.web.people["Anna"],
    )


async def shut_out(post: Post) -> None:
    await post.does(
        "INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by, ended_at) "
        "VALUES (:person, 'web', 'web', CAST(:person AS bigint)::text, 'test', now())",
        person=post.web.people["Anna"],
    )


@pytest.mark.parametrize("change", [expired, moved, left, promoted, shut_out])
async def test_a_link_that_holds_no_more_leads_to_sign_in_and_keeps_its_target(
    post: Post, change: Callable[[Post], Any]
):
    """Judged when its button is pressed, too: the page may have been open for long."""
    waiting = await follows(post)
    await change(post)
    await waiting.presses("Fortsätt som")
    for browser in (waiting, await post.web.browser()):
        if change is not shut_out:
            await browser.open(post.path(REPORT))
        if browser.path == "/logga-in":
            assert browser.sees("Länken i mejlet loggar inte in dig längre.")
            assert '/visa/rapport%7CKOM-03"' in browser.html
        assert SESSION_COOKIE not in browser.client.cookies
    assert waiting.path == "/logga-in"
    assert await post.rows("SELECT 1 FROM web_sessions") == []


async def test_the_button_must_be_pressed_on_our_page(post: Post):
    anna = await follows(post)
    answer = await anna.client.post(post.path(REPORT), content="form-token=fel", headers=FORM)
    assert answer.status_code == 403
    stranger = await post.web.browser()
    answer = await stranger.client.post(post.path(REPORT), headers=FORM)
    assert answer.status_code == 403
    assert await post.rows("SELECT 1 FROM web_sessions") == []


async def test_guessing_is_slowed_down(post: Post):
    stranger = await post.web.browser()
    answers = [await stranger.client.get(f"/brev/till/gissning{nth}") for nth in range(25)]
    assert answers[0].url.path == "/logga-in"
    assert answers[-1].status_code == 429


async def test_one_click_stops_at_once_without_any_page_of_ours(post: Post):
    mail = await post.gets()
    path = str(mail["List-Unsubscribe"]).removeprefix("<https://samspel.example.se").rstrip(">")
    assert path == post.path(STOP)
    program = await post.web.browser()
    answer = await program.client.post(path, content=ONE_CLICK["content"], headers=FORM)
    assert answer.status_code == 200
    assert "Du får inga fler sammanfattningar med mejl." in answer.text
    assert [row["value"] for row in await post.rows(STOPS)] == [["digest"]]
    await program.client.post(path, content=ONE_CLICK["content"], headers=FORM)
    assert [row["value"] for row in await post.rows(STOPS)] == [["digest"]]
    lines = await post.rows("SELECT fields FROM audit_lines WHERE action = 'stopped_mail'")
    assert [row["fields"] for row in lines] == [["digest"]]
    await post.says()
    assert await post.delivery().deliver_all() == 0
    await post.gets(letter="reminder")


async def test_a_stop_is_asked_for_and_taken_back_on_the_page(post: Post):
    anna = await follows(post, STOP)
    assert anna.sees("Vill du sluta få sammanfattningar med mejl?")
    await anna.presses("Sluta skicka sammanfattningar")
    assert anna.sees("Du får inga fler sammanfattningar med mejl.")
    await anna.presses("Ångra")
    assert anna.sees("Mejlen kommer som förut")
    assert [row["value"] for row in await post.rows(STOPS)] == [[]]
    await post.gets()
    await anna.presses("Sluta skicka sammanfattningar")
    assert [row["value"] for row in await post.rows(STOPS)] == [["digest"]]


async def test_two_kinds_are_stopped_each_by_itself(post: Post):
    anna = await follows(post, STOP)
    await anna.presses("Sluta skicka")
    await post.gets(letter="reminder")
    await anna.open(post.path("Sluta skicka påminnelser med mejl"))
    await anna.presses("Sluta skicka påminnelser")
    assert anna.sees("Du får inga fler påminnelser med mejl.")
    assert [row["value"] for row in await post.rows(STOPS)] == [["digest", "reminder"]]
    await anna.presses("Ångra")
    assert [row["value"] for row in await post.rows(STOPS)] == [["digest"]]


async def test_the_page_speaks_the_persons_language(post: Post):
    await post.does("UPDATE people SET language = 'en' WHERE email = 'anna@example.se'")
    anna = await follows(post, STOP)
    assert anna.page.one("html").attributes["lang"] == "en"


@pytest.mark.parametrize("path", ["/brev/sluta/fel", "/brev/sluta/MXxkaWdlc3Q.fel"])
async def test_a_forged_stop_stops_nothing(post: Post, path: str):
    stranger = await post.web.browser()
    answer = await stranger.client.post(path, headers=FORM)
    assert answer.status_code == 404
    assert await post.rows(STOPS) == []


async def test_no_token_is_kept_or_logged(post: Post, capsys: pytest.CaptureFixture[str]):
    card = Card(
        summary="Hej", parts=(Buttons(buttons=(Button(label=REPORT, press=press("hjalp")),)),)
    )
    await post.gets(card)
    token = post.path(REPORT).rpartition("/")[2]
    anna = await post.web.browser()
    await anna.open(post.path(REPORT))
    await anna.presses("Fortsätt som")
    said = capsys.readouterr()
    assert token not in said.out + said.err
    assert not await post.rows(
        "SELECT 1 FROM messages WHERE strpos(to_jsonb(messages)::text, :token) > 0", token=token
    )


def test_tokens_are_read_by_every_key_and_made_by_the_first():
    old, new = new_key(), new_key()
    stop = Stop(17, "digest")
    token = stop_path(keys(old), stop).rpartition("/")[2]
    assert read_stop(keys(new, old), token) == stop
    assert read_stop(keys(new), token) is None
    assert stop_path(keys(new, old), stop) == stop_path(keys(new), stop)


def test_a_token_is_for_one_purpose_one_person_and_one_page():
    ours = keys(new_key())
    path = entry_path(ours, 17, "Anna@hjo.se", "/visa/behov%7C1", NOW)
    token = path.removeprefix("/brev/till/")
    entry = read_entry(ours, token)
    assert entry is not None
    assert (entry.person_id, entry.path) == (17, "/visa/behov%7C1")
    assert entry.ends_at == NOW + timedelta(days=14)
    assert entry.is_for("anna@hjo.se")
    assert not entry.is_for("anna@skovde.se")
    assert read_stop(ours, token) is None
    said, _dot, mark = token.partition(".")
    for wrong in (f"{said}A.{mark}", f"{said}.{mark[:-2]}AA", said, f"{said}.", "", ".", "å.ä"):
        assert read_entry(ours, wrong) is None


@pytest.mark.parametrize("path", ["//ond.example", "https://ond.example", "/logga-ut", "/konto/x"])
def test_no_link_is_made_to_elsewhere(path: str):
    assert entry_path(keys(new_key()), 17, "anna@hjo.se", path, NOW) == path


@pytest.mark.parametrize("path", ["//ond.example", "https://ond.example", "/\\ond.example"])
def test_a_signed_link_to_elsewhere_is_none(path: str):
    ours = keys(new_key())
    entry = Entry(17, "x", NOW, path)
    words = f"{entry.person_id}|{entry.address_mark}|{int(NOW.timestamp())}|{path}"
    assert read_entry(ours, ours.sign(words, "mail-entry")) is None


def test_without_a_key_nothing_is_signed_or_read():
    token = keys(new_key()).sign("17|digest", "mail-stop")
    assert keys().signed(token, "mail-stop") is None
    assert not keys().there_are
    with pytest.raises(KeyProblem):
        keys().sign("17|digest", "mail-stop")

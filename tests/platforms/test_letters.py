"""Letters by mail: what is sent, to whom, and what is done when the mail server will not."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot import metrics
from bot.conversations.views import Card, text
from bot.delivery import CannotTell, CardGone, Destination, Key, Refused
from bot.plan import PlanInMemory
from bot.schedule import run_due
from bot.settings import Settings
from handlers.app import Samspel
from handlers.email.platform import BUSY_LASTS
from storage.database import Database
from storage.queries.letters import ensure_mail_places, stop
from tests.patience import until
from tests.platforms.conftest import MovedClock
from tests.platforms.html_page import faults
from tests.platforms.letter_scene import DIGEST, Post, posting
from tests.views import HOSTILE

HELLO = Card(title="Ett uppdrag till dig", summary="Hej", parts=(text("Kan du ta det här?"),))
ADDRESS = "anna@example.se"
SENT, WAITING = ("sent", None), ("waiting", None)


@pytest.fixture
async def post(
    database: Database, settings: Callable[..., Settings], clock: MovedClock
) -> AsyncGenerator[Post]:
    async with posting(database, settings, clock) as made:
        yield made


async def test_a_digest_comes_whole_by_mail(post: Post):
    mail = await post.gets()
    assert post.to() == [ADDRESS]
    assert str(mail["Subject"]) == "Veckobrev vecka 48"
    assert "Läget i KOM-03 är oklart." in post.page().read_aloud()
    assert [each for each in faults(post.page()) if "has a style" not in each] == []
    pictures = [each for each in mail.walk() if each.get_content_type() == "image/png"]
    assert [each["Content-Disposition"].content_disposition for each in pictures] == ["inline"]
    assert pictures[0].get_content().startswith(b"\x89PNG")
    assert "Läget i KOM-03" in post.server.words("plain")
    assert "Rapportera KOM-03: https://samspel.example.se/brev/till/" in post.server.words("plain")
    assert await post.states() == [SENT]


async def test_the_headers_of_a_letter_that_may_be_stopped(post: Post):
    mail = await post.gets(letter="reminder")
    (raw,) = [
        line
        for line in post.server.got[-1].content.decode().split("\r\n")  # type: ignore[union-attr]
        if line.lower().startswith("list-unsubscribe:")
    ]
    assert raw == f"List-Unsubscribe: {mail['List-Unsubscribe']}", "on one line, as it is"
    page = str(mail["List-Unsubscribe"])
    assert page.startswith("<https://samspel.example.se/brev/sluta/")
    assert page.endswith(">")
    assert str(mail["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert str(mail["List-Id"]) == "<reminder.samspel.skaraborg.se>"
    assert str(mail["Precedence"]) == "bulk"
    assert str(mail["Auto-Submitted"]) == "auto-generated"
    assert str(mail["X-Auto-Response-Suppress"]) == "All"
    assert str(mail["Content-Language"]) == "sv"
    assert str(mail["From"]) == "Samspel <samspel@skaraborg.se>"
    assert str(mail["To"]) == ADDRESS
    assert mail["Reply-To"] is None
    assert mail["Date"].datetime == post.clock()
    assert "inte har kopplat något konto" in post.server.words("plain")
    assert "Sluta skicka påminnelser med mejl (https://" in post.server.words("plain")


async def test_answers_and_stops_by_mail_go_to_the_address_for_them(post: Post):
    await post.says()
    answers = "Samspel <svar@skaraborg.se>"
    assert await post.delivery(mail_reply_to=answers).deliver_all() == 1
    mail = post.server.mail()
    assert str(mail["Reply-To"]) == answers
    _page, _comma, by_mail = str(mail["List-Unsubscribe"]).partition(", ")
    assert by_mail == "<mailto:svar@skaraborg.se?subject=stop%20digest>"


@pytest.mark.parametrize(
    ("missing", "stops"),
    [
        ({"public_url": None}, None),
        ({"secret_keys": ()}, None),
        ({"public_url": "http://samspel.local"}, "<http://samspel.local/brev/sluta/"),
    ],
)
async def test_what_the_settings_lack_is_not_promised(
    post: Post, missing: dict[str, Any], stops: str | None
):
    await post.says()
    assert await post.delivery(**missing).deliver_all() == 1
    mail = post.server.mail()
    assert mail["List-Unsubscribe-Post"] is None
    assert (mail["List-Unsubscribe"] or "").startswith(stops or "")
    assert (mail["List-Unsubscribe"] is None) == (stops is None)
    assert "/brev/till/" not in post.server.words("plain") or stops


async def test_what_nobody_can_stop_says_no_such_thing(post: Post):
    mail = await post.gets(HELLO, letter=False)
    assert mail["List-Unsubscribe"] is None
    assert mail["Precedence"] is None
    assert "Sluta" not in post.server.words("plain")


async def test_whoever_has_no_chat_is_shown_the_way_in(post: Post):
    await post.gets(HELLO, letter=False)
    assert "Skriv hej till Samspel där" in post.page().read_aloud()
    assert post.path("Öppna Samspel").startswith("/brev/till/")


async def test_whoever_chose_mail_is_told_so(post: Post):
    await post.does(
        "INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by) "
        "VALUES (:person, 'slack', 'T1', 'U1', 'test')",
        person=post.web.people["Anna"],
    )
    await post.does(
        "INSERT INTO personal_settings VALUES (:person, 'place', "
        """'{"platform": "email", "tenant": "mail"}')""",
        person=post.web.people["Anna"],
    )
    await post.gets()
    assert "för att du har valt det" in post.page().read_aloud()
    assert "Öppna Samspel" not in post.page().read_aloud()


async def test_an_administrator_gets_links_that_ask_who_they_are(post: Post):
    await post.does(
        "INSERT INTO roles (person_id, role, starts_on, given_by) "
        "VALUES (:person, 'administrator', '2026-01-01', 'test')",
        person=post.web.people["Anna"],
    )
    await post.gets()
    assert post.path("Rapportera KOM-03") == "/visa/rapport%7CKOM-03"


async def test_nothing_that_is_typed_becomes_a_header_or_a_tag(post: Post):
    name = f"Anna\r\nBcc: alla@example.se\n{HOSTILE}"
    await post.does("UPDATE people SET name = :name WHERE email = :to", name=name, to=ADDRESS)
    async with post.database.transaction() as db:
        await ensure_mail_places(db, today=post.clock().date(), now=post.clock())
    title = f"Hej\r\nBcc: alla@example.se\r\n\r\n{HOSTILE}"[:150]
    mail = await post.gets(Card(title=title, summary=HOSTILE, parts=(text(HOSTILE),)))
    assert mail["Bcc"] is None
    assert post.server.got[0].rcpt_tos == [ADDRESS]
    assert not post.page().all("script")
    assert len(str(mail["Subject"]).splitlines()) == 1


async def test_a_letter_goes_to_the_address_of_today(post: Post):
    await post.says()
    await post.does("UPDATE people SET email = 'anna.ek@example.se' WHERE email = :to", to=ADDRESS)
    assert await post.delivery().deliver_all() == 1
    assert post.to() == ["anna.ek@example.se"]


async def test_nothing_is_sent_to_who_has_left_since_it_was_written(post: Post):
    await post.says()
    await post.does(
        "UPDATE employments SET ends_on = '2026-11-24' WHERE person_id = :person",
        person=post.web.people["Anna"],
    )
    assert await post.delivery().deliver_all() == 0
    assert post.to() == []
    assert await post.states() == [("failed", "Personen har ingen anställning längre.")]


async def test_what_is_stopped_while_it_waits_is_not_sent(post: Post):
    await post.says()
    await post.says(letter="reminder")
    async with post.database.transaction() as db:
        await stop(db, post.web.people["Anna"], "digest", post.clock())
    assert await post.delivery().deliver_all() == 1
    assert await post.states() == [("expired", None), SENT]


@pytest.mark.parametrize(
    ("command", "answer", "cause"),
    [
        ("RCPT", "554 5.7.1 no", "Mejlservern tog inte emot adressen."),
        ("DATA", "554 5.7.1 spam: Veckobrev", "Mejlservern svarade med felkod 554."),
    ],
)
async def test_what_is_refused_for_good_is_given_up_and_the_place_stays(
    post: Post, command: str, answer: str, cause: str
):
    post.server.answers[command] = answer
    await post.says()
    await post.delivery().deliver_all()
    assert await post.states() == [("failed", cause)]
    post.server.answers.clear()
    await post.gets(HELLO)


async def test_a_mailbox_that_is_none_is_a_place_no_more(post: Post):
    post.server.answers["RCPT"] = "550 5.1.1 anna@example.se: no such user"
    await post.says()
    await post.delivery().deliver_all()
    assert await post.states() == [("failed", "Mejladressen finns inte.")]
    await post.says(HELLO)
    (last,) = (await post.rows(PLACES))[-1:]
    assert last["platform"] == "web"


PLACES = """
SELECT k.platform FROM messages m JOIN conversations c ON c.id = m.conversation_id
JOIN connections k ON k.id = c.connection_id ORDER BY m.id
"""


@pytest.mark.parametrize(
    ("command", "answer"),
    [("RCPT", "450 4.2.0 grey"), ("RCPT", "452 4.2.2 full"), ("DATA", "451 4.3.0 later")],
)
async def test_a_busy_mailbox_waits_and_is_no_failure(post: Post, command: str, answer: str):
    post.server.answers[command] = answer
    await post.says()
    assert await post.delivery().deliver_all() == 0
    assert await post.states() == [WAITING]
    (row,) = await post.rows(
        "SELECT c.failing_since, c.next_try_at > now() AS waits, k.next_try_at FROM conversations "
        "c JOIN connections k ON k.id = c.connection_id WHERE c.id = (SELECT conversation_id FROM "
        "messages)"
    )
    assert (row["failing_since"], row["waits"], row["next_try_at"]) == (None, True, None)
    post.server.answers.clear()
    await post.waits_no_more()
    assert await post.delivery().deliver_all() == 1
    assert await post.states() == [SENT]


async def test_a_mailbox_that_is_busy_for_days_is_given_up(post: Post):
    post.server.answers["RCPT"] = "452 4.2.2 full"
    await post.says()
    (row,) = await post.rows("SELECT created_at FROM messages")
    post.clock.now = row["created_at"] + BUSY_LASTS + timedelta(minutes=1)
    await post.delivery().deliver_all()
    assert await post.states() == [("failed", "Mejlservern tog inte emot adressen.")]


async def test_a_server_that_takes_no_mail_now_is_left_alone_for_everybody(post: Post):
    post.server.answers["RCPT"] = "421 4.3.2 shutting down"
    await post.says(to="Anna")
    await post.says(to="Bo")
    assert await post.delivery().deliver_all() == 0
    assert await post.states() == [WAITING, WAITING]
    (row,) = await post.rows(
        "SELECT next_try_at > now() AS waits FROM connections WHERE platform = 'email'"
    )
    assert row["waits"]
    post.server.answers.clear()
    await post.waits_no_more()
    assert await post.delivery().deliver_all() == 2
    assert sorted(post.to()) == [ADDRESS, "bo@example.se"]


async def test_trouble_with_the_server_is_tried_again(post: Post):
    await post.says()
    assert await post.delivery(smtp_port=1).deliver_all() == 0
    assert await post.states() == [("waiting", "Mejlservern gick inte att nå.")]
    (row,) = await post.rows("SELECT unsettled_since, attempts FROM messages")
    assert (row["unsettled_since"], row["attempts"]) == (None, 1)
    await post.waits_no_more()
    assert await post.delivery().deliver_all() == 1
    assert len(post.to()) == 1


async def test_a_mail_whose_answer_is_lost_comes_perhaps_twice_by_one_name(post: Post):
    name = "samspel_messages_perhaps_twice_total"
    before = metrics.registry.get_sample_value(name, {"platform": "email"}) or 0
    post.server.forgetful = True
    await post.says(HELLO)
    assert await post.delivery(send_timeout_seconds=0.5).deliver_all() == 0
    (row,) = await post.rows("SELECT unsettled_since, state FROM messages")
    assert row["unsettled_since"] is not None
    post.server.forgetful = False
    await post.waits_no_more()
    assert await post.delivery().deliver_all() == 1
    first, second = (post.server.mail(nth)["Message-ID"] for nth in (0, 1))
    assert first == second
    assert metrics.registry.get_sample_value(name, {"platform": "email"}) == before + 1


async def test_a_bot_that_ends_in_the_middle_leaves_it_to_the_next(post: Post):
    post.server.silent = True
    await post.says()
    ends = asyncio.create_task(post.delivery().deliver_all())

    async def begun() -> bool:
        return post.server.asked > 0

    await until(begun)
    ends.cancel()
    await asyncio.gather(ends, return_exceptions=True)
    post.server.silent = False
    await post.does("UPDATE conversations SET lease_until = NULL, lease_owner = NULL")
    await post.waits_no_more()
    assert await post.delivery().deliver_all() == 1
    assert await post.states() == [SENT]


async def test_two_messages_have_names_of_their_own(post: Post):
    first, second = await post.gets(), await post.gets()
    assert first["Message-ID"] != second["Message-ID"]
    assert str(first["Message-ID"]).startswith("<message-")
    assert str(first["Message-ID"]).endswith("@skaraborg.se>")


async def test_what_mail_cannot_do_is_said(post: Post):
    mail = post.platform()
    to = Destination(1, "email", "mail", "person:1", "private", "sv", 1)
    with pytest.raises(Refused):
        await mail.send(to, DIGEST, key=Key("card", 1), thread=None)
    with pytest.raises(CardGone):
        await mail.update(to, "x", DIGEST, key=Key("card", 1), version=2)
    now = post.clock()
    with pytest.raises(CannotTell):
        await mail.find(to, key=Key("message", 1), since=now, until=now, thread=None)


async def test_the_bot_makes_mail_a_place_and_delivers_there(post: Post):
    await post.does("DELETE FROM conversations WHERE route <> ''")
    bot = Samspel(post.settings, post.database, post.clock)
    async with bot.working():
        await post.says()

        async def arrived() -> bool:
            return bool(post.server.got)

        await until(arrived)
    assert post.to() == [ADDRESS]
    (row,) = await post.rows("SELECT count(*) AS people FROM conversations WHERE route <> ''")
    assert row["people"] == 3


@pytest.mark.parametrize("missing", ["smtp_host", "public_url"])
async def test_without_mail_or_an_address_of_ours_nobody_is_reached_by_mail(
    post: Post, missing: str
):
    settings = post.settings.model_copy(update={missing: None})
    async with Samspel(settings, post.database, post.clock).working():
        await post.says()
    assert [row["platform"] for row in await post.rows(PLACES)] == ["web"]


async def test_whoever_begins_today_can_be_mailed_today(post: Post):
    """Seen to once a day, where mail is set up."""
    await post.does("DELETE FROM conversations WHERE route <> ''")
    await post.does("UPDATE employments SET starts_on = '2026-11-25' WHERE id = 1")
    done = partial(run_due, post.database, plan=PlanInMemory())
    places = "SELECT count(*) AS n FROM conversations WHERE route <> ''"
    assert "mail_places" in {each.kind for each in await done(post.clock(), post.settings)}
    assert [row["n"] for row in await post.rows(places)] == [2]
    assert "mail_places" not in {each.kind for each in await done(post.clock(), post.settings)}
    tomorrow = post.clock() + timedelta(days=1)
    without = post.settings.model_copy(update={"smtp_host": None})
    assert "mail_places" not in {each.kind for each in await done(tomorrow, without)}
    await done(tomorrow, post.settings)
    assert [row["n"] for row in await post.rows(places)] == [3]

"""What becomes of an account: its language, without mail, deactivated, and linked anew."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from bot.accounts import account_ended
from bot.conversations.protocol import AccountKey
from bot.language import LANGUAGES
from bot.outbox import Outbox
from tests.platforms.account_scene import ANNA, BO, Door, button_of, door_of
from tests.platforms.conftest import Web


@pytest.fixture
async def door(web: Web) -> AsyncGenerator[Door]:
    """Where accounts come in."""
    async with door_of(web) as opened:
        yield opened


async def test_an_english_profile_makes_english_of_the_first_account(door: Door):
    english = replace(ANNA, language="en")
    await door.comes(english)
    assert str(door.server.mail()["Content-Language"]) == "en"
    browser = await door.web.browser()
    await browser.open(door.link())
    assert browser.page.one("html").attributes["lang"] == "en"
    await browser.send(button_of(browser.page), {})
    (anna,) = await door.rows("SELECT language FROM people WHERE name = 'Anna Ek'")
    (room,) = await door.rows("SELECT language FROM conversations WHERE address = 'D1'")
    assert (anna["language"], room["language"]) == ("en", "en")


async def test_a_language_that_was_chosen_is_kept(door: Door):
    browser = await door.web.browser("Anna Ek")
    await browser.open("/chatt")
    await browser.says("språk engelska")
    await browser.says("språk svenska")
    await door.comes(replace(ANNA, language="en"))
    other = await door.web.browser()
    await other.open(door.link())
    await other.send(button_of(other.page), {})
    (anna,) = await door.rows("SELECT language FROM people WHERE name = 'Anna Ek'")
    (room,) = await door.rows("SELECT language FROM conversations WHERE address = 'D1'")
    assert (anna["language"], room["language"]) == ("sv", "sv")


async def _administrator_is_there(door: Door) -> str:
    await door.web.browser("Cilla Chef")
    return f"person:{door.web.people['Cilla']}"


async def test_without_mail_an_administrator_is_asked_once(door: Door):
    chat = await _administrator_is_there(door)
    told = await door.comes(mail=False)
    assert "En administratör måste bekräfta att du är du." in told
    assert "Cilla Chef (cilla@example.se)" in told
    assert "Jag har redan frågat" in await door.comes(mail=False)
    door.passes(minutes=11)
    assert "Jag har redan frågat" in await door.comes(mail=False)
    (said,) = await door.said_in(chat)
    assert said.startswith("Anna i Slack i Slack vill kopplas till Anna Ek.")


async def test_a_mail_that_could_not_be_sent_leaves_no_link_and_asks_an_administrator(door: Door):
    chat = await _administrator_is_there(door)
    door.server.answers["DATA"] = "451 later"
    assert "En administratör måste bekräfta" in await door.comes()
    assert len(await door.said_in(chat)) == 1
    (row,) = await door.rows("SELECT token_hash, outcome FROM account_requests")
    assert (row["token_hash"], row["outcome"]) == (None, None)
    door.server.answers.clear()
    door.passes(minutes=11)
    assert "a•••@example.se" in await door.comes()
    await door.confirms()
    assert await door.accounts() == [("U1", "Anna", True)]


async def _ends(door: Door, key: AccountKey = ANNA.key) -> bool:
    async with door.web.database.transaction() as db:
        outbox = Outbox(LANGUAGES)
        ended = await account_ended(db, key, door.web.site.clock(), outbox)
        await outbox.flush(db)
    return ended


async def test_a_deactivated_account_is_nobodys_and_the_administrators_hear(door: Door):
    chat = await _administrator_is_there(door)
    await door.comes()
    await door.confirms()
    assert await _ends(door)
    assert await door.accounts() == [("U1", "Anna", False)]
    (room,) = await door.rows(
        "SELECT c.closed_at, m.state, m.failure FROM conversations c "
        "JOIN messages m ON m.conversation_id = c.id WHERE c.address = 'D1'"
    )
    assert room["closed_at"] is not None
    assert (room["state"], room["failure"]) == ("failed", "Kontot är inte kopplat längre.")
    (said,) = await door.said_in(chat)
    assert "Kontot Anna i Slack i Slack är avaktiverat" in said
    assert not await _ends(door)
    assert len(await door.said_in(chat)) == 1


async def test_an_account_that_is_active_again_is_linked_anew_by_asking(door: Door):
    await door.comes()
    await door.confirms()
    await _ends(door)
    assert await door.accounts() == [("U1", "Anna", False)]
    door.passes(minutes=11)
    await door.comes()
    await door.confirms()
    assert await door.accounts() == [("U1", "Anna", True)]
    (room,) = await door.rows("SELECT closed_at FROM conversations WHERE address = 'D1'")
    assert room["closed_at"] is None


async def test_what_a_deactivated_account_asked_for_is_forgotten(door: Door):
    await door.comes()
    assert not await _ends(door)
    browser = await door.web.browser()
    await browser.open(door.link())
    assert browser.status == 410


async def test_one_account_ends_and_the_others_private_chat_stays(door: Door):
    second = replace(ANNA, key=AccountKey("slack", "T1", "U9"), address="D9")
    for profile in (ANNA, second, replace(BO, address="D2")):
        await door.comes(profile)
        await door.confirms()
    await _ends(door)
    rooms = await door.rows(
        "SELECT address FROM conversations WHERE kind = 'private' AND closed_at IS NULL "
        "AND address LIKE 'D%' ORDER BY address"
    )
    assert [row["address"] for row in rooms] == ["D2", "D9"]


async def test_an_ended_account_may_become_another_persons_by_their_own_mail(door: Door):
    await door.comes()
    await door.confirms()
    await _ends(door)
    door.passes(minutes=11)
    await door.comes(replace(ANNA, email="bo@example.se"))
    await door.confirms()
    assert await door.accounts() == [("U1", "Bo", True)]

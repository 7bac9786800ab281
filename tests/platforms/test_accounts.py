"""Accounts linked to people: by a mailed link or an administrator, and in no other way."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from hashlib import sha256

import pytest

from bot.accounts import House, masked
from bot.conversations.protocol import AccountKey
from tests.platforms.account_scene import ANNA, Door, button_of, door_of
from tests.platforms.conftest import Web

REFUSED = "Hej! Jag vet inte vem du är. Be Cilla Chef (cilla@example.se) om hjälp."


@pytest.fixture
async def door(web: Web) -> AsyncGenerator[Door]:
    """Where accounts come in."""
    async with door_of(web) as opened:
        yield opened


async def test_an_account_is_linked_by_the_button_behind_a_mailed_link(door: Door):
    assert "a•••@example.se" in await door.comes()
    assert door.server.got[0].rcpt_tos == ["anna@example.se"]
    assert "Anna i Slack" in door.server.words()
    browser = await door.web.browser()
    await browser.open(door.link())
    assert browser.sees("Anna i Slack")
    assert browser.sees("Anna Ek, anna@example.se")
    assert await door.accounts() == []
    await browser.presses("Koppla kontot")
    assert browser.sees("Klart, Anna Ek!")
    assert await door.accounts() == [("U1", "Anna", True)]
    (said,) = await door.said_in("D1")
    assert said.startswith("Hej Anna Ek! Nu vet jag att det är du, och vi kan börja.")
    assert "Det sparades inte, så skriv det igen." in said


async def test_opening_the_link_changes_nothing_however_often(door: Door):
    await door.comes()
    before = await door.rows("SELECT * FROM account_requests")
    for _n in range(3):
        await (await door.web.browser()).open(door.link())
    assert await door.rows("SELECT * FROM account_requests") == before
    assert await door.accounts() == []


async def test_a_link_is_used_once(door: Door):
    await door.comes()
    first, second = await door.web.browser(), await door.web.browser()
    for each in (first, second):
        await each.open(door.link())
    await first.presses("Koppla kontot")
    await second.presses("Koppla kontot")
    assert second.status == 410
    assert second.sees("Länken gäller inte längre")
    assert len(await door.said_in("D1")) == 1


async def test_a_link_pressed_twice_at_once_links_once(door: Door):
    await door.comes()
    browsers = [await door.web.browser() for _n in range(5)]
    for each in browsers:
        await each.open(door.link())
    await asyncio.gather(*(each.presses("Koppla kontot") for each in browsers))
    assert sorted(each.status for each in browsers) == [200, 410, 410, 410, 410]
    assert len(await door.said_in("D1")) == 1


async def test_a_link_holds_for_a_day(door: Door):
    await door.comes()
    browser = await door.web.browser()
    door.passes(hours=23, minutes=59)
    await browser.open(door.link())
    assert browser.status == 200
    door.passes(minutes=2)
    await browser.presses("Koppla kontot")
    assert browser.status == 410
    await browser.open(door.link())
    assert browser.status == 410
    assert await door.accounts() == []


async def test_only_the_hash_of_a_link_is_kept(door: Door):
    await door.comes()
    token = door.link().rpartition("/")[2]
    (row,) = await door.rows(
        "SELECT token_hash, account_requests::text AS all FROM account_requests"
    )
    assert row["token_hash"] == sha256(token.encode()).digest()
    assert token not in row["all"]
    browser = await door.web.browser()
    for guess in (row["token_hash"].hex(), token[:-1], "x" * 43, "x" * 5_000, "%00", "å"):
        await browser.open(f"/konto/koppla/{guess}")
        assert browser.status == 410, guess


async def test_a_newer_mail_takes_the_older_ones_place(door: Door):
    await door.comes()
    older = door.link()
    door.passes(minutes=11)
    await door.comes()
    assert door.mails == 2
    browser = await door.web.browser()
    await browser.open(older)
    assert browser.status == 410
    await door.confirms()
    assert await door.accounts() == [("U1", "Anna", True)]


async def test_at_most_one_mail_in_ten_minutes(door: Door):
    await door.comes()
    door.passes(minutes=9)
    assert "Jag har redan skickat ett mejl till a•••@example.se" in await door.comes()
    assert door.mails == 1
    changed = await door.comes(replace(ANNA, email="bo@example.se"))
    assert "redan skickat" in changed
    assert "b•••" not in changed
    assert door.mails == 1
    door.passes(minutes=2)
    await door.comes()
    assert door.mails == 2


async def test_the_same_account_twice_at_once_gets_one_mail(door: Door):
    told = await asyncio.gather(*(door.comes() for _n in range(5)))
    assert door.mails == 1
    assert sum("Jag har redan skickat" in each for each in told) == 4


@pytest.mark.parametrize(
    "forged",
    [
        {"form-token": ""},
        {"form-token": "x" * 40},
    ],
)
async def test_a_forged_post_links_nothing(door: Door, forged: dict[str, str]):
    await door.comes()
    browser = await door.web.browser()
    await browser.open(door.link())
    await browser.send(button_of(browser.page), forged)
    assert browser.status == 403
    assert await door.accounts() == []


async def test_a_post_from_another_site_links_nothing(door: Door):
    await door.comes()
    browser = await door.web.browser()
    await browser.open(door.link())
    form = button_of(browser.page)
    browser.client.headers.update({"origin": "https://ond.example"})
    await browser.send(form, {})
    assert browser.status == 403
    browser.client.headers.pop("origin")
    browser.client.cookies.clear()
    await browser.send(form, {})
    assert browser.status == 403
    assert await door.accounts() == []


async def test_guessing_is_slowed_down(door: Door):
    browser = await door.web.browser()
    for _n in range(20):
        await browser.open("/konto/koppla/gissning")
    await browser.open("/konto/koppla/gissning")
    assert browser.status == 429


@pytest.mark.parametrize(
    "email",
    [
        None,
        "",
        "anna",
        "@example.se",
        "ingen@example.se",
        "anna@evilexample.se",
        "anna@example.se.evil.se",
        "anna@sub.example.se",
        "anna@example.se@evil.se",
        "anna@evil.se@example.se",
        "anna@example.sé",
        "anna@exаmple.se",  # a Cyrillic letter
        "anna@ex\u200bample.se",
        "anna@EXAMPLE.\u017fe",  # becomes s in upper case
        "bo@s\u212aovde.se",  # becomes k in lower case
        "anna@example.se\r\nBcc: alla@example.se",
        "anna @example.se",
        "%@example.se",
        "cilla@example.se",  # works for another organisation
    ],
)
async def test_whoever_is_not_of_the_house_hears_whom_to_ask_and_nothing_else(
    door: Door, email: str | None
):
    await door.does("UPDATE people SET email = 'bo@skovde.se' WHERE name = 'Bo Åberg'")
    assert await door.comes(replace(ANNA, email=email)) == REFUSED
    assert door.mails == 0
    assert await door.rows("SELECT * FROM account_requests") == []


async def test_case_and_space_in_an_address_do_not_matter(door: Door):
    assert "a•••@example.se" in await door.comes(replace(ANNA, email=" Anna@EXAMPLE.se"))
    assert door.server.got[0].rcpt_tos == ["anna@example.se"]


@pytest.mark.parametrize(
    "changed",
    [
        "UPDATE employments SET ends_on = '2026-11-24'",
        "UPDATE employments SET starts_on = '2026-11-25'",
        "UPDATE organisations SET ended_on = '2026-11-01' WHERE name = 'Hjo'",
        "UPDATE organisations SET name = 'Hjo stad' WHERE name = 'Hjo'",
    ],
)
async def test_whoever_does_not_work_there_today_is_not_linked(door: Door, changed: str):
    await door.does(changed)
    assert await door.comes() == REFUSED


async def test_whoever_stops_working_before_the_button_is_pressed_is_not_linked(door: Door):
    await door.comes()
    await door.does("UPDATE employments SET ends_on = '2026-11-24'")
    browser = await door.web.browser()
    await browser.open(door.link())
    assert browser.status == 410
    assert await door.accounts() == []


async def test_guests_and_unregistered_places_hear_no_names(door: Door):
    guest = await door.comes(replace(ANNA, outsider=True))
    assert guest == "Hej! Jag vet inte vem du är. Be den som bjöd in dig hit om hjälp."
    elsewhere = await door.comes(house=None)
    assert elsewhere == "Hej! Jag vet inte vem du är. Be den som lade till mig här om hjälp."
    nobody = House(organisations=(), email_domains=("example.se",))
    assert await door.comes(house=nobody) == REFUSED
    assert door.mails == 0


async def test_a_changed_address_links_nothing_without_a_mail_to_that_address(door: Door):
    await door.comes(replace(ANNA, email="bo@example.se"))
    assert door.server.got[0].rcpt_tos == ["bo@example.se"]
    assert "Bo Åberg" in door.server.words()
    assert await door.accounts() == []


async def test_a_linked_account_stays_whose_it_is_when_its_address_changes(door: Door):
    await door.comes()
    await door.confirms()
    door.passes(minutes=11)
    assert "redan kopplat" in await door.comes(replace(ANNA, email="bo@example.se"))
    assert door.mails == 1
    assert await door.accounts() == [("U1", "Anna", True)]


async def test_a_link_to_another_person_links_no_account_that_is_somebodys(door: Door):
    await door.comes(replace(ANNA, email="bo@example.se"))
    await door.does(
        "INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by) "
        "VALUES (:anna, 'slack', 'T1', 'U1', 't')",
        anna=door.web.people["Anna"],
    )
    browser = await door.web.browser()
    await browser.open(door.link())
    assert browser.status == 410
    assert await door.accounts() == [("U1", "Anna", True)]


async def test_a_person_may_have_an_account_in_each_place(door: Door):
    elsewhere = replace(ANNA, key=AccountKey("teams", "hjo", "29:1"), address="a:1")
    for profile in (ANNA, elsewhere):
        await door.comes(profile)
        await door.confirms()
    assert await door.accounts() == [("U1", "Anna", True), ("29:1", "Anna", True)]
    assert len(await door.said_in("a:1")) == 1


async def test_linking_is_in_the_audit_log(door: Door):
    await door.comes()
    await door.confirms()
    lines = await door.rows(
        "SELECT person_id, action, thing, fields, source FROM audit_lines ORDER BY id"
    )
    assert [dict(line) for line in lines] == [
        {
            "person_id": door.web.people["Anna"],
            "action": "linked",
            "thing": "account",
            "fields": ["person_id"],
            "source": "mail",
        }
    ]


def test_a_masked_address_is_known_again_by_whoever_has_it():
    assert masked("anna@skovde.se") == "a•••@skovde.se"
    assert masked("a@b.se") == "a•••@b.se"


async def test_a_name_that_looks_like_more_is_one_plain_line(door: Door):
    hostile = "Anna\r\n<b>\u202eChef</b> " + "x" * 500
    await door.comes(replace(ANNA, name=hostile))
    (row,) = await door.rows("SELECT name FROM account_requests")
    assert row["name"] == ("Anna <b> Chef</b> " + "x" * 500)[:100]
    browser = await door.web.browser()
    await browser.open(door.link())
    assert browser.sees("Anna <b> Chef</b>")
    assert not browser.page.all("b")

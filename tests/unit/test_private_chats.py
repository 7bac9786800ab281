"""Which private chat an account uses, where it is reached, and who can be reached nowhere."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.conversations.protocol import AccountKey
from bot.language import LANGUAGES
from bot.outbox import Outbox
from bot.private_chats import private_chat_gone, private_chat_here
from storage.database import Database
from storage.queries import account_requests
from storage.queries.accounts import By, Key, accounts_of, how_many_unreached, unreached
from storage.queries.places import (
    PrivateChat,
    ensure_private_chat,
    is_reached_there,
    private_chat_of,
)

NOW = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
TODAY = date(2026, 3, 16)
ANNA = AccountKey("teams", "t1", "u1")
ROUTE, MOVED = "https://one.example.com/emea", "https://two.example.com/emea"


class People:
    """People of a directory with accounts, and their private chats."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def does(self, sql: str, **values: Any) -> Any:
        """The first value of what is found, if anything is."""
        async with self.database.transaction() as db:
            found = await db.execute(text(sql), values)
            return found.scalar() if found.returns_rows else None

    async def person(self, name: str = "Anna") -> int:
        """Somebody who works somewhere."""
        return await self.does(
            "WITH o AS (INSERT INTO organisations (name, kind) VALUES (:company, 'company') "
            "RETURNING id), "
            "p AS (INSERT INTO people (name, email) VALUES (:name, :email) RETURNING id) "
            "INSERT INTO employments (person_id, organisation_id, starts_on) "
            "SELECT p.id, o.id, '2026-01-01' FROM p, o RETURNING person_id",
            name=name,
            company=f"{name} AB",
            email=f"{name.lower()}@hjo.se",
        )

    async def links(self, person: int, key: AccountKey = ANNA, address: str = "") -> None:
        """The account asks to be the person's, and an administrator agrees."""
        own = Key(key.platform, key.tenant, key.user_id)
        async with self.database.transaction() as db:
            request = await account_requests.ask(
                db,
                own,
                person_id=person,
                name="Konto",
                language="sv",
                address=address,
                route=ROUTE if address else None,
                place="hjo",
                token_hash=f"{key}{person}".encode(),
                now=NOW,
                expires_at=NOW + timedelta(days=1),
                asked_before=NOW,
            )
            assert request is not None
            by = By(None, NOW, "test")
            assert await account_requests.link_for(db, request, person, by, TODAY)

    async def opens(self, address: str, key: AccountKey = ANNA, route: str = ROUTE) -> Any:
        """The account's chat is at that address now."""
        async with self.database.transaction() as db:
            return await ensure_private_chat(db, vars(key), address, route, NOW)

    async def chat(self, key: AccountKey = ANNA) -> PrivateChat | None:
        """The chat that the account uses."""
        async with self.database.transaction() as db:
            return await private_chat_of(db, vars(key))

    async def closes(self, address: str) -> bool:
        """Whoever uses the chat has taken the bot away."""
        async with self.database.transaction() as db:
            where = {"platform": "teams", "tenant": "t1", "address": address}
            return await private_chat_gone(db, **where, now=NOW)

    async def chats_of(self, person: int) -> list[str]:
        """How it stands with the chat of each account."""
        async with self.database.transaction() as db:
            return [each.chat for each in await accounts_of(db, person)]

    async def unreached(self) -> list[str]:
        """The names of those who can be reached nowhere."""
        async with self.database.transaction() as db:
            found = await unreached(db, TODAY, most=10)
            assert await how_many_unreached(db, TODAY) == len(found)
        return [each.name for each in found]


@pytest.fixture
def people(database: Database) -> People:
    """An empty directory."""
    return People(database)


async def test_an_account_that_is_nobodys_has_no_chat(people: People):
    assert await people.opens("a:1") is None
    assert await people.chat() is None
    assert not await people.closes("a:1")


async def test_the_chat_is_made_once_and_its_way_follows(people: People):
    await people.links(await people.person())
    made = await people.opens("a:1")
    again = await people.opens("a:1", route=MOVED)
    assert (made.opened, again.opened) == (True, False)
    assert await people.chat() == PrivateChat(made.id, "a:1", MOVED)


async def test_taken_away_and_got_again_it_is_the_same_chat(people: People):
    person = await people.person()
    await people.links(person, address="a:1")
    assert await people.chats_of(person) == ["open"]
    assert await people.closes("a:1")
    assert await people.chats_of(person) == ["closed"]
    assert await people.chat() is None
    assert (await people.opens("a:1")).opened
    assert await people.chats_of(person) == ["open"]


@pytest.mark.parametrize("before", [False, True])
async def test_what_waits_in_a_chat_that_moved_is_said_in_the_new_place(
    people: People, before: bool
):
    await people.links(await people.person(), address="a:1")
    if before:
        await people.opens("a:2")
        await people.opens("a:1")
    await people.does(
        "INSERT INTO messages (conversation_id, view) "
        "SELECT id, '{}' FROM conversations WHERE address = 'a:1'"
    )
    await people.opens("a:2")
    waits = (
        "SELECT c.address FROM messages m JOIN conversations c ON c.id = m.conversation_id "
        "WHERE m.state = 'waiting' AND c.closed_at IS NULL"
    )
    assert await people.does(waits) == "a:2"
    chat = await people.chat()
    assert chat
    assert chat.address == "a:2"


async def test_each_of_a_persons_accounts_uses_its_own_chat(people: People):
    person = await people.person()
    other = replace(ANNA, user_id="u2")
    await people.links(person, address="a:1")
    await people.links(person, other, address="a:2")
    first, second = await people.chat(), await people.chat(other)
    assert first
    assert second
    assert (first.address, second.address) == ("a:1", "a:2")
    await people.closes("a:1")
    assert await people.chat() is None
    assert await people.chats_of(person) == ["closed", "open"]
    assert await people.unreached() == []


async def test_linked_to_another_person_the_chat_is_that_persons(people: People):
    anna, bo = await people.person(), await people.person("Bo")
    await people.links(anna, address="a:1")
    await people.does("UPDATE accounts SET ended_at = now()")
    await people.links(bo, address="a:1")
    owner = "SELECT person_id FROM conversations WHERE address = 'a:1'"
    assert await people.does(owner) == bo
    assert await people.chats_of(bo) == ["open"]


async def test_whether_something_can_be_said_there_by_that_way(people: People):
    await people.links(await people.person(), address="a:1")

    async def reached(**other: Any) -> bool:
        where = {"platform": "teams", "tenant": "t1", "address": "a:1", "route": ROUTE}
        async with people.database.transaction() as db:
            return await is_reached_there(db, **where | {"user_id": "u1"} | other)

    assert await reached()
    assert not await reached(route=MOVED)
    assert not await reached(address="a:2")
    assert not await reached(user_id="u2")
    assert not await reached(user_id=None)
    await people.closes("a:1")
    assert not await reached()


async def test_who_can_be_reached_in_no_chat(people: People):
    reached, lost, former, _nobody = [
        await people.person(name) for name in ("Anna", "Bo", "Cilla", "David")
    ]
    for n, person in enumerate((reached, lost, former)):
        await people.links(person, replace(ANNA, user_id=f"u{n}"), address=f"a:{n}")
    await people.does(
        "WITH a AS (INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by) "
        "VALUES (:lost, 'web', 'web', 'bo', 'test') RETURNING person_id), "
        "k AS (INSERT INTO connections (platform, tenant) VALUES ('web', 'web') RETURNING id) "
        "INSERT INTO conversations (connection_id, kind, address, name, person_id) "
        "SELECT k.id, 'private', 'bo', 'Bo', person_id FROM a, k",
        lost=lost,
    )
    assert await people.unreached() == []
    await people.closes("a:1")
    await people.closes("a:2")
    assert await people.unreached() == ["Bo", "Cilla"]
    assert await people.chats_of(lost) == ["closed", "open"]
    await people.does(
        "UPDATE employments SET ends_on = '2026-02-01' WHERE person_id = :former", former=former
    )
    assert await people.unreached() == ["Bo"]
    await people.does("UPDATE connections SET closed_at = now() WHERE platform = 'teams'")
    assert await people.unreached() == ["Anna", "Bo"]
    assert await people.chats_of(reached) == ["place_closed"]


async def test_without_a_chat_nobody_is_reached_there_until_there_is_one(people: People):
    person = await people.person()
    await people.links(person)
    assert await people.chats_of(person) == ["missing"]
    assert await people.unreached() == ["Anna"]
    async with people.database.transaction() as db:
        outbox = Outbox(LANGUAGES)
        about = {"address": "a:1", "route": ROUTE, "now": NOW}
        assert await private_chat_here(db, ANNA, **about, greets=outbox)
        assert await private_chat_here(db, ANNA, **about, greets=outbox)
        await outbox.flush(db)
    assert await people.unreached() == []
    assert await people.does("SELECT count(*) FROM messages") == 1

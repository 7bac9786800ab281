"""Where a person gets what is said to them: docs/email.md's table, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from bot import metrics
from bot.conversations.views import Card
from bot.outbox import Letter, Outbox, ToPerson
from bot.people import PersonId
from storage.database import Database
from storage.queries.letters import ensure_mail_places, mail_is_not_set_up, mail_is_set_up, stop

NOW = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
TODAY = date(2026, 3, 16)
SLACK, TEAMS, WEB, MAIL = ("slack", "T1"), ("teams", "t1"), ("web", "web"), ("email", "mail")
Place = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """What a person has, and where something is then said.

    `used`: chats with accounts, the last used last; `unused`: chats that nobody has been in.
    """

    says: str
    expected: Place | None
    used: Sequence[Place] = ()
    unused: Sequence[Place] = ()
    closed: Sequence[Place] = ()
    chosen: Place | None = None
    near: Place | None = None
    letter: Letter | bool = False
    mail: bool = True
    ended: bool = False
    stopped: Sequence[Letter] = field(default_factory=tuple)

    def __str__(self) -> str:
        return self.says


ALL = (SLACK, WEB, TEAMS)
CASES = [
    Case("the chat used last", TEAMS, used=(SLACK, TEAMS)),
    Case("the web chat when it was used last", WEB, used=(SLACK, WEB)),
    Case("the chat near", SLACK, used=ALL, near=SLACK),
    Case("the one chosen before the one near", SLACK, used=ALL, chosen=SLACK, near=TEAMS),
    Case("what is chosen and closed is passed by", TEAMS, used=ALL, chosen=SLACK, closed=(SLACK,)),
    Case(
        "the one near instead of what is closed",
        WEB,
        used=ALL,
        chosen=SLACK,
        closed=(SLACK,),
        near=WEB,
    ),
    Case("mail when it is chosen", MAIL, used=ALL, chosen=MAIL),
    Case(
        "an answer where one acts, though mail is chosen", SLACK, used=ALL, chosen=MAIL, near=SLACK
    ),
    Case("mail that is chosen and not set up", TEAMS, used=ALL, chosen=MAIL, mail=False),
    Case("a letter to the chat used last, not to the web", SLACK, used=(SLACK, WEB), letter=True),
    Case("a letter to the web when that is chosen", WEB, used=ALL, chosen=WEB, letter="digest"),
    Case("a letter by mail to who has only the web", MAIL, used=(WEB,), letter="reminder"),
    Case("other things on the web to the same", WEB, used=(WEB,)),
    Case("a letter on the web where there is no mail", WEB, used=(WEB,), letter=True, mail=False),
    Case("a letter by mail to who has nothing", MAIL, letter=True),
    Case("other things by mail too", MAIL),
    Case("mail rather than a chat that nobody has opened", MAIL, unused=(WEB,)),
    Case("such a chat where there is no mail", WEB, unused=(WEB,), mail=False),
    Case("nowhere without mail and chat", None, mail=False),
    Case("nothing to who has left", None, used=ALL, ended=True),
    Case("no letter to who has left", None, letter=True, ended=True),
    Case("no letter of a kind that is stopped", None, letter="digest", stopped=("digest",)),
    Case("a letter of another kind", MAIL, letter="reminder", stopped=("digest",)),
    Case("a letter that nobody can stop", MAIL, letter=True, stopped=("digest", "reminder")),
    Case("the stopped kind in chat", SLACK, used=(SLACK,), letter="digest", stopped=("digest",)),
]


class Someone:
    """A person of the directory, and the places that they have."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.id = PersonId(0)

    async def begins(self, *, mail: bool, ended: bool = False) -> None:
        """They are employed, and mail is set up or not."""
        async with self.database.transaction() as db:
            made = await db.scalar(
                text(
                    "WITH p AS (INSERT INTO people (name, email) VALUES ('Anna', 'anna@hjo.se') "
                    "RETURNING id), o AS (INSERT INTO organisations (name, kind) "
                    "VALUES ('Hjo', 'company') RETURNING id) "
                    "INSERT INTO employments (person_id, organisation_id, starts_on) "
                    "SELECT p.id, o.id, '2026-01-01' FROM p, o RETURNING person_id"
                )
            )
            assert made is not None
            self.id = PersonId(made)
            if mail:
                await mail_is_set_up(db, today=TODAY, now=NOW)
            else:
                await mail_is_set_up(db, today=TODAY, now=NOW)
                await mail_is_not_set_up(db, now=NOW)
            if ended:
                await db.execute(text("UPDATE employments SET ends_on = '2026-03-16'"))

    async def has(self, place: Place, *, used: int | None, closed: bool = False) -> None:
        """A private chat there, with an account used in that minute if `used`."""
        platform, tenant = place
        values = {"platform": platform, "tenant": tenant, "person": self.id, "now": NOW}
        async with self.database.transaction() as db:
            await db.execute(
                text(
                    "WITH k AS (INSERT INTO connections (platform, tenant) VALUES (:platform, "
                    ":tenant) RETURNING id) INSERT INTO conversations (connection_id, kind, "
                    "address, name, person_id, closed_at) SELECT id, 'private', 'p' || :person, "
                    "'Anna', :person, CASE WHEN :closed THEN CAST(:now AS timestamptz) END FROM k"
                ),
                values | {"closed": closed},
            )
            if used is not None:
                await db.execute(
                    text(
                        "INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by, "
                        "last_used_at) VALUES (:person, :platform, :tenant, 'u', 'test', "
                        "CAST(:now AS timestamptz) + make_interval(mins => :used))"
                    ),
                    values | {"used": used},
                )

    async def chooses(self, place: Place) -> None:
        """Where they want what is to them."""
        async with self.database.transaction() as db:
            await db.execute(
                text(
                    "INSERT INTO personal_settings (person_id, name, value) VALUES (:person, "
                    "'place', jsonb_build_object('platform', CAST(:platform AS text), 'tenant', "
                    "CAST(:tenant AS text)))"
                ),
                {"person": self.id, "platform": place[0], "tenant": place[1]},
            )

    async def told(
        self, near: Place | None = None, letter: Letter | bool = False
    ) -> list[tuple[Place, str | None]]:
        """Something is said; where, and as what letter."""
        outbox = Outbox(today=TODAY)
        outbox.say(ToPerson(self.id, near, letter), lambda: Card(summary="Hej"))
        async with self.database.transaction() as db:
            await outbox.flush(db)
            found = await db.execute(
                text(
                    "SELECT k.platform, k.tenant, m.letter FROM messages m "
                    "JOIN conversations c ON c.id = m.conversation_id "
                    "JOIN connections k ON k.id = c.connection_id"
                )
            )
            return [((row.platform, row.tenant), row.letter) for row in found]


@pytest.fixture
def someone(database: Database) -> Someone:
    return Someone(database)


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_a_person_has_one_place(someone: Someone, case: Case):
    await someone.begins(mail=case.mail, ended=case.ended)
    for minute, place in enumerate(case.used):
        await someone.has(place, used=minute, closed=place in case.closed)
    for place in case.unused:
        await someone.has(place, used=None)
    if case.chosen:
        await someone.chooses(case.chosen)
    for letter in case.stopped:
        async with someone.database.transaction() as db:
            await stop(db, someone.id, letter, NOW)
    said = await someone.told(case.near, case.letter)
    kind = None if isinstance(case.letter, bool) else case.letter
    assert said == ([(case.expected, kind)] if case.expected else [])


async def test_a_chat_of_a_workspace_that_is_gone_is_no_place(someone: Someone):
    await someone.begins(mail=True)
    await someone.has(SLACK, used=1)
    async with someone.database.transaction() as db:
        await db.execute(
            text("UPDATE connections SET closed_at = :now WHERE platform = 'slack'"), {"now": NOW}
        )
    assert await someone.told() == [(MAIL, None)]


async def test_what_was_stopped_is_counted(someone: Someone):
    await someone.begins(mail=True)
    async with someone.database.transaction() as db:
        await stop(db, someone.id, "digest", NOW)
    name = "samspel_letters_stopped_total"
    before = metrics.registry.get_sample_value(name) or 0
    assert await someone.told(letter="digest") == []
    assert metrics.registry.get_sample_value(name) == before + 1


async def test_without_a_day_nobody_is_taken_to_have_left(someone: Someone):
    """As where the bot says something that no clock is asked for."""
    await someone.begins(mail=True, ended=True)
    outbox = Outbox()
    outbox.say(ToPerson(someone.id), lambda: Card(summary="Hej"))
    async with someone.database.transaction() as db:
        await outbox.flush(db)
        assert await db.scalar(text("SELECT count(*) FROM messages")) == 1


async def test_mail_given_up_is_a_place_again_with_another_address(someone: Someone):
    await someone.begins(mail=True)
    async with someone.database.transaction() as db:
        await db.execute(text("UPDATE conversations SET closed_at = :now"), {"now": NOW})
        await ensure_mail_places(db, today=TODAY, now=NOW)
    assert await someone.told() == []
    async with someone.database.transaction() as db:
        await db.execute(text("UPDATE people SET email = 'anna.ek@hjo.se'"))
        await ensure_mail_places(db, today=TODAY, now=NOW)
    assert await someone.told() == [(MAIL, None)]


async def test_everybody_has_one_place_by_mail_however_often_it_is_seen_to(someone: Someone):
    await someone.begins(mail=True)
    async with someone.database.transaction() as db:
        await ensure_mail_places(db, today=TODAY, now=NOW)
        rows = await db.execute(text("SELECT address, route, kind, person_id FROM conversations"))
        assert [tuple(row) for row in rows] == [
            (f"person:{someone.id}", "anna@hjo.se", "private", someone.id)
        ]

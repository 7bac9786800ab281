"""What hangs on somebody who leaves, and who has left: the chef is told, once."""

import asyncio
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.assignments import answering, asking
from bot.assignments.assignment import ToOnePerson
from bot.finding import Found, Nothing, Several
from bot.leaving import Kind, Leaver, Sort, find_anybody, hangs_on, leavers
from bot.needs import moving
from bot.needs.need import Move
from bot.needs.stages import Stage
from bot.people import PersonId
from bot.plan import PlanInMemory
from bot.schedule import Done, run_due
from bot.settings import Settings
from storage.database import Database
from tests.unit.assignment_scene import NOW, TODAY, People, work
from tests.unit.leaving_scene import does, everything, hanging, make_leaving_scene, prepared


@pytest.fixture
async def people(database: Database) -> None:
    async with database.transaction() as db:
        await make_leaving_scene(db)


@pytest.mark.usefixtures("people")
async def test_everything_that_hangs_on_somebody_is_found(database: Database):
    async with database.transaction() as db:
        found = await everything(db)
    told = [(each.kind, each.code or each.title) for each in found.things]
    assert told == [
        (Kind.ACTIVITY, "KOM-01"),
        (Kind.ACTIVITY, "KOM-04"),
        (Kind.MILESTONE, "KOM-02"),
        (Kind.MILESTONE, "KOM-01"),
        (Kind.MANDATE, "co_financing"),
        (Kind.PART, "Tagen"),
        (Kind.PART, "Tillfrågad"),
        (Kind.ASKED, "Egen"),
        (Kind.NEED, "Tolkar"),
    ]


@pytest.mark.usefixtures("people")
async def test_what_is_over_hangs_on_nobody(database: Database):
    async with database.transaction() as db:
        chef, hjo = await People(db).by("chef"), await People(db).by("hjo1")
        given = await asking.ask(db, chef, work(), ToOnePerson(hjo.person.id))
        given = await answering.accept(db, hjo, given, hours=3)
        await answering.done(db, hjo, given, hours=3, note=None)
        need = await prepared(db)
        await moving.move(db, chef, need, Move(Stage.DECLINED, reason="Nej"))
        found = await hanging(db)
    assert {each.kind for each in found.things} == {Kind.ACTIVITY, Kind.MILESTONE, Kind.MANDATE}


async def left(db: AsyncConnection, now: datetime = NOW) -> list[Leaver]:
    return await leavers(db, now)


@pytest.mark.usefixtures("people")
async def test_while_all_holds_nobody_has_left(database: Database):
    async with database.transaction() as db:
        await does(db, "UPDATE employments SET ends_on = '2026-03-03' WHERE person_id = 204")
        assert await left(db) == []
        (leaver,) = await left(db, NOW + timedelta(days=1))
    assert (leaver.person.name, leaver.sort, leaver.what) == ("Hjo Ett", Sort.EMPLOYMENT, "Hjo")
    assert (leaver.gone, leaver.period) == (True, "gone:2026-03-03")


@pytest.mark.usefixtures("people")
async def test_whoever_works_nowhere_is_told_of_however_long_ago_it_was(database: Database):
    async with database.transaction() as db:
        await does(
            db,
            "UPDATE employments SET starts_on = '2020-01-01', ends_on = '2021-01-01' "
            "WHERE person_id = 204",
        )
        assert [each.gone for each in await left(db)] == [True]


_ENDINGS = {
    Sort.EMPLOYMENT: (
        "UPDATE employments SET ends_on = '2026-02-20' WHERE person_id = 204;"
        "INSERT INTO employments (person_id, organisation_id, starts_on) "
        "VALUES (204, 202, '2026-02-20')"
    ),
    Sort.POST: (
        "INSERT INTO post_holdings (post_id, person_id, acting, starts_on, ends_on, given_by) "
        "SELECT id, 204, true, '2026-01-01', '2026-02-20', 'test' FROM posts "
        "WHERE kind = 'federation_director'"
    ),
    Sort.ROLE: (
        "INSERT INTO roles (person_id, role, starts_on, ends_on, given_by) "
        "VALUES (204, 'staff', '2026-01-01', '2026-02-20', 'test')"
    ),
    Sort.SEAT: (
        "INSERT INTO memberships (person_id, body_id, starts_on, ends_on, given_by) "
        "VALUES (204, 201, '2026-01-01', '2026-02-20', 'test')"
    ),
    Sort.ACCOUNT: (
        "INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by, ended_at) "
        "VALUES (204, 'slack', 't', 'u', 'test', '2026-02-20 10:00+00')"
    ),
}


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("sort", Sort)
async def test_what_ended_of_late_is_told_and_not_what_ended_long_ago(
    database: Database, sort: Sort
):
    async with database.transaction() as db:
        for statement in _ENDINGS[sort].split(";"):
            await does(db, statement)
        (leaver,) = await left(db)
        assert (leaver.sort, leaver.on, leaver.gone) == (sort, date(2026, 2, 20), False)
        assert leaver.period == f"{sort}:2026-02-20"
        assert await left(db, NOW + timedelta(days=30)) == []


@pytest.mark.usefixtures("people")
async def test_what_goes_on_elsewhere_has_not_ended(database: Database):
    async with database.transaction() as db:
        await does(db, _ENDINGS[Sort.SEAT])
        await does(
            db,
            "INSERT INTO memberships (person_id, body_id, starts_on, given_by) "
            "VALUES (204, 201, '2026-02-20', 'test')",
        )
        await does(db, _ENDINGS[Sort.ACCOUNT])
        await does(
            db,
            "INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by) "
            "VALUES (204, 'teams', 't', 'u', 'test')",
        )
        assert await left(db) == []


@pytest.mark.usefixtures("people")
async def test_a_seat_is_missed_only_where_something_stands_on_it(database: Database):
    async with database.transaction() as db:
        await does(db, _ENDINGS[Sort.SEAT].replace("(204, 201,", "(204, 202,"))
        assert await left(db) == [], "no activity is of that network"
        await does(db, _ENDINGS[Sort.SEAT])
        await does(db, _ENDINGS[Sort.ROLE].replace("'2026-02-20'", "NULL"))
        assert await left(db) == [], "staff need no seat"


@pytest.mark.usefixtures("people")
async def test_whoever_leaves_nothing_behind_is_not_told_of(database: Database):
    async with database.transaction() as db:
        await does(db, "UPDATE employments SET ends_on = '2026-02-20' WHERE person_id = 207")
        assert await left(db) == []


async def messages(database: Database) -> int:
    async with database.transaction() as db:
        return await does(db, "SELECT count(*) FROM messages")


async def ticks(database: Database, now: datetime) -> list[Done]:
    return await run_due(database, now, Settings(), PlanInMemory())


@pytest.fixture
async def chats(database: Database, people: None) -> None:
    """The chef has a channel and a private chat."""
    async with database.transaction() as db:
        await does(db, "INSERT INTO connections (id, platform, tenant) VALUES (201, 'slack', 't')")
        await does(
            db,
            "INSERT INTO conversations (id, connection_id, kind, address, name, person_id) VALUES "
            "(201, 201, 'channel', 'c', 'Chef', NULL), (202, 201, 'private', 'p', 'Chef', 201)",
        )
        await does(
            db,
            "INSERT INTO channel_bindings (conversation_id, post_id, bound_by) "
            "SELECT 201, id, 201 FROM posts WHERE kind = 'manager'",
        )


@pytest.mark.usefixtures("chats")
async def test_the_chef_is_told_once_of_each_ending(database: Database):
    await ticks(database, NOW)
    before = await messages(database)
    async with database.transaction() as db:
        await does(db, "UPDATE employments SET ends_on = '2026-03-02' WHERE person_id = 204")
    done = await asyncio.gather(*(ticks(database, NOW) for _bot in range(3)))
    assert [one for each in done for one in each] == [Done("leaving", "204", "gone:2026-03-02")]
    assert await messages(database) - before == 1, "the channel that the chef has bound"
    assert await ticks(database, NOW + timedelta(hours=1)) == []
    async with database.transaction() as db:
        said = await does(db, "SELECT view::text FROM messages ORDER BY id DESC LIMIT 1")
    assert "Hjo Ett arbetar inte längre hos Hjo" in said
    assert "Lämna över allt" in said


@pytest.mark.usefixtures("chats")
async def test_without_a_channel_of_their_own_the_chef_is_told_privately(database: Database):
    await ticks(database, NOW)
    async with database.transaction() as db:
        await does(db, "DELETE FROM channel_bindings")
        await does(db, "UPDATE employments SET ends_on = '2026-03-02' WHERE person_id = 204")
    await ticks(database, NOW)
    async with database.transaction() as db:
        where = await does(
            db,
            "SELECT array_agg(conversation_id) FROM messages "
            "WHERE strpos(view::text, 'Hjo Ett arbetar inte längre') > 0",
        )
    assert where == [202]


@pytest.mark.usefixtures("people")
async def test_anybody_is_found_by_name_also_who_works_nowhere(database: Database):
    async with database.transaction() as db:
        await does(db, "UPDATE employments SET ends_on = '2026-02-20' WHERE person_id = 204")
        found = await find_anybody(db, "hjo ett", TODAY)
        by_address = await find_anybody(db, "hjo2@x.se", TODAY)
        with_place = await find_anybody(db, "Hjo Två, Hjo", TODAY)
        several = await find_anybody(db, "Hjo", TODAY)
        nothing = await find_anybody(db, "100%", TODAY)
    assert isinstance(found, Found)
    assert found.one.id == 204
    assert isinstance(by_address, Found)
    assert by_address.one.id == 205
    assert isinstance(with_place, Found)
    assert with_place.one.id == 205
    assert isinstance(several, Several)
    assert len(several.these) == 4
    assert isinstance(nothing, Nothing)


async def test_somebody_unknown_has_nothing(database: Database):
    async with database.transaction() as db:
        assert await hangs_on(db, PersonId(1), TODAY) is None

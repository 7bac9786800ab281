"""The board of needs: every stage shows its newest, and how many it has in all."""

import pytest

from bot.needs import merging, moving, registering
from bot.needs.need import Wanted
from bot.needs.reading import Filter, board_of, first_needs, needs_at, needs_listed
from bot.needs.stages import Stage
from bot.people import PersonId
from storage.database import Database
from tests.unit.assignment_scene import People
from tests.unit.need_scene import FORWARD, HJO, later, make_need_scene, registered


@pytest.fixture
async def database(database: Database) -> Database:
    """With the scene in it."""
    async with database.transaction() as db:
        await make_need_scene(db)
    return database


async def test_a_stage_whose_needs_stand_still_is_seen_beside_one_with_many_new(
    database: Database,
):
    async with database.connection() as db:
        people = People(db)
        still = await registered(people, wanted=Wanted("Står still", "Saknas."))
        await moving.move(db, await later(people, "chef"), still, FORWARD[0])
        for n in range(4):
            await registered(people, wanted=Wanted(f"Ny {n}", "Saknas."), minutes=n + 2)
        gone = await registered(people, "skara1", minutes=9)
        await registering.withdraw(db, await later(people, "skara1", 10), gone, None)
        board = await board_of(db, Filter(live_only=False), most=2)
        assert {place: page.total for place, page in board.items()} == {
            Stage.PREPARING: 1,
            Stage.REGISTERED: 4,
            None: 1,
        }
        assert [each.title for each in board[Stage.REGISTERED].needs] == ["Ny 3", "Ny 2"]
        assert [each.title for each in board[Stage.PREPARING].needs] == ["Står still"]
        found = await board_of(db, Filter(words="still", live_only=False), most=2)
        assert {place: page.total for place, page in found.items()} == {Stage.PREPARING: 1}


async def test_pages_tell_how_many_there_are_in_all_wherever_they_begin(database: Database):
    async with database.connection() as db:
        people = People(db)
        for n in range(5):
            await registered(people, wanted=Wanted(f"Ny {n}", "Saknas."), minutes=n)
        for most, skip, shown in ((2, 0, 2), (2, 4, 1), (5, 0, 5), (9, 0, 5), (3, 7, 0)):
            page = await needs_listed(db, Filter(), most=most, skip=skip)
            assert (len(page.needs), page.total) == (shown, 5), (most, skip)
        assert [each.title for each in await first_needs(db, Filter(), most=1)] == ["Ny 4"]
        everything = [each.title for each in await needs_at(db, Stage.REGISTERED)]
        assert everything == [f"Ny {n}" for n in range(5)]


async def test_what_is_merged_twice_is_found_by_those_who_began_it(database: Database):
    async with database.connection() as db:
        people = People(db)
        first, second = await registered(people), await registered(people, "skara1", minutes=1)
        third = await registered(people, "tibro1", minutes=2)
        chef = await later(people, "chef", 3)
        await merging.merge(db, chef, first, second)
        await merging.merge(db, chef, second, third)
        for wanted in (Filter(concerns=PersonId(209)), Filter(municipality=HJO)):
            page = await needs_listed(db, wanted, most=5)
            assert [each.id for each in page.needs] == [third.id]

"""Steps of needs as they are kept: the one that was seen taken back, decided, made one."""

from datetime import date

import pytest

from bot.needs import merging, moving
from bot.needs.changing import Incomplete, NotPossible, NotYours
from bot.needs.need import Move
from bot.needs.stages import Stage
from bot.people import PersonId
from storage.database import Database
from tests.unit.assignment_scene import DUE, TODAY, People
from tests.unit.need_scene import FORWARD, later, make_need_scene, now_of, registered

HJO2, SKARA1 = PersonId(210), PersonId(211)


@pytest.fixture
async def database(database: Database) -> Database:
    """With the scene in it."""
    async with database.transaction() as db:
        await make_need_scene(db)
    return database


async def test_no_other_step_is_taken_back_than_the_one_that_was_seen(database: Database):
    async with database.connection() as db:
        people = People(db)
        chef = await people.by("chef")
        need = await moving.move(db, chef, await registered(people), FORWARD[0])
        seen = await moving.last_move(db, need.id)
        assert seen is not None
        later_on = await later(people, "styr", 5)
        need = await moving.move(db, later_on, need, FORWARD[1])
        with pytest.raises(NotPossible):
            await moving.take_back(db, chef, need, "Fel", step_id=seen.id)
        assert (await now_of(people, need)).stage is Stage.REFERENCE_GROUP
        latest = await moving.last_move(db, need.id)
        assert latest is not None
        back = await moving.take_back(db, chef, need, "Fel", step_id=latest.id)
        assert back.stage is Stage.PREPARING


async def test_a_need_declined_before_any_body_has_it_has_no_day_of_decision(database: Database):
    async with database.connection() as db:
        people = People(db)
        chef, need = await people.by("chef"), await registered(people)
        need = await moving.move(db, chef, need, Move(Stage.DECLINED, reason="Regionen"))
        step = await moving.last_move(db, need.id)
        assert step is not None
        assert (need.decided_on, step.body, step.met_on) == (None, None, None)


async def test_a_need_declined_by_a_body_has_its_name_and_the_day_when_it_met(database: Database):
    async with database.connection() as db:
        people = People(db)
        chef, need = await people.by("chef"), await registered(people)
        for step in FORWARD[:2]:
            need = await moving.move(db, chef, need, step)
        with pytest.raises(Incomplete) as error:
            await moving.move(db, chef, need, Move(Stage.DECLINED, reason="Regionen"))
        assert error.value.fields == ("met_on",)
        said = Move(Stage.DECLINED, met_on=date(2026, 2, 20), reason="Regionen")
        need = await moving.move(db, chef, need, said)
        last = await moving.last_move(db, need.id)
        assert last is not None
        assert need.decided_on == last.met_on == date(2026, 2, 20)
        assert last.body == "reference_group"


async def test_the_direktions_no_has_a_paragraph_wherever_the_need_is(database: Database):
    async with database.connection() as db:
        people = People(db)
        chef, need = await people.by("chef"), await registered(people)
        said = Move(Stage.DECLINED, "board", met_on=TODAY, reason="Regionen")
        with pytest.raises(Incomplete) as error:
            await moving.move(db, chef, need, said)
        assert error.value.fields == ("paragraph",)


async def test_what_a_body_has_seen_is_not_merged_into_what_has_come_less_far(
    database: Database,
):
    async with database.connection() as db:
        people = People(db)
        chef, far = await people.by("chef"), await registered(people)
        near = await registered(people, "skara1")
        for step in FORWARD[:2]:
            far = await moving.move(db, chef, far, step)
        rests = await moving.move(db, chef, far, Move(Stage.RESTING, reason="Väntar"))
        with pytest.raises(merging.ComeLessFar) as error:
            await merging.merge(db, chef, rests, near)
        assert error.value.need.id == near.id
        assert (await merging.merge(db, chef, near, far)).id == far.id


async def test_a_preparer_merges_needs_that_are_theirs_both(database: Database):
    async with database.connection() as db:
        people = People(db)
        chef, mine = await people.by("chef"), await registered(people)
        others = await registered(people, "skara1")
        mine = await moving.move(db, chef, mine, _prepared_by(HJO2))
        others = await moving.move(db, chef, others, _prepared_by(SKARA1))
        hjo2 = await people.by("hjo2")
        with pytest.raises(NotYours):
            await merging.merge(db, hjo2, mine, others)
        await moving.name_preparer(db, chef, others, HJO2, DUE)
        assert (await merging.merge(db, hjo2, mine, others)).id == others.id


def _prepared_by(person: PersonId) -> Move:
    return Move(Stage.PREPARING, preparer_id=person, prepare_by=DUE)

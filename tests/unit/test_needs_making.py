"""An accepted need becomes an activity or a focus area, once, and those who wanted it follow."""

from datetime import date

import pytest
from sqlalchemy import text

from bot import following
from bot.needs import making, merging, moving, supporting
from bot.needs.changing import NotPossible, NotYours
from bot.needs.need import Need
from bot.needs.reading import needs_of_activity, steps_of
from bot.needs.stages import Stage
from bot.people import BodyId, PersonId
from bot.plan import Plan, read_plan
from storage.database import Database
from tests.unit.assignment_scene import People
from tests.unit.need_scene import (
    FORWARD,
    HJO,
    PLATS,
    SKARA,
    make_need_scene,
    new_activity,
    now_of,
    registered,
)


@pytest.fixture
async def database(database: Database) -> Database:
    """With the scene in it."""
    async with database.transaction() as db:
        await make_need_scene(db)
    return database


async def accepted(people: People, need: Need) -> Need:
    """The need taken the whole way."""
    by = await people.by("chef")
    for move in FORWARD:
        need = await moving.move(people.db, by, need, move)
    return need


async def plan_of(people: People) -> Plan:
    return await read_plan(people.db, 1)


async def test_the_activity_is_proposed_with_all_that_was_said(database: Database):
    async with database.connection() as db:
        people = People(db)
        need = await accepted(people, await registered(people))
        code = await making.make_activity(db, await people.by("stab"), need, new_activity())
        plan = await plan_of(people)
        made = plan.activities[code]
        now = await now_of(people, need)
        (behind,) = await needs_of_activity(db, made.id)
        (step, *_earlier) = await steps_of(db, need.id, most=10)
    assert (code, made.proposed, now.activity_id) == ("KOM-08", True, made.id)
    assert behind == now
    assert step.kind == "made"
    assert (made.title, made.description) == ("Gemensam tolktjänst", "Tolkar åt alla.")
    assert (made.area, made.direction) == ("Kompetens", "Vuxenutbildning")
    assert (made.responsible.name, made.coordinator) == ("Stab", HJO)
    assert (made.participants, made.network) == ({HJO, SKARA}, BodyId(201))
    assert (made.starts_on, made.ends_on) == (date(2026, 5, 1), date(2027, 4, 30))
    assert made.budget == 950_000
    assert plan.activities["KOM-01"].participants == {SKARA}, "the draft begins as adopted"
    assert not plan.activities["KOM-01"].proposed


async def test_it_goes_into_the_draft_that_there_is(database: Database):
    async with database.connection() as db:
        people = People(db)
        await db.execute(text("INSERT INTO plan_versions (id, year) VALUES (300, 2027)"))
        stab = await people.by("stab")
        for number in (8, 9):
            need = await accepted(people, await registered(people))
            code = await making.make_activity(db, stab, need, new_activity())
            assert code == f"KOM-{number:02d}"
        held = await db.execute(
            text(
                "SELECT DISTINCT plan_version_id FROM activity_values v "
                "JOIN activities a ON a.id = v.activity_id WHERE a.code > 'KOM-07'"
            )
        )
        assert [row.plan_version_id for row in held] == [300]


async def test_codes_of_an_area_without_activities_begin_as_its_name(database: Database):
    async with database.connection() as db:
        people = People(db)
        need = await accepted(people, await registered(people))
        new = new_activity(area_id=PLATS, direction_id=None, new_direction="Bad och bryggor")
        code = await making.make_activity(db, await people.by("chef"), need, new)
        made = (await plan_of(people)).activities[code]
        assert (code, made.area, made.direction) == (
            "PLA-01",
            "Platsutveckling",
            "Bad och bryggor",
        )
        for name, begins in (("Återbruk & ånga", "ÅTE-01"), ("9 ö", "ÖX-01"), ("Komet", "KOM-08")):
            area = await db.scalar(
                text("INSERT INTO focus_areas (name) VALUES (:name) RETURNING id"), {"name": name}
            )
            assert await making.next_code(db, area) == begins


async def test_a_direction_is_made_once(database: Database):
    async with database.connection() as db:
        people = People(db)
        for name in ("vuxenUTBILDNING", "Tolkar", "tolkar"):
            need = await accepted(people, await registered(people))
            new = new_activity(direction_id=None, new_direction=name)
            await making.make_activity(db, await people.by("chef"), need, new)
        found = await db.execute(text("SELECT name FROM directions ORDER BY name"))
        assert [row.name for row in found] == ["Tolkar", "Vuxenutbildning"]


async def test_when_every_number_is_taken_it_is_said(database: Database):
    async with database.connection() as db:
        people = People(db)
        await db.execute(text("INSERT INTO activities (code) VALUES ('KOM-999')"))
        need = await accepted(people, await registered(people))
        with pytest.raises(making.NoCodeLeft):
            await making.make_activity(db, await people.by("chef"), need, new_activity())
        assert await making.next_code(db, PLATS) == "PLA-01"


async def test_those_who_registered_follow_or_support_follow_the_activity(database: Database):
    async with database.connection() as db:
        people = People(db)
        stab, hjo2 = await people.by("stab"), await people.by("hjo2")
        merged, need = await registered(people, "tibro1"), await registered(people)
        await supporting.support(db, await people.by("skara1"), merged, SKARA)
        await supporting.support(db, hjo2, need, HJO)
        await supporting.withdraw_support(db, hjo2, need, HJO)
        await supporting.follow(db, await people.by("ref"), need)
        await merging.merge(db, stab, merged, need)
        need = await accepted(people, need)
        code = await making.make_activity(db, stab, need, new_activity())
        activity = (await plan_of(people)).activities[code].id
        wanted = {await people.key(name) for name in ("tibro1", "hjo1", "skara1", "ref")}
        assert await following.activity_followers(db, activity) == wanted
        await following.unfollow_activity(db, await people.by("ref"), activity)
        for _twice in range(2):
            await following.follow_activity(db, hjo2, activity)
        wanted = wanted - {await people.key("ref")} | {hjo2.person.id}
        assert await following.activity_followers(db, activity) == wanted


async def test_something_is_made_once_of_what_is_accepted_by_those_who_record(
    database: Database,
):
    async with database.connection() as db:
        people = People(db)
        chef, need = await people.by("chef"), await registered(people)
        with pytest.raises(NotPossible):
            await making.make_activity(db, chef, need, new_activity())
        need = await accepted(people, need)
        for name in ("hjo1", "styr", "ref", "pres", "dir", "admin"):
            with pytest.raises(NotYours):
                await making.make_area(db, await people.by(name), need, "Nytt")
        await making.make_activity(db, chef, need, new_activity())
        with pytest.raises(NotPossible):
            await making.make_activity(db, chef, need, new_activity())
        with pytest.raises(NotPossible):
            await making.make_area(db, chef, need, "Nytt")
        with pytest.raises(NotPossible):
            await moving.take_back(db, chef, need, "Fel")


async def test_a_new_focus_area_has_a_name_of_its_own(database: Database):
    async with database.connection() as db:
        people = People(db)
        chef = await people.by("chef")
        need = await accepted(people, await registered(people))
        with pytest.raises(making.NameTaken):
            await making.make_area(db, chef, need, " kompetens ")
        key = await making.make_area(db, chef, need, " Digitalisering ")
        now = await now_of(people, need)
        assert (now.made_area_id, now.activity_id, now.stage) == (key, None, Stage.ACCEPTED)
        assert (await plan_of(people)).focus_areas[key] == "Digitalisering"


async def test_what_was_made_is_audited_without_what_people_typed(database: Database):
    async with database.connection() as db:
        people = People(db)
        need = await accepted(people, await registered(people))
        await making.make_activity(db, await people.by("stab"), need, new_activity())
        found = await db.execute(
            text("SELECT thing, action, fields, person_id FROM audit_lines ORDER BY id DESC")
        )
        lines = [(row.thing, row.action, row.person_id) for row in found][:2]
    assert lines == [("need", "made", PersonId(203)), ("activity", "make", PersonId(203))]

"""What hangs on somebody is handed over by those who lead, to somebody who can take it."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.applications import changing
from bot.applications.application import Application
from bot.applications.reading import application_by_id
from bot.applications.reading import steps_of as application_steps
from bot.assignments import answering, asking
from bot.assignments.assignment import Assignment, ToMunicipality, ToNetwork, ToOnePerson
from bot.assignments.reading import assignment_by_id
from bot.assignments.reading import steps_of as assignment_steps
from bot.handing_over import HandedOver, hand_over
from bot.leaving import Kind, Unfit
from bot.needs.changing import NotYours
from bot.needs.reading import need_by_id, steps_of
from bot.people import PersonId
from storage.database import Database
from tests.unit.application_scene import ACTIVITY, LAST_DAY, REPORTS, plan_now, wanted
from tests.unit.assignment_scene import HJO, NETWORK, TODAY, People, work
from tests.unit.leaving_scene import does, everything, handed, hanging, make_leaving_scene


@pytest.fixture
async def people(database: Database) -> None:
    async with database.transaction() as db:
        await make_leaving_scene(db)


@pytest.mark.usefixtures("people")
async def test_all_is_handed_over_at_once_and_each_leaves_a_line(database: Database):
    async with database.transaction() as db:
        found = await everything(db)
        done = await handed(db, found, "hjo2")
        after, other = await hanging(db), await hanging(db, "hjo2")
        lines = await db.execute(
            text("SELECT thing, fields FROM audit_lines WHERE action = 'handed_over'")
        )
        told = sorted((row.thing, tuple(row.fields)) for row in lines)
    assert (done.left, after.things) == ((), ())
    names = {(each.kind, each.title) for each in other.things}
    assert {(each.kind, each.title) for each in done.taken} <= names
    assert told.count(("activity", ("responsible_id",))) == 2
    assert told.count(("milestone", ("responsible_id",))) == 2
    assert told.count(("mandate", ("person_id",))) == 2
    assert sum(thing == "assignment" for thing, _fields in told) == 2


@pytest.mark.usefixtures("people")
async def test_an_activity_changes_hands_in_the_adopted_plan_and_the_draft_alone(
    database: Database,
):
    async with database.transaction() as db:
        await handed(db, await hanging(db), "stab", Kind.ACTIVITY, Kind.MILESTONE)
        rows = await db.execute(text("SELECT id, responsible_id FROM activity_values ORDER BY id"))
        owners = {row.id: row.responsible_id for row in rows}
        stones = await does(
            db, "SELECT count(*) FROM planned_milestones WHERE responsible_id = 206"
        )
    assert owners == {201: 204, 202: 206, 203: 206, 204: 205, 205: 204, 206: 206}
    assert stones == 3, "the one that is reached stays"


@pytest.mark.usefixtures("people")
async def test_a_mandate_stays_in_the_municipality(database: Database):
    async with database.transaction() as db:
        found = await hanging(db)
        refused = await handed(db, found, "dskara", Kind.MANDATE)
        assert [why for _thing, why in refused.left] == [Unfit.OTHER_MUNICIPALITY]
        assert await hanging(db) == found
        (new,) = (await handed(db, found, "hjo2", Kind.MANDATE)).taken
        rows = await db.execute(
            text("SELECT person_id, starts_on, ends_on, given_by FROM mandates ORDER BY starts_on")
        )
        mandates = [tuple(row) for row in rows]
    start = date(2026, 1, 1)
    assert mandates == [(204, start, TODAY, "test"), (205, TODAY, None, "Chefen")]
    assert new.municipality == HJO


@pytest.mark.usefixtures("people")
async def test_whoever_has_the_mandate_already_gets_no_other(database: Database):
    async with database.transaction() as db:
        await does(
            db,
            "INSERT INTO mandates (person_id, organisation_id, kind, starts_on, given_by) "
            "VALUES (205, 201, 'co_financing', '2026-01-01', 'test')",
        )
        await handed(db, await hanging(db), "hjo2", Kind.MANDATE)
        held = await does(db, "SELECT count(*) FROM mandates WHERE ends_on IS NULL")
    assert held == 1


@pytest.mark.usefixtures("people")
async def test_a_mandate_that_ended_hangs_until_somebody_has_it(database: Database):
    async with database.transaction() as db:
        await does(db, "UPDATE mandates SET ends_on = '2026-02-27'")
        (thing,) = [each for each in (await hanging(db)).things if each.kind is Kind.MANDATE]
        assert thing.ended
        await handed(db, await hanging(db), "hjo2", Kind.MANDATE)
        left = [each for each in (await hanging(db)).things if each.kind is Kind.MANDATE]
        ended = await does(db, "SELECT ends_on FROM mandates WHERE id = 201")
    assert (left, ended) == ([], date(2026, 2, 27))


async def written(db: AsyncConnection, fund: str = "ESF+") -> Application:
    """An application for KOM-01 that Hjo Ett writes."""
    chef, plan = await People(db).by("chef"), await plan_now(db)
    writer = await People(db).key("hjo1")
    return await changing.register(db, chef, plan, ACTIVITY, wanted(fund=fund), writer, REPORTS)


@pytest.mark.usefixtures("people")
async def test_an_application_hangs_on_whoever_writes_it_until_nothing_waits(database: Database):
    async with database.transaction() as db:
        chef, plan = await People(db).by("chef"), await plan_now(db)
        planned, drawn = await written(db, "Vinnova"), await written(db)
        await changing.withdraw(db, chef, plan, drawn, "Hinner inte")
        given = await changing.send(db, chef, plan, await written(db), TODAY)
        given = await changing.grant(db, chef, plan, given, 1, TODAY)

        async def waiting() -> list[tuple[int, str, str, date | None]]:
            things = (await hanging(db)).things
            found = [each for each in things if each.kind is Kind.APPLICATION]
            return [(each.key, each.title, each.code, each.due_on) for each in found]

        of_planned = (planned.id, "Vinnova", "KOM-01", LAST_DAY)
        assert await waiting() == [of_planned, (given.id, "ESF+", "KOM-01", REPORTS[0])]
        for day in REPORTS:
            given = await changing.send_report(db, chef, plan, given, day, TODAY)
        assert await waiting() == [of_planned]


@pytest.mark.usefixtures("people")
async def test_an_application_is_written_by_another_and_nothing_else_of_it_changes(
    database: Database,
):
    async with database.transaction() as db:
        application = await written(db)
        found = await hanging(db)
        done = await handed(db, found, "stab", Kind.APPLICATION)
        assert [each.key for each in done.taken] == [application.id]
        now = await application_by_id(db, application.id)
        assert now is not None
        assert now.writer.id == await People(db).key("stab")
        assert replace(now, writer=application.writer) == application
        (step, *_rest) = await application_steps(db, application.id)
        assert (step.kind, list(step.changes)) == ("edited", ["writer_id"])
        gone = await handed(db, found, "hjo2", Kind.APPLICATION)
        assert [why for _thing, why in gone.left] == [Unfit.GONE]


async def of_municipality(db: AsyncConnection) -> Assignment:
    chef = await People(db).by("chef")
    return await asking.ask(db, chef, work(), ToMunicipality(HJO))


@pytest.mark.usefixtures("people")
async def test_what_a_municipality_is_asked_stays_in_it(database: Database):
    async with database.transaction() as db:
        given = await of_municipality(db)
        found = await hanging(db, given.parts[0].person.name.replace("Dir Hjo", "dhjo"))
        assert [each.municipality for each in found.things] == [HJO]
        refused = await handed(db, found, "dskara", Kind.PART)
        assert [why for _thing, why in refused.left] == [Unfit.OTHER_MUNICIPALITY]
        done = await handed(db, found, "hjo2", Kind.PART)
        after = await assignment_by_id(db, given.id)
        steps = await assignment_steps(db, given.id, most=9)
    assert after is not None
    part = after.part_of(PersonId(205))
    assert part is not None
    assert done.taken[0].key == part.id, "so that it can be handed back"
    assert (steps[0].kind, steps[0].person_name) == ("handed_over", "Chefen")


@pytest.mark.usefixtures("people")
async def test_what_a_network_is_asked_stays_with_its_members(database: Database):
    async with database.transaction() as db:
        chef = await People(db).by("chef")
        given = await asking.ask(db, chef, work(), ToNetwork(NETWORK, 2))
        given = await answering.accept(db, await People(db).by("m1"), given, hours=3)
        await answering.accept(db, await People(db).by("m2"), given, hours=3)
        found = await hanging(db, "m1")
        for to, why in (("hjo1", Unfit.OTHER_NETWORK), ("m2", Unfit.HAS_IT), ("m1", Unfit.SAME)):
            refused = await handed(db, found, to, Kind.PART)
            assert [each for _thing, each in refused.left] == [why], to
        assert len((await handed(db, found, "m3", Kind.PART)).taken) == 1


@pytest.mark.usefixtures("people")
async def test_what_waits_for_a_director_stays_until_they_have_answered(database: Database):
    async with database.transaction() as db:
        chef, hjo = await People(db).by("chef"), await People(db).by("hjo1")
        given = await asking.ask(db, chef, work(), ToOnePerson(hjo.person.id))
        await answering.ask_priority(db, hjo, given, None)
        done = await handed(db, await hanging(db), "hjo2", Kind.PART)
    assert [why for _thing, why in done.left] == [Unfit.WAITS]


@pytest.mark.usefixtures("people")
async def test_a_need_keeps_its_day_and_an_assignment_its_state(database: Database):
    async with database.transaction() as db:
        found = await everything(db)
        await handed(db, found, "stab", Kind.NEED, Kind.ASKED)
        (asked,) = [each for each in found.things if each.kind is Kind.ASKED]
        (need,) = [each for each in found.things if each.kind is Kind.NEED]
        assignment, now = await assignment_by_id(db, asked.key), await need_by_id(db, need.key)
        steps = await steps_of(db, need.key, most=1)
    assert assignment is not None
    assert assignment.asked_by.name == "Stab"
    assert now is not None
    assert now.preparer is not None
    assert (now.preparer.name, now.prepare_by) == ("Stab", date(2026, 3, 20))
    assert steps[0].kind == "preparer"


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("who", ["stab", "dhjo", "hjo1", "m1"])
async def test_none_but_those_who_lead_hand_over(database: Database, who: str):
    async with database.transaction() as db:
        found = await hanging(db)
        with pytest.raises(NotYours):
            await handed(db, found, "hjo2", by=who)


@pytest.mark.usefixtures("people")
async def test_nobody_gets_what_they_cannot_take(database: Database):
    async with database.transaction() as db:
        await does(db, "UPDATE employments SET ends_on = '2026-02-01' WHERE person_id = 207")
        await does(
            db,
            "INSERT INTO roles (person_id, role, starts_on, given_by) "
            "VALUES (205, 'administrator', '2026-01-01', 'test')",
        )
        found = await hanging(db)
        for to, why in (
            ("utan", Unfit.WORKS_NOWHERE),
            ("hjo2", Unfit.NO_PART),
            ("hjo1", Unfit.SAME),
        ):
            done = await handed(db, found, to, Kind.ACTIVITY)
            assert [each for _thing, each in done.left] == [why, why]
        chef = await People(db).by("chef")
        nobody = await hand_over(db, chef, found, found.things[:1], PersonId(10**9))
        assert nobody.left == ((found.things[0], Unfit.WORKS_NOWHERE),)
        assert await hanging(db) == found


@pytest.mark.usefixtures("people")
async def test_two_who_hand_over_at_once_give_it_to_one(database: Database):
    async def give(to: str) -> HandedOver:
        async with database.transaction() as db:
            return await handed(db, found, to)

    async with database.transaction() as db:
        found = await everything(db)
    first, second = await asyncio.gather(give("hjo2"), give("vhjo"))
    none, everything_of_it = sorted((first, second), key=lambda done: len(done.taken))
    assert len(everything_of_it.taken) == len(found.things)
    assert {why for _thing, why in none.left} == {Unfit.GONE}
    assert none.taken == ()
    async with database.transaction() as db:
        owners = await does(
            db,
            "SELECT count(DISTINCT responsible_id) FROM activity_values "
            "WHERE activity_id = 201 AND plan_version_id > 201",
        )
        held = await does(db, "SELECT count(*) FROM mandates WHERE ends_on IS NULL")
    assert (owners, held) == (1, 1)

"""What digests tell of needs and assignments: as of the cut-off, in full once, nothing private."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.assignments import answering, asking
from bot.assignments.assignment import About, Assignment, ToNetwork, ToOnePerson, Work
from bot.assignments.resources import Lacking, Offered
from bot.assignments.states import State
from bot.digests.compose import as_text, compose
from bot.digests.gather import Material, gather
from bot.digests.needs_then import Assignments, NeedThen, assignments_then
from bot.digests.period import Audience, Due, Week
from bot.needs import merging, moving, registering
from bot.needs.need import Move, Need, NeedStep, Wanted
from bot.needs.preparing import add_note
from bot.needs.reading import need_by_id
from bot.needs.stages import Stage
from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import Contact, read_plan
from storage.database import Database
from tests.digest_material import KOM_03, material, standing, stockholm
from tests.unit.assignment_scene import NETWORK, People, make_scene, work

HJO = OrganisationId(201)
WEEK = timedelta(weeks=1)
NEED = NeedThen(
    id=12,
    title="Tolktjänst",
    stage=Stage.REGISTERED,
    registered_by="Karin Komvux",
    organisation=HJO,
    registered_at=stockholm("2026-11-18 10:00"),
    last_step_at=stockholm("2026-11-18 10:00"),
)
STEP = NeedStep(
    id=4,
    need_id=12,
    kind="moved",
    person_id=PersonId(1),
    person_name="Chefen",
    at=stockholm("2026-11-19 10:00"),
    from_stage=Stage.REGISTERED,
    to_stage=Stage.PREPARING,
    reason="Viktigt för alla",
)
LACKING = Lacking(
    assignment=Assignment(
        id=7,
        work=Work("Kartlägg", date(2026, 11, 20), hours=40, about=About(KOM_03.id)),
        asked=ToNetwork(BodyId(1), 2),
        asked_by=Contact(PersonId(1), "Chefen", "chef@x.se"),
        asked_at=stockholm("2026-11-02 10:00"),
        state=State.UNRESOURCED,
        state_since=stockholm("2026-11-18 10:00"),
    ),
    asked=40,
    offered=10,
    by_municipality=(Offered(HJO, 20, 10), Offered(OrganisationId(202), 20, 0)),
)


def known(*needs: NeedThen, **values: Any) -> Material:
    names = {HJO: "Hjo", OrganisationId(202): "Skara"}
    return material(standing(), needs=needs, organisations=names, **values)


def said(of: Material) -> str:
    return as_text(compose(of).cards)


def next_week(of: Material, **values: Any) -> Material:
    moved = {"covers_from": of.cut_off, "cut_off": of.cut_off + WEEK, "told": compose(of).told}
    return replace(of, **{**moved, "after": str(of.week), "week": Week(2026, 49), **values})


def test_a_new_need_is_told_once():
    first = known(NEED)
    line = "Behov 12 Tolktjänst. Registrerat av Karin Komvux, Hjo, 18 november."
    assert line in said(first)
    assert "Registrerat av" not in said(next_week(first))
    assert line not in said(known(replace(NEED, marked=True))), "withdrawn again"


def test_steps_are_grouped_by_need_and_only_a_refusal_says_why():
    declined = replace(STEP, id=5, to_stage=Stage.DECLINED, reason="Regionen ansvarar")
    moved = replace(NEED, stage=Stage.DECLINED, steps=(STEP, declined))
    told = said(known(moved))
    assert "Behov 12 Tolktjänst: ⛔ avslaget. Bereds, 19 november. Avslaget, 19 november." in told
    assert "Regionen ansvarar." in told
    assert "Viktigt för alla" not in told


def test_many_steps_of_one_need_are_counted():
    many = tuple(replace(STEP, id=n) for n in range(9))
    assert "5 steg dessförinnan." in said(known(replace(NEED, steps=many)))


def test_a_need_that_stands_still_is_told_once_then_counted():
    still = replace(NEED, registered_at=stockholm("2026-10-01 10:00"))
    days = {"last_step_at": stockholm("2026-10-24 08:30")}
    first = known(replace(still, **days))
    assert "Behov 12 Tolktjänst: 📝 registrerat. Inget har hänt på 4 veckor." in said(first)
    assert "1 behov står fortfarande still." in said(next_week(first))
    days = {"last_step_at": stockholm("2026-10-24 08:31")}
    assert "står still" not in said(known(replace(still, **days))), "not 30 days yet"
    rests = replace(still, stage=Stage.RESTING, last_step_at=stockholm("2026-09-01 07:30"))
    assert "står still" not in said(known(rests))


def test_the_chef_reads_of_late_preparations_and_the_group_what_it_may_put_forward():
    prepared = replace(
        NEED, stage=Stage.PREPARING, preparer="Ekonomen", prepare_by=date(2026, 11, 20)
    )
    late = "skulle ha varit berett 20 november, 3 dagar sedan. Handläggare: Ekonomen."
    ready = "Styrgruppen kan lägga fram det för politiska referensgruppen."
    chef, group = known(prepared), known(prepared, audience=Audience.STEERING_GROUP)
    assert (late in said(chef), ready in said(chef)) == (True, False)
    assert (late in said(group), ready in said(group)) == (False, True)
    assert "1 behov skulle ha varit berett." in said(next_week(chef))
    assert ready not in said(next_week(group))
    assert "Behov att lägga fram" in said(next_week(group)), "it keeps its line"
    today = replace(prepared, prepare_by=date(2026, 11, 23))
    assert ready in said(known(today, audience=Audience.STEERING_GROUP))
    tomorrow = replace(prepared, prepare_by=date(2026, 11, 24))
    assert ready not in said(known(tomorrow, audience=Audience.STEERING_GROUP))


def test_the_group_reads_first_what_nobody_has_time_for():
    lacks = Assignments(lacking=(LACKING,))
    first = known(audience=Audience.STEERING_GROUP, assignments=lacks)
    full = (
        "Uppdrag 7 Kartlägg (KOM-03). 40 timmar behövs, 10 är lovade. "
        "Tillfrågade: Hjo (lovat 10 av 20 timmar) och Skara (lovat 0 av 20 timmar). "
        "Klart senast 20 november."
    )
    assert full in said(first)
    assert said(first).index("Uppdrag 7") < said(first).index("Läget\n")
    week = said(next_week(first))
    assert full not in week
    assert "Uppdrag 7 Kartlägg. 40 timmar behövs, 10 är lovade. Klart senast 20 november." in week
    more = replace(LACKING, offered=20)
    changed = next_week(first, assignments=Assignments(lacking=(more,)))
    assert "Ändrat. Uppdrag 7" in said(changed)


@pytest.mark.parametrize(
    ("late", "unanswered", "words"),
    [
        (1, 2, "1 uppdrag är försenat och 2 väntar på svar."),
        (3, 0, "3 uppdrag är försenade."),
        (0, 1, "1 uppdrag väntar på svar."),
    ],
)
def test_late_and_unanswered_assignments_are_counted(late: int, unanswered: int, words: str):
    first = known(assignments=Assignments(late=late, unanswered=unanswered))
    assert words in said(first)
    assert "Som förut" in said(next_week(first, standings=()))
    none = known()
    assert "uppdrag" not in said(none)


CUT_OFF = stockholm("2026-03-23 07:30")
DUE = Due(Audience.MANAGER, Week(2026, 13), CUT_OFF)


@pytest.fixture
async def people(database: Database) -> None:
    async with database.transaction() as db:
        await make_scene(db)


async def at(db: AsyncConnection, name: str, when: datetime) -> By:
    return replace(await People(db).by(name), now=when)


async def told_of(db: AsyncConnection) -> Material:
    """What a digest that is a week late knows."""
    return await gather(db, await read_plan(db, 1), DUE, CUT_OFF + WEEK, late=True)


async def registered(db: AsyncConnection, when: datetime, title: str = "Tolktjänst") -> Need:
    by = await at(db, "hjo1", when)
    return await registering.register(db, by, Wanted(title, "Saknas."), organisation=HJO)


async def begun(db: AsyncConnection, need: Need, when: datetime) -> Need:
    chef = await at(db, "chef", when)
    move = Move(
        Stage.PREPARING,
        preparer_id=await People(db).key("stab"),
        prepare_by=date(2026, 3, 20),
    )
    return await moving.move(db, chef, need, move)


@pytest.mark.usefixtures("people")
async def test_a_need_is_as_it_was_at_the_cut_off(database: Database):
    before, after = CUT_OFF - timedelta(days=2), CUT_OFF + timedelta(hours=1)
    async with database.transaction() as db:
        need = await begun(db, await registered(db, before), before + timedelta(hours=1))
        chef = await at(db, "chef", after)
        changed = replace(need.wanted, title="Tolkar åt alla")
        need = await registering.edit(db, chef, need, changed)
        leads = await People(db).key("chef")
        need = await moving.name_preparer(db, chef, need, leads, date(2026, 6, 1))
        await moving.move(db, chef, need, Move(Stage.REFERENCE_GROUP, met_on=date(2026, 3, 20)))
        await registered(db, after, "Kom efteråt")
        (then,) = (await told_of(db)).needs
    assert (then.title, then.stage, then.preparer) == ("Tolktjänst", Stage.PREPARING, "Stab")
    assert then.prepare_by == date(2026, 3, 20)
    assert [step.to_stage for step in then.steps] == [Stage.PREPARING]
    assert then.last_step_at == before + timedelta(hours=1)


@pytest.mark.usefixtures("people")
async def test_marks_beside_the_stage_are_as_they_were(database: Database):
    before, after = CUT_OFF - timedelta(days=2), CUT_OFF + timedelta(hours=1)
    async with database.transaction() as db:
        first, second = await registered(db, before), await registered(db, before, "Simskola")
        third = await registered(db, before, "Vikarier")
        own, chef = await at(db, "hjo1", before), await at(db, "chef", before)
        await registering.withdraw(db, own, first, None)
        await merging.merge(db, chef, second, third)
        await registering.restore(db, replace(own, now=after), first)
        merged = await need_by_id(db, second.id)
        assert merged is not None
        await merging.part(db, replace(chef, now=after), merged)
        then = {each.title: each.marked for each in (await told_of(db)).needs}
    assert then == {"Tolktjänst": True, "Simskola": True, "Vikarier": False}


@pytest.mark.usefixtures("people")
async def test_working_notes_and_texts_are_in_no_digest(database: Database):
    before = CUT_OFF - timedelta(days=2)
    async with database.transaction() as db:
        need = await begun(db, await registered(db, before), before)
        await add_note(db, await at(db, "chef", before), need, "Hemlig anteckning")
        told = said(await told_of(db))
    assert "Tolktjänst" in told
    assert "Hemlig" not in told
    assert "Saknas." not in told


async def asked(db: AsyncConnection, when: datetime, to: str = "hjo1") -> Assignment:
    chef = await at(db, "chef", when)
    wanted = work(due_on=date(2026, 3, 10))
    return await asking.ask(db, chef, wanted, ToOnePerson(await People(db).key(to)))


@pytest.mark.usefixtures("people")
async def test_assignments_are_as_they_were_at_the_cut_off(database: Database):
    before, after = CUT_OFF - timedelta(days=2), CUT_OFF + timedelta(hours=1)
    async with database.transaction() as db:
        hjo1, hjo2 = await at(db, "hjo1", before), await at(db, "hjo2", before)
        late_to_answer = replace(hjo1, now=after)
        declined = await answering.decline(db, hjo1, await asked(db, before), "Hinner inte")
        chef = await at(db, "chef", after)
        await asking.ask_again(
            db, chef, declined, ToOnePerson(await People(db).key("hjo2")), "Hinner inte"
        )
        await answering.accept(db, late_to_answer, await asked(db, before), hours=5)
        taken = await answering.accept(db, hjo1, await asked(db, before), hours=30)
        await answering.done(db, late_to_answer, taken, hours=1, note=None)
        handed = await answering.hand_over(db, hjo1, await asked(db, before), hjo2.person.id)
        await answering.accept(db, replace(hjo2, now=after), handed, hours=2)
        over = await answering.accept(db, hjo1, await asked(db, before), hours=1)
        await answering.done(db, hjo1, over, hours=1, note=None)
        await asked(db, after)
        then = (await told_of(db)).assignments
    assert (then.late, then.unanswered) == (4, 2)
    assert [(each.assignment.id, each.offered) for each in then.lacking] == [(declined.id, 0)]


@pytest.mark.usefixtures("people")
async def test_a_network_that_let_the_day_pass_lacks_people(database: Database):
    before, after = CUT_OFF - timedelta(days=20), CUT_OFF + timedelta(hours=1)
    async with database.transaction() as db:
        chef = await at(db, "chef", before)
        wanted = work(due_on=date(2026, 3, 10))
        given = await asking.ask(db, chef, wanted, ToNetwork(NETWORK, 2))
        given = await answering.accept(db, await at(db, "m1", before), given, hours=15)
        await answering.accept(db, await at(db, "m2", after), given, hours=20)
        (lacks,) = (await told_of(db)).assignments.lacking
    hours: Sequence[Offered] = lacks.by_municipality
    assert (lacks.asked, lacks.offered, len(hours)) == (40, 15, 2)
    assert sorted(each.offered for each in hours) == [0, 15]


async def questions(db: AsyncConnection) -> int:
    """How many statements it takes to know how assignments stood."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(db.sync_connection, "before_cursor_execute", note)
    await assignments_then(db, CUT_OFF)
    event.remove(db.sync_connection, "before_cursor_execute", note)
    return len(asked)


@pytest.mark.usefixtures("people")
async def test_many_assignments_are_read_in_as_few_questions_as_two(database: Database):
    before = CUT_OFF - timedelta(days=20)
    async with database.transaction() as db:
        chef, by = await at(db, "chef", before), await at(db, "hjo1", before)
        few = 0
        for n in range(1, 7):
            of_network = await asking.ask(db, chef, work(), ToNetwork(NETWORK, 1))
            await answering.decline(db, await at(db, "m1", before), of_network, "Hinner inte")
            late = work(due_on=date(2026, 3, 10))
            await asking.ask(db, chef, late, ToNetwork(NETWORK, 1))
            await answering.decline(db, by, await asked(db, before), "Hinner inte")
            few = await questions(db) if n == 1 else few
        assert await questions(db) == few
        then = await assignments_then(db, CUT_OFF)
    assert (then.unanswered, len(then.lacking), then.late) == (6, 12, 12)

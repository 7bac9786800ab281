"""Costs as records: entered once, lowered never below zero, taken away and put back."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from bot.acting import By
from bot.money import entering
from bot.money.cost import Cost, Resource
from bot.money.entering import (
    BelowZero,
    Gone,
    HasCosts,
    NameTaken,
    NotYours,
    NumberTaken,
    Said,
)
from bot.money.funding import Kronor
from bot.money.reading import (
    costs_of_activity,
    overview_of,
    resources_of,
    spent_in,
    spent_in_all,
)
from bot.money.reading_cost import MOST_KRONOR, Typed, read_cost_words
from bot.plan import Activity, ActivityId, Plan, read_plan
from storage.database import Database
from storage.models import (
    ActivityValues,
    AuditLine,
    Direction,
    FocusArea,
    PlanVersion,
    StatusReport,
)
from tests.unit.assignment_scene import HJO, People, make_scene

DAY = date(2026, 3, 2)


@pytest.fixture
async def scene(database: Database) -> Database:
    """Hjo coordinates KOM-01, and Hjo Ett answers for it."""
    async with database.transaction() as db:
        people = await make_scene(db)
        area = await db.scalar(insert(FocusArea).values(name="Kompetens").returning(FocusArea.id))
        direction = insert(Direction).values(focus_area_id=area, name="Allmänt")
        version = insert(PlanVersion).values(year=2026)
        await db.execute(
            insert(ActivityValues).values(
                plan_version_id=await db.scalar(version.returning(PlanVersion.id)),
                activity_id=201,
                direction_id=await db.scalar(direction.returning(Direction.id)),
                title="Batteriteknik",
                responsible_id=await people.key("hjo1"),
                coordinator_id=HJO,
                starts_on=date(2026, 1, 1),
                ends_on=date(2026, 12, 31),
                budget=100_000,
            )
        )
    return database


@pytest.fixture
async def people(scene: Database) -> AsyncGenerator[People]:
    async with scene.transaction() as db:
        yield People(db)


async def plan_of(people: People) -> Plan:
    return await read_plan(people.db, 1)


async def kom(people: People) -> Activity:
    return (await plan_of(people)).activities["KOM-01"]


def said(amount: int = 500, **values: Any) -> Said:
    return Said(**{"spent_on": DAY, "amount": Kronor(amount), "name": "Konsult", **values})


async def enter(people: People, amount: int = 500, by: str = "stab", **values: Any) -> Cost:
    return await entering.enter(
        people.db, await people.by(by), await kom(people), said(amount, **values)
    )


async def spent(people: People) -> int:
    return (await spent_in_all(people.db)).activities.get(ActivityId(201), Kronor(0))


async def a_resource(people: People, name: str = "Kansli", **values: Any) -> Resource:
    wanted = {"id": 0, "year": 2026, "amount": Kronor(650_000), "funded_by": "Förbundet"}
    one = Resource(**{**wanted, "name": name, **values})
    return await entering.keep_resource(people.db, await people.by("stab"), one)


async def test_those_who_answer_for_it_enter_and_nobody_else(people: People):
    for name in ("chef", "stab", "hjo1", "dhjo"):
        await enter(people, by=name)
    assert await spent(people) == 2_000
    for name in ("hjo2", "dskara", "m1", "utan"):
        with pytest.raises(NotYours):
            await enter(people, by=name)
    assert await spent(people) == 2_000


async def test_a_number_in_the_accounts_counts_once_whatever_its_case(people: People):
    first = await enter(people, reference="A-1")
    with pytest.raises(NumberTaken):
        await enter(people, 700, reference="a-1")
    await entering.take_away(people.db, await people.by("stab"), first.id)
    await enter(people, 700, reference="a-1")
    assert await spent(people) == 700
    with pytest.raises(NumberTaken):
        await entering.put_back(people.db, await people.by("stab"), first.id)


async def test_what_was_entered_is_lowered_but_never_below_zero(people: People):
    await enter(people)
    by, activity = await people.by("hjo1"), await kom(people)
    with pytest.raises(BelowZero) as told:
        await entering.lower(people.db, by, activity, said(501))
    assert told.value.left == 500
    lowered = await entering.lower(people.db, by, activity, said(500, name="Kredit"))
    assert (lowered.amount, await spent(people)) == (-500, 0)
    with pytest.raises(BelowZero):
        await entering.lower(people.db, by, activity, said(1))


async def test_a_cost_is_not_taken_away_from_under_what_lowers_it(people: People):
    cost = await enter(people)
    by = await people.by("stab")
    lowered = await entering.lower(people.db, by, await kom(people), said(100))
    with pytest.raises(BelowZero):
        await entering.take_away(people.db, by, cost.id)
    await entering.take_away(people.db, by, lowered.id)
    await entering.take_away(people.db, by, cost.id)
    with pytest.raises(BelowZero):
        await entering.put_back(people.db, by, lowered.id)
    assert await spent(people) == 0


async def test_ones_own_is_taken_away_and_put_back_once(people: People):
    cost = await enter(people, by="hjo1")
    for name in ("hjo2", "dhjo"):
        with pytest.raises(NotYours):
            await entering.take_away(people.db, await people.by(name), cost.id)
    mine = await people.by("hjo1")
    await entering.take_away(people.db, mine, cost.id)
    assert await spent(people) == 0
    with pytest.raises(Gone):
        await entering.take_away(people.db, mine, cost.id)
    await entering.put_back(people.db, await people.by("chef"), cost.id)
    assert await spent(people) == 500
    with pytest.raises(Gone):
        await entering.put_back(people.db, mine, cost.id)
    with pytest.raises(Gone):
        await entering.take_away(people.db, mine, 10**9)


async def test_every_change_has_its_line_in_the_record(people: People):
    cost = await enter(people, name="Hemlig AB")
    await entering.take_away(people.db, await people.by("stab"), cost.id)
    await a_resource(people)
    rows = await people.db.execute(
        select(AuditLine.thing, AuditLine.action, AuditLine.fields).order_by(AuditLine.id)
    )
    found = [tuple(row) for row in rows]
    assert [(thing, action) for thing, action, _fields in found] == [
        ("actual_cost", "enter"),
        ("actual_cost", "take_away"),
        ("resource_cost", "enter"),
    ]
    assert "Hemlig" not in str(found)


async def test_a_resource_has_one_name_a_year(people: People):
    first = await a_resource(people)
    with pytest.raises(NameTaken):
        await a_resource(people, "KANSLI")
    next_year = await a_resource(people, year=2027)
    by = await people.by("stab")
    with pytest.raises(NameTaken):
        await entering.keep_resource(
            people.db, by, Resource(0, 2026, "kansli", Kronor(1), "Hjo"), key=next_year.id
        )
    changed = Resource(0, 2026, "Kansli", Kronor(1), "Hjo")
    assert (await entering.keep_resource(people.db, by, changed, key=first.id)).amount == 1
    assert [each.name for each in await resources_of(people.db, 2026)] == ["Kansli"]


async def test_a_resource_with_costs_stays(people: People):
    resource = await a_resource(people)
    by = await people.by("stab")
    cost = await entering.enter(people.db, by, resource, said())
    with pytest.raises(HasCosts):
        await entering.take_away_resource(people.db, by, resource.id)
    await entering.take_away(people.db, by, cost.id)
    await entering.take_away_resource(people.db, by, resource.id)
    assert await resources_of(people.db, 2026) == []
    assert await entering.put_back_resource(people.db, by, resource.id) == resource
    with pytest.raises(Gone):
        await entering.put_back_resource(people.db, by, resource.id)


async def test_resources_are_for_those_who_keep_the_record(people: People):
    resource = await a_resource(people)
    for name in ("hjo1", "dhjo", "m1"):
        by = await people.by(name)
        with pytest.raises(NotYours):
            await entering.keep_resource(people.db, by, resource)
        with pytest.raises(NotYours):
            await entering.take_away_resource(people.db, by, resource.id)
        with pytest.raises(NotYours):
            await entering.put_back_resource(people.db, by, resource.id)
        with pytest.raises(NotYours):
            await entering.enter(people.db, by, resource, said())


async def test_a_year_has_its_own_and_the_past_is_told_as_it_was_known(people: People):
    await enter(people, 100, spent_on=date(2025, 12, 31))
    await enter(people, 20, spent_on=date(2026, 1, 1))
    late = By(await people.person("stab"), datetime(2026, 5, 1, tzinfo=UTC), "web")
    cost = await entering.enter(people.db, late, await kom(people), said(3))
    assert (await spent_in(people.db, 2026)).on_activities == 23
    assert (await spent_in_all(people.db)).on_activities == 123
    before = datetime(2026, 4, 1, tzinfo=UTC)
    assert (await spent_in_all(people.db, before)).on_activities == 120
    gone = By(await people.person("stab"), datetime(2026, 6, 1, tzinfo=UTC), "web")
    await entering.take_away(people.db, gone, cost.id)
    assert (await spent_in_all(people.db, datetime(2026, 5, 15, tzinfo=UTC))).on_activities == 123
    assert (await spent_in_all(people.db, datetime(2026, 6, 15, tzinfo=UTC))).on_activities == 120


async def test_costs_are_listed_the_latest_first(people: People):
    for n in range(3):
        await enter(people, n + 1, spent_on=date(2026, 3, n + 1))
    found = await costs_of_activity(people.db, ActivityId(201), 2)
    assert [each.amount for each in found] == [3, 2]


async def test_what_is_reported_done_is_known(people: People):
    plan = await plan_of(people)
    assert (await overview_of(people.db, plan, DAY)).total.lacking == 100_000
    for status, at in (("done", 1), ("on_track", 2), ("done", 3)):
        await people.db.execute(
            insert(StatusReport).values(
                activity_id=201,
                person_id=204,
                status=status,
                reported_at=datetime(2026, 3, at, tzinfo=UTC),
                platform="web",
            )
        )
        lacking = (await overview_of(people.db, plan, DAY)).total.lacking
        assert lacking == (0 if status == "done" else 100_000)


async def test_many_who_lower_at_once_never_come_below_zero(scene: Database):
    async with scene.transaction() as db:
        await enter(People(db), 500)

    async def lower() -> bool:
        async with scene.transaction() as db:
            people = People(db)
            by = await people.by("stab")
            try:
                await entering.lower(db, by, await kom(people), said(200))
            except BelowZero:
                return False
            return True

    done = await asyncio.gather(*(lower() for _n in range(8)))
    assert sum(done) == 2
    async with scene.connection() as db:
        left = await db.scalar(text("SELECT sum(amount) FROM actual_costs"))
    assert left == 100


async def test_many_with_one_number_at_once_are_entered_once(scene: Database):
    async def one() -> bool:
        async with scene.transaction() as db:
            try:
                await enter(People(db), reference="4711")
            except NumberTaken:
                return False
            return True

    assert sum(await asyncio.gather(*(one() for _n in range(8)))) == 1


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("12 500 Konsult", Typed(Kronor(12_500), "Konsult")),
        ("12 500 kr Konsult", Typed(Kronor(12_500), "Konsult")),
        ("1,2 mkr: Ombyggnad", Typed(Kronor(1_200_000), "Ombyggnad")),
        ("450 tkr – Processledare", Typed(Kronor(450_000), "Processledare")),
        ("500 Resor till Skara ver 4711", Typed(Kronor(500), "Resor till Skara", "4711")),
        ("500 Resor, verifikat: A-12", Typed(Kronor(500), "Resor", "A-12")),
        ("500 Verktyg", Typed(Kronor(500), "Verktyg")),
        ("-500 Kredit", Typed(Kronor(500), "Kredit", below_zero=True)),
        ("−500 Kredit", Typed(Kronor(500), "Kredit", below_zero=True)),
        ("Konsult", Typed(None, "Konsult")),
        ("0 Konsult", Typed(Kronor(0), "Konsult")),
        ("500", Typed(Kronor(500), "")),
        ("", Typed()),
        ("5,5 Konsult", Typed(None, "5,5 Konsult")),
    ],
)
def test_a_cost_is_read_as_people_write_it(words: str, typed: Typed):
    assert read_cost_words(words) == typed


@pytest.mark.parametrize(
    "words",
    ["-500 Kredit", "0 Konsult", "500", "Konsult", f"{MOST_KRONOR + 1} Konsult", "5 " + "x" * 151,
     "5 Konsult ver " + "x" * 76],
)  # fmt: skip
def test_what_cannot_be_entered_is_not_whole(words: str):
    assert not read_cost_words(words).whole


@given(st.text(max_size=60))
def test_no_words_break_the_reading(words: str):
    typed = read_cost_words(words)
    assert typed.amount is None or typed.amount >= 0


@given(st.integers(1, MOST_KRONOR))
def test_an_amount_is_read_back(amount: int):
    assert read_cost_words(f"{amount:_} kr Konsult".replace("_", " ")) == Typed(
        Kronor(amount), "Konsult"
    )

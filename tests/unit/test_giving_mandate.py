"""Mandates as records: given by a municipality's director for a period, ended, and kept."""

from collections.abc import AsyncGenerator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.people import OrganisationId, PersonId
from bot.polls.changing import NotYours
from bot.polls.giving_mandate import (
    KINDS,
    LONGEST,
    IsOver,
    Mandate,
    NotAPeriod,
    NotOfTheMunicipality,
    Overlaps,
    end,
    give,
    mandate_by_id,
    mandates_in,
)
from bot.polls.mandates import mandates
from bot.polls.reading_mandate import Typed, read_mandate
from storage.database import Database
from tests.unit.assignment_scene import NOW, TODAY, People
from tests.unit.poll_scene import HJO, SKARA, TIBRO, make_poll_scene

LAST = date(2026, 12, 31)
AFTERWARDS = LAST + timedelta(days=1)


@pytest.fixture
async def people(database: Database) -> AsyncGenerator[People]:
    async with database.transaction() as db:
        yield await make_poll_scene(db)


async def given(
    people: People,
    to: str,
    *,
    by: str = "dhjo",
    municipality: OrganisationId = HJO,
    first: date = TODAY,
    last: date = LAST,
    kinds: Any = KINDS,
) -> list[Mandate]:
    who, whom = await people.by(by), (await people.by(to)).person.id
    return await give(people.db, who, municipality, whom, kinds, first, last)


async def answers(people: People, kind: Any, day: date) -> set[str]:
    held = await mandates(people.db, kind, day)
    return {each.name for each in held.of(HJO)}


async def acts_as_director(people: People, who: str) -> None:
    await people.db.execute(
        text(
            "INSERT INTO memberships (person_id, body_id, capacity, starts_on, given_by) "
            "SELECT :person, id, 'member', '2026-01-01', 'test' FROM bodies "
            "WHERE kind = 'municipal_directors'"
        ),
        {"person": (await people.by(who)).person.id},
    )


async def test_it_counts_from_the_first_day_to_the_last(people: People):
    found = await given(people, "hjo1", first=date(2026, 5, 1))
    assert [each.kind for each in found] == ["co_financing", "priority"]
    assert {each.last_day for each in found} == {LAST}
    for day, counts in (
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), True),
        (LAST, True),
        (AFTERWARDS, False),
    ):
        assert ("Hjo Ett" in await answers(people, "co_financing", day)) is counts, day


async def test_where_nobody_has_one_the_director_answers(people: People):
    await acts_as_director(people, "hjo2")
    directors = {"Dir Hjo", "Hjo Två"}
    assert await answers(people, "priority", TODAY) == directors
    await given(people, "hjo1", kinds=["priority"])
    assert await answers(people, "priority", TODAY) == {"Hjo Ett"}
    assert await answers(people, "priority", AFTERWARDS) == directors


@pytest.mark.parametrize("by", ["hjo1", "dskara", "chef", "stab", "shjo"])
async def test_nobody_but_the_municipalitys_director_gives_it(people: People, by: str):
    with pytest.raises(NotYours):
        await given(people, "hjo2", by=by)
    (one, _other) = await given(people, "hjo2")
    with pytest.raises(NotYours):
        await end(people.db, await people.by(by), one)


async def test_nobody_else_than_its_own_people_gets_it(people: People):
    for other in ("dskara", "chef", "tibro1"):
        with pytest.raises(NotOfTheMunicipality):
            await given(people, other)
    with pytest.raises(NotOfTheMunicipality):
        await give(people.db, await people.by("dhjo"), HJO, PersonId(10**9), KINDS, TODAY, LAST)


async def test_whoever_has_left_when_it_begins_does_not_get_it(people: People):
    await people.db.execute(
        text("UPDATE employments SET ends_on = '2026-06-01' WHERE person_id = 209")
    )
    with pytest.raises(NotOfTheMunicipality):
        await given(people, "hjo1", first=date(2026, 6, 1))
    await given(people, "hjo1", first=date(2026, 5, 31))
    assert "Hjo Ett" in await answers(people, "co_financing", date(2026, 5, 31))
    assert "Hjo Ett" not in await answers(people, "co_financing", date(2026, 6, 1))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 5, 2), date(2026, 5, 1)),
        (TODAY - timedelta(days=1), LAST),
        (TODAY, TODAY + LONGEST + timedelta(days=1)),
    ],
)
async def test_a_period_is_in_order_and_ahead(people: People, first: date, last: date):
    with pytest.raises(NotAPeriod):
        await given(people, "hjo1", first=first, last=last)


async def test_nobody_has_two_at_once_and_nothing_is_given_by_halves(people: People):
    (one,) = await given(people, "hjo1", kinds=["priority"], last=date(2026, 6, 30))
    with pytest.raises(Overlaps) as refused:
        async with people.db.begin_nested():
            await given(people, "hjo1", first=date(2026, 6, 30))
    assert refused.value.mandate == one
    assert "Hjo Ett" not in await answers(people, "co_financing", date(2026, 7, 1))
    await given(people, "hjo1", first=date(2026, 7, 1))
    assert await answers(people, "priority", date(2026, 7, 1)) == {"Hjo Ett"}


async def test_one_without_an_end_is_not_given_twice(people: People):
    with pytest.raises(Overlaps):
        await given(people, "shjo", kinds=["co_financing"])


async def test_it_is_ended_the_same_day_and_the_row_is_kept(people: People):
    (one,) = await given(people, "hjo1", kinds=["co_financing"])
    over = await end(people.db, await people.by("dhjo"), one)
    assert over.ends_on == TODAY
    assert over.is_over_on(TODAY)
    assert "Hjo Ett" not in await answers(people, "co_financing", TODAY)
    with pytest.raises(IsOver):
        await end(people.db, await people.by("dhjo"), one)
    assert await mandate_by_id(people.db, one.id) == over
    await given(people, "hjo1", kinds=["co_financing"])
    assert "Hjo Ett" in await answers(people, "co_financing", TODAY)


async def test_one_to_come_is_ended_before_it_begins(people: People):
    (one,) = await given(people, "hjo1", kinds=["priority"], first=date(2026, 5, 1))
    await acts_as_director(people, "hjo2")
    over = await end(people.db, await people.by("hjo2"), one)
    assert (over.starts_on, over.ends_on) == (date(2026, 5, 1), date(2026, 5, 1))
    assert await answers(people, "priority", date(2026, 5, 1)) == {"Dir Hjo", "Hjo Två"}
    assert one.id not in {each.id for each in await mandates_in(people.db, HJO, TODAY)}


async def test_what_holds_and_what_is_to_come_is_listed_by_municipality(people: People):
    await given(people, "hjo1", kinds=["priority"], first=date(2026, 5, 1))
    listed = await mandates_in(people.db, HJO, TODAY)
    assert [(each.person.name, each.kind, each.last_day) for each in listed] == [
        ("Dir Hjo", "co_financing", None),
        ("Ställföreträdare Hjo", "co_financing", None),
        ("Hjo Ett", "priority", LAST),
    ]
    assert [each.person.name for each in await mandates_in(people.db, SKARA, TODAY)] == [
        "Dir Skara"
    ]
    assert await mandates_in(people.db, TIBRO, TODAY) == []


async def test_who_gave_and_ended_it_is_written_without_names(people: People):
    (one,) = await given(people, "hjo1", kinds=["priority"])
    await acts_as_director(people, "hjo2")
    await end(people.db, await people.by("hjo2"), one)
    rows = await people.db.execute(
        text(
            "SELECT action, person_id, thing_id, fields FROM audit_lines "
            "WHERE thing = 'mandate' ORDER BY id"
        )
    )
    giver, ender = (await people.by("dhjo")).person.id, (await people.by("hjo2")).person.id
    assert [tuple(row) for row in rows] == [
        ("give", giver, one.id, ["person_id", "starts_on", "ends_on"]),
        ("end", ender, one.id, ["ends_on"]),
    ]


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("Anna Ek till 31 dec", Typed("Anna Ek", last="2026-12-31")),
        (
            "Anna Ek från 1 maj till och med 31 maj",
            Typed("Anna Ek", KINDS, "2026-05-01", "2026-05-31"),
        ),
        (
            "Anna Ek fr.o.m. 2026-05-01 t.o.m. 2026-05-31",
            Typed("Anna Ek", KINDS, "2026-05-01", "2026-05-31"),
        ),
        ("anna.ek@hjo.se tom 31 dec", Typed("anna.ek@hjo.se", last="2026-12-31")),
        (
            "Anna Ek för prioritering till 31 dec",
            Typed("Anna Ek", ("priority",), last="2026-12-31"),
        ),
        ("Anna Ek om medfinansiering", Typed("Anna Ek", ("co_financing",))),
        ("Tom Hansson", Typed("Tom Hansson")),
        ("Anna Ek till i höst", Typed("Anna Ek", last="i höst")),
        ("till 31 dec", Typed("", last="2026-12-31")),
        ("", Typed("")),
    ],
)
def test_a_mandate_is_read_as_people_type_it(words: str, typed: Typed):
    assert read_mandate(words, NOW) == typed

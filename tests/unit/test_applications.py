"""Applications as records: who may, what is written, how they are found."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.applications import changing
from bot.applications.application import Report, State
from bot.applications.changing import NotPossible, NotYours
from bot.applications.days import NotADay, read_days, read_past, written
from bot.applications.reading import (
    ApplicationFilter,
    Sum,
    application_by_id,
    listed,
    steps_of,
    summed,
)
from bot.applications.rights import may_register_any
from bot.plan import Kronor
from storage.database import Database
from tests.unit.application_scene import (
    ACTIVITY,
    ASKED,
    LAST_DAY,
    MAY,
    MAY_NOT,
    OTHER,
    REPORTS,
    RESPONSIBLE,
    WRITER,
    applied,
    granted,
    lines,
    make_application_scene,
    plan_now,
    registered,
    wanted,
)
from tests.unit.assignment_scene import NOW, TODAY


@pytest.mark.parametrize("who", [*MAY, *MAY_NOT])
async def test_who_may_register_and_change(database: Database, who: str) -> None:
    async with database.transaction() as db:
        people = await make_application_scene(db)
        by, plan, writer = await people.by(who), await plan_now(db), await people.key(WRITER)
        planned = await registered(people)
        may_register = who in MAY and who != WRITER
        assert may_register_any(by.person, plan, TODAY) is may_register
        if may_register:
            made = await changing.register(db, by, plan, ACTIVITY, wanted(), writer)
            assert made.registered_by.id == by.person.id
        else:
            with pytest.raises(NotYours):
                await changing.register(db, by, plan, ACTIVITY, wanted(), writer)
        if who in MAY:
            assert (await changing.send(db, by, plan, planned, TODAY)).state is State.APPLIED
        else:
            with pytest.raises(NotYours):
                await changing.send(db, by, plan, planned, TODAY)


async def test_one_responsible_for_an_activity_registers_for_that_alone(database: Database) -> None:
    async with database.transaction() as db:
        people = await make_application_scene(db)
        by, plan = await people.by(RESPONSIBLE), await plan_now(db)
        with pytest.raises(NotYours):
            await changing.register(db, by, plan, OTHER, wanted(), by.person.id)


async def test_what_is_registered_is_read_again(database: Database) -> None:
    async with database.transaction() as db:
        people = await make_application_scene(db)
        planned = await registered(people, call="Kompetens 2026", link="https://esf.example/1")
    async with database.connection() as db:
        found = await application_by_id(db, planned.id)
        assert await lines(db, planned) == []
        for number in (0, -1, planned.id + 1, 2**63):
            assert await application_by_id(db, number) is None
    assert found == planned
    assert (planned.activity_code, planned.writer.name) == ("KOM-01", "Hjo Ett")
    assert planned.wanted == wanted(call="Kompetens 2026", link="https://esf.example/1")
    assert planned.reports == tuple(Report(day) for day in REPORTS)
    assert (planned.next_day, planned.is_late(LAST_DAY + timedelta(days=1))) == (LAST_DAY, True)


async def test_changes_are_told_with_what_was_and_became(database: Database) -> None:
    async with database.transaction() as db:
        people = await make_application_scene(db)
        sent, by, plan = await applied(people), await people.by(WRITER), await plan_now(db)
        asked = wanted(amount=Kronor(350_000), fund="Vinnova", note="Ny budget")
        other = await people.key("hjo2")
        now = await changing.edit(db, by, plan, sent, asked, other, (REPORTS[1],))
        assert await lines(db, now) == [("Vinnova", 350_000, "applied")]
        assert (now.writer.id, now.unsent) == (other, (REPORTS[1],))
        (step, *_rest) = await steps_of(db, now.id)
        assert step.kind == "edited"
        assert step.changes["amount"] == [ASKED, 350_000]
        assert step.changes["reports"] == [["2026-09-01", "2027-03-01"], ["2027-03-01"]]
        with pytest.raises(NotYours):
            await changing.edit(db, by, plan, now, asked, by.person.id, ())


async def test_a_report_that_was_sent_stays_when_the_days_are_changed(database: Database) -> None:
    async with database.transaction() as db:
        people = await make_application_scene(db)
        by, plan = await people.by("stab"), await plan_now(db)
        now = await granted(people)
        now = await changing.send_report(db, by, plan, now, REPORTS[0], TODAY)
        now = await changing.edit(db, by, plan, now, now.wanted, now.writer.id, (REPORTS[0],))
        assert now.reports == (Report(REPORTS[0], TODAY),)
        with pytest.raises(NotPossible):
            await changing.send_report(db, by, plan, now, REPORTS[0], TODAY)
        now = await changing.take_back(db, by, plan, now, "Fel fond")
        assert (now.state, now.reports) == (State.GRANTED, (Report(REPORTS[0]),))


async def test_taken_back_it_is_expected_when_it_was(database: Database) -> None:
    before, sent_with, later = (TODAY + timedelta(days=n) for n in (40, 60, 90))
    async with database.transaction() as db:
        people = await make_application_scene(db)
        by, plan = await people.by(WRITER), await plan_now(db)
        for first in (before, None):
            planned = await registered(people, expected_on=first)
            for expected in (sent_with, first, None):
                sent = await changing.send(db, by, plan, planned, TODAY, expected)
                assert sent.wanted.expected_on == (expected or first)
                now = await changing.take_back(db, by, plan, sent, "Fel fond")
                assert now.wanted.expected_on == first
        sent = await changing.send(db, by, plan, planned, TODAY, sent_with)
        moved = wanted(expected_on=later)
        sent = await changing.edit(db, by, plan, sent, moved, sent.writer.id, REPORTS)
        now = await changing.take_back(db, by, plan, sent, "Fel fond")
        assert now.wanted.expected_on == later, "it was changed since"


async def test_they_are_found_by_what_is_asked(database: Database) -> None:
    async with database.transaction() as db:
        people = await make_application_scene(db)
        plan, by = await plan_now(db), await people.by("chef")
        planned = await registered(people, fund="Västra Götaland Åland")
        sent, given = await applied(people), await granted(people, 200_000)
        drawn = await changing.withdraw(db, by, plan, await registered(people), "Hinner inte")
        elsewhere = await changing.register(db, by, plan, OTHER, wanted(), by.person.id)

        async def found(wanted_ones: ApplicationFilter) -> list[int]:
            return [each.id for each in await listed(db, wanted_ones, most=10)]

        every = await found(ApplicationFilter())
        assert every == [elsewhere.id, planned.id, sent.id, given.id, drawn.id]
        assert await found(ApplicationFilter(fund="åland")) == [planned.id]
        assert await found(ApplicationFilter(activities=frozenset({OTHER}))) == [elsewhere.id]
        assert await found(ApplicationFilter(activities=frozenset())) == []
        chef, writer = by.person.id, await people.key(WRITER)
        assert await found(ApplicationFilter(concerns=chef)) == [elsewhere.id]
        mine = ApplicationFilter(concerns=chef, responsible_for=frozenset({ACTIVITY}))
        assert await found(mine) == every
        waiting = ApplicationFilter(writer=writer, waiting=True)
        assert await found(waiting) == [planned.id, sent.id, given.id]
        late = [each.id for each in await listed(db, ApplicationFilter(), most=2, skip=3)]
        assert late == [given.id, drawn.id]
        sums = await summed(db, ApplicationFilter(states=frozenset({State.APPLIED, State.GRANTED})))
        assert sums == {
            State.APPLIED: Sum(1, Kronor(ASKED)),
            State.GRANTED: Sum(1, Kronor(200_000)),
        }


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("", ()),
        ("2027-03-01", ("2027-03-01",)),
        ("2027-09-01, 2027-03-01", ("2027-03-01", "2027-09-01")),
        ("2027-03-01;2027-03-01\n2028-03-01.", ("2027-03-01", "2028-03-01")),
        ("2027-03-01 och 2027-09-01", ("2027-03-01", "2027-09-01")),
    ],
)
def test_days_of_reports_are_read_as_people_write_them(words: str, days: tuple[str, ...]) -> None:
    found = read_days(words)
    assert tuple(day.isoformat() for day in found) == days
    assert read_days(written(found)) == found


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("2027-02-30", "2027-02-30"),
        ("2027-03-01, snart", "snart"),
        ("1 mars", "1"),
        ("2027-03-01/2027-09-01", "2027-03-01/2027-09-01"),
    ],
)
def test_what_is_no_day_is_pointed_out(words: str, wrong: str) -> None:
    with pytest.raises(NotADay) as error:
        read_days(words)
    assert error.value.word == wrong


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("i dag", "2026-03-02"),
        ("i går", "2026-03-01"),
        ("i morgon", "2026-03-03"),
        ("27 feb", "2026-02-27"),
        ("28 februari", "2026-02-28"),
        ("3 mars", "2025-03-03"),
        ("20 december", "2025-12-20"),
        ("fredag", "2026-02-27"),
        ("måndag", "2026-03-02"),
        ("2026-03-09", "2026-03-09"),
        ("2025-11-30", "2025-11-30"),
        ("29 feb", "2024-02-29"),
    ],
)
def test_a_day_that_has_been_is_the_latest_of_that_name(words: str, day: str) -> None:
    assert read_past(words, NOW).isoformat() == day


def test_the_last_day_of_february_is_found_in_a_year_that_has_it() -> None:
    after = datetime(2028, 3, 2, 9, tzinfo=UTC)
    assert read_past("29 feb", after) == date(2028, 2, 29)


@pytest.mark.parametrize("words", ["", "snart", "31 juni", "2026-02-30", "9999999999"])
def test_words_that_say_no_day_are_refused(words: str) -> None:
    with pytest.raises(NotADay):
        read_past(words, NOW)

"""Away is not missing, reminders are counted, and late answers are told next time."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import text

from bot.absence import Absence, Deputy
from bot.digests.compose import as_text, compose
from bot.digests.gather import Material, gather
from bot.digests.period import Audience, Week, due_in
from bot.digests.publish import publish_digest
from bot.digests.sections import SECTIONS, sections_of
from bot.people import PersonId
from bot.plan import read_plan
from bot.settings import Settings
from bot.states import Decider, Status
from storage.database import Database
from tests.digest_material import WEEK, PlanRows, material, standing, stockholm

LATE = date(2026, 11, 2)
CALM: dict[str, Any] = {"status": Status.ON_TRACK, "deviation": None, "measure": None}
AWAY = Absence(
    id=1,
    person=PersonId(1),
    person_name="Karin Komvux",
    starts_on=date(2026, 11, 1),
    ends_on=date(2026, 12, 1),
    deputy=Deputy(PersonId(2), "Bo Berg"),
)


def said(of: Material) -> str:
    return as_text(compose(of).cards)


def next_week(of: Material, **values: Any) -> Material:
    moved = {"covers_from": of.cut_off, "cut_off": of.cut_off + WEEK, "told": compose(of).told}
    return replace(of, **{**moved, "after": str(of.week), "week": Week(2026, 49), **values})


def test_who_is_away_is_said_to_be_so_and_is_not_counted_as_missing():
    late = standing(late_since=LATE, **CALM)
    there = material(late)
    assert ", 3 veckor sen." in said(there)
    assert "1 rapport dröjer." in compose(there).cards[0].summary
    gone = replace(there, away={PersonId(1): AWAY})
    told = said(gone)
    assert "Karin Komvux är borta och är tillbaka 1 december. Bo Berg svarar så länge." in told
    assert "3 veckor sen" not in told
    assert "dröjer." not in compose(gone).cards[0].summary


def test_whoever_comes_back_is_news_again():
    gone = material(standing(late_since=LATE, **CALM), away={PersonId(1): AWAY})
    assert ", 4 veckor sen." in said(next_week(gone, away={}))


def test_two_reminders_are_told_to_the_chef_alone():
    late = standing(late_since=LATE, **CALM)
    for times, word in ((1, ""), (2, "Påmind två gånger."), (3, "Påmind 3 gånger.")):
        first = material(replace(late, reminded=times))
        assert ("Påmind" in said(first)) is bool(word)
        assert word in said(first)
        assert "Påmind" not in said(replace(first, audience=Audience.STEERING_GROUP))
    once = material(replace(late, reminded=1))
    twice = next_week(once, standings=(replace(late, reminded=2),))
    assert "Påmind två gånger." in said(twice), "the second reminder makes it news"


def test_a_report_that_came_after_the_digest_is_told_next_time():
    first = material(standing(late_since=LATE, **CALM))
    came = standing(before_id=9, before=Status.ON_TRACK, id=11, situation="Nu rullar det", **CALM)
    week = next_week(first, standings=(came,))
    told = said(week)
    assert "Kom efter förra brevet" in told
    assert "KOM-03 Batteriteknikutbildning. Nu rullar det. Karin Komvux, 19 november." in told
    assert told.count("Nu rullar det") == 1
    assert "Kom efter förra brevet" not in said(next_week(week))


def test_what_was_not_called_late_did_not_come_late():
    first = material(standing(**CALM))
    came = standing(id=11, situation="Nu rullar det", **CALM)
    assert "Kom efter förra brevet" not in said(next_week(first, standings=(came,)))


def test_one_who_reported_reads_nothing_of_their_own_report():
    own = replace(standing(decider=Decider.MANAGER, decision="Godkänn nytt anbud"), own=True)
    told = said(material(own, audience=Audience.PERSON, of=1, period="2026-11-23"))
    assert "Avtalet är försenat" not in told
    assert "Godkänn" not in told


def test_sections_come_as_they_are_chosen_and_others_are_left_out():
    chosen = material(standing(), sections=("deviations", "statuses", "no_such"))
    assert [each.name for each in sections_of(chosen)] == ["deviations", "statuses"]
    told = said(chosen)
    assert told.index("Avtalet är försenat") < told.index("Läget\n")
    assert sections_of(replace(chosen, sections=None)) == SECTIONS[Audience.MANAGER]


def test_every_section_has_a_name_that_can_be_chosen_by():
    for sections in SECTIONS.values():
        labels = [each.label() for each in sections]
        assert len(labels) == len(set(labels))
        assert len(sections) <= 26, "a button carries a letter for each"


async def test_reminders_are_counted_by_day_since_the_report_was_due(database: Database):
    async with database.transaction() as db:
        rows = await PlanRows.begun(db)
        key = await rows.activity("KOM-03")
        await rows.report("KOM-03", "on_track", stockholm("2026-10-19 09:00"))
        for day, made in (
            ("2026-10-20", "2026-10-20 09:00"),
            ("2026-11-09", "2026-11-09 09:00"),
            ("2026-11-16", "2026-11-16 09:00"),
            ("2026-11-23", "2026-11-23 09:00"),
        ):
            await db.execute(
                text(
                    "WITH r AS (INSERT INTO reminders (person_id, day, made_at) "
                    "VALUES (:who, :day, :made) RETURNING id) "
                    "INSERT INTO reminder_things (reminder_id, thing, person_id, step) "
                    "SELECT id, :thing, :who, :step FROM r"
                ),
                {
                    "who": rows.person,
                    "day": date.fromisoformat(day),
                    "made": stockholm(made),
                    "thing": f"overdue:{key}",
                    "step": day,
                },
            )
    due = due_in(Audience.MANAGER, Week(2026, 48), Settings())
    async with database.transaction() as db:
        known = await gather(db, await read_plan(db, 1), due, due.at)
    (one,) = known.standings
    assert one.late_since == date(2026, 11, 2)
    assert one.reminded == 2, "the first was of another time, the last after the cut-off"


async def test_absences_are_those_of_the_day_of_the_cut_off(database: Database):
    async with database.transaction() as db:
        rows = await PlanRows.begun(db)
        await rows.activity("KOM-03")
        await db.execute(
            text(
                "INSERT INTO absences (person_id, starts_on, ends_on, noted_at) "
                "VALUES (:who, '2026-11-20', '2026-11-27', now())"
            ),
            {"who": rows.person},
        )
    for week, away in ((Week(2026, 48), True), (Week(2026, 49), False)):
        due = due_in(Audience.MANAGER, week, Settings())
        async with database.transaction() as db:
            known = await gather(db, await read_plan(db, 1), due, due.at)
            assert bool(known.away) is away
            await publish_digest(db, await read_plan(db, 1), due, due.at)

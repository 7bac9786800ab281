"""Answers about what is new and what is due, in which nothing hidden is told."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, text

from bot.acting import By
from bot.needs.need import Wanted
from bot.needs.registering import register
from bot.people import OrganisationId
from bot.plan import Plan, read_plan
from bot.polls import answering
from bot.polls.poll import Secrecy
from bot.questions.answers.activities import activities
from bot.questions.answers.changes import changes
from bot.questions.answers.milestones import milestones
from bot.questions.answers.overview import overview
from bot.questions.answers.owner import owner
from bot.questions.answers.status import status
from bot.questions.asking import Answers, Asking
from bot.questions.question import Filter, Question
from storage.database import Database
from storage.models import Digest
from storage.queries.milestones import mark_milestone
from tests.unit.poll_scene import asked_for_money, held, make_poll_scene, yes
from tests.unit.standing_scene import CHEF, HJO, NOW, ask, intent_of, lay, on, person, rows, words


@pytest.fixture
async def plan(sample_database: Database) -> Plan:
    """The sample plan with reports in it."""
    async with sample_database.transaction() as db:
        return await lay(db)


async def test_what_is_new_worst_first(sample_database: Database, plan: Plan):
    found = await ask(sample_database, changes, {"area": "Kompetens", "since": "2026-03-06"})
    assert found.said.startswith(
        "Nytt inom Kompetens sedan 6 mars: 2 aktiviteter bytte läge och "
        "1 aktivitet rapporterades i samma läge. Främst: KOM-03 "
    )
    assert [row[0][:6] for row in rows(found)] == ["KOM-03", "KOM-02", "KOM-01"]
    assert rows(found)[0][1] == "🔴 avvikelse, var enligt plan. Avtalet är försenat."
    red = await ask(sample_database, changes, {"state": "off_track", "since": "2026-03-06"})
    assert red.said.startswith("1 aktivitet har fått läget avvikelse sedan 6 mars: KOM-03 ")
    none = await ask(sample_database, changes, {"state": "done", "since": "2026-03-06"})
    assert none.said.endswith("3 aktiviteter har bytt till ett annat läge.")
    assert none.total == 0


async def test_without_a_time_since_the_askers_digest(sample_database: Database, plan: Plan):
    week = await ask(sample_database, changes)
    assert week.said.startswith("Nytt de senaste sju dagarna: ")
    assert "KOM-05" not in week.activities
    async with sample_database.transaction() as db:
        await db.execute(insert(Digest).values(**_digest("manager", on(12))))
    since = await ask(sample_database, changes)
    assert since.said.startswith("Nytt sedan brevet torsdag 12 mars kl. 11:00: ")
    assert since.activities == ("PLA-01",)
    other = await ask(sample_database, changes, who=HJO)
    assert other.said.startswith("Nytt de senaste sju dagarna: ")


async def test_nothing_new_since_the_digest_tells_the_week(sample_database: Database, plan: Plan):
    async with sample_database.transaction() as db:
        await db.execute(insert(Digest).values(**_digest("manager", NOW - timedelta(hours=1))))
    found = await ask(sample_database, changes)
    assert found.said.startswith("Inget är nytt sedan brevet måndag 16 mars kl. 08:00.")
    assert "Nytt de senaste sju dagarna" in found.said


def _digest(audience: str, until: datetime) -> dict[str, object]:
    return {
        "audience": audience,
        "period": "2026-W11",
        "covers_from": until - timedelta(days=7),
        "covers_to": until,
        "made_at": until,
        "late": False,
        "view": {},
        "told": {},
    }


async def test_milestones_and_needs_that_moved(sample_database: Database, plan: Plan):
    async with sample_database.transaction() as db:
        chef = await person(db, CHEF)
        first, second = plan.activities["SAM-01"].milestones
        mark = {"person_id": chef.id, "platform": "web"}
        await mark_milestone(db, milestone_id=first.id, kind="reached", now=on(14), **mark)
        await mark_milestone(
            db, milestone_id=second.id, kind="moved", now=on(15), reason="Sent underlag",
            moved_from=second.due_on, moved_to=date(2026, 6, 22), **mark,
        )  # fmt: skip
        who = await person(db, HJO)
        place = min(who.employers)
        by = By(who, on(15), "web")
        need = await register(db, by, Wanted("Tolktjänst", "Tolkar saknas."), organisation=place)
    found = await ask(sample_database, changes, {"since": "2026-03-14"})
    assert found.said == (
        "Nytt sedan 14 mars: 1 milstolpe flyttades, 1 milstolpe nåddes och 1 behov registrerades."
    )
    assert found.needs == [need.id]
    assert rows(found)[0][1] == (
        "Milstolpe flyttad från 15 juni till 22 juni: Rapport klar. Sent underlag."
    )
    hjo = await ask(sample_database, changes, {"since": "2026-03-14", "municipality": "Hjo"})
    assert hjo.needs == [need.id]
    vara = await ask(sample_database, changes, {"since": "2026-03-14", "municipality": "Vara"})
    assert vara.needs == []
    stage = await ask(sample_database, changes, {"since": "2026-03-14", "stage": "board"})
    assert (stage.needs, stage.activities) == ([], ())


async def test_working_notes_of_needs_are_never_told(sample_database: Database, plan: Plan):
    async with sample_database.transaction() as db:
        who = await person(db, HJO)
        place = min(who.employers)
        by = By(who, on(15), "web")
        need = await register(db, by, Wanted("Tolktjänst", "Tolkar saknas."), organisation=place)
        await db.execute(
            text(
                "INSERT INTO need_notes (need_id, person_id, text, written_at) "
                "VALUES (:need, :who, 'Arbetsmaterial', :now)"
            ),
            {"need": need.id, "who": who.id, "now": on(15)},
        )
    for answer in (changes, overview, status):
        found = await ask(sample_database, answer, {"since": "2026-03-14"})
        assert "Arbetsmaterial" not in words(found)


@pytest.mark.parametrize("answer", [overview, status, activities, changes, owner])
async def test_what_a_poll_hides_is_in_no_answer(database: Database, answer: Answers):
    async with database.transaction() as db:
        people = await make_poll_scene(db)
        poll = await asked_for_money(people, secrecy=Secrecy.UNTIL_CLOSING)
        said = yes(23_456)
        await answering.answer(
            db, await people.by("dhjo"), poll, OrganisationId(201), said, await held(people)
        )
        plan = await read_plan(db, 1)
        question = Question(intent_of(answer), {Filter.SINCE: ("2026-03-01",)})
        found = await answer(Asking(db, plan, question, await people.person("skara1"), NOW))
    assert "23" not in words(found).replace("\xa0", "")


async def test_milestones_of_a_time_and_those_that_passed(sample_database: Database, plan: Plan):
    found = await ask(sample_database, milestones)
    assert found.said.startswith("2 milstolpar infaller de närmaste två veckorna: 16 mars ")
    assert "1 har passerat utan att nås: 27 februari Första mötet (KOM-01)." in found.said
    assert [row[-1] for row in rows(found)] == ["kommer", "kommer", "⚠ passerad, inte nådd"]
    may = await ask(sample_database, milestones, {"period": "2026-05"})
    assert may.total == len(
        [m for a in plan.activities.values() for m in a.milestones if m.due_on.month == 5]
    )
    assert may.said.startswith(f"{may.total} milstolpar infaller i maj: 4 maj ")
    late = await ask(sample_database, milestones, {"state": "off_track"})
    assert late.activities == ("KOM-01",)
    risk = await ask(sample_database, milestones, {"state": "at_risk"})
    assert risk.activities == ("KOM-02",)


async def test_the_next_milestones_where_the_time_has_none(sample_database: Database, plan: Plan):
    found = await ask(sample_database, milestones, {"area": "Kompetens", "period": "2026-07"})
    assert found.said.startswith(
        "Ingen milstolpe inom Kompetens infaller i juli. "
        "De närmaste: 1 april Avtal klart (KOM-02), "
    )
    assert found.total == 3
    of_one = await ask(sample_database, milestones, {"activity": "KOM-03"})
    assert of_one.said.startswith("2 milstolpar för KOM-03 ")
    nobodys = await ask(sample_database, milestones, {"person": "it@skaraborg.example.se"})
    assert "Ingen finns längre fram heller." in nobodys.said


async def test_reached_milestones_and_those_of_a_done_activity(
    sample_database: Database, plan: Plan
):
    async with sample_database.transaction() as db:
        chef = await person(db, CHEF)
        one = plan.activities["KOM-01"].milestones[0]
        await mark_milestone(
            db, milestone_id=one.id, kind="reached", person_id=chef.id, now=on(3), platform="web"
        )
    found = await ask(sample_database, milestones, {"state": "done"})
    assert found.said == "1 milstolpe har nåtts: 27 februari Första mötet (KOM-01)."
    assert rows(found)[0][-1] == "✅ nådd 3 mars"
    none = await ask(sample_database, milestones, {"state": "done", "period": "this_week"})
    assert none.said == "Ingen milstolpe har nåtts den här veckan."
    march = await ask(sample_database, milestones, {"activity": "KOM-05"})
    assert rows(march)[0][-1] == "aktiviteten är klar"

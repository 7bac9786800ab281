"""Answers about two times: what is in either is told, what is between them is not."""

from datetime import date

import pytest

from bot.assignments.assignment import ToNetwork
from bot.needs.need import Move
from bot.needs.stages import Stage
from bot.questions.answers.applications import applications
from bot.questions.answers.assignments import assignments
from bot.questions.answers.decisions import decisions
from bot.questions.answers.meetings import meetings
from bot.questions.answers.milestones import milestones
from bot.questions.answers.needs import needs
from storage.database import Database
from tests.unit.work_asked import STAFF, Scene, rows_of, with_meetings

TOGETHER, APART = "2026-04|2026-05", "2026-04|2026-06"


@pytest.fixture
async def scene(sample_database: Database) -> Scene:
    return await with_meetings(sample_database)


async def test_milestones(scene: Scene):
    months = {each: (await scene.asked(milestones, period=f"2026-{each}")).total
              for each in ("04", "05", "06")}  # fmt: skip
    assert all(months.values())
    together = await scene.asked(milestones, period=TOGETHER)
    assert together.total == months["04"] + months["05"]
    assert f"{together.total} milstolpar infaller i april och maj" in together.said
    apart = await scene.asked(milestones, period=APART)
    assert apart.total == months["04"] + months["06"]
    assert "infaller i april och juni" in apart.said
    assert not [row for row in rows_of(apart) if row[0].endswith("maj")]


async def test_meetings(scene: Scene):
    together = await scene.asked(meetings, body="board", period="2026-04|2026-05|2026-06")
    assert "i april till juni" in together.said
    days = [row[1] for row in rows_of(await scene.asked(meetings, period=APART))]
    assert days
    assert {each.rsplit(" ", 1)[1] for each in days} == {"april", "juni"}


async def test_needs(scene: Scene):
    begin = Move(Stage.PREPARING, preparer_id=(await scene.person(STAFF)).id,
                 prepare_by=date(2026, 4, 30))  # fmt: skip
    for title, days in (("Tolkar", 70), ("Skola", 40), ("Fiber", 10)):
        await scene.need(title, begin, days=days)
    found = {
        each: set((await scene.asked(needs, period=each)).needs)
        for each in ("2026-01", "2026-02", "2026-03", "2026-01|2026-03")
    }
    assert [len(each) for each in found.values()] == [1, 1, 1, 2]
    assert found["2026-01|2026-03"] == found["2026-01"] | found["2026-03"]
    assert "i januari och mars" in await scene.said(needs, period="2026-01|2026-03")


async def test_assignments(scene: Scene):
    network = next(each for each in (await scene.plan()).networks if each.name == "Kompetens")
    asked = ToNetwork(network.id)
    for title, due in (("Ett", "2026-04-10"), ("Två", "2026-05-10"), ("Tre", "2026-06-10")):
        await scene.work(title, asked, due=due, code="KOM-03")
    together = await scene.asked(assignments, period=TOGETHER)
    assert (together.total, "2 uppdrag ska vara klara i april och maj" in together.said) == (
        2,
        True,
    )
    apart = await scene.asked(assignments, period=APART)
    assert [row[0] for row in rows_of(apart)] != [row[0] for row in rows_of(together)]
    assert (apart.total, "Två" in str(rows_of(apart))) == (2, False)


async def test_applications(scene: Scene):
    for fund, day in (("ESF+", "2026-04-10"), ("Erasmus", "2026-05-10"), ("Vinnova", "2026-06-10")):
        await scene.application(fund, "KOM-03", 100_000, last_day=date.fromisoformat(day))
    together = await scene.asked(applications, period=TOGETHER)
    assert (together.total, "i april och maj" in together.said) == (2, True)
    apart = await scene.said(applications, period=APART)
    assert ("ESF+" in apart, "Erasmus" in apart, "Vinnova" in apart) == (True, False, True)


async def test_decisions(scene: Scene):
    both = await scene.said(decisions, audience="steering_group", period="2026-03|2026-04")
    assert "Närmast möts styrgruppen fredag 27 mars" in both
    none = await scene.said(decisions, audience="board", period="2026-03|2026-05")
    assert none.startswith("Direktionen har inget möte i mars och maj.")

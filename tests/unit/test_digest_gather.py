"""What a digest knows is what was true at its cut-off, however late it is made."""

from datetime import date

import pytest

from bot.digests.gather import Material, gather
from bot.digests.period import Audience, Due, Week, due_in
from bot.digests.publish import preview_digest, publish_digest, sent_digest
from bot.plan import read_plan
from bot.settings import Settings
from bot.states import Status
from storage.database import Database
from tests.digest_material import PlanRows, stockholm

SETTINGS = Settings()


def monday(week: str = "2026-W48") -> Due:
    return due_in(Audience.MANAGER, Week.read(week), SETTINGS)


@pytest.fixture
async def plan(database: Database) -> None:
    async with database.transaction() as db:
        rows = await PlanRows.begun(db)
        milestones = ((date(2026, 11, 20), "Avtal"), (date(2026, 12, 1), "Kursstart"))
        await rows.activity("KOM-03", milestones=milestones, budget=900_000, funding=200_000)
        await rows.activity("SAM-01", area="Samhällsplanering", title="Bostäder")


async def known(database: Database, due: Due | None = None) -> Material:
    async with database.transaction() as db:
        due = due or monday()
        return await gather(db, await read_plan(db, 1), due, due.at)


@pytest.mark.usefixtures("plan")
async def test_what_is_reported_after_the_cut_off_is_not_seen(database: Database):
    async with database.transaction() as db:
        rows = await PlanRows.found(db)
        await rows.report("KOM-03", "on_track", stockholm("2026-11-10 09:00"))
        await rows.report("KOM-03", "at_risk", stockholm("2026-11-23 07:30"))
        await rows.report("KOM-03", "off_track", stockholm("2026-11-23 07:31"))
    kom, sam = (await known(database)).standings
    assert (kom.status, kom.before, kom.reported) == (Status.AT_RISK, Status.ON_TRACK, True)
    assert (sam.status, sam.report, sam.reported) == (Status.NOT_STARTED, None, False)


@pytest.mark.usefixtures("plan")
async def test_a_correction_counts_from_when_it_is_made(database: Database):
    async with database.transaction() as db:
        rows = await PlanRows.found(db)
        wrong = await rows.report("KOM-03", "off_track", stockholm("2026-11-20 09:00"))
        fix = {"replaces_id": wrong}
        await rows.report("KOM-03", "on_track", stockholm("2026-11-23 07:31"), **fix)
    first = await known(database)
    later = await known(database, monday("2026-W49"))
    assert first.standings[0].status is Status.OFF_TRACK
    assert first.corrections == ()
    assert later.standings[0].status is Status.ON_TRACK
    (fixed,) = later.corrections
    assert (fixed.was, fixed.now, fixed.was_on) == (
        Status.OFF_TRACK,
        Status.ON_TRACK,
        date(2026, 11, 20),
    )


@pytest.mark.usefixtures("plan")
async def test_a_replaced_report_never_stands_even_if_its_clock_was_ahead(database: Database):
    async with database.transaction() as db:
        rows = await PlanRows.found(db)
        wrong = await rows.report("KOM-03", "off_track", stockholm("2026-11-20 09:01"))
        fix = {"replaces_id": wrong}
        await rows.report("KOM-03", "on_track", stockholm("2026-11-20 09:00"), **fix)
    assert (await known(database)).standings[0].status is Status.ON_TRACK


@pytest.mark.usefixtures("plan")
async def test_the_trend_is_how_it_was_each_week(database: Database):
    async with database.transaction() as db:
        rows = await PlanRows.found(db)
        await rows.report("KOM-03", "on_track", stockholm("2026-10-06 09:00"))
        await rows.report("KOM-03", "at_risk", stockholm("2026-10-21 09:00"))
        await rows.report("KOM-03", "done", stockholm("2026-11-16 07:30"))
    trend = (await known(database)).trend
    assert [each.week.number for each in trend] == list(range(41, 49))
    said = [next(s for s in each.counts if s is not Status.NOT_STARTED) for each in trend[1:]]
    on_track, at_risk, done = Status.ON_TRACK, Status.AT_RISK, Status.DONE
    assert said == [on_track, on_track, at_risk, at_risk, at_risk, done, done]
    assert trend[0].counts == {Status.NOT_STARTED: 2}


@pytest.mark.usefixtures("plan")
async def test_milestones_are_as_they_were_marked_at_the_cut_off(database: Database):
    async with database.transaction() as db:
        rows = await PlanRows.found(db)
        await rows.milestone_reached("Avtal", stockholm("2026-11-24 10:00"))
        moved_at = stockholm("2026-11-25 10:00")
        await rows.milestone_moved("Kursstart", date(2026, 12, 1), date(2027, 2, 1), moved_at)
    then = {each.title: each for each in (await known(database)).milestones}
    assert (then["Avtal"].reached, then["Kursstart"].due_on) == (False, date(2026, 12, 1))
    now = {each.title: each for each in (await known(database, monday("2026-W49"))).milestones}
    assert (now["Avtal"].reached, now["Kursstart"].due_on) == (True, date(2027, 2, 1))


@pytest.mark.usefixtures("plan")
async def test_what_was_taken_out_of_the_plan_is_not_told(database: Database):
    async with database.transaction() as db:
        rows = await PlanRows.found(db)
        await rows.report("KOM-03", "off_track", stockholm("2026-11-10 09:00"))
        await rows.ended("KOM-03", date(2026, 11, 23))
    material = await known(database)
    assert [each.activity.code for each in material.standings] == ["SAM-01"]
    assert material.milestones == ()
    assert sum(material.trend[-1].counts.values()) == 1
    assert sum(material.trend[-2].counts.values()) == 2


@pytest.mark.usefixtures("plan")
async def test_the_first_covers_a_week_and_the_next_from_the_cut_off_before(database: Database):
    assert (await known(database)).covers_from == stockholm("2026-11-16 07:30")
    async with database.transaction() as db:
        await publish_digest(db, await read_plan(db, 1), monday("2026-W45"), monday().at)
    later = await known(database)
    assert later.covers_from == stockholm("2026-11-02 07:30")
    assert later.after == "2026-W45"
    other = due_in(Audience.STEERING_GROUP, Week(2026, 48), SETTINGS)
    assert (await known(database, other)).after is None, "each audience has its own"


@pytest.mark.usefixtures("plan")
async def test_a_preview_keeps_nothing_and_tells_that_it_is_one(database: Database):
    now = stockholm("2026-11-25 10:00")
    due = due_in(Audience.STEERING_GROUP, Week(2026, 48), SETTINGS)
    async with database.transaction() as db:
        rows = await PlanRows.found(db)
        await rows.report("KOM-03", "off_track", stockholm("2026-11-25 09:00"))
        cards = await preview_digest(db, await read_plan(db, 1), due, now)
    async with database.transaction() as db:
        assert await sent_digest(db, due.audience, due.week) is None
    assert "1 med avvikelse" in cards[0].summary
    assert "förhandsvisning" in str(cards[0].parts[0])

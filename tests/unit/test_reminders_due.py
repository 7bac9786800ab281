"""Who is reminded of a poll day after day, what came of it, and what "later" does."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.plan import PlanInMemory
from bot.polls import answering, casting, managing
from bot.polls.poll import Poll, Secrecy
from bot.reminding.ground import ground_for
from bot.reminding.plan_rules import in_depth
from bot.reminding.remind import remind
from bot.settings import Settings
from storage.database import Database
from storage.queries import reminders as queries
from storage.queries.running import answers_after_reminders
from tests.unit.assignment_scene import People
from tests.unit.poll_scene import (
    DIRECTORS,
    HJO,
    SKARA,
    asked_for_money,
    held,
    make_poll_scene,
    now_of,
    voted_on,
    yes,
)
from tests.unit.test_mine_pages import activity as make_activity

DAY = timedelta(days=1)
CHEF, DIRECTOR_OF_HJO, DIRECTOR_OF_SKARA = 201, 221, 222
SETTINGS = Settings(reminders=True)
_PRIVATE_CHATS = text("""
WITH web AS (
  INSERT INTO connections (platform, tenant) VALUES ('web', 'web') RETURNING id
)
INSERT INTO conversations (connection_id, kind, address, name, person_id)
SELECT web.id, 'private', 'person:' || p.id, p.name, p.id FROM web, people p
""")
_TOLD = text("""
SELECT r.person_id, r.day, t.thing, t.step, t.answer FROM reminders r
JOIN reminder_things t ON t.reminder_id = r.id ORDER BY r.day, t.thing, r.person_id
""")


@pytest.fixture
async def people(database: Database) -> AsyncGenerator[People]:
    async with database.transaction() as db:
        people = await make_poll_scene(db)
        await db.execute(_PRIVATE_CHATS)
        yield people


async def closing_on(people: People, poll: Poll, last: date) -> None:
    """Let the poll's last day be that."""
    at = datetime.combine(last + DAY, datetime.min.time(), UTC) - timedelta(hours=2)
    values = {"at": at, "id": poll.id}
    await people.db.execute(text("UPDATE polls SET closes_at = :at WHERE id = :id"), values)


async def passes(people: People, since: date, until: date) -> None:
    """Each morning's look for reminders."""
    plan = await PlanInMemory().now(people.db)
    day = since
    while day <= until:
        at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=9)
        await remind(people.db, plan, at, SETTINGS)
        day += DAY


async def days_of(people: People, thing: str, person: int) -> list[tuple[str, str]]:
    """On which days the person heard of the thing, and which step it was."""
    found = await people.db.execute(_TOLD)
    return [
        (row.day.isoformat(), row.step.removeprefix("later ")[10:] or "later")
        for row in found
        if (row.thing, row.person_id) == (thing, person)
    ]


async def answers(people: People, thing: str) -> dict[int, set[str | None]]:
    """What each person's reminders of the thing came to."""
    found: dict[int, set[str | None]] = {}
    for row in await people.db.execute(_TOLD):
        if row.thing == thing:
            found.setdefault(row.person_id, set()).add(row.answer)
    return found


@pytest.mark.parametrize(
    ("last", "days", "chef"),
    [
        (
            date(2026, 3, 18),
            [("2026-03-11", "-7"), ("2026-03-16", "-3"), ("2026-03-17", "-1")],
            "2026-03-18",
        ),
        (
            date(2026, 3, 22),
            [("2026-03-16", "-7"), ("2026-03-19", "-3"), ("2026-03-20", "-1")],
            "2026-03-20",
        ),
        (date(2026, 4, 6), [("2026-03-30", "-7"), ("2026-04-02", "-1")], "2026-04-02"),
        (date(2026, 7, 12), [("2026-07-10", "-1")], "2026-07-10"),
    ],
)
async def test_the_last_word_before_a_free_day_comes_on_the_last_day_of_work(
    people: People, last: date, days: list[tuple[str, str]], chef: str
):
    poll = await asked_for_money(people)
    await closing_on(people, poll, last)
    await passes(people, last - timedelta(days=16), last)
    assert await days_of(people, f"poll:{poll.id}", DIRECTOR_OF_SKARA) == days
    assert await days_of(people, f"poll_missing:{poll.id}", CHEF) == [(chef, "+0")]


async def test_whoever_is_not_at_work_that_day_hears_on_their_own_last_day(people: People):
    poll = await asked_for_money(people)
    await closing_on(people, poll, date(2026, 3, 20))
    await people.db.execute(
        text(
            "INSERT INTO personal_settings (person_id, name, value) VALUES (:person, 'hours', "
            '\'{"starts": "08:00", "ends": "17:00", "weekdays": [1, 2], "reminder_day": null}\')'
        ),
        {"person": DIRECTOR_OF_SKARA},
    )
    await passes(people, date(2026, 3, 16), date(2026, 3, 20))
    told = await days_of(people, f"poll:{poll.id}", DIRECTOR_OF_SKARA)
    assert told == [("2026-03-16", "-7"), ("2026-03-17", "-1")]


async def test_an_answer_to_a_poll_counts_for_whoever_gave_it_and_no_other(people: People):
    poll = await asked_for_money(people)
    await closing_on(people, poll, date(2026, 3, 31))
    await passes(people, date(2026, 3, 24), date(2026, 3, 24))
    key = f"poll:{poll.id}"
    told = set(await answers(people, key))
    assert {DIRECTOR_OF_HJO, DIRECTOR_OF_SKARA} <= told
    now, mandates = await now_of(people, poll), await held(people)
    skara = await people.by(DIRECTORS[SKARA])
    await answering.answer(people.db, skara, now, SKARA, yes(1000), mandates)
    assert (await answers(people, key))[DIRECTOR_OF_SKARA] == {"done"}
    # Another of Hjo's holders answers: nobody there is to do it any more.
    deputy = await people.by("shjo")
    await answering.answer(people.db, deputy, now, HJO, yes(1000), mandates)
    await passes(people, date(2026, 3, 25), date(2026, 3, 25))
    came = await answers(people, key)
    assert came[DIRECTOR_OF_HJO] == {"done"}
    assert {each for who in told - {DIRECTOR_OF_HJO, DIRECTOR_OF_SKARA} for each in came[who]} <= {
        None
    }


async def test_a_poll_that_closed_without_an_answer_has_lapsed(people: People):
    poll = await asked_for_money(people)
    await closing_on(people, poll, date(2026, 3, 26))
    await passes(people, date(2026, 3, 24), date(2026, 3, 25))
    by = await people.by("chef")
    await managing.close(people.db, by, await now_of(people, poll))
    await passes(people, date(2026, 3, 26), date(2026, 3, 26))
    assert (await answers(people, f"poll:{poll.id}"))[DIRECTOR_OF_SKARA] == {"lapsed"}
    seen = await answers_after_reminders(people.db, date(2026, 3, 1))
    polls = next(each for each in seen if each.kind == "poll")
    assert polls.asked > 0
    assert (polls.answered, polls.median) == (0, None)


async def test_a_report_that_came_too_late_for_the_digest_has_lapsed(people: People):
    digest = [("digest:7", "2026-03-13+0", None)]
    at = datetime(2026, 3, 13, 9, tzinfo=UTC)
    assert await queries.write_reminder(people.db, CHEF, at.date(), digest, at)
    await passes(people, date(2026, 3, 16), date(2026, 3, 16))
    assert await answers(people, "digest:7") == {CHEF: {"lapsed"}}


async def test_a_nudge_is_no_end_of_the_thing(people: People):
    poll = await asked_for_money(people)
    await closing_on(people, poll, date(2026, 3, 31))
    await passes(people, date(2026, 3, 24), date(2026, 3, 24))
    await people.db.execute(
        text(
            "INSERT INTO poll_steps (poll_id, person_id, taken_at, kind, platform, "
            "reason) "
            "VALUES (:id, :chef, '2026-03-25 08:00+01', 'nudged', 'web', 'Svara gärna')"
        ),
        {"id": poll.id, "chef": CHEF},
    )
    await passes(people, date(2026, 3, 25), date(2026, 3, 25))
    assert (await answers(people, f"poll:{poll.id}"))[DIRECTOR_OF_SKARA] == {None}


async def test_nothing_tells_who_has_voted_in_a_poll_that_stays_secret(people: People):
    poll = await voted_on(people, secrecy=Secrecy.ALWAYS)
    await closing_on(people, poll, date(2026, 3, 26))
    await passes(people, date(2026, 3, 24), date(2026, 3, 24))
    choices = {each.id: rank for rank, each in enumerate(poll.options, 1)}
    voter = await people.by("m1")
    await casting.cast(people.db, voter, poll, choices)
    await passes(people, date(2026, 3, 25), date(2026, 3, 25))
    key = f"poll:{poll.id}"
    assert {each for one in (await answers(people, key)).values() for each in one} == {None}
    await managing.close_by_time(people.db, poll.id, datetime(2026, 3, 27, tzinfo=UTC))
    await passes(people, date(2026, 3, 27), date(2026, 3, 27))
    came = await answers(people, key)
    assert came[voter.person.id] == {"done"}
    assert {each for who, one in came.items() if who != voter.person.id for each in one} == {
        "lapsed"
    }


async def put_off_on_the_24th(people: People, until: date) -> str:
    """What a poll that closes on 31 March is called, of which Skara was told and put it off."""
    poll = await asked_for_money(people)
    await closing_on(people, poll, date(2026, 3, 31))
    await passes(people, date(2026, 3, 24), date(2026, 3, 24))
    key, at = f"poll:{poll.id}", datetime(2026, 3, 24, 10, tzinfo=UTC)
    await queries.rest(people.db, DIRECTOR_OF_SKARA, key, until, at)
    return key


async def test_what_is_put_off_is_said_once_then(people: People):
    key = await put_off_on_the_24th(people, date(2026, 3, 27))
    await passes(people, date(2026, 3, 25), date(2026, 3, 27))
    told = [("2026-03-24", "-7"), ("2026-03-27", "later")]
    assert await days_of(people, key, DIRECTOR_OF_SKARA) == told


async def test_a_step_of_its_own_on_the_day_it_was_put_off_to_is_enough(people: People):
    key = await put_off_on_the_24th(people, date(2026, 3, 30))
    await passes(people, date(2026, 3, 25), date(2026, 3, 31))
    told = [("2026-03-24", "-7"), ("2026-03-30", "-1")]
    assert await days_of(people, key, DIRECTOR_OF_SKARA) == told


async def test_reminders_stopped_by_mail_are_not_kept_as_said(people: People):
    poll = await asked_for_money(people)
    await closing_on(people, poll, date(2026, 3, 31))
    for statement in (
        "DELETE FROM conversations",
        "UPDATE connections SET platform = 'email', tenant = 'mail'",
        "INSERT INTO conversations (connection_id, kind, address, name, person_id, route) "
        "SELECT k.id, 'private', 'person:' || p.id, p.name, p.id, p.email FROM people p, "
        "connections k",
        "INSERT INTO personal_settings (person_id, name, value) "
        f"VALUES ({DIRECTOR_OF_SKARA}, 'mail_stops', '[\"reminder\"]')",
    ):
        await people.db.execute(text(statement))
    await passes(people, date(2026, 3, 24), date(2026, 3, 24))
    assert set(await answers(people, f"poll:{poll.id}")) >= {DIRECTOR_OF_HJO}
    assert await days_of(people, f"poll:{poll.id}", DIRECTOR_OF_SKARA) == []


async def test_the_chef_hears_of_a_poll_whose_starter_has_left(people: People):
    poll = await asked_for_money(people)
    await closing_on(people, poll, date(2026, 3, 26))
    starter = (await people.by("stab")).person.id
    for statement in (
        "UPDATE polls SET started_by = :who",
        "UPDATE employments SET ends_on = '2026-03-20' WHERE person_id = :who",
    ):
        await people.db.execute(text(statement), {"who": starter})
    await passes(people, date(2026, 3, 26), date(2026, 3, 26))
    assert await days_of(people, f"poll_missing:{poll.id}", CHEF) == [("2026-03-26", "+0")]


async def test_the_last_board_meeting_of_a_half_year_asks_for_reports_too(people: People):
    plan = await PlanInMemory().now(people.db)
    await people.db.execute(
        text(
            "INSERT INTO meetings (body_id, title, held_on, documents_due_on, kind) "
            "SELECT id, 'Direktion', '2026-05-20', '2026-05-13', 'ordinary' FROM bodies "
            "WHERE kind = 'board'"
        )
    )
    ground = await ground_for(people.db, plan, datetime(2026, 5, 1, 9, tzinfo=UTC), SETTINGS)
    activity = replace(make_activity(1), starts_on=date(2026, 1, 5), ends_on=date(2027, 12, 31))
    plan_with_one = replace(plan, activities={activity.code: activity})
    found = await in_depth(people.db, replace(ground, plan=plan_with_one))
    assert [(each.on, each.name) for each in found] == [(date(2026, 5, 13), activity.code)]

"""What is recorded of decisions, and what polls do by the clock when nobody acts."""

from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.people import BodyId, OrganisationId
from bot.plan import Kronor, PlanInMemory
from bot.polls import answering, deciding, managing
from bot.polls.changing import NotPossible
from bot.polls.co_financing import AnswerKind, Said
from bot.polls.deciding import Decided, NoActivity
from bot.polls.poll import Poll, State
from bot.polls.reading import sharers
from bot.schedule import Done, run_due
from bot.settings import Settings
from storage.database import Database
from tests.unit.assignment_scene import NOW, TODAY, People
from tests.unit.poll_scene import (
    AFTER,
    CLOSES,
    DIRECTORS,
    HJO,
    SKARA,
    TIBRO,
    asked_for_money,
    held,
    make_poll_scene,
    now_of,
    proposal,
    yes,
)

PLEDGED = text("SELECT organisation_id FROM funding_lines WHERE poll_answer_id IS NOT NULL")
TOLD = text("""
SELECT c.person_id FROM messages m JOIN conversations c ON c.id = m.conversation_id
WHERE m.view ->> 'summary' LIKE '%' || :words || '%' ORDER BY 1
""")
_PRIVATE_CHATS = text("""
WITH web AS (
  INSERT INTO connections (platform, tenant) VALUES ('web', 'web') RETURNING id
)
INSERT INTO conversations (connection_id, kind, address, name, person_id)
SELECT web.id, 'private', 'person:' || p.id, p.name, p.id FROM web, people p
""")
CHEF, DIRECTOR_OF_HJO = 201, 221


@pytest.fixture
async def people(database: Database) -> AsyncGenerator[People]:
    async with database.transaction() as db:
        yield await make_poll_scene(db)


@pytest.fixture
async def poll(database: Database) -> Poll:
    """Three municipalities are asked, and everybody has a private chat."""
    async with database.transaction() as db:
        people = await make_poll_scene(db)
        await db.execute(_PRIVATE_CHATS)
        return await asked_for_money(people)


async def say(people: People, poll: Poll, municipality: OrganisationId, said: Said) -> None:
    who = await people.by(DIRECTORS[municipality])
    now = await now_of(people, poll)
    await answering.answer(people.db, who, now, municipality, said, await held(people))


async def passes(database: Database, now: datetime) -> list[Done]:
    """What is done of polls when it has become `now`."""
    done = await run_due(database, now, Settings(), PlanInMemory())
    return [each for each in done if each.kind.startswith("poll_")]


async def waits_until(database: Database, words: str) -> set[datetime]:
    """When those who are told the words are told them."""
    async with database.connection() as db:
        found = await db.scalars(
            text(
                "SELECT m.due_at FROM messages m JOIN conversations c ON c.id = m.conversation_id "
                "WHERE c.person_id IS NOT NULL AND strpos(m.view ->> 'summary', :words) > 0"
            ),
            {"words": words},
        )
        return set(found)


async def told(database: Database, words: str) -> list[int]:
    async with database.connection() as db:
        return list(await db.scalars(TOLD, {"words": words}))


async def about_a_need(people: People) -> Poll:
    """A closed poll about a need that is no activity yet, with a yes from Hjo and from Skara."""
    poll = await asked_for_money(people)
    await people.db.execute(
        text(
            "INSERT INTO needs (title, description, registered_by, organisation_id, "
            "registered_at, stage_since) VALUES ('Tolkar', 'Det saknas tolkar.', 209, 201, "
            ":now, :now)"
        ),
        {"now": NOW},
    )
    await people.db.execute(
        text("UPDATE polls SET activity_id = NULL, need_id = (SELECT max(id) FROM needs)")
    )
    await say(people, poll, HJO, yes(23_000))
    await say(people, poll, SKARA, yes(48_000))
    return await managing.close(people.db, await people.by("chef"), poll)


async def decision(people: People, verdict: str, on: date = TODAY) -> Decided:
    board = await people.db.scalar(text("SELECT id FROM bodies WHERE kind = 'board'"))
    why = None if verdict == "as_outcome" else "Skara får vänta"
    return Decided(BodyId(board or 0), on, "14", verdict, why=why)  # type: ignore[arg-type]


async def becomes_an_activity(people: People) -> None:
    """The direktion takes the need into the plan."""
    await people.db.execute(
        text(
            "UPDATE needs SET stage = 'accepted', activity_id = 201, decided_on = :today, "
            "paragraph = '9'"
        ),
        {"today": TODAY},
    )


async def test_no_decision_is_recorded_before_its_day(people: People):
    closed = await managing.close(people.db, await people.by("chef"), await asked_for_money(people))
    tomorrow = await decision(people, "as_outcome", TODAY + timedelta(days=1))
    with pytest.raises(NotPossible):
        await deciding.record_decision(people.db, await people.by("stab"), closed, tomorrow, [])
    assert (await now_of(people, closed)).decision is None


@pytest.mark.parametrize(
    ("verdict", "funds"), [("as_outcome", {201, 202}), ("otherwise", {201}), ("declined", set())]
)
async def test_pledges_that_wait_for_an_activity_are_those_that_were_accepted(
    people: People, verdict: str, funds: set[int]
):
    closed, stab = await about_a_need(people), await people.by("stab")
    accepted = [HJO] if verdict == "otherwise" else [HJO, SKARA]
    decided = await decision(people, verdict)
    await deciding.record_decision(people.db, stab, closed, decided, accepted)
    now = await now_of(people, closed)
    with pytest.raises(NoActivity):
        await deciding.accept_waiting(people.db, stab, now)
    await becomes_an_activity(people)
    assert await deciding.accept_waiting(people.db, stab, now) == len(funds)
    assert set(await people.db.scalars(PLEDGED)) == funds
    assert await deciding.accept_waiting(people.db, stab, now) == 0


async def test_a_poll_closes_at_its_hour_and_those_asked_hear_of_it(database: Database, poll: Poll):
    assert "poll_closes" not in {each.kind for each in await passes(database, NOW)}
    assert "poll_closes" in {each.kind for each in await passes(database, AFTER)}
    assert {CHEF, DIRECTOR_OF_HJO} <= set(await told(database, "är stängd."))
    async with database.connection() as db:
        now = await now_of(People(db), poll)
        sealed = text("SELECT count(*) FROM poll_outcomes WHERE poll_id = :id")
        assert await db.scalar(sealed, {"id": poll.id}) == 1
    assert now.state is State.CLOSED
    assert "poll_closes" not in {each.kind for each in await passes(database, AFTER)}


async def test_whoever_hears_of_what_closed_at_midnight_hears_of_it_in_the_morning(
    database: Database, poll: Poll
):
    await passes(database, CLOSES)
    async with database.connection() as db:
        assert (await now_of(People(db), poll)).state is State.CLOSED
    assert await waits_until(database, "är stängd.") == {datetime(2026, 4, 1, 6, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("opens", "told_at"),
    [
        (datetime(2026, 3, 14, 9, tzinfo=UTC), datetime(2026, 3, 16, 7, tzinfo=UTC)),
        (datetime(2026, 3, 16, 9, tzinfo=UTC), datetime(2026, 3, 16, 9, tzinfo=UTC)),
        (CLOSES - timedelta(hours=1), CLOSES - timedelta(hours=1)),
    ],
)
async def test_whoever_is_asked_hears_of_it_in_working_hours_while_they_can_answer(
    database: Database, poll: Poll, opens: datetime, told_at: datetime
):
    async with database.transaction() as db:
        await db.execute(
            text("UPDATE polls SET state = 'planned', opens_at = :opens"), {"opens": opens}
        )
    await passes(database, opens)
    async with database.connection() as db:
        assert (await now_of(People(db), poll)).is_open
    assert await waits_until(database, "ombeds bidra med") == {told_at}


async def test_nobody_is_asked_again_at_night_or_on_a_day_off(database: Database, poll: Poll):
    saturday = TODAY + timedelta(days=5)
    async with database.transaction() as db:
        await say(People(db), poll, HJO, Said(AnswerKind.POLITICAL, expected_on=saturday))
    for day, hour in ((7, 11), (8, 23), (9, 6)):
        await passes(database, datetime(2026, 3, day, hour, 59, tzinfo=UTC))
        assert not await told(database, "Vad blev det?"), day
    await passes(database, datetime(2026, 3, 9, 7, tzinfo=UTC))
    assert set(await told(database, "Vad blev det?")) == {221, 224}


async def test_closing_is_offered_once_when_the_last_two_answered_unseen_by_each_other(
    database: Database, poll: Poll
):
    for municipality in (HJO, SKARA):
        async with database.transaction() as db:
            await say(People(db), poll, municipality, yes(1_000))
    await passes(database, NOW)
    assert not await told(database, "Vill du stänga")
    async with database.transaction() as db:
        await say(People(db), poll, TIBRO, Said(AnswerKind.NO))
    for _again in range(2):
        await passes(database, NOW)
    assert await told(database, "Vill du stänga") == [CHEF]


async def test_who_waits_for_a_decision_has_not_answered_and_is_asked_on_its_day(
    database: Database, poll: Poll
):
    day = TODAY + timedelta(days=7)
    async with database.transaction() as db:
        for municipality in (SKARA, TIBRO):
            await say(People(db), poll, municipality, Said(AnswerKind.NO))
        await say(People(db), poll, HJO, Said(AnswerKind.POLITICAL, expected_on=day))
    await passes(database, NOW)
    assert not await told(database, "Vill du stänga")
    assert not await told(database, "Vad blev det?")
    for _again in range(2):
        await passes(database, NOW + timedelta(days=7))
    assert set(await told(database, "Vad blev det?")) == {221, 224}


async def test_an_earlier_proposal_that_is_answered_offers_no_closing(
    database: Database, poll: Poll
):
    async with database.transaction() as db:
        people = People(db)
        for municipality in (HJO, SKARA, TIBRO):
            await say(people, poll, municipality, yes(1_000))
        chef = await people.by("chef")
        parts = [each for each, _name in await sharers(db, TODAY)]
        less = proposal(asked=Kronor(50_000))
        await managing.change_proposal(db, chef, poll, less, parts, "Ny offert")
    await passes(database, NOW)
    assert not await told(database, "Vill du stänga")

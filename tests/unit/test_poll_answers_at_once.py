"""Fifteen municipalities whose holders all answer at once: one answer stands for each, all are
kept."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from random import Random

import pytest
from sqlalchemy import text

from bot.acting import By
from bot.people import OrganisationId
from bot.plan import Kronor
from bot.polls import answering, managing
from bot.polls.answering import ProposalChanged
from bot.polls.changing import NotPossible
from bot.polls.co_financing import AnswerKind, CoFinancing, Heard, Said
from bot.polls.poll import Poll, State
from bot.polls.reading import answers_given, outcome_of, sharers
from storage.database import Database
from tests.unit.assignment_scene import TODAY, People
from tests.unit.poll_scene import (
    asked_for_money,
    held,
    make_poll_scene,
    now_of,
    places,
    proposal,
)

MUNICIPALITIES = tuple(OrganisationId(key) for key in range(201, 216))
HOLDERS = 3
_MORE = """
INSERT INTO organisations (id, kind, name, code)
  SELECT 200 + n, 'municipality', 'Kommun ' || n, (1700 + n)::text FROM generate_series(4, 15) n;
INSERT INTO populations (organisation_id, counted_on, inhabitants)
  SELECT 200 + n, '2019-12-31', 1000 * n FROM generate_series(4, 15) n;
INSERT INTO people (id, name, email)
  SELECT 1000 + 10 * k + h, 'H' || k || h, 'h' || k || h || '@x.se'
  FROM generate_series(201, 215) k, generate_series(1, 3) h;
INSERT INTO employments (person_id, organisation_id, starts_on)
  SELECT 1000 + 10 * k + h, k, '2026-01-01'
  FROM generate_series(201, 215) k, generate_series(1, 3) h;
INSERT INTO mandates (person_id, organisation_id, kind, starts_on, given_by)
  SELECT 1000 + 10 * k + h, k, 'co_financing', '2026-01-01', 'test'
  FROM generate_series(201, 215) k, generate_series(1, 3) h
"""

Act = Callable[[People, By], Awaitable[int]]


@pytest.fixture
async def poll(database: Database) -> Poll:
    """A poll of fifteen municipalities, with three more holders in each."""
    async with database.transaction() as db:
        people = await make_poll_scene(db)
        for statement in _MORE.split(";\n"):
            await db.execute(text(statement))
        return await asked_for_money(people)


def holders(municipality: OrganisationId) -> list[str]:
    """Those who may answer for it."""
    return [f"h{municipality}{n}" for n in range(1, HOLDERS + 1)]


def amounts(municipality: OrganisationId) -> dict[str, int]:
    """What each of its holders answers: no two the same."""
    return {who: 1_000 * (municipality - 200) + n for n, who in enumerate(holders(municipality))}


def pledge(poll: Poll, municipality: OrganisationId, amount: int) -> Act:
    """The holder's answer."""
    said = Said(AnswerKind.OTHERWISE, Kronor(amount))

    async def act(people: People, by: By) -> int:
        return await answering.answer(people.db, by, poll, municipality, said, await held(people))

    return act


async def all_at_once(database: Database, doing: Sequence[tuple[str, Act]]) -> list[int | None]:
    """The key that each got, in transactions of their own; None where the poll took it not."""

    async def one(name: str, act: Act) -> int | None:
        async with database.transaction() as db:
            people = People(db)
            try:
                return await act(people, await people.by(name))
            except (NotPossible, ProposalChanged):
                return None

    return list(await asyncio.gather(*(one(name, act) for name, act in doing)))


async def as_it_is(database: Database, poll: Poll) -> CoFinancing:
    """The poll with all its places now."""
    async with database.connection() as db:
        return await places(People(db), poll)


def every_pledge(poll: Poll) -> list[tuple[str, Act]]:
    """All that all holders answer."""
    return [
        (who, pledge(poll, each, amount))
        for each in MUNICIPALITIES
        for who, amount in amounts(each).items()
    ]


@pytest.mark.parametrize("seed", range(5))
async def test_one_answer_stands_for_each_and_every_version_is_kept(
    database: Database, poll: Poll, seed: int
):
    doing = every_pledge(poll)
    Random(seed).shuffle(doing)
    keys = await all_at_once(database, doing)
    assert len({key for key in keys if key is not None}) == len(doing)
    asked = await as_it_is(database, poll)
    assert len(asked.answered) == len(MUNICIPALITIES)
    assert asked.poll.voted == asked.poll.electorate == len(MUNICIPALITIES)
    async with database.connection() as db:
        given = await answers_given(db, poll)
    of_each = Counter(one for one, _answer in given)
    assert of_each == Counter(dict.fromkeys(MUNICIPALITIES, HOLDERS))
    for place in asked.places:
        versions = [answer for one, answer in given if one == place.municipality]
        assert [each.replaced_at is None for each in versions] == [True, False, False]
        assert place.answer == versions[0]
        said = {each.by.email.partition("@")[0]: each.said.amount for each in versions}
        assert said == amounts(place.municipality)
    assert asked.sum == sum(e.answer.said.amount or 0 for e in asked.places if e.answer)


async def test_suggestions_and_answers_on_behalf_leave_one_that_stands(
    database: Database, poll: Poll
):
    async with database.connection() as db:
        asked = await places(People(db), poll)
    said = Said(AnswerKind.OTHERWISE, Kronor(7))

    def suggest(one: OrganisationId) -> Act:
        return lambda people, by: answering.suggest(people.db, by, poll, one, said)

    def record(one: OrganisationId) -> Act:
        heard = Heard("phone", "Direktören", TODAY)
        return lambda people, by: answering.record(people.db, by, poll, one, said, heard)

    doing = [
        each
        for place in asked.places
        for one in [place.municipality]
        for each in (
            (holders(one)[0], suggest(one)),
            (holders(one)[1], suggest(one)),
            (holders(one)[2], pledge(poll, one, 9)),
            ("stab", record(one)),
            ("chef", record(one)),
        )
    ]
    Random(7).shuffle(doing)
    assert None not in await all_at_once(database, doing)
    standing: defaultdict[tuple[int, bool], int] = defaultdict(int)
    async with database.connection() as db:
        rows = await db.execute(
            text("SELECT voter_id, suggestion FROM poll_answers WHERE replaced_at IS NULL")
        )
        for row in rows:
            standing[row.voter_id, row.suggestion] += 1
        kept = await db.scalar(text("SELECT count(*) FROM poll_answers"))
    assert kept == len(doing)
    assert set(standing.values()) == {1}
    assert sum(not suggestion for _voter, suggestion in standing) == len(MUNICIPALITIES)


async def test_what_is_answered_before_it_closes_is_in_the_seal_and_nothing_after(
    database: Database, poll: Poll
):
    async def close(people: People, by: By) -> int:
        return (await managing.close(people.db, by, poll)).id

    doing = every_pledge(poll)
    Random(3).shuffle(doing)
    doing.insert(len(doing) // 2, ("chef", close))
    keys = await all_at_once(database, doing)
    accepted = {key for (who, _act), key in zip(doing, keys, strict=True) if who != "chef"}
    accepted.discard(None)
    asked = await as_it_is(database, (await as_it_is(database, poll)).poll)
    assert asked.poll.state is State.CLOSED
    async with database.connection() as db:
        given = await answers_given(db, poll)
        outcome = await outcome_of(db, asked.poll)
    assert {answer.id for _one, answer in given} == accepted
    assert outcome is not None
    assert outcome.result["sum"] == asked.sum
    late = await all_at_once(database, every_pledge(poll)[:3])
    assert late == [None] * 3


async def test_an_answer_is_to_the_proposal_that_was_seen(database: Database, poll: Poll):
    async def change(people: People, by: By) -> int:
        parts = [each for each, _name in await sharers(people.db, TODAY)]
        wants = proposal(asked=Kronor(90_000))
        return (await managing.change_proposal(people.db, by, poll, wants, parts, "Billigare")).id

    doing = every_pledge(poll)
    Random(4).shuffle(doing)
    doing.insert(len(doing) // 2, ("chef", change))
    keys = await all_at_once(database, doing)
    async with database.connection() as db:
        now = await now_of(People(db), poll)
        given = await answers_given(db, poll)
    assert now.version == 2
    assert {answer.version for _one, answer in given} <= {1}
    assert len(given) == sum(key is not None for key in keys) - 1
    again = await all_at_once(database, every_pledge(now))
    assert None not in again
    asked = await as_it_is(database, now)
    assert len(asked.answered) == len(MUNICIPALITIES)
    assert asked.to_confirm == ()
    async with database.connection() as db:
        for one in MUNICIPALITIES:
            versions = [answer.version for _one, answer in await answers_given(db, now, one)]
            assert versions == sorted(versions, reverse=True)

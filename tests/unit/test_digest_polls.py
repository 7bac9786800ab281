"""What digests tell of polls: as of the cut-off, each once, and nothing of what a poll hides."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bodies import body_name
from bot.digests.compose import as_text, compose
from bot.digests.gather import Material, gather
from bot.digests.period import Audience, Due, Week
from bot.digests.polls_then import Pledged, PollThen, polls_then
from bot.language import kronor
from bot.people import BodyId
from bot.plan import Body, Kronor, read_plan
from bot.polls import answering, casting, deciding, managing
from bot.polls.co_financing import AnswerKind, Said
from bot.polls.poll import Kind, Method, Poll, Secrecy, State
from bot.polls.reading import sharers
from bot.specimens.invented_polls import decision_of, poll_of, result_of
from bot.specimens.voice import Flavour
from bot.specimens.world import make_world
from storage.database import Database
from tests.digest_material import material, standing
from tests.unit.assignment_scene import NOW, People
from tests.unit.poll_scene import (
    CLOSES,
    DIRECTORS,
    HJO,
    MEMBERS,
    SKARA,
    TIBRO,
    asked_for_money,
    at,
    held,
    make_poll_scene,
    now_of,
    proposal,
    voted_on,
)

WEEK = timedelta(weeks=1)
HOUR = timedelta(hours=1)
WORLD = make_world(Flavour.ORDINARY, 1)
OPEN = PollThen(poll_of(WORLD, Kind.CO_FINANCING, Method.PLEDGE, decision=None), WORLD.now)
TITLE = f"Omröstning 7: {OPEN.poll.title}"
PAID = Pledged(14, 15, Kronor(900_000), Kronor(950_000))
DECISION = replace(decision_of(WORLD), body=BodyId(3))
BOARD = Body(BodyId(3), "Direktionen", "board")


def known(*polls: PollThen, **values: Any) -> Material:
    return material(standing(), polls=polls, **values)


def said(of: Material) -> str:
    return as_text(compose(of).cards)


def next_week(of: Material, **values: Any) -> Material:
    moved = {"covers_from": of.cut_off, "cut_off": of.cut_off + WEEK, "told": compose(of).told}
    return replace(of, **{**moved, "after": str(of.week), "week": Week(2026, 49), **values})


def closed(then: PollThen = OPEN, **values: Any) -> PollThen:
    return replace(then, poll=replace(then.poll, state=State.CLOSED, **values), pledged=PAID)


@pytest.mark.parametrize("audience", Audience)
def test_an_open_poll_keeps_its_line_with_turnout_and_last_day(audience: Audience):
    first = known(OPEN, audience=audience)
    line = f"{TITLE} (medfinansiering). 6 av 15 har svarat. Svara senast"
    assert f"Nytt. {line}" in said(first)
    more = replace(OPEN, poll=replace(OPEN.poll, voted=9))
    week = said(next_week(first, polls=(more,)))
    assert f"Nytt. {TITLE}" not in week
    assert "9 av 15 har svarat." in week
    later = replace(OPEN, poll=replace(OPEN.poll, closes_at=OPEN.poll.closes_at + WEEK))
    assert f"Ändrat. {TITLE}" in said(next_week(first, polls=(later,)))


def test_what_a_closed_poll_came_to_is_told_in_a_sentence():
    week = said(next_week(known(OPEN), polls=(closed(),)))
    assert f"Ändrat. {TITLE}" in week
    assert f"14 av 15 kommuner svarade. {kronor(900_000)} av {kronor(950_000)} är utlovat." in week
    assert TITLE not in said(next_week(known(closed()), polls=()))


def test_a_decision_is_told_beside_the_outcome():
    decided = replace(closed(decision=DECISION), decider=BOARD)
    week = said(next_week(known(closed()), polls=(decided,)))
    assert f"Beslut: enligt utfallet, {body_name('board')}" in week
    assert "§ 14." in week
    nowhere = replace(decided, decider=None)
    assert "Beslut: enligt utfallet, –" in said(known(nowhere))


def test_a_cancelled_poll_says_why_and_is_gone_then():
    poll = replace(OPEN.poll, state=State.CANCELLED)
    first = known(replace(OPEN, poll=poll, reason="Bidraget kom"))
    assert "Inställd" in said(first)
    assert "Bidraget kom." in said(first)
    assert TITLE not in said(next_week(first, polls=()))


def test_a_vote_is_told_by_what_it_chose():
    ranking = poll_of(WORLD, Kind.PRIORITY, Method.RANKING, State.CLOSED)
    then = PollThen(ranking, WORLD.now, result=result_of(ranking))
    assert "6 av 15 röstade." in said(known(then))
    hidden = replace(then, result=None)
    assert "Valt:" not in said(known(hidden))
    secret = replace(OPEN, poll=poll_of(WORLD, Kind.PRIORITY, Method.RANKING), counted=False)
    assert "Rösterna är hemliga." in said(known(secret))
    assert "av 15" not in said(known(secret))


CUT_OFF = NOW + WEEK
BEFORE, AFTER = CUT_OFF - HOUR, CUT_OFF + HOUR
DUE = Due(Audience.MANAGER, Week(2026, 11), CUT_OFF)


@pytest.fixture
async def people(database: Database) -> Any:
    async with database.transaction() as db:
        yield await make_poll_scene(db)


async def told_of(people: People, due: Due = DUE) -> Material:
    """What a digest that is a week late knows."""
    plan = await read_plan(people.db, 1)
    return await gather(people.db, plan, due, due.at + WEEK, late=True)


async def answers(people: People, poll: Poll, amount: int, *, when: Any, whom: Any = HJO) -> None:
    by = await at(people, DIRECTORS[whom], when)
    said = Said(AnswerKind.OTHERWISE, Kronor(amount), condition="Hemligt villkor")
    await answering.answer(
        people.db, by, await now_of(people, poll), whom, said, await held(people)
    )


async def votes(people: People, poll: Poll, most: int, *, when: Any = BEFORE) -> None:
    for n, name in enumerate(MEMBERS[:most]):
        chosen = {each.id: 1 + (place + n) % 2 for place, each in enumerate(poll.options)}
        await casting.cast(people.db, await at(people, name, when), poll, chosen)


async def test_a_poll_is_as_it_was_at_the_cut_off(people: People):
    poll = await asked_for_money(people)
    await answers(people, poll, 30_000, when=BEFORE)
    chef = await at(people, "chef", AFTER)
    db = people.db
    await answers(people, poll, 31_000, when=AFTER)
    await answers(people, poll, 40_000, when=AFTER, whom=SKARA)
    await managing.change_text(db, chef, poll, title="Ny rubrik", description=None, link=None)
    await managing.extend(db, chef, poll, CLOSES + WEEK, "Fler hinner")
    await managing.close(db, chef, await now_of(people, poll))
    (then,) = (await told_of(people)).polls
    assert (then.poll.title, then.poll.state) == ("Upphandling", State.OPEN)
    assert (then.poll.voted, then.poll.electorate) == (1, 3)
    assert then.poll.closes_at == CLOSES
    assert then.pledged is None


async def test_answers_to_an_earlier_proposal_are_not_counted(people: People):
    poll = await asked_for_money(people)
    await answers(people, poll, 30_000, when=NOW + HOUR)
    chef = await at(people, "chef", NOW + 2 * HOUR)
    parts = [each for each, _name in await sharers(people.db, NOW.date()) if each.id != TIBRO]
    asked = proposal(asked=Kronor(80_000))
    await managing.change_proposal(people.db, chef, poll, asked, parts, "Billigare")
    (then,) = (await told_of(people)).polls
    assert (then.poll.voted, then.poll.electorate) == (0, 2)
    await answers(people, poll, 30_000, when=BEFORE)
    (then,) = (await told_of(people)).polls
    assert (then.poll.voted, then.poll.electorate) == (1, 2)


async def test_what_came_of_it_is_as_it_was_sealed(people: People):
    poll = await asked_for_money(people)
    for whom, amount in ((HJO, 20_000), (SKARA, 50_000)):
        await answers(people, poll, amount, when=NOW + HOUR, whom=whom)
    await managing.close(people.db, await at(people, "chef", BEFORE), await now_of(people, poll))
    (then,) = (await told_of(people)).polls
    assert then.pledged == Pledged(2, 3, Kronor(70_000), Kronor(100_000))
    board = await body_of(people, "board")
    decided = deciding.Decided(board, NOW.date(), "14", "as_outcome")
    chef = await at(people, "chef", AFTER)
    poll = await deciding.record_decision(people.db, chef, await now_of(people, poll), decided, ())
    (then,) = (await told_of(people)).polls
    assert then.poll.decision is None
    week_after = replace(DUE, at=CUT_OFF + WEEK)
    (then,) = (await told_of(people, week_after)).polls
    assert then.poll.decision is not None
    assert then.decider is not None
    assert then.decider.kind == "board"
    assert (await told_of(people, replace(DUE, at=CUT_OFF + 2 * WEEK))).polls == ()


async def body_of(people: People, kind: str) -> BodyId:
    plan = await read_plan(people.db, 1)
    return next(each.id for each in plan.bodies.values() if each.kind == kind)


async def test_hidden_amounts_are_in_no_digest(people: People):
    poll = await asked_for_money(people, secrecy=Secrecy.UNTIL_CLOSING)
    await answers(people, poll, 23_456, when=BEFORE)
    chef = await at(people, "chef", BEFORE)
    while_open = await told_of(people)
    assert "1 av 3 har svarat." in said(while_open)
    await managing.close(people.db, chef, await now_of(people, poll))
    when_closed = await told_of(people)
    assert kronor(23_456) in said(when_closed)
    late = await at(people, "chef", AFTER)
    later = CLOSES + WEEK
    await managing.reopen(people.db, late, await now_of(people, poll), later, "Skara hann inte")
    reopened = await told_of(people)
    for told in (while_open, reopened):
        assert kronor(23_456) not in said(told)
        assert "23456" not in repr(told)
        assert "Hemligt" not in said(told)
        assert all(each.pledged is None for each in told.polls)


@pytest.mark.parametrize(("ballots", "shown"), [(4, False), (5, True)])
async def test_a_secret_vote_tells_no_turnout_before_and_no_result_of_few(
    people: People, ballots: int, shown: bool
):
    poll = await voted_on(people, Method.RANKING, secrecy=Secrecy.ALWAYS)
    await votes(people, poll, ballots)
    (then,) = (await told_of(people)).polls
    assert not then.counted
    assert then.poll.voted == 0
    await managing.close(people.db, await at(people, "chef", BEFORE), await now_of(people, poll))
    told = await told_of(people)
    (then,) = told.polls
    assert then.poll.voted == ballots
    assert (then.result is not None) is shown
    assert ("Valt:" in said(told) or "Lika:" in said(told)) is shown
    assert ("För få för att visa resultatet" in said(told)) is not shown


async def test_a_vote_that_was_open_to_see_is_counted_as_it_was_sealed(people: People):
    poll = await voted_on(people, Method.POINTS, points=10)
    await votes(people, poll, 3)
    await votes(people, poll, 5, when=AFTER)
    (then,) = (await told_of(people)).polls
    assert (then.poll.voted, then.poll.electorate) == (3, poll.electorate)
    await managing.close(people.db, await at(people, "chef", AFTER), await now_of(people, poll))
    (then,) = (await told_of(people, replace(DUE, at=AFTER + HOUR))).polls
    assert then.result is not None
    assert then.result.count == 5


async def test_quick_questions_and_what_has_not_opened_are_not_told(people: People):
    await voted_on(people, Method.CHOICE, kind=Kind.QUESTION)
    assert (await told_of(people)).polls == ()
    poll = await asked_for_money(people)
    await managing.cancel(people.db, await at(people, "chef", BEFORE), poll, "Bidraget kom")
    (then,) = (await told_of(people)).polls
    assert (then.poll.state, then.reason) == (State.CANCELLED, "Bidraget kom")


async def questions(db: AsyncConnection) -> int:
    """How many statements it takes to know how polls stood."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    plan = await read_plan(db, 1)
    event.listen(db.sync_connection, "before_cursor_execute", note)
    await polls_then(db, plan, NOW - WEEK, CUT_OFF)
    event.remove(db.sync_connection, "before_cursor_execute", note)
    return len(asked)


async def test_many_polls_are_read_in_as_few_questions_as_one(people: People):
    await asked_for_money(people)
    few = await questions(people.db)
    for _n in range(5):
        await asked_for_money(people)
        await voted_on(people)
    assert await questions(people.db) == few

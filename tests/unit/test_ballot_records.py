"""Ballots as records: one that stands for each voter; secret ones that nothing ties to anybody."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from sqlalchemy import text

from bot.polls import managing
from bot.polls.casting import NotABallot, cast, judged, toggle
from bot.polls.changing import AnsweredAlready, NotPossible, NotYours
from bot.polls.counting import count
from bot.polls.mandates import mandates
from bot.polls.outcome import as_it_stands
from bot.polls.poll import Kind, Method, Poll, Secrecy
from bot.polls.reading import ballots_of, choices_to_count, outcome_of
from bot.polls.starting import Choice
from storage.database import Database
from tests.unit.assignment_scene import TODAY, People
from tests.unit.poll_scene import (
    AFTER,
    HJO,
    MEMBERS,
    TIBRO,
    asked_for_money,
    make_poll_scene,
    now_of,
    voted_on,
)


@pytest.fixture
async def people(database: Database) -> AsyncGenerator[People]:
    async with database.transaction() as db:
        yield await make_poll_scene(db)


async def vote(people: People, poll: Poll, name: str, *labels: str) -> None:
    chosen = {each.id: 1 for each in poll.options if each.label in labels}
    await cast(people.db, await people.by(name), poll, chosen)


async def test_a_vote_can_be_changed_and_the_earlier_is_kept(people: People):
    poll = await voted_on(people)
    await vote(people, poll, "m1", "Ett")
    await vote(people, poll, "m1", "Två")
    standing = await ballots_of(people.db, poll)
    assert [list(each.choices) for each in standing] == [[poll.options[1].id]]
    assert await people.db.scalar(text("SELECT count(*) FROM poll_ballots")) == 2
    assert (await now_of(people, poll)).voted == 1


@pytest.mark.parametrize("name", ["chef", "dskara", "admin", "skara1"])
async def test_who_is_no_member_does_not_vote(people: People, name: str):
    poll = await voted_on(people)
    with pytest.raises(NotYours):
        await vote(people, poll, name, "Ett")


async def test_a_municipality_votes_by_mandate_or_else_by_its_director(people: People):
    poll = await voted_on(people, voters="municipality")
    held = await mandates(people.db, "priority", TODAY)
    one = {poll.options[0].id: 1}
    for name, municipality in (("dhjo", HJO), ("dtibro", TIBRO)):
        who = await people.by(name)
        await cast(people.db, who, poll, one, municipality=municipality, mandates=held)
    assert (await now_of(people, poll)).voted == 2
    foreign = await people.by("dhjo")
    with pytest.raises(NotYours):
        await cast(people.db, foreign, poll, one, municipality=TIBRO, mandates=held)


async def test_a_ballot_follows_the_rules_of_its_poll(people: People):
    poll = await voted_on(people, Method.POINTS, points=5)
    one, two, _three = (each.id for each in poll.options)
    assert judged(poll, {one: 3, two: 2}) == {one: 3, two: 2}
    for wrong in ({one: 6}, {one: 3, two: 3}, {one: -1}, {999: 1}, {}, {one: 0}):
        with pytest.raises(NotABallot):
            judged(poll, wrong)
    scored = await voted_on(people, Method.SCORE)
    with pytest.raises(NotABallot):
        judged(scored, {scored.options[0].id: 6})
    choice = await voted_on(people, Method.CHOICE, kind=Kind.QUESTION)
    with pytest.raises(NotABallot):
        judged(choice, {each.id: 1 for each in choice.options[:2]})


async def test_options_are_written_anew_until_a_ballot_is_in(people: People):
    poll = await voted_on(people)
    chef = await people.by("chef")
    changed = await managing.change_options(people.db, chef, poll, [Choice("A"), Choice("B")])
    assert [each.label for each in changed.options] == ["A", "B"]
    await vote(people, changed, "m1", "A")
    with pytest.raises(AnsweredAlready):
        await managing.change_options(people.db, chef, changed, [Choice("C"), Choice("D")])
    more = await managing.add_option(people.db, chef, changed, Choice("C"))
    assert [each.label for each in more.options] == ["A", "B", "C"]
    with pytest.raises(NotPossible):
        await managing.add_option(people.db, chef, more, Choice("c"))
    member = await people.by("m1")
    with pytest.raises(NotYours):
        await managing.add_option(people.db, member, more, Choice("D"))


async def test_voters_add_lines_where_the_poll_lets_them(people: People):
    poll = await voted_on(people, may_add=True)
    added = await managing.add_option(people.db, await people.by("m1"), poll, Choice("Eget"))
    assert added.options[-1].label == "Eget"
    with pytest.raises(NotYours):
        await managing.add_option(people.db, await people.by("skara1"), poll, Choice("Mitt"))


@pytest.mark.parametrize(
    ("kind", "method", "most"),
    [(Kind.PRIORITY, Method.RANKING, 39), (Kind.QUESTION, Method.CHOICE, 10)],
)
async def test_a_poll_holds_no_more_options_than_its_form(
    people: People, kind: Kind, method: Method, most: int
):
    poll = await voted_on(people, method, kind=kind)
    chef = await people.by("chef")
    many = [Choice(str(n)) for n in range(most + 1)]
    with pytest.raises(NotPossible):
        await managing.change_options(people.db, chef, poll, many)
    full = await managing.change_options(people.db, chef, poll, many[:most])
    assert len(full.options) == most
    with pytest.raises(NotPossible):
        await managing.add_option(people.db, chef, full, Choice("En till"))


async def test_money_and_dates_take_no_lines(people: People):
    dates = await voted_on(people, Method.DATES, kind=Kind.DATES)
    for poll in (dates, await asked_for_money(people)):
        with pytest.raises(NotPossible):
            await managing.add_option(people.db, await people.by("chef"), poll, Choice("En rad"))


async def test_whoever_votes_for_no_municipality_adds_no_line(people: People):
    poll = await voted_on(people, voters="municipality", may_add=True)
    added = await managing.add_option(people.db, await people.by("dhjo"), poll, Choice("Eget"))
    assert added.options[-1].label == "Eget"
    for name in ("m1", "skara1", "admin"):
        with pytest.raises(NotYours):
            await managing.add_option(people.db, await people.by(name), poll, Choice("Mitt"))


async def test_a_secret_ballot_is_final_and_tied_to_nobody(people: People):
    poll = await voted_on(people, secrecy=Secrecy.ALWAYS)
    for name in MEMBERS[:4]:
        await vote(people, poll, name, "Ett")
    await vote(people, poll, "m5", "Två")
    with pytest.raises(AnsweredAlready):
        await vote(people, poll, "m5", "Ett")
    assert await people.db.scalar(text("SELECT count(*) FROM poll_ballots")) == 0
    assert await people.db.scalar(text("SELECT count(*) FROM secret_ballots")) == 1
    counted = count(poll, await choices_to_count(people.db, poll))
    assert list(counted.values.values()) == [4, 1, 0]
    told = await people.db.execute(
        text("SELECT fields, hash FROM audit_lines WHERE action = 'vote'")
    )
    assert {tuple(row.fields) for row in told} == {("ballot",)}


async def test_where_a_ballot_lies_says_nothing_of_who_came_when(people: People):
    """Of 40 polls of two votes the later ballot lies last in about half: not in all, or in none."""
    last = 0
    for _ in range(40):
        poll = await voted_on(people, secrecy=Secrecy.ALWAYS)
        await vote(people, poll, "m1", "Ett")
        await vote(people, poll, "m2", "Två")
        ballots = await choices_to_count(people.db, poll)
        last += poll.options[1].id in ballots[-1]
    assert 4 < last < 36


async def test_under_five_ballots_nothing_is_shown_also_when_sealed(people: People):
    few = await voted_on(people, secrecy=Secrecy.ALWAYS)
    for name in MEMBERS[:4]:
        await vote(people, few, name, "Ett")
    closed = await managing.close_by_time(people.db, few.id, AFTER)
    assert closed is not None
    assert not closed.shows_result
    assert "ballots" not in await as_it_stands(people.db, closed)
    sealed = await outcome_of(people.db, closed)
    assert sealed is not None
    assert sealed.result["voted"] == 4
    assert "ballots" not in sealed.result


async def test_secret_votes_at_once_are_all_counted(database: Database):
    async with database.transaction() as db:
        people = await make_poll_scene(db)
        poll = await voted_on(people, secrecy=Secrecy.ALWAYS)

    async def one(name: str) -> None:
        async with database.transaction() as db:
            await vote(People(db), poll, name, "Ett")

    await asyncio.gather(*(one(name) for name in MEMBERS))
    async with database.connection() as db:
        assert len(await choices_to_count(db, poll)) == len(MEMBERS)
        rows = await db.execute(text("SELECT DISTINCT xmin::text FROM secret_ballots"))
        assert len(rows.all()) == 1


async def test_options_pressed_at_once_are_all_in_the_vote(database: Database):
    labels = tuple(f"Rad {n}" for n in range(1, 7))
    async with database.transaction() as db:
        people = await make_poll_scene(db)
        poll = await voted_on(people, Method.SEVERAL, kind=Kind.QUESTION, labels=labels)

    async def press(option: int) -> None:
        async with database.transaction() as db:
            people = People(db)
            await toggle(db, await people.by("m1"), poll, option)

    async def standing() -> set[int]:
        async with database.connection() as db:
            (ballot,) = await ballots_of(db, poll)
            return set(ballot.choices)

    options = [each.id for each in poll.options]
    await asyncio.gather(*(press(one) for one in options))
    assert await standing() == set(options)
    await asyncio.gather(*(press(one) for one in options[1:]))
    assert await standing() == {options[0]}
    with pytest.raises(NotABallot):
        await press(options[0])
    assert await standing() == {options[0]}


async def test_every_vote_after_closing_is_refused(people: People):
    poll = await voted_on(people)
    await managing.close(people.db, await people.by("chef"), poll)
    with pytest.raises(NotPossible):
        await vote(people, poll, "m1", "Ett")

"""No sequence of answers brings an assignment where the rules forbid; every step is written."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.assignments import answering, asking
from bot.assignments.assignment import (
    Asked,
    Assignment,
    Part,
    ToMunicipality,
    ToNetwork,
    ToOnePerson,
)
from bot.assignments.changing import Full, NobodyToAsk, NotPossible, NotYours
from bot.assignments.reading import (
    assignment_by_id,
    hours_by_municipality_and_activity,
    may_be_asked,
    steps_of,
)
from bot.assignments.states import AFTER, PartState, State, state_of
from storage.database import Database
from tests.unit.assignment_scene import (
    HJO,
    MEMBERS,
    NETWORK,
    NOW,
    TODAY,
    People,
    make_scene,
    work,
)

ACTORS = ("chef", "dhjo", "dskara", "vhjo", "hjo1", "hjo2", "stab", "utan", "m1", "m2", "m3")
THE_ONE = "the one whose it is"
MOVES = (
    "accept",
    "decline",
    "hand_over",
    "hand_over_for",
    "ask_priority",
    "accept_for",
    "decline_for",
    "propose_date",
    "agree_date",
    "refuse_date",
    "promise",
    "progress",
    "done",
    "reopen",
    "edit",
    "ask_again",
    "withdraw",
)
Choice = tuple[str, str, int, str]
choices = st.lists(
    st.tuples(
        st.sampled_from((*MOVES, *MOVES[:-3], *MOVES[:-3], *MOVES[:-3])),
        st.sampled_from((*ACTORS, *[THE_ONE] * 30)),
        st.integers(0, 3),
        st.sampled_from((*ACTORS, "hjo2", "m2", "m2", "m3", "m3")),
    ),
    min_size=20,
    max_size=40,
)
asked_of = st.sampled_from(("person", "municipality", "network", "network of two"))


async def _asked(people: People, kind: str) -> Asked:
    match kind:
        case "person":
            return ToOnePerson(await people.key("hjo1"))
        case "municipality":
            return ToMunicipality(HJO)
        case "network":
            return ToNetwork(NETWORK, 1)
        case _:
            return ToNetwork(NETWORK, 2)


OF_WHOEVER_ASKED = ("agree_date", "refuse_date", "edit", "ask_again", "withdraw", "hand_over_for")
OF_WHOEVER_DECIDES = ("accept_for", "decline_for", "propose_date")


def _whose(move: str, part: Part | None) -> str:
    """Somebody who may do that, if anybody may."""
    if move in OF_WHOEVER_ASKED:
        return "chef"
    if part is None:
        return "m1"
    if move in OF_WHOEVER_DECIDES:
        whom = part.director if part.director is not None else part.person
        return whom.email.partition("@")[0]
    return part.person.email.partition("@")[0]


async def _do(people: People, now: Assignment, choice: Choice) -> Assignment:
    move, actor, number, other = choice
    living = [part for part in now.parts if part.is_living] or list(now.parts)
    part = living[number % len(living)] if living else None
    actor = _whose(move, part) if actor == THE_ONE else actor
    db, by, to = people.db, await people.by(actor), await people.key(other)
    of_a_part: dict[str, Callable[[Part], Awaitable[Assignment]]] = {
        "hand_over_for": lambda it: answering.hand_over_for(db, by, now, it, to),
        "accept_for": lambda it: answering.accept_for(db, by, now, it),
        "decline_for": lambda it: answering.decline_for(db, by, now, it, "Nej"),
        "propose_date": lambda it: answering.propose_date(db, by, now, it, date(2026, 5, 1)),
        "agree_date": lambda it: answering.agree_date(db, by, now, it),
        "refuse_date": lambda it: answering.refuse_date(db, by, now, it, "För sent"),
        "reopen": lambda it: answering.reopen(db, by, now, it, "Inte klart"),
    }
    if move in of_a_part:
        return now if part is None else await of_a_part[move](part)
    match move:
        case "accept":
            return await answering.accept(db, by, now, hours=number * 5)
        case "decline":
            return await answering.decline(db, by, now, "Hinner inte")
        case "hand_over":
            return await answering.hand_over(db, by, now, to)
        case "ask_priority":
            return await answering.ask_priority(db, by, now, None)
        case "promise":
            return await answering.promise(db, by, now, hours=number)
        case "progress":
            return await answering.progress(db, by, now, hours=number, note=None)
        case "done":
            return await answering.done(db, by, now, hours=number, note="Klart")
        case "edit":
            return await asking.edit(db, by, now, work("Annat", number + 1))
        case "ask_again":
            return await asking.ask_again(db, by, now, ToOnePerson(to), "Frågar en annan")
        case _:
            return await asking.withdraw(db, by, now, "Behövs inte")


async def _is_right(people: People, before: Assignment, now: Assignment) -> None:
    """All that holds of an assignment however it came where it is."""
    members = await may_be_asked(people.db, NETWORK, TODAY)
    pending = {PartState.ASKED, PartState.PRIORITY, PartState.PROPOSED}
    states = [part.state for part in now.parts]
    nobody = not pending.intersection(states)
    if isinstance(now.asked, ToNetwork):
        nobody &= {each.id for each in members} <= {part.person.id for part in now.parts}
    assert len(now.takers) <= now.wanted
    assert now.state is state_of(
        states, now.wanted, withdrawn=now.state is State.WITHDRAWN, nobody_left=nobody
    )
    if before.state is State.WITHDRAWN:
        assert now == before
    living = Counter(part.person.id for part in now.parts if part.is_living)
    assert all(number == 1 for number in living.values())
    assert all((part.proposed_on is not None) == (part.state is PartState.PROPOSED)
               for part in now.parts)  # fmt: skip
    assert all(part.director is not None for part in now.parts if part.state in
               (PartState.PRIORITY, PartState.PROPOSED))  # fmt: skip


async def _is_written(db: AsyncConnection, now: Assignment) -> None:
    """Each part's steps lead by the rules from asked to where it is, and each has an audit line."""
    steps = list(reversed(await steps_of(db, now.id, most=1_000)))
    stand: dict[int, PartState] = {part.id: PartState.ASKED for part in now.parts}
    used: defaultdict[int, int] = defaultdict(int)
    for step in steps:
        if step.part_id is None or step.kind in ("asked", "edited"):
            continue
        assert step.from_state is not None
        assert step.to_state is not None
        assert step.from_state is stand[step.part_id]
        assert step.to_state is AFTER[step.from_state][step.kind]
        stand[step.part_id] = step.to_state
        if step.kind in ("progress", "done"):
            used[step.part_id] += step.hours or 0
    assert stand == {part.id: part.state for part in now.parts}
    assert all(part.used == used[part.id] for part in now.parts)
    found = await db.execute(
        text(
            "SELECT action FROM audit_lines WHERE thing = 'assignment' AND thing_id = :id "
            "AND person_id IS NOT NULL AND source = 'web' ORDER BY id"
        ),
        {"id": now.id},
    )
    assert [row.action for row in found] == [step.kind for step in steps]


async def _hours_are_right(db: AsyncConnection, now: Assignment) -> None:
    hours = await hours_by_municipality_and_activity(db)
    assert sum(each.used for each in hours) == sum(part.used for part in now.parts)
    assert sum(each.promised for each in hours) == sum(part.hours or 0 for part in now.takers)
    for each in hours:
        mine = [part for part in now.parts if part.organisation == each.organisation]
        assert each.used == sum(part.used for part in mine)
        left = (PartState.HANDED_OVER, PartState.WITHDRAWN)
        latest = {part.person.id: part.state for part in mine}
        counted = [state for state in latest.values() if state not in left]
        assert each.asked <= len(counted) * (now.share or 0)


@pytest.fixture
async def scene(database: Database) -> Database:
    """The database with those who share work in it."""
    async with database.transaction() as db:
        await make_scene(db)
    return database


@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(kind=asked_of, tried=choices)
async def test_no_sequence_of_answers_leads_where_the_rules_forbid(
    scene: Database, kind: str, tried: list[Choice]
) -> None:
    async with scene.connection() as db:
        people = People(db)
        now = await asking.ask(db, await people.by("chef"), work(), await _asked(people, kind))
        for choice in tried:
            before = now
            async with db.begin_nested() as attempt:
                try:
                    now = await _do(people, before, choice)
                except (NotYours, NotPossible, NobodyToAsk):
                    await attempt.rollback()
            await _is_right(people, before, now)
        await _is_written(db, now)
        await _hours_are_right(db, now)
        await db.rollback()


@pytest.mark.parametrize("wanted", [1, 3])
async def test_never_more_than_are_wanted_have_it_though_ten_accept_at_once(
    scene: Database, wanted: int
) -> None:
    async with scene.transaction() as db:
        asked = await asking.ask(
            db, await People(db).by("chef"), work(), ToNetwork(NETWORK, wanted)
        )

    async def accept(name: str) -> bool:
        async with scene.transaction() as db:
            by = await People(db).by(name)
            try:
                await answering.accept(db, by, asked, hours=4)
            except Full:
                return False
            return True

    answers = await asyncio.gather(*map(accept, MEMBERS))
    async with scene.connection() as db:
        now = await assignment_by_id(db, asked.id)
    assert answers.count(True) == wanted
    assert now is not None
    assert (len(now.takers), now.state) == (wanted, State.TAKEN)
    assert all(part.since == NOW for part in now.parts)

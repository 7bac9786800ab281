"""No sequence of steps brings an application where the rules forbid; the money always follows."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.applications import changing
from bot.applications.application import Application, State, standing, state_after
from bot.applications.changing import NotPossible, NotYours, Overtaken
from bot.applications.reading import steps_of
from bot.plan import Kronor, Plan
from storage.database import Database
from tests.unit.application_scene import (
    ASKED,
    BUDGET,
    HOPED_FOR,
    MAY,
    MAY_NOT,
    REPORTS,
    applied,
    lacking,
    lines,
    make_application_scene,
    now_of,
    plan_now,
    registered,
    wanted,
)
from tests.unit.assignment_scene import TODAY, People

MOVES = ("applied", "granted", "rejected", "withdrawn", "report_sent", "taken_back", "edited")
Choice = tuple[str, str, int]
choices = st.lists(
    st.tuples(
        st.sampled_from((*MOVES, "applied", "granted", "granted", "taken_back")),
        st.sampled_from((*MAY, *MAY, *MAY, *MAY_NOT)),
        st.integers(1, 9),
    ),
    min_size=8,
    max_size=25,
)


@dataclass
class Model:
    """What an application is to be, told as simply as can be: the states it has been in."""

    states: list[str] = field(default_factory=lambda: ["planned"])
    asked: int = ASKED
    granted: int | None = None
    sent: list[int] = field(default_factory=list[int])

    @property
    def state(self) -> str:
        return self.states[-1]

    def allows(self, move: str) -> bool:
        match move:
            case "applied":
                return self.state == "planned"
            case "granted" | "rejected":
                return self.state == "applied"
            case "withdrawn":
                return self.state in ("planned", "applied")
            case "report_sent":
                return self.state == "granted" and len(self.sent) < len(REPORTS)
            case "edited":
                return self.state not in ("rejected", "withdrawn")
            case _:
                return len(self.states) > 1

    def does(self, move: str, number: int) -> None:
        match move:
            case "taken_back" if self.sent:
                self.sent.pop()
            case "taken_back":
                if self.states.pop() == "granted":
                    self.granted = None
            case "report_sent":
                self.sent.append(number)
            case "edited":
                self.asked = number * 100_000
            case _:
                self.states.append(move)
                if move == "granted":
                    self.granted = number * 50_000

    @property
    def line(self) -> list[tuple[str, int, str]]:
        if self.state in ("planned", "withdrawn"):
            return []
        return [("ESF+", self.granted or self.asked, self.state)]

    @property
    def lacking(self) -> int:
        found = HOPED_FOR
        if self.line:
            found = max(0, HOPED_FOR - self.asked)
            found += 0 if self.state == "rejected" else self.line[0][1]
        return max(0, BUDGET - found)


async def _do(people: People, plan: Plan, now: Application, choice: Choice) -> Application:
    move, actor, number = choice
    db, by = people.db, await people.by(actor)
    match move:
        case "applied":
            return await changing.send(db, by, plan, now, TODAY)
        case "granted":
            return await changing.grant(db, by, plan, now, number * 50_000, TODAY, "2026-041")
        case "rejected":
            return await changing.reject(db, by, plan, now, TODAY, "Hård konkurrens")
        case "withdrawn":
            return await changing.withdraw(db, by, plan, now, "Hinner inte")
        case "report_sent":
            due = next(iter(now.unsent), REPORTS[0])
            return await changing.send_report(db, by, plan, now, due, TODAY)
        case "taken_back":
            return await changing.take_back(db, by, plan, now, "Fel")
        case _:
            asked = wanted(amount=Kronor(number * 100_000))
            return await changing.edit(db, by, plan, now, asked, now.writer.id, now.unsent)


async def _is_right(db: AsyncConnection, model: Model, now: Application) -> None:
    """All that holds of an application however it came where it is."""
    assert (now.state.value, now.wanted.amount, now.granted) == (
        model.state,
        model.asked,
        model.granted,
    )
    assert (now.record_number is not None) == (now.state is State.GRANTED)
    assert (now.answered_on is not None) == (now.state in (State.GRANTED, State.REJECTED))
    assert [each.due_on for each in now.reports] == list(REPORTS)
    assert len(now.unsent) == len(REPORTS) - len(model.sent)
    assert await lines(db, now) == model.line
    assert await lacking(db) == model.lacking


async def _is_written(db: AsyncConnection, now: Application, moves: list[str]) -> None:
    """Each step stands in the history and in the audit log, and leads where it is."""
    steps = [*reversed(await steps_of(db, now.id))]
    assert [each.kind for each in steps] == ["registered", *moves]
    assert state_after(standing(steps)) is now.state
    found = await db.execute(
        text(
            "SELECT action FROM audit_lines WHERE thing = 'application' AND thing_id = :id "
            "AND person_id IS NOT NULL AND source = 'web' ORDER BY id"
        ),
        {"id": now.id},
    )
    assert [row.action for row in found] == ["registered", *moves]


@pytest.fixture
async def scene(database: Database) -> Database:
    """The database with the activity and the people in it."""
    async with database.transaction() as db:
        await make_application_scene(db)
    return database


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tried=choices)
async def test_no_sequence_of_steps_leads_where_the_rules_forbid(
    scene: Database, tried: list[Choice]
) -> None:
    async with scene.connection() as db:
        people, plan, model = People(db), await plan_now(db), Model()
        now, moves = await registered(people), list[str]()
        for choice in tried:
            move, actor, number = choice
            before, wrote = now, False
            async with db.begin_nested() as attempt:
                try:
                    now = await _do(people, plan, before, choice)
                    wrote = True
                except NotYours:
                    assert actor in MAY_NOT
                    await attempt.rollback()
                except NotPossible:
                    assert actor in MAY
                    assert not model.allows(move)
                    await attempt.rollback()
            if wrote:
                assert actor in MAY
                assert model.allows(move)
                if now != before:
                    moves.append(move)
                model.does(move, number)
            assert await now_of(people, now) == now
            await _is_right(db, model, now)
        await _is_written(db, now, moves)
        await db.rollback()


async def test_one_answer_holds_though_two_are_written_at_once(scene: Database) -> None:
    async with scene.transaction() as db:
        sent = await applied(People(db))

    async def writes(amount: int) -> bool:
        async with scene.transaction() as db:
            by, plan = await People(db).by("chef"), await plan_now(db)
            try:
                await changing.grant(db, by, plan, sent, amount, TODAY)
            except NotPossible:
                return False
            return True

    written = await asyncio.gather(*(writes(n * 10_000) for n in range(1, 6)))
    assert written.count(True) == 1
    async with scene.connection() as db:
        now = await now_of(People(db), sent)
        assert now.granted == (written.index(True) + 1) * 10_000
        assert await lines(db, now) == [("ESF+", now.granted, "granted")]


async def test_a_step_is_not_taken_back_for_another_that_was_shown(scene: Database) -> None:
    async with scene.transaction() as db:
        people = People(db)
        sent, by, plan = await applied(people), await people.by("chef"), await plan_now(db)
        shown = await changing.last_step(db, sent)
        assert shown is not None
        granted = await changing.grant(db, by, plan, sent, 1, TODAY)
        with pytest.raises(Overtaken):
            await changing.take_back(db, by, plan, granted, "Fel", shown.id)
        latest = await changing.last_step(db, granted)
        assert latest is not None
        now = await changing.take_back(db, by, plan, granted, "Fel", latest.id)
        assert (now.state, now.applied_on) == (State.APPLIED, TODAY)


async def test_no_day_is_to_come_or_before_what_it_follows(scene: Database) -> None:
    async with scene.transaction() as db:
        people = People(db)
        planned, by, plan = await registered(people), await people.by("chef"), await plan_now(db)
        tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
        with pytest.raises(NotPossible):
            await changing.send(db, by, plan, planned, tomorrow)
        sent = await changing.send(db, by, plan, planned, TODAY)
        for day in (yesterday, tomorrow):
            with pytest.raises(NotPossible):
                await changing.grant(db, by, plan, sent, 1, day)
            with pytest.raises(NotPossible):
                await changing.reject(db, by, plan, sent, day)

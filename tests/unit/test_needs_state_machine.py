"""No sequence of actions by anybody brings a need where the rules forbid; every step is written.

Each action ends as the model in need_model.py, written apart from the code, says that it must.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.needs import making, merging, moving, registering, supporting
from bot.needs.changing import Incomplete, NotPossible, NotYours
from bot.needs.need import Move, Need, NeedStep, Wanted
from bot.needs.reading import need_by_id, steps_of
from bot.needs.stages import Stage
from bot.people import OrganisationId, PersonId
from storage.database import Database
from tests.unit.assignment_scene import DUE, NOW, TODAY, People
from tests.unit.need_model import KINDS, OPEN, WAY, Act, End, Modelled, World, expected, follow
from tests.unit.need_scene import (
    HJO,
    PEOPLE,
    SKARA,
    TIBRO,
    later,
    make_need_scene,
    registered,
)

MOST_NEEDS = 5
_HJO2, _SKARA1 = PersonId(210), PersonId(211)
SOMEBODY_WHO_MAY = "somebody who may"
ONWARD = "onward"
Choice = tuple[str, str, int, int, str, bool, OrganisationId]
choices = st.lists(
    st.tuples(
        st.sampled_from((*KINDS, *KINDS, *("move",) * 10, *("take_back", "support", "merge") * 3)),
        st.sampled_from((*PEOPLE, *(SOMEBODY_WHO_MAY,) * 24)),
        st.integers(0, MOST_NEEDS - 1),
        st.integers(0, MOST_NEEDS - 1),
        st.sampled_from((*(ONWARD,) * 12, *Stage, "resting", "declined", "declined")),
        st.sampled_from((True, True, True, False)),
        st.sampled_from((HJO, SKARA, TIBRO)),
    ),
    min_size=25,
    max_size=35,
)


def _acts(choice: Choice, one: Modelled) -> list[Act]:
    """What is tried with the need, by the one chosen or by each of them."""
    kind, actor, _one, _other, to, whole, organisation = choice
    to = str(one.following()[0]) if to == ONWARD and one.following() else to
    tried = PEOPLE if actor == SOMEBODY_WHO_MAY else (actor,)
    return [Act(kind, each, whole, to, organisation) for each in tried]


def _chosen(choice: Choice, needs: list[Modelled]) -> tuple[Act, Modelled, Modelled]:
    """Act, need and other need; the first that may be done when somebody who may is chosen."""
    one, other = choice[2] % len(needs), choice[3] % len(needs)
    tried = [
        (act, first, second)
        for first in (*needs[one:], *needs[:one])
        for second in (*needs[other:], *needs[:other])
        for act in _acts(choice, first)
    ]
    if choice[1] != SOMEBODY_WHO_MAY:
        return tried[0]
    wanted = End.DONE if choice[5] else End.INCOMPLETE
    may = [each for each in tried if expected(*each) is wanted] or tried
    return next((each for each in may if each[1] is tried[0][1]), may[0])


def _move_of(act: Act) -> Move:
    stage = Stage(act.to if act.to != ONWARD else Stage.ACCEPTED)
    if not act.whole:
        return Move(stage)
    return Move(
        stage,
        met_on=TODAY,
        paragraph="14",
        reason="Därför",
        preparer_id=None if stage is not Stage.PREPARING else _SKARA1,
        prepare_by=None if stage is not Stage.PREPARING else DUE,
    )


async def _do(db: AsyncConnection, by: By, act: Act, one: Need, other: Need, n: int) -> Any:
    wanted = Wanted(f"Behov {n}", "Det saknas.")
    reason = "Fel" if act.whole else " "
    actions: dict[str, Callable[[], Awaitable[Any]]] = {
        "move": lambda: moving.move(db, by, one, _move_of(act)),
        "take_back": lambda: moving.take_back(db, by, one, reason),
        "name_preparer": lambda: moving.name_preparer(db, by, one, _HJO2, DUE),
        "edit": lambda: registering.edit(db, by, one, wanted),
        "withdraw": lambda: registering.withdraw(db, by, one, None),
        "restore": lambda: registering.restore(db, by, one),
        "merge": lambda: merging.merge(db, by, one, other),
        "part": lambda: merging.part(db, by, one),
        "split": lambda: merging.split(db, by, one, wanted),
        "support": lambda: supporting.support(db, by, one, act.organisation),
        "withdraw_support": lambda: supporting.withdraw_support(db, by, one, act.organisation),
        "make_area": lambda: making.make_area(db, by, one, f"Område {n}"),
    }
    return await actions[act.kind]()


async def _ended(doing: Awaitable[Any]) -> tuple[End, Any]:
    try:
        return End.DONE, await doing
    except NotYours:
        return End.NOT_YOURS, None
    except NotPossible:
        return End.NOT_POSSIBLE, None
    except Incomplete:
        return End.INCOMPLETE, None


class Sequence:
    """The model and the database, doing the same things."""

    def __init__(self, people: People) -> None:
        self.people, self.db, self.world, self.n = people, people.db, World(), 0

    async def begin(self, ways: tuple[int, int, int]) -> None:
        """Three needs of different people, so many stages on their way."""
        for name, stages in zip(("hjo1", "skara1", "stab"), ways, strict=True):
            need = await registered(self.people, name)
            one = self.world.needs[need.id] = Modelled(need.id, name, 0)
            for stage in WAY[1 : stages + 1]:
                await self._try(Act("move", "chef", True, stage, HJO), one, one)

    async def go(self, choice: Choice) -> None:
        """Try what was chosen, and see that it ends as it must and nothing else changes."""
        known = list(self.world.needs.values())
        if choice[0] == "split" and len(known) >= MOST_NEEDS:
            return
        await self._try(*_chosen(choice, known))

    async def _try(self, act: Act, one: Modelled, other: Modelled) -> None:
        self.n += 1
        awaited = expected(act, one, other)
        by = await later(self.people, act.actor, self.n)
        need, into = [await need_by_id(self.db, each.id) for each in (one, other)]
        assert need is not None
        assert into is not None
        async with self.db.begin_nested() as attempt:
            end, answer = await _ended(_do(self.db, by, act, need, into, self.n))
            if end is not End.DONE:
                await attempt.rollback()
        assert end is awaited, (act, one)
        if end is End.DONE:
            self._judge_answer(act, one, answer)
            follow(self.world, act, one, other, self.n)
            if act.kind == "split":
                self._new_of_split(act, one, answer)
        for each in self.world.needs.values():
            await self._is_as_modelled(each)

    def _judge_answer(self, act: Act, one: Modelled, answer: Any) -> None:
        shares = act.organisation in self.world.shared_by(one)
        if act.kind in ("support", "withdraw_support"):
            assert answer == (shares == (act.kind == "withdraw_support"))

    def _new_of_split(self, act: Act, one: Modelled, answer: Need) -> None:
        new = Modelled(answer.id, act.actor, self.n, log=["registered", "split"])
        new.supports |= self.world.shared_by(one)
        self.world.needs[new.id] = new
        assert answer.split_from == one.id

    async def _is_as_modelled(self, one: Modelled) -> None:
        need = await need_by_id(self.db, one.id)
        assert need is not None
        assert (need.stage, need.rested_from) == (one.stage, one.rested_from)
        assert (need.stage_since - NOW).total_seconds() == one.since * 60
        assert (need.withdrawn_at is not None, need.merged_into) == (
            one.withdrawn,
            one.merged_into,
        )
        preparer = need.preparer.email.partition("@")[0] if need.preparer else None
        assert preparer == one.preparer
        assert (need.made_area_id is not None) == one.made
        assert (need.decided_on is not None) == (one.stage in ("accepted", "declined"))
        shared = [each.organisation for each in need.supports]
        assert len(shared) == len(set(shared))
        assert set(shared) == self.world.shared_by(one)

    async def is_written(self) -> None:
        """Each need's steps are the model's, in order, lead by the rules, and are audited."""
        for one in self.world.needs.values():
            found = list(reversed(await steps_of(self.db, one.id, most=1_000)))
            steps = [step for step in found if step.need_id == one.id]
            assert [step.kind for step in steps] == one.log
            lead_by_the_rules(steps)
            lines = await self.db.execute(_AUDITED, {"id": one.id})
            assert [(row.action, row.person_id) for row in lines] == [
                (step.kind, step.person_id) for step in steps
            ]


_AUDITED = text(
    "SELECT action, person_id FROM audit_lines WHERE thing = 'need' AND thing_id = :id "
    "AND actor = 'person' AND source = 'web' AND action NOT IN ('support', 'withdraw_support') "
    "ORDER BY id"
)


def lead_by_the_rules(steps: list[NeedStep]) -> None:
    """From the history alone: one stage forward at a time, accepted by the board, and so on."""
    stage, rested_from = "registered", None
    stood: list[tuple[str, str | None]] = []
    for step in steps:
        if step.kind not in ("moved", "taken_back"):
            continue
        assert step.from_stage == stage
        if step.kind == "taken_back":
            stage, rested_from = stood.pop()
            assert (step.to_stage, bool(step.reason)) == (stage, True)
            continue
        to = str(step.to_stage)
        stood.append((stage, rested_from))
        if stage == "resting":
            assert to == rested_from
        elif to in ("declined", "resting"):
            assert (stage in OPEN, bool(step.reason)) == (True, True)
        else:
            assert WAY.index(to) == WAY.index(stage) + 1
        if to == "accepted":
            assert (step.body, bool(step.met_on), bool(step.paragraph)) == ("board", True, True)
        stage, rested_from = to, stage if to == "resting" else None


@pytest.fixture
async def scene(database: Database) -> Database:
    """The database with the bodies of the charter and people in them."""
    async with database.transaction() as db:
        await make_need_scene(db)
    return database


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ways=st.tuples(*(st.integers(0, 5),) * 3), tried=choices)
async def test_no_sequence_of_actions_leads_where_the_rules_forbid(
    scene: Database, ways: tuple[int, int, int], tried: list[Choice]
) -> None:
    async with scene.connection() as db:
        sequence = Sequence(People(db))
        await sequence.begin(ways)
        for choice in tried:
            await sequence.go(choice)
        await sequence.is_written()
        await db.rollback()

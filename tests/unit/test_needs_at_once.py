"""Two people who do the same thing with a need at once: it is done once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.needs import making, merging, moving, registering, supporting
from bot.needs.changing import NotPossible
from bot.needs.need import Move, Need, Wanted
from bot.needs.reading import need_by_id, steps_of
from bot.needs.stages import Stage
from storage.database import Database
from tests.unit.assignment_scene import People
from tests.unit.need_scene import FORWARD, HJO, SKARA, make_need_scene, new_activity, registered

Doing = Callable[[AsyncConnection, By], Awaitable[Any]]


@pytest.fixture
async def needs(database: Database) -> Sequence[Need]:
    """Two needs, registered for good."""
    async with database.transaction() as db:
        people = await make_need_scene(db)
        return [await registered(people), await registered(people, "skara1")]


async def at_once(database: Database, *doing: tuple[str, Doing]) -> list[Any]:
    """What each gets, all in transactions of their own; None when it was not possible."""

    async def one(name: str, do: Doing) -> Any:
        async with database.transaction() as db:
            by = await People(db).by(name)
            try:
                return await do(db, by)
            except NotPossible:
                return None

    return await asyncio.gather(*(one(name, do) for name, do in doing))


async def stand(database: Database, need: Need) -> tuple[Need, list[str]]:
    """The need as it is, and the kinds of its steps in order."""
    async with database.connection() as db:
        found = await need_by_id(db, need.id)
        steps = await steps_of(db, need.id, most=100)
    assert found is not None
    return found, [step.kind for step in reversed(steps) if step.need_id == need.id]


async def accepted(database: Database, need: Need) -> Need:
    """The need, taken the whole way."""
    async with database.transaction() as db:
        by = await People(db).by("chef")
        for move in FORWARD:
            need = await moving.move(db, by, need, move)
    return need


async def test_of_two_who_take_the_same_step_one_does(database: Database, needs: Sequence[Need]):
    need = needs[0]

    def move(db: AsyncConnection, by: By) -> Awaitable[Need]:
        return moving.move(db, by, need, FORWARD[0])

    answers = await at_once(database, *[("chef", move), ("fdir", move)] * 2)
    assert sum(answer is not None for answer in answers) == 1
    assert (await stand(database, need))[1] == ["registered", "moved"]


async def test_of_two_who_take_different_steps_from_one_stage_one_does(
    database: Database, needs: Sequence[Need]
):
    need = needs[0]
    answers = await at_once(
        database,
        ("chef", lambda db, by: moving.move(db, by, need, FORWARD[0])),
        ("stab", lambda db, by: moving.move(db, by, need, Move(Stage.DECLINED, reason="Nej"))),
        ("hjo1", lambda db, by: registering.withdraw(db, by, need, None)),
    )
    now, kinds = await stand(database, need)
    # Begun and then withdrawn is allowed; nothing may follow a refusal or a withdrawal.
    assert 1 <= sum(answer is not None for answer in answers) <= 2
    assert kinds in (
        ["registered", "moved"],
        ["registered", "withdrawn"],
        ["registered", "moved", "withdrawn"],
        ["registered", "moved", "moved"],
    )
    assert now.stage is not Stage.DECLINED or now.withdrawn_at is None


async def test_a_step_is_taken_back_once(database: Database, needs: Sequence[Need]):
    need = await accepted(database, needs[0])
    answers = await at_once(
        database,
        ("chef", lambda db, by: moving.take_back(db, by, need, "Fel dag")),
        ("stab", lambda db, by: making.make_area(db, by, need, "Nytt")),
    )
    now, _kinds = await stand(database, need)
    assert sum(answer is not None for answer in answers) == 1
    assert (now.stage is Stage.BOARD) == (now.made_area_id is None)


async def test_a_municipality_supports_once_though_all_of_it_press_at_once(
    database: Database, needs: Sequence[Need]
):
    need = needs[1]

    def support(db: AsyncConnection, by: By) -> Awaitable[bool]:
        return supporting.support(db, by, need, HJO)

    answers = await at_once(database, *[("hjo1", support), ("hjo2", support)] * 2)
    assert answers.count(True) == 1
    now, _kinds = await stand(database, need)
    assert [each.organisation for each in now.supports] == [HJO]
    assert await _rows(database, "SELECT count(*) FROM need_supports") == 1
    assert await _rows(database, "SELECT count(*) FROM audit_lines WHERE action = 'support'") == 1


async def _rows(database: Database, question: str) -> int:
    async with database.connection() as db:
        return int(await db.scalar(text(question)) or 0)


async def test_two_needs_are_not_merged_into_each_other(database: Database, needs: Sequence[Need]):
    one, other = needs
    answers = await at_once(
        database,
        ("chef", lambda db, by: merging.merge(db, by, one, other)),
        ("stab", lambda db, by: merging.merge(db, by, other, one)),
        ("skara1", lambda db, by: supporting.support(db, by, one, SKARA)),
    )
    assert sum(answer is not None for answer in answers[:2]) == 1
    merged = [(await stand(database, each))[0].merged_into for each in needs]
    assert merged in ([other.id, None], [None, one.id])


async def test_one_activity_is_made_of_a_need_and_two_needs_get_codes_of_their_own(
    database: Database, needs: Sequence[Need]
):
    one, other = [await accepted(database, need) for need in needs]

    def make(need: Need) -> Doing:
        return lambda db, by: making.make_activity(db, by, need, new_activity())

    answers = await at_once(
        database, ("chef", make(one)), ("stab", make(one)), ("chef", make(other))
    )
    codes = [code for code in answers if code is not None]
    assert sorted(codes) == ["KOM-08", "KOM-09"]
    assert await _rows(database, "SELECT count(*) FROM plan_versions") == 2


async def test_two_edits_at_once_both_stand_in_the_history(
    database: Database, needs: Sequence[Need]
):
    need = needs[0]

    def edit(title: str) -> Doing:
        return lambda db, by: registering.edit(db, by, need, Wanted(title, "Tolkar saknas."))

    await at_once(database, ("hjo1", edit("Tolkar")), ("chef", edit("Språk")))
    async with database.connection() as db:
        later, earlier = (await steps_of(db, need.id, most=10))[:2]
    assert earlier.changes["title"][0] == "Tolktjänst"
    assert later.changes["title"][0] == earlier.changes["title"][1]

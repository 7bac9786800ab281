"""The rules of a need's way: what may follow what, whose step it is, what its record asks for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.acting import By
from bot.needs.moving import missing_in
from bot.needs.need import Move, Need, NeedStep, Wanted
from bot.needs.rights import (
    may_edit,
    may_fetch_material,
    may_merge,
    may_step,
    may_take_back,
    may_withdraw,
    municipalities_of,
    needs_meeting,
    prepares,
    takes_part,
)
from bot.needs.stages import AT, FORWARD, PUT_BY, WAY, Stage, steps_from
from bot.people import BodyId, BodyKind, OrganisationId, Person, PersonId
from bot.plan import Contact, Organisation, Plan

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
ENDS = (Stage.ACCEPTED, Stage.DECLINED)
HJO, REGION = OrganisationId(1), OrganisationId(2)


def somebody(key: int, name: str, *kinds: BodyKind, **values: Any) -> Person:
    bodies: Mapping[BodyId, BodyKind] = {BodyId(n): kind for n, kind in enumerate(kinds)}
    return Person(PersonId(key), name, f"{name}@x.se", bodies=bodies, **values)


CHEF = somebody(1, "chef", posts=frozenset({"manager"}))
DIRECTOR = somebody(2, "fdir", posts=frozenset({"federation_director"}))
STAFF = somebody(3, "stab", roles=frozenset({"staff"}))
ADMIN = somebody(4, "admin", roles=frozenset({"administrator"}))
STEERING = somebody(5, "styr", "steering_group")
REFERENCE = somebody(6, "ref", "reference_group")
PRESIDIUM = somebody(7, "pres", "presidium", "board")
BOARD = somebody(8, "dir", "board")
REGISTRANT = somebody(9, "hjo1", roles=frozenset({"network_member"}))
PREPARER = somebody(10, "hjo2")
EVERYBODY = (
    *(CHEF, DIRECTOR, STAFF, ADMIN, STEERING, REFERENCE, PRESIDIUM, BOARD),
    *(REGISTRANT, PREPARER),
)
PEOPLE = st.sampled_from(EVERYBODY)
STAGES = st.sampled_from(Stage)


def need(stage: Stage = Stage.REGISTERED, **values: Any) -> Need:
    plain = Need(
        id=12,
        wanted=Wanted("Tolktjänst", "Tolkar saknas."),
        area=None,
        registered_by=Contact(REGISTRANT.id, "hjo1", "hjo1@x.se"),
        organisation=HJO,
        registered_at=NOW,
        stage=stage,
        stage_since=NOW,
        preparer=Contact(PREPARER.id, "hjo2", "hjo2@x.se") if stage in WAY[1:] else None,
        prepare_by=TODAY if stage in WAY[1:] else None,
    )
    return replace(plain, **values)


def may(stage: Stage, to: Stage, rested_from: Stage | None = None) -> set[str]:
    standing = need(stage, rested_from=rested_from)
    return {each.name for each in EVERYBODY if may_step(each, standing, to)}


@given(STAGES, st.sampled_from(WAY))
def test_a_need_goes_one_stage_forward_ends_or_rests_and_comes_back_where_it_was(
    stage: Stage, rested_from: Stage
):
    after = steps_from(stage, rested_from if stage is Stage.RESTING else None)
    if stage is Stage.RESTING:
        assert after == (rested_from,)
    elif stage in ENDS:
        assert after == ()
    else:
        assert set(after) == {FORWARD[stage], Stage.DECLINED, Stage.RESTING}
    assert (Stage.ACCEPTED in after) == (stage is Stage.BOARD)


def test_the_way_is_the_charters():
    way = ["registered", "preparing", "reference_group", "presidium", "board", "accepted"]
    walked = [Stage.REGISTERED]
    while walked[-1] in FORWARD:
        walked.append(FORWARD[walked[-1]])
    assert walked == way


def test_each_step_is_those_the_charter_gives_it_to():
    lead, record = {"chef", "fdir"}, {"chef", "fdir", "stab"}
    assert may(Stage.REGISTERED, Stage.PREPARING) == lead
    assert may(Stage.PREPARING, Stage.REFERENCE_GROUP) == {*record, "styr"}
    assert may(Stage.REFERENCE_GROUP, Stage.PRESIDIUM) == {*record, "ref"}
    assert may(Stage.PRESIDIUM, Stage.BOARD) == {*record, "pres"}
    assert may(Stage.BOARD, Stage.ACCEPTED) == record
    for stage in WAY:
        assert may(stage, Stage.DECLINED) == may(stage, Stage.RESTING) == record
        assert may(Stage.RESTING, stage, rested_from=stage) == record


@given(PEOPLE, STAGES, STAGES)
def test_the_day_is_asked_of_whoever_records_a_bodys_step_for_it(
    person: Person, stage: Stage, to: Stage
):
    wanted = needs_meeting(person, need(stage), to)
    if stage is not Stage.RESTING and to in PUT_BY:
        assert wanted == (PUT_BY[to] not in person.bodies.values())
    else:
        of_a_body = to is Stage.DECLINED and stage in AT
        assert wanted == (to is Stage.ACCEPTED or of_a_body)


@pytest.mark.parametrize(
    ("person", "stage", "move", "missing"),
    [
        (CHEF, Stage.REGISTERED, Move(Stage.PREPARING), {"preparer_id", "prepare_by"}),
        (CHEF, Stage.PREPARING, Move(Stage.REFERENCE_GROUP), {"met_on"}),
        (STEERING, Stage.PREPARING, Move(Stage.REFERENCE_GROUP), set[str]()),
        (STAFF, Stage.BOARD, Move(Stage.ACCEPTED), {"met_on", "paragraph"}),
        (STAFF, Stage.BOARD, Move(Stage.DECLINED), {"met_on", "paragraph", "reason"}),
        (STAFF, Stage.PRESIDIUM, Move(Stage.DECLINED), {"met_on", "reason"}),
        (CHEF, Stage.REGISTERED, Move(Stage.DECLINED), {"reason"}),
        (CHEF, Stage.PREPARING, Move(Stage.DECLINED, "steering_group"), {"met_on", "reason"}),
        (CHEF, Stage.PREPARING, Move(Stage.DECLINED, "board"), {"met_on", "paragraph", "reason"}),
        (STAFF, Stage.BOARD, Move(Stage.RESTING), {"reason"}),
        (STAFF, Stage.RESTING, Move(Stage.BOARD), set[str]()),
    ],
)
def test_what_a_record_lacks_is_named(person: Person, stage: Stage, move: Move, missing: set[str]):
    by = By(person, NOW, "web")
    assert set(missing_in(by, need(stage), move)) == missing
    blank = replace(move, paragraph="  ", reason="\n")
    assert set(missing_in(by, need(stage), blank)) == missing
    said = replace(
        move,
        met_on=TODAY,
        paragraph="14",
        reason="Därför",
        preparer_id=PREPARER.id,
        prepare_by=TODAY,
    )
    assert missing_in(by, need(stage), said) == []


def test_no_body_has_met_tomorrow():
    move = Move(Stage.ACCEPTED, met_on=TODAY + timedelta(days=1), paragraph="14")
    assert missing_in(By(STAFF, NOW, "web"), need(Stage.BOARD), move) == ["met_on"]


def test_the_day_is_swedish():
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    move = Move(Stage.ACCEPTED, met_on=date(2026, 3, 3), paragraph="14")
    assert missing_in(By(STAFF, late, "web"), need(Stage.BOARD), move) == []


def step(person: Person, to: Stage) -> NeedStep:
    return NeedStep(1, 12, "moved", person.id, person.name, NOW, to_stage=to)


@given(PEOPLE, PEOPLE, STAGES)
def test_a_step_is_taken_back_by_who_took_it_and_still_may_or_by_who_leads(
    person: Person, taker: Person, to: Stage
):
    allowed = may_take_back(person, need(to), step(taker, to))
    if person in (CHEF, DIRECTOR):
        assert allowed
    elif person is not taker:
        assert not allowed
    else:
        own_body = to in PUT_BY and PUT_BY[to] in person.bodies.values()
        assert allowed == (person is STAFF or own_body)


def test_working_notes_are_for_those_who_prepare():
    standing = need(Stage.PREPARING)
    seen = {each.name for each in EVERYBODY if prepares(each, standing)}
    assert seen == {"chef", "fdir", "hjo2"}
    merged = {each.name for each in EVERYBODY if may_merge(each, standing)}
    assert merged == {"chef", "fdir", "hjo2", "stab"}


@given(STAGES)
def test_whoever_registered_may_edit_until_a_body_has_it(stage: Stage):
    early = stage in (Stage.REGISTERED, Stage.PREPARING)
    assert may_edit(REGISTRANT, need(stage)) == early
    assert may_withdraw(REGISTRANT, need(stage))
    for other in (BOARD, STEERING, ADMIN):
        assert not may_edit(other, need(stage))
        assert not may_withdraw(other, need(stage))
    assert may_edit(STAFF, need(stage))


@given(STAGES)
def test_material_is_for_the_body_that_has_it(stage: Stage):
    got = {each.name for each in EVERYBODY if may_fetch_material(each, stage)}
    of = {
        Stage.REFERENCE_GROUP: {"ref"},
        Stage.PRESIDIUM: {"pres"},
        Stage.BOARD: {"pres", "dir"},
    }
    assert got == {"chef", "fdir", "stab"} | of.get(stage, set())


def test_an_administrator_has_no_part_in_the_work_and_only_municipalities_are_spoken_for():
    assert not takes_part(ADMIN)
    assert all(takes_part(each) for each in EVERYBODY if each is not ADMIN)
    assert takes_part(replace(ADMIN, roles=frozenset({"administrator", "network_member"})))
    plan = Plan(
        revision=1,
        organisations={
            HJO: Organisation(HJO, "Hjo", "municipality", "1497"),
            REGION: Organisation(REGION, "Regionen", "region", None),
        },
    )
    both = replace(REGISTRANT, employers=frozenset({HJO, REGION, OrganisationId(99)}))
    assert municipalities_of(both, plan) == (HJO,)


@given(st.booleans(), st.booleans(), STAGES)
def test_a_need_is_on_its_way_unless_decided_resting_or_marked(
    withdrawn: bool, merged: bool, stage: Stage
):
    marked = need(stage, withdrawn_at=NOW if withdrawn else None, merged_into=3 if merged else None)
    assert marked.is_live == (not withdrawn and not merged)
    assert marked.is_open == (marked.is_live and stage not in (*ENDS, Stage.RESTING))

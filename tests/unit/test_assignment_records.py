"""Assignments as they are read: lists, what waits for whom, hours, and what nobody has time for."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.assignments import answering, asking
from bot.assignments.assignment import (
    About,
    Asked,
    Assignment,
    Hours,
    ToMunicipality,
    ToNetwork,
    ToOnePerson,
)
from bot.assignments.changing import (
    Full,
    NobodyToAsk,
    NotAColleague,
    NotPossible,
    NotYours,
    YouDecide,
)
from bot.assignments.reading import (
    AssignmentFilter,
    hours_by_municipality_and_activity,
    listed,
    may_be_asked,
    steps_of,
)
from bot.assignments.resources import Offered, lacking_resources
from bot.assignments.rights import may_ask
from bot.assignments.states import PartState, State
from bot.bodies import directors
from bot.conversations.assignments.answering import read_hours
from bot.plan import Plan
from storage.database import Database
from tests.unit.assignment_scene import (
    ACTIVITY,
    DUE,
    EMPTY_NETWORK,
    HJO,
    NETWORK,
    NO_DIRECTOR,
    SKARA,
    TODAY,
    People,
    make_scene,
    work,
)

LATER = date(2026, 5, 8)


@pytest.fixture
async def people(database: Database) -> AsyncGenerator[People]:
    """Those who share work, in a transaction that is undone."""
    async with database.connection() as db:
        yield await make_scene(db)
        await db.rollback()


async def asked(people: People, of: Asked | None = None, hours: int | None = 40) -> Assignment:
    """What the chef asks, of one of Hjo's officials when nobody else is named."""
    whom = of if of is not None else ToOnePerson(await people.key("hjo1"))
    return await asking.ask(people.db, await people.by("chef"), work(hours=hours), whom)


async def found(people: People, wanted: AssignmentFilter) -> list[int]:
    """Which assignments fit."""
    page, total = await listed(people.db, wanted, most=50)
    assert total == len(page)
    return [each.id for each in page]


async def test_a_person_a_director_and_nobody_yet_of_a_network_have_a_part(people: People):
    person = await asked(people)
    municipality = await asked(people, ToMunicipality(HJO))
    network = await asked(people, ToNetwork(NETWORK, 2))
    assert [part.person.email for part in person.parts] == ["hjo1@x.se"]
    assert [part.person.email for part in municipality.parts] == ["dhjo@x.se"]
    assert (network.parts, network.state, network.share) == ((), State.OPEN, 20)
    assert len(await directors(people.db, HJO, TODAY)) == 2
    assert len(await may_be_asked(people.db, NETWORK, TODAY)) == 10


@pytest.mark.parametrize("of", [ToMunicipality(NO_DIRECTOR), ToNetwork(EMPTY_NETWORK, 1)])
async def test_where_there_is_nobody_to_ask_nothing_is_asked(people: People, of: Asked):
    with pytest.raises(NobodyToAsk):
        await asked(people, of)


async def test_who_asks_always_from_an_activity_and_never(people: People):
    nobody = Plan(revision=1)
    for name, may in (("chef", True), ("stab", True), ("dhjo", False), ("m1", False)):
        assert may_ask(await people.person(name), About(), nobody, None) is may


async def test_any_director_of_the_municipality_answers_for_it(people: People):
    municipality = await asked(people, ToMunicipality(HJO))
    taken = await answering.accept(people.db, await people.by("vhjo"), municipality, hours=8)
    assert [part.person.email for part in taken.takers] == ["vhjo@x.se"]
    assert taken.parts[0].state is PartState.HANDED_OVER
    with pytest.raises(NotYours):
        await answering.accept(people.db, await people.by("dskara"), municipality, hours=8)


async def test_a_director_proposes_another_day_which_whoever_asked_refuses_or_agrees_to(
    people: People,
):
    db, now = people.db, await asked(people)
    director, chef = await people.by("dhjo"), await people.by("chef")
    now = await answering.ask_priority(db, await people.by("hjo1"), now, "Bokslut")
    part = now.parts[0]
    assert (part.state, part.reason) == (PartState.PRIORITY, "Bokslut")
    with pytest.raises(NotYours):
        await answering.propose_date(db, await people.by("hjo1"), now, part, LATER)
    now = await answering.propose_date(db, director, now, part, LATER)
    with pytest.raises(NotYours):
        await answering.agree_date(db, director, now, part)
    now = await answering.refuse_date(db, chef, now, part, "För sent")
    assert now.parts[0].state is PartState.PRIORITY
    now = await answering.propose_date(db, director, now, part, LATER)
    now = await answering.agree_date(db, chef, now, part)
    assert (now.state, now.due_on(now.parts[0]), now.takers[0].hours) == (State.TAKEN, LATER, 40)
    assert not now.is_late(DUE + timedelta(days=1))
    kinds = [step.kind for step in await steps_of(db, now.id, most=20)]
    assert kinds == [
        "date_agreed",
        "date_proposed",
        "date_refused",
        "date_proposed",
        "priority_asked",
        "asked",
    ]


async def test_a_director_asks_nobody_above_and_staff_ask_the_chef(people: People):
    mine = await asked(people, ToMunicipality(HJO))
    with pytest.raises(YouDecide):
        await answering.ask_priority(people.db, await people.by("dhjo"), mine, None)
    staff = await asked(people, ToOnePerson(await people.key("stab")))
    now = await answering.ask_priority(people.db, await people.by("stab"), staff, None)
    assert now.parts[0].director is not None
    assert now.parts[0].director.email == "chef@x.se"


async def test_a_director_proposes_another_day_for_what_the_municipality_is_asked(people: People):
    mine = await asked(people, ToMunicipality(HJO))
    director = await people.by("dhjo")
    now = await answering.propose_date(people.db, director, mine, mine.parts[0], LATER)
    now = await answering.agree_date(people.db, await people.by("chef"), now, now.parts[0])
    assert [part.person.email for part in now.takers] == ["dhjo@x.se"]


async def test_it_is_handed_to_colleagues_and_members_of_the_network_alone(people: People):
    now, db = await asked(people), people.db
    with pytest.raises(NotAColleague):
        await answering.hand_over(db, await people.by("hjo1"), now, await people.key("dskara"))
    now = await answering.hand_over(db, await people.by("hjo1"), now, await people.key("hjo2"))
    assert [part.state for part in now.parts] == [PartState.HANDED_OVER, PartState.ASKED]
    network = await asked(people, ToNetwork(NETWORK, 1))
    by = await people.by("m1")
    network = await answering.hand_over(db, by, network, await people.key("m2"))
    assert network.parts[1].person.email == "m2@x.se"


async def test_hours_used_stay_with_whoever_used_them_when_it_is_handed_over(people: People):
    now, db = await asked(people), people.db
    first, second = await people.by("hjo1"), await people.by("hjo2")
    now = await answering.accept(db, first, now, hours=40)
    now = await answering.progress(db, first, now, hours=12, note="Halvvägs")
    now = await answering.hand_over(db, first, now, second.person.id)
    now = await answering.accept(db, second, now, hours=30)
    now = await answering.done(db, second, now, hours=25, note=None)
    assert [(part.hours, part.used) for part in now.parts] == [(40, 12), (30, 25)]
    expected = [Hours(HJO, ACTIVITY, asked=40, promised=30, used=37)]
    assert await hours_by_municipality_and_activity(db) == expected
    assert await hours_by_municipality_and_activity(db, activity_id=ACTIVITY) == expected
    assert await hours_by_municipality_and_activity(db, municipality=SKARA) == []


async def test_when_everybody_has_declined_there_is_nobody_left(people: People):
    now, db = await asked(people), people.db
    now = await answering.decline(db, await people.by("hjo1"), now, "Semester")
    assert now.state is State.UNRESOURCED
    chef = await people.by("chef")
    now = await asking.ask_again(db, chef, now, ToOnePerson(await people.key("m1")), "En annan")
    assert (now.state, now.asked) == (State.OPEN, ToOnePerson(await people.key("m1")))
    now = await answering.accept(db, await people.by("m1"), now, hours=None)
    with pytest.raises(NotPossible):
        await asking.ask_again(db, chef, now, ToMunicipality(HJO), "En annan")


async def test_a_network_has_nobody_left_when_its_last_member_declines(people: People):
    now, db = await asked(people, ToNetwork(NETWORK, 1)), people.db
    for n in range(1, 11):
        assert now.state is State.OPEN
        now = await answering.decline(db, await people.by(f"m{n}"), now, "Hinner inte")
    assert now.state is State.UNRESOURCED
    now = await answering.accept(db, await people.by("m3"), now, hours=4)
    assert now.state is State.TAKEN
    with pytest.raises(Full):
        await answering.accept(db, await people.by("m4"), now, hours=4)


async def test_what_nobody_has_time_for_says_hours_asked_and_offered_by_municipality(
    people: People,
):
    db, two = people.db, await asked(people, ToNetwork(NETWORK, 2), 21)
    two = await answering.accept(db, await people.by("m1"), two, hours=6)
    declined = await asked(people, hours=None)
    await answering.decline(db, await people.by("hjo1"), declined, "Nej")
    await asked(people)
    early = await lacking_resources(db, DUE)
    assert [each.assignment.id for each in early] == [declined.id]
    assert early[0].by_municipality == (Offered(HJO, None, 0),)
    late = await lacking_resources(db, DUE + timedelta(days=1))
    assert [each.assignment.id for each in late] == [two.id, declined.id]
    assert (late[0].asked, late[0].offered) == (21, 6)
    assert late[0].by_municipality == (Offered(HJO, 11, 0), Offered(SKARA, 11, 6))
    assert two.stands(DUE) is State.OPEN
    assert two.stands(DUE + timedelta(days=1)) is State.UNRESOURCED


async def test_what_waits_for_whom(people: People):
    db, one = people.db, await asked(people)
    municipality, network = await asked(people, ToMunicipality(HJO)), await asked(
        people, ToNetwork(NETWORK, 1)
    )  # fmt: skip

    async def waits(name: str) -> list[int]:
        person = await people.key(name)
        return await found(people, AssignmentFilter(waits_for=person, today=TODAY))

    assert await waits("hjo1") == [one.id]
    assert await waits("dhjo") == await waits("vhjo") == [municipality.id]
    assert await waits("dskara") == await waits("chef") == await waits("m1") == []
    one = await answering.ask_priority(db, await people.by("hjo1"), one, None)
    assert await waits("hjo1") == []
    assert sorted(await waits("dhjo")) == sorted(await waits("vhjo")) == [one.id, municipality.id]
    await answering.propose_date(db, await people.by("dhjo"), one, one.parts[0], LATER)
    assert await waits("chef") == [one.id]
    member = await people.key("m1")
    assert await found(people, AssignmentFilter(open_to=member, today=TODAY)) == [network.id]
    await answering.decline(db, await people.by("m1"), network, "Nej")
    assert await found(people, AssignmentFilter(open_to=member, today=TODAY)) == []


async def test_lists_by_person_municipality_activity_state_and_day(people: People):
    db, one = people.db, await asked(people)
    other = await asked(people, ToMunicipality(SKARA))
    one = await answering.accept(db, await people.by("hjo1"), one, hours=40)
    person, chef = await people.key("hjo1"), await people.key("chef")
    assert await found(people, AssignmentFilter(person=person)) == [one.id]
    assert await found(people, AssignmentFilter(municipality=HJO)) == [one.id]
    assert await found(people, AssignmentFilter(municipality=SKARA)) == [other.id]
    assert await found(people, AssignmentFilter(asked_by=chef)) == [other.id, one.id]
    assert await found(people, AssignmentFilter(activity_id=ACTIVITY)) == [other.id, one.id]
    assert await found(people, AssignmentFilter(need_id=1)) == []
    taken = AssignmentFilter(states=frozenset({State.TAKEN}))
    assert await found(people, taken) == [one.id]
    assert await found(people, AssignmentFilter(late_on=DUE)) == []
    late = AssignmentFilter(late_on=DUE + timedelta(days=1))
    assert len(await found(people, late)) == 2
    await answering.done(db, await people.by("hjo1"), one, hours=1, note=None)
    assert await found(people, late) == [other.id]


async def test_editing_writes_what_differs_and_by_those_who_may(people: People):
    db, now = people.db, await asked(people)
    with pytest.raises(NotYours):
        await asking.edit(db, await people.by("hjo1"), now, work("Annat"))
    chef = await people.by("chef")
    assert await asking.edit(db, chef, now, work(hours=40)) == now
    now = await asking.edit(db, chef, now, replace(work("Annat", 10), due_on=LATER))
    assert (now.title, now.work.hours, now.work.due_on) == ("Annat", 10, LATER)
    assert [step.kind for step in await steps_of(db, now.id, most=9)] == ["edited", "asked"]


async def test_withdrawing_lets_everybody_off_and_leaves_what_is_done(people: People):
    db, now = people.db, await asked(people, ToNetwork(NETWORK, 3))
    now = await answering.accept(db, await people.by("m1"), now, hours=1)
    now = await answering.done(db, await people.by("m1"), now, hours=1, note=None)
    now = await answering.accept(db, await people.by("m2"), now, hours=1)
    now = await asking.withdraw(db, await people.by("chef"), now, "Behövs inte")
    assert [part.state for part in now.parts] == [PartState.DONE, PartState.WITHDRAWN]
    assert now.state is State.WITHDRAWN
    with pytest.raises(NotPossible):
        await answering.accept(db, await people.by("m3"), now, hours=1)


async def test_those_who_lead_hand_over_for_somebody_who_has_left(people: People):
    db, now = people.db, await asked(people)
    part, to = now.parts[0], await people.key("m2")
    with pytest.raises(NotYours):
        await answering.hand_over_for(db, await people.by("dhjo"), now, part, to)
    now = await answering.hand_over_for(db, await people.by("chef"), now, part, to)
    assert now.parts[1].person.id == to


async def test_nobody_declines_what_is_done(people: People):
    db, now = people.db, await asked(people, ToNetwork(NETWORK, 1))
    now = await answering.accept(db, await people.by("m1"), now, hours=1)
    now = await answering.done(db, await people.by("m1"), now, hours=1, note=None)
    with pytest.raises(NotPossible):
        await answering.decline(db, await people.by("m2"), now, "Hinner inte")
    assert next(step.kind for step in await steps_of(db, now.id, most=9)) == "done"


@pytest.mark.parametrize(
    ("words", "hours", "note"),
    [
        ("12", 12, ""),
        ("12 tim.", 12, ""),
        ("3h, enkäten är ute", 3, "enkäten är ute"),
        ("5 timmar: färdigt", 5, "färdigt"),
        ("50 % klart", None, "50 % klart"),
        ("2 möten hållna", None, "2 möten hållna"),
        ("2026-03-01 lämnades rapporten", None, "2026-03-01 lämnades rapporten"),
        ("12,5 tim", None, "12,5 tim"),
        ("3 hus", None, "3 hus"),
        ("", None, ""),
    ],
)
def test_a_number_is_hours_when_it_says_so_or_stands_alone(
    words: str, hours: int | None, note: str
):
    assert read_hours(words) == (hours, note)

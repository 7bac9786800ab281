"""Needs as they are written and read: lists, history, who listens, merged, parted and split."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.needs import merging, moving, preparing, registering, supporting
from bot.needs.changing import NotPossible, NotYours
from bot.needs.need import Need, Quote, Wanted
from bot.needs.reading import (
    Filter,
    comments_of,
    counts_by_stage,
    follows,
    listeners,
    merged_into_it,
    need_by_id,
    need_of_turn,
    needs_listed,
    notes_of,
    steps_of,
)
from bot.needs.stages import Stage
from bot.people import PersonId
from bot.plan import Kronor
from storage.database import Database
from tests.unit.assignment_scene import NOW, People
from tests.unit.need_scene import (
    FORWARD,
    HJO,
    KOMPETENS,
    NETWORK,
    PLATS,
    SKARA,
    TIBRO,
    later,
    make_need_scene,
    now_of,
    registered,
)

WHOLE = Wanted(
    title="Gemensam tolktjänst",
    description="Tolkar saknas i alla kommuner.",
    reason="Ingen klarar det själv.",
    area_id=KOMPETENS,
    municipalities=frozenset({HJO, TIBRO}),
    wanted_by=date(2027, 1, 1),
    cost=Kronor(400_000),
    funding="Regionen",
    network=NETWORK,
    quote=Quote("Vi borde ha tolkar ihop", "Skara Ett", "https://chat.example.se/p/1"),
)
HJO1, HJO2, SKARA1 = PersonId(209), PersonId(210), PersonId(211)


@pytest.fixture
async def database(database: Database) -> Database:
    """With the scene in it."""
    async with database.transaction() as db:
        await make_need_scene(db)
    return database


async def listed(people: People, wanted: Filter, *, most: int = 10, skip: int = 0) -> list[str]:
    page = await needs_listed(people.db, wanted, most=most, skip=skip)
    return [need.title for need in page.needs]


async def supported(people: People, need: Need, *names: str) -> None:
    for name in names:
        by = await people.by(name)
        assert await supporting.support(people.db, by, need, next(iter(by.person.employers)))


async def test_a_need_is_read_as_it_was_written(database: Database):
    async with database.transaction() as db:
        people = People(db)
        by = await people.by("hjo1")
        need = await registering.register(db, by, WHOLE, organisation=HJO, turn_key="t-1")
        found = await need_of_turn(db, by.person.id, "t-1")
        others = await need_of_turn(db, SKARA1, "t-1")
    assert (need.wanted, need.area, need.organisation) == (WHOLE, "Kompetens", HJO)
    assert (need.stage, need.stage_since, need.registered_at) == (Stage.REGISTERED, NOW, NOW)
    assert (need.registered_by.name, need.supports, need.comments) == ("Hjo Ett", (), 0)
    assert found == need
    assert others is None


@pytest.mark.parametrize("number", [0, -1, 999, 2**63, 10**30])
async def test_a_number_that_no_need_has_finds_none(database: Database, number: int):
    async with database.connection() as db:
        assert await need_by_id(db, number) is None


async def test_an_administrator_registers_and_comments_nothing(database: Database):
    async with database.connection() as db:
        people = People(db)
        admin, need = await people.by("admin"), await registered(people)
        with pytest.raises(NotYours):
            await registering.register(db, admin, WHOLE, organisation=None)
        with pytest.raises(NotYours):
            await supporting.comment(db, admin, need, "Hej")


async def test_an_edit_keeps_before_and_after_and_nothing_when_nothing_differs(
    database: Database,
):
    async with database.connection() as db:
        people = People(db)
        need = await registered(people, wanted=WHOLE)
        by = await later(people, "hjo1")
        assert await registering.edit(db, by, need, replace(WHOLE, quote=None)) == need
        wanted = replace(
            WHOLE,
            title="Tolkar",
            municipalities=frozenset({SKARA}),
            wanted_by=None,
            quote=Quote("Annat", "Någon"),
        )
        now = await registering.edit(db, by, need, wanted)
        steps = await steps_of(db, need.id, most=10)
    assert now.wanted == replace(wanted, quote=WHOLE.quote), "what was quoted stays"
    assert [step.kind for step in steps] == ["edited", "registered"]
    assert steps[0].changes == {
        "title": ["Gemensam tolktjänst", "Tolkar"],
        "municipalities": [[HJO, TIBRO], [SKARA]],
        "wanted_by": ["2027-01-01", None],
    }


async def test_needs_are_listed_by_what_is_asked_newest_step_first(database: Database):
    async with database.connection() as db:
        people = People(db)
        first = await registered(people, wanted=WHOLE)
        about_place = Wanted("Badplatser", "Fler bryggor.", area_id=PLATS)
        await registered(people, "skara1", about_place, minutes=1)
        third = await registered(people, "stab", Wanted("Vikarier", "De saknas."), minutes=2)
        await moving.move(db, await later(people, "chef", 3), first, FORWARD[0])
        await supporting.follow(db, await people.by("hjo2"), third)
        await supported(people, third, "skara1")
        every = ["Gemensam tolktjänst", "Vikarier", "Badplatser"]
        assert await listed(people, Filter()) == every
        assert await listed(people, Filter(), most=2) == every[:2]
        assert await listed(people, Filter(), most=2, skip=2) == every[2:]
        assert (await needs_listed(db, Filter(), most=1)).total == 3
        assert await listed(people, Filter(area_id=PLATS)) == ["Badplatser"]
        assert await listed(people, Filter(network=NETWORK)) == every[:1]
        assert await listed(people, Filter(stages=frozenset({Stage.REGISTERED}))) == every[1:]
        assert await listed(people, Filter(municipality=HJO)) == every[:1]
        assert await listed(people, Filter(municipality=TIBRO)) == every[:1]
        assert await listed(people, Filter(municipality=SKARA)) == every[1:]
        assert await listed(people, Filter(concerns=HJO1)) == every[:1]
        assert await listed(people, Filter(concerns=HJO2)) == ["Vikarier"]
        assert await listed(people, Filter(concerns=SKARA1)) == every[1:]
        assert await listed(people, Filter(concerns=PersonId(203))) == every[:2], "prepares one"
        assert await listed(people, Filter(words="tolkarna")) == every[:1]
        assert await listed(people, Filter(words="adplat")) == ["Badplatser"]
        assert await listed(people, Filter(words="100% _säkert_ ' (")) == []
        still = Filter(still_since=NOW + timedelta(minutes=1))
        assert await listed(people, still) == ["Badplatser"]


async def test_what_is_withdrawn_or_merged_is_listed_when_asked_for_and_counted_never(
    database: Database,
):
    async with database.connection() as db:
        people = People(db)
        own, other, third = [
            await registered(people, wanted=Wanted(title, "Saknas.")) for title in "ABC"
        ]
        await registering.withdraw(db, await people.by("hjo1"), own, "Löst")
        await merging.merge(db, await people.by("stab"), other, third)
        assert await listed(people, Filter()) == ["C"]
        assert await listed(people, Filter(live_only=False)) == ["C", "B", "A"]
        counts = await counts_by_stage(db)
        assert counts == {stage: int(stage is Stage.REGISTERED) for stage in Stage}


async def test_a_support_is_given_and_withdrawn_by_anybody_of_the_municipality(
    database: Database,
):
    async with database.connection() as db:
        people = People(db)
        need = await registered(people, "skara1")
        await supported(people, need, "hjo1", "tibro1")
        hjo2 = await later(people, "hjo2")
        assert not await supporting.support(db, hjo2, need, HJO)
        now = await now_of(people, need)
        assert [(each.organisation, each.person_name) for each in now.supports] == [
            (HJO, "Hjo Ett"),
            (TIBRO, "Tibro Ett"),
        ]
        with pytest.raises(NotYours):
            await supporting.withdraw_support(db, hjo2, need, TIBRO)
        assert await supporting.withdraw_support(db, hjo2, need, HJO)
        assert not await supporting.withdraw_support(db, hjo2, need, HJO)
        assert await supporting.support(db, hjo2, need, HJO)
        now = await now_of(people, need)
        assert [each.person_name for each in now.supports] == ["Tibro Ett", "Hjo Två"]


async def test_listeners_are_those_who_registered_follow_and_support(database: Database):
    async with database.connection() as db:
        people = People(db)
        need = await registered(people)
        await supported(people, need, "skara1")
        stab = await people.by("stab")
        for _twice in range(2):
            await supporting.follow(db, stab, need)
        await supporting.follow(db, await people.by("ref"), need)
        await supporting.unfollow(db, await people.by("ref"), need)
        heard = await listeners(db, need)
        assert await follows(db, need.id, stab.person.id)
        assert not await follows(db, need.id, SKARA1)
    assert (heard.registered_by, heard.supporters) == ({HJO1}, {SKARA1})
    assert heard.followers == {stab.person.id}


async def _two_with_supports(people: People) -> tuple[Need, Need]:
    """One that Hjo and Skara share, another that Skara and Tibro share."""
    one, other = await registered(people), await registered(people, "skara1", minutes=1)
    await supported(people, one, "hjo1", "skara1")
    await supported(people, other, "skara1", "tibro1")
    return one, other


def _sharing(need: Need) -> set[int]:
    return {each.organisation for each in need.supports}


async def test_a_need_merged_into_another_brings_all_that_it_has(database: Database):
    async with database.connection() as db:
        people = People(db)
        one, other = await _two_with_supports(people)
        hjo2, stab = await people.by("hjo2"), await later(people, "stab", 5)
        await supporting.comment(db, hjo2, one, "Först")
        await supporting.comment(db, hjo2, other, "Sedan")
        await supporting.follow(db, hjo2, one)
        target = await merging.merge(db, stab, one, other)
        assert _sharing(target) == {HJO, SKARA, TIBRO}
        assert (len(target.supports), target.comments) == (3, 2)
        assert [each.id for each in await merged_into_it(db, other.id)] == [one.id]
        written = await comments_of(db, other.id, most=10)
        assert [each.text for each in written] == ["Sedan", "Först"]
        steps = await steps_of(db, other.id, most=10)
        assert (steps[0].kind, steps[0].other_need_id) == ("merged", other.id)
        assert {step.need_id for step in steps} == {one.id, other.id}
        heard = await listeners(db, target)
        assert heard.registered_by == {HJO1, SKARA1}
        assert heard.followers == {hjo2.person.id}
        for mine in (Filter(concerns=HJO1), Filter(concerns=HJO2), Filter(municipality=HJO)):
            assert [each.id for each in (await needs_listed(db, mine, most=5)).needs] == [other.id]


async def test_a_municipality_of_a_merged_need_shares_the_whole_once(database: Database):
    async with database.connection() as db:
        people = People(db)
        one, other = await _two_with_supports(people)
        target = await merging.merge(db, await people.by("stab"), one, other)
        hjo2 = await people.by("hjo2")
        with pytest.raises(NotPossible):
            await supporting.support(db, hjo2, one, HJO)
        assert not await supporting.support(db, hjo2, target, HJO), "it does by way of the merged"
        assert await supporting.withdraw_support(db, await people.by("skara1"), target, SKARA)
        target = await now_of(people, target)
        assert _sharing(target) == {HJO, TIBRO}
        await merging.part(db, await people.by("stab"), one)
        assert _sharing(await now_of(people, one)) == {HJO}
        assert _sharing(await now_of(people, other)) == {TIBRO}


async def test_merged_needs_may_be_merged_further_but_not_into_what_is_merged(
    database: Database,
):
    async with database.connection() as db:
        people = People(db)
        stab = await people.by("stab")
        one, other = await _two_with_supports(people)
        third = await registered(people, "tibro1")
        with pytest.raises(NotPossible):
            await merging.merge(db, stab, one, one)
        await merging.merge(db, stab, one, other)
        for again, into in ((third, one), (one, third), (other, one)):
            with pytest.raises(NotPossible):
                await merging.merge(db, stab, again, into)
        whole = await merging.merge(db, stab, other, third)
        assert _sharing(whole) == {HJO, SKARA, TIBRO}
        assert await merged_into_it(db, third.id) == [await now_of(people, other)]
        with pytest.raises(NotYours):
            await merging.part(db, await people.by("hjo1"), one)


async def test_a_merged_need_parted_goes_on_from_where_it_was(database: Database):
    async with database.connection() as db:
        people = People(db)
        chef = await people.by("chef")
        one, other = await _two_with_supports(people)
        one = await moving.move(db, chef, one, FORWARD[0])
        other = await moving.move(db, chef, other, FORWARD[0])
        await merging.merge(db, chef, one, other)
        with pytest.raises(NotPossible):
            await moving.move(db, chef, one, FORWARD[1])
        parted = await merging.part(db, chef, one)
        assert (parted.stage, parted.is_open) == (Stage.PREPARING, True)
        assert (await moving.move(db, chef, one, FORWARD[1])).stage is Stage.REFERENCE_GROUP


async def test_a_split_need_has_the_same_supports_and_listeners_with_who_and_when(
    database: Database,
):
    async with database.connection() as db:
        people = People(db)
        one, other = await _two_with_supports(people)
        stab, hjo2 = await later(people, "stab", 9), await later(people, "hjo2", 3)
        whole = await merging.merge(db, stab, one, other)
        await supporting.follow(db, hjo2, whole)
        new = await merging.split(db, stab, whole, Wanted("Teckenspråk", "Saknas."))
        assert new.supports == (await now_of(people, whole)).supports
        assert (new.split_from, new.organisation) == (other.id, SKARA)
        assert (new.stage, new.registered_by.name) == (Stage.REGISTERED, "Stab")
        heard = await listeners(db, new)
        assert heard.followers == {HJO1, HJO2, SKARA1}, "those who registered follow it too"
        for each, twin in ((whole, new), (new, whole)):
            (step, *_earlier) = await steps_of(db, each.id, most=5)
            assert (step.kind, step.other_need_id) == ("split", twin.id)
        with pytest.raises(NotYours):
            await merging.split(db, hjo2, whole, Wanted("Mer", "Saknas."))


async def test_working_notes_are_the_preparers_own_until_they_are_joined(database: Database):
    async with database.connection() as db:
        people = People(db)
        chef, stab = await people.by("chef"), await people.by("stab")
        need = await moving.move(db, chef, await registered(people), FORWARD[0])
        await preparing.add_note(db, chef, need, "Ring regionen")
        await preparing.add_note(db, stab, need, "De svarade")
        own, theirs = await notes_of(db, need.id)
        assert (own.text, own.person_name, own.joined) == ("Ring regionen", "Chefen", False)
        assert not await preparing.remove_note(db, stab, need, own.id), "somebody else's"
        assert await preparing.join_notes(db, stab, need, [own.id, theirs.id, 99]) == 2
        assert not await preparing.remove_note(db, chef, need, own.id), "of the record now"
        assert all(each.joined for each in await notes_of(db, need.id))
        await preparing.add_note(db, stab, need, "Fel")
        last = (await notes_of(db, need.id))[-1]
        assert await preparing.remove_note(db, stab, need, last.id)
        for name in ("hjo1", "styr", "admin"):
            with pytest.raises(NotYours):
                await preparing.add_note(db, await people.by(name), need, "Hej")


async def test_who_no_longer_prepares_writes_no_notes(database: Database):
    async with database.connection() as db:
        people = People(db)
        chef, stab = await people.by("chef"), await people.by("stab")
        need = await moving.move(db, chef, await registered(people), FORWARD[0])
        await moving.name_preparer(db, chef, need, chef.person.id, date(2026, 6, 1))
        with pytest.raises(NotYours):
            await preparing.add_note(db, stab, need, "Jag såg det gamla kortet")


async def test_texts_of_the_material_are_written_and_taken_away(database: Database):
    async with database.connection() as db:
        people = People(db)
        stab, need = await people.by("stab"), await registered(people)
        texts = {"summary": " Kort ", "background": "Lång", "own_part": "Eget"}
        await preparing.write_texts(db, stab, need, texts)
        await preparing.write_texts(db, stab, need, {"summary": "Kortare", "background": " "})
        assert await preparing.texts_of(db, need.id) == {"summary": "Kortare", "own_part": "Eget"}
        with pytest.raises(NotYours):
            await preparing.write_texts(db, await people.by("hjo1"), need, texts)

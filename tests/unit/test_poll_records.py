"""Co-financing polls as records: one answer that stands, versions kept, seals and pledges."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.people import BodyId, OrganisationId
from bot.plan import Kronor
from bot.polls import answering, deciding, managing
from bot.polls.changing import NotPossible, NotYours
from bot.polls.co_financing import AnswerKind, Heard, Said, Supposed, hidden, what_if
from bot.polls.cost_sharing import Sharer
from bot.polls.deciding import Decided
from bot.polls.outcome import sealed
from bot.polls.poll import Poll, Secrecy, State
from bot.polls.reading import answers_given, outcome_of, sharers, steps_of
from storage.database import Database
from tests.unit.assignment_scene import TODAY, People
from tests.unit.poll_scene import (
    AFTER,
    CLOSES,
    DIRECTORS,
    HJO,
    SKARA,
    TIBRO,
    asked_for_money,
    at,
    held,
    make_poll_scene,
    now_of,
    places,
    proposal,
    yes,
)


@pytest.fixture
async def people(database: Database) -> AsyncGenerator[People]:
    async with database.transaction() as db:
        yield await make_poll_scene(db)


async def say(
    people: People, poll: Poll, municipality: OrganisationId, said: Said, by: str | None = None
) -> int:
    who = await people.by(by or DIRECTORS[municipality])
    now = await now_of(people, poll)
    return await answering.answer(people.db, who, now, municipality, said, await held(people))


async def test_shares_are_kept_with_the_figures_they_were_counted_from(people: People):
    poll = await asked_for_money(people)
    asked = await places(people, poll)
    assert sum(each.share for each in asked.places) == 100_000
    assert {each.name: each.inhabitants for each in asked.places} == {
        "Hjo": 9178,
        "Skara": 18934,
        "Tibro": 11219,
    }
    assert {str(each.counted_on) for each in asked.places} == {"2019-12-31"}


async def test_only_chef_and_forbundsdirektor_ask_for_money(people: People):
    for name in ("stab", "dhjo", "hjo1", "styr", "admin"):
        with pytest.raises(NotYours):
            await asked_for_money(people, by=name)
    assert (await asked_for_money(people, by="fdir")).state is State.OPEN


async def test_the_latest_answer_stands_and_the_earlier_are_kept(people: People):
    poll = await asked_for_money(people)
    await say(people, poll, HJO, yes(20_000))
    await say(people, poll, HJO, Said(AnswerKind.NO), "shjo")
    await say(people, poll, HJO, yes(23_000))
    place = (await places(people, poll)).place(HJO)
    assert place is not None
    assert place.answer is not None
    assert (place.answer.said, place.answer.by.name) == (yes(23_000), "Dir Hjo")
    given = await answers_given(people.db, poll, HJO)
    assert [each.said.kind for _one, each in given] == ["yes", "no", "yes"]
    assert (await now_of(people, poll)).voted == 1


@pytest.mark.parametrize("name", ["hjo1", "dskara", "chef", "stab", "m1", "admin"])
async def test_who_has_no_mandate_for_it_does_not_answer_for_it(people: People, name: str):
    poll = await asked_for_money(people)
    with pytest.raises(NotYours):
        await say(people, poll, HJO, yes(20_000), name)
    assert (await places(people, poll)).missing == (await places(people, poll)).places


async def test_without_a_mandate_the_director_answers(people: People):
    poll = await asked_for_money(people)
    await say(people, poll, TIBRO, yes(20_000), "dtibro")
    assert [each.name for each in (await places(people, poll)).answered] == ["Tibro"]


async def test_a_suggestion_waits_and_an_answer_takes_it_away(people: People):
    poll = await asked_for_money(people)
    await answering.suggest(people.db, await people.by("hjo1"), poll, HJO, yes(20_000))
    place = (await places(people, poll)).place(HJO)
    assert place is not None
    assert place.answer is None
    assert place.suggestion is not None
    with pytest.raises(NotYours):
        await answering.suggest(people.db, await people.by("skara1"), poll, HJO, yes(1))
    await say(people, poll, HJO, yes(20_000))
    place = (await places(people, poll)).place(HJO)
    assert place is not None
    assert place.answer is not None
    assert place.suggestion is None


async def test_an_answer_on_behalf_says_how_and_the_municipality_may_correct_it(people: People):
    poll = await asked_for_money(people)
    heard = Heard("phone", "Dir Hjo", TODAY)
    who = await people.by("dskara")
    with pytest.raises(NotYours):
        await answering.record(people.db, who, poll, HJO, yes(20_000), heard)
    await answering.record(people.db, await people.by("stab"), poll, HJO, yes(20_000), heard)
    place = (await places(people, poll)).place(HJO)
    assert place is not None
    assert place.answer is not None
    assert place.answer.heard == heard
    await say(people, poll, HJO, Said(AnswerKind.NO))
    place = (await places(people, poll)).place(HJO)
    assert place is not None
    assert place.answer is not None
    assert place.answer.heard is None


async def test_after_closing_nothing_is_taken_in(people: People):
    poll = await asked_for_money(people)
    late = await at(people, "dhjo", CLOSES)
    with pytest.raises(NotPossible):
        await answering.answer(people.db, late, poll, HJO, yes(1), await held(people))
    closed = await managing.close_by_time(people.db, poll.id, AFTER)
    assert closed is not None
    assert closed.state is State.CLOSED
    with pytest.raises(NotPossible):
        await say(people, poll, HJO, yes(1))
    assert await managing.close_by_time(people.db, poll.id, AFTER) is None


async def test_another_proposal_marks_answers_and_deletes_none(people: People):
    poll = await asked_for_money(people)
    await say(people, poll, HJO, yes(23_000))
    parts = await _parts(people)
    chef = await people.by("chef")
    less = proposal(asked=Kronor(90_000), funded=Kronor(60_000))
    changed = await managing.change_proposal(people.db, chef, poll, less, parts, "Ny offert")
    asked = await places(people, changed)
    assert [each.name for each in asked.to_confirm] == ["Hjo"]
    assert (asked.sum, asked.to_confirm_sum) == (0, 23_000)
    assert changed.voted == 0, "whoever has to confirm has not answered this proposal"
    who = await people.by("dhjo")
    with pytest.raises(answering.ProposalChanged):
        await answering.answer(people.db, who, poll, HJO, yes(23_000), await held(people))
    again = await managing.change_proposal(people.db, chef, changed, less, parts, "Igen")
    assert again.version == 2
    step = (await steps_of(people.db, changed, 1))[0]
    assert step.kind == "proposal_changed"
    assert step.changes["asked"] == [100_000, 90_000]


async def test_who_leaves_the_poll_keeps_its_answer_but_has_no_place(people: People):
    poll = await asked_for_money(people)
    await say(people, poll, TIBRO, yes(20_000))
    parts = [each for each in await _parts(people) if each.id != TIBRO]
    chef = await people.by("chef")
    changed = await managing.change_proposal(people.db, chef, poll, proposal(), parts, "Utan")
    asked = await places(people, changed)
    assert {each.name for each in asked.places} == {"Hjo", "Skara"}
    assert sum(each.share for each in asked.places) == 100_000
    assert len(await answers_given(people.db, changed, TIBRO)) == 1
    with pytest.raises(NotYours):
        await say(people, changed, TIBRO, yes(1))


async def test_what_if_counts_anew_and_writes_nothing(people: People):
    poll = await asked_for_money(people)
    await say(people, poll, HJO, yes(23_000))
    before = await _everything(people)
    asked = await places(people, poll)
    found = what_if(asked, Supposed(without=frozenset({TIBRO})))
    assert sum(each.share for each in found) == 100_000
    assert {each.place.name: each.pledged for each in found} == {"Hjo": 23_000, "Skara": None}
    assert all(each.more > 0 for each in found)
    assert await _everything(people) == before


async def test_the_seal_is_of_what_the_poll_showed(people: People):
    poll = await asked_for_money(people)
    await say(people, poll, HJO, yes(23_000))
    closed = await managing.close(people.db, await people.by("chef"), poll)
    outcome = await outcome_of(people.db, closed)
    assert outcome is not None
    assert outcome.seal == sealed(outcome.result)
    assert outcome.result["sum"] == 23_000
    answers = {each["municipality"]: each["amount"] for each in outcome.result["answers"]}
    assert answers == {"1497": 23_000, "1495": None, "1472": None}


async def test_reopened_with_a_reason_it_takes_answers_again(people: People):
    poll = await asked_for_money(people)
    chef = await people.by("chef")
    closed = await managing.close(people.db, chef, poll)
    later = CLOSES + timedelta(days=7)
    with pytest.raises(NotYours):
        await managing.reopen(people.db, await people.by("stab"), closed, later, "Fler")
    await managing.reopen(people.db, chef, closed, later, "Två hann inte")
    await say(people, poll, HJO, yes(23_000))
    assert (await steps_of(people.db, poll, 1))[0].reason == "Två hann inte"


async def test_accepted_pledges_fund_the_activity_and_can_be_decided_anew(people: People):
    poll = await asked_for_money(people)
    await say(people, poll, HJO, yes(23_000))
    await say(people, poll, SKARA, Said(AnswerKind.OTHERWISE, Kronor(8_000), hours=16))
    await say(people, poll, TIBRO, Said(AnswerKind.NO))
    stab = await people.by("stab")
    decided = Decided(await _board(people), TODAY, "14", "as_outcome")
    with pytest.raises(NotPossible):
        await deciding.record_decision(people.db, stab, poll, decided, [HJO])
    closed = await managing.close(people.db, await people.by("chef"), poll)
    await deciding.record_decision(people.db, stab, closed, decided, [HJO, SKARA, TIBRO])
    assert await _lines(people) == {(HJO, "co_financing", 23_000), (SKARA, "in_kind", 8_000)}
    other = Decided(await _board(people), TODAY, "15", "otherwise", why="Skara får vänta")
    await deciding.record_decision(people.db, stab, closed, other, [HJO])
    assert await _lines(people) == {(HJO, "co_financing", 23_000)}
    no = Decided(await _board(people), TODAY, "16", "declined", why="Projektet läggs ner")
    now = await deciding.record_decision(people.db, stab, closed, no, [HJO])
    assert await _lines(people) == set()
    assert now.decision is not None
    assert now.decision.paragraph == "16"


async def test_what_the_poll_hides_is_taken_out_before_it_is_shown(people: People):
    poll = await asked_for_money(people, secrecy=Secrecy.UNTIL_CLOSING)
    await say(people, poll, HJO, Said(AnswerKind.OTHERWISE, Kronor(1_234), None, "Villkor", "Ord"))
    asked = await places(people, poll)
    shown = hidden(asked)
    assert "1234" not in repr(shown)
    assert "Villkor" not in repr(shown)
    assert "Ord" not in repr(shown)
    assert [each.name for each in shown.answered] == ["Hjo"]
    own = hidden(asked, but=[HJO]).place(HJO)
    assert own is not None
    assert own.answer is not None
    assert own.answer.said.amount == 1_234
    await managing.close(people.db, await people.by("chef"), poll)
    assert hidden(await places(people, poll)).sum == 1_234


async def test_a_sounding_becomes_formal_with_leanings_to_confirm(people: People):
    sounding = await asked_for_money(people, binding=False)
    await say(people, sounding, HJO, yes(23_000))
    formal = await asked_for_money(people, sounding=sounding)
    asked = await places(people, formal)
    place = asked.place(HJO)
    assert place is not None
    assert place.answer is None
    assert place.leaning == yes(23_000)
    assert (await now_of(people, sounding)).formal_id == formal.id
    chef = await people.by("chef")
    closed = await managing.close(people.db, chef, sounding)
    decided = Decided(await _board(people), TODAY, "14", "as_outcome")
    with pytest.raises(NotPossible):
        await deciding.record_decision(people.db, chef, closed, decided, [])


async def test_every_change_leaves_a_step_and_an_audit_line(people: People):
    poll = await asked_for_money(people)
    chef = await people.by("chef")
    await say(people, poll, HJO, yes(23_000))
    await managing.nudge(people.db, chef, poll, "Hör av er", [chef.person.id])
    await managing.extend(people.db, chef, poll, CLOSES + timedelta(days=1), "Semester")
    await managing.change_text(
        people.db, chef, poll, title="Nytt namn", description=None, link="https://x.se/a"
    )
    await managing.cancel(people.db, chef, poll, "Fel")
    kinds = [each.kind for each in await steps_of(people.db, poll, 20)]
    assert kinds == ["cancelled", "text_changed", "extended", "nudged", "started"]
    actions = await people.db.scalars(
        text("SELECT action FROM audit_lines WHERE thing = 'poll' ORDER BY id")
    )
    told = ["started", "answer", "nudged", "extended", "text_changed", "cancelled"]
    assert list(actions) == told
    with pytest.raises(NotPossible):
        await managing.cancel(people.db, chef, poll, "Igen")


async def _parts(people: People) -> list[Sharer]:
    return [each for each, _name in await sharers(people.db, TODAY)]


async def _board(people: People) -> BodyId:
    return BodyId(await people.db.scalar(text("SELECT id FROM bodies WHERE kind = 'board'")))


async def _lines(people: People) -> set[tuple[int, str, int]]:
    found = await people.db.execute(
        text(
            "SELECT organisation_id, kind, amount FROM funding_lines "
            "WHERE activity_id = 201 AND state = 'pledged'"
        )
    )
    return {(row.organisation_id, row.kind, row.amount) for row in found}


async def _everything(people: People) -> list[Any]:
    tables = ("polls", "poll_voters", "poll_proposals", "poll_shares", "poll_answers",
              "poll_steps", "poll_scenarios", "audit_lines")  # fmt: skip
    return [
        (await people.db.execute(text(f"SELECT * FROM {table} ORDER BY 1"))).all()
        for table in tables
    ]

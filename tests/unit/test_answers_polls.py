"""Questions about polls: who is left to answer, how they stand or went, and what they hide."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.plan import Kronor, read_plan
from bot.polls import answering, deciding, managing
from bot.polls.casting import cast
from bot.polls.co_financing import AnswerKind, Said
from bot.polls.deciding import Decided
from bot.polls.poll import Kind, Method, Poll, Secrecy
from bot.polls.reading import sharers
from bot.questions.answers.poll_missing import poll_missing
from bot.questions.answers.poll_status import poll_status
from bot.questions.asking import Answered, Asking
from bot.questions.question import Filter, Intent, Question
from storage.database import Database
from storage.queries.absences import note_absence
from tests.unit.assignment_scene import NOW, TODAY, People
from tests.unit.poll_scene import (
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
    yes,
)
from tests.unit.work_asked import rows_of, words_of

ANSWER = Callable[[Asking], Awaitable[Answered]]
BOARD_DAY = date(2026, 4, 10)
LATER = datetime(2026, 4, 20, 9, tzinfo=UTC)


@pytest.fixture
async def db(database: Database):
    async with database.transaction() as db:
        yield db


@pytest.fixture
async def people(db: AsyncConnection) -> People:
    return await make_poll_scene(db)


async def ask(
    people: People,
    answer: ANSWER,
    by: str = "chef",
    *,
    now: datetime = NOW,
    skip: int = 0,
    why: bool = False,
    **filters: Any,
) -> Answered:
    """The answer, spaces within numbers as plain ones."""
    values = {Filter(name): tuple(each.split("|")) for name, each in filters.items()}
    plan, person = await read_plan(people.db, 1), await people.person(by)
    question = Question(Intent.POLL_MISSING, values)
    found = await answer(Asking(people.db, plan, question, person, now, skip=skip, why=why))
    return replace(found, said=found.said.replace("\u00a0", " "))


async def says(people: People, poll: Poll, place: Any, said: Said) -> None:
    by = await people.by(DIRECTORS[place])
    await answering.answer(people.db, by, poll, place, said, await held(people))


async def test_those_who_have_not_answered_are_named_with_whom_to_turn_to(people: People):
    poll = await asked_for_money(people)
    await says(people, poll, HJO, yes(23_000))
    found = await ask(people, poll_missing, kind="co_financing")
    assert found.said == (
        "2 av 3 kommuner har inte svarat på omröstning 1 (Upphandling): Skara och Tibro. "
        "Sista dag att svara är 31 mars."
    )
    assert found.municipalities == ("Skara", "Tibro")
    assert found.activities == ("KOM-01",)
    assert rows_of(found) == [
        ("Skara", "✖ inget svar", "Dir Skara", "31 mars"),
        ("Tibro", "✖ inget svar", "Dir Tibro", "31 mars"),
    ]
    assert [each.words for each in found.sources] == ["Omröstning 1, öppnad 2 mars"]
    assert [each.page for each in found.sources] == ["/omrostningar/1"]
    assert (found.total, found.shown) == (2, 2)


async def test_a_political_decision_awaited_stands_as_such(people: People):
    poll = await asked_for_money(people)
    await says(people, poll, HJO, Said(AnswerKind.POLITICAL, expected_on=BOARD_DAY))
    for place in (SKARA, TIBRO):
        await says(people, poll, place, yes(1_000))
    found = await ask(people, poll_missing)
    assert found.said == (
        "Inget svar saknas på omröstning 1 (Upphandling). "
        "Hjo (10 april) väntar på politiskt beslut. Sista dag att svara är 31 mars."
        " Vänd dig till Dir Hjo, Ställföreträdare Hjo."
    )
    assert found.municipalities == ()
    assert rows_of(found)[0][1] == "🏛 politiskt beslut väntas 10 april"


async def test_what_is_answered_is_said_with_until_when(people: People):
    poll = await asked_for_money(people)
    for place in DIRECTORS:
        await says(people, poll, place, yes(1_000))
    found = await ask(people, poll_missing)
    assert found.said == (
        "Alla 3 kommuner har svarat på omröstning 1 (Upphandling). Sista dag att svara är 31 mars."
    )
    assert (found.total, rows_of(found)) == (0, [])


async def test_an_answer_to_an_earlier_proposal_is_to_be_confirmed(people: People):
    poll = await asked_for_money(people)
    for place in DIRECTORS:
        await says(people, poll, place, yes(1_000))
    parts = [each for each, _name in await sharers(people.db, TODAY)]
    less = proposal(asked=Kronor(60_000), funded=Kronor(90_000))
    await managing.change_proposal(
        people.db, await people.by("chef"), poll, less, parts, "Ny offert"
    )
    found = await ask(people, poll_missing)
    assert "Hjo, Skara och Tibro har svarat på ett tidigare förslag och ska bekräfta." in found.said
    assert found.municipalities == ("Hjo", "Skara", "Tibro")


async def test_one_municipality_that_is_asked_about(people: People):
    poll = await asked_for_money(people)
    await voted_on(people, voters="municipality")
    await says(people, poll, HJO, yes(23_000))
    found = await ask(people, poll_missing, municipality="Hjo", kind="co_financing")
    assert found.said == "Hjo har svarat på omröstning 1 (Upphandling)."
    assert found.municipalities == ()
    found = await ask(people, poll_missing, municipality="Skara")
    assert found.said == (
        "Skara har inte svarat på omröstning 2 (Vad först?) och omröstning 1 (Upphandling). "
        "Först stänger omröstning 2 (Vad först?), 31 mars. Vänd dig till Dir Skara."
    )
    both = await ask(people, poll_missing, municipality="Hjo|Skara", kind="co_financing")
    assert both.said.startswith("Skara har inte svarat på omröstning 1 (Upphandling). Hjo har")
    assert both.municipalities == ("Skara",)


async def test_a_person_answers_for_a_municipality_or_alone(people: People):
    await asked_for_money(people)
    found = await ask(people, poll_missing, person="dskara@x.se")
    assert found.said.startswith("Skara har inte svarat på omröstning 1 (Upphandling).")
    assert found.municipalities == ("Skara",)
    await voted_on(people)
    found = await ask(people, poll_missing, person="m3@x.se")
    assert found.said.startswith("Medlem 3 har inte svarat på omröstning 2 (Vad först?).")
    nobody = await ask(people, poll_missing, person="ingen@x.se")
    assert nobody.said == "Ingen öppen omröstning väntar på svar från ingen@x.se."


async def test_members_of_a_network_are_paged_eight_at_a_time(people: People):
    poll = await voted_on(people)
    by = await people.by("m1")
    await cast(people.db, by, poll, {each.id: n for n, each in enumerate(poll.options, 1)})
    await asked_for_money(people)
    found = await ask(people, poll_missing)
    assert found.said.startswith("10 svar saknas i 2 öppna omröstningar, från ")
    assert (found.total, found.shown, len(rows_of(found))) == (10, 8, 8)
    rest = await ask(people, poll_missing, skip=8)
    assert (rest.total, rest.shown, len(rows_of(rest))) == (10, 2, 2)
    assert set(rows_of(found)).isdisjoint(rows_of(rest))
    network = await ask(people, poll_missing, network="Kompetens", kind="priority")
    assert network.said.startswith("7 av 8 har inte svarat på omröstning 1 (Vad först?): Hjo Ett")


async def test_who_is_away_has_a_deputy(people: People):
    await asked_for_money(people)
    await note_absence(
        people.db,
        await people.key("dskara"),
        starts_on=TODAY,
        ends_on=date(2026, 3, 20),
        deputy=await people.key("skara1"),
        source="person",
        by=await people.key("dskara"),
        now=NOW,
        platform="web",
    )
    found = await ask(people, poll_missing, municipality="Skara")
    assert found.said.endswith("Vänd dig till Skara Ett i stället för Dir Skara.")


async def test_what_is_closed_says_who_never_answered(people: People):
    poll = await asked_for_money(people)
    await says(people, poll, HJO, yes(23_000))
    await managing.close(
        people.db, await at(people, "chef", datetime(2026, 3, 9, 9, tzinfo=UTC)), poll
    )
    found = await ask(people, poll_missing, now=LATER, activity="KOM-01")
    assert found.said == (
        "Ingen omröstning för KOM-01 Redan 201 är öppen, så inga svar väntas. "
        "Omröstning 1 (Upphandling) stängde 9 mars utan svar från Skara och Tibro."
    )
    assert found.municipalities == ("Skara", "Tibro")
    then = await ask(people, poll_missing, now=LATER, period="2026-03")
    assert then.said == "Omröstning 1 (Upphandling) stängde 9 mars utan svar från Skara och Tibro."


async def test_nothing_to_answer_says_so(people: People):
    found = await ask(people, poll_missing, activity="KOM-07")
    assert found.said == ("Ingen omröstning för KOM-07 Redan 202 är öppen, så inga svar väntas.")
    await asked_for_money(people)
    found = await ask(people, poll_missing, period="this_week")
    assert found.said == (
        "Ingen omröstning som stänger den här veckan är öppen, så inga svar väntas. "
        "Omröstning 1 stänger 31 mars."
    )
    assert (await ask(people, poll_missing, period="2026-03")).total == 3


async def test_who_has_voted_in_a_secret_poll_is_never_told(people: People):
    poll = await voted_on(people, Method.SCORE, secrecy=Secrecy.ALWAYS)
    for name in MEMBERS[:5]:
        by = await people.by(name)
        await cast(people.db, by, poll, {poll.options[0].id: 5})
    secret = await now_of(people, poll)
    for who in ("chef", "m1", "m7"):
        limits: tuple[dict[str, Any], ...] = (
            {},
            {"person": "m1@x.se"},
            {"municipality": "Hjo"},
            {"kind": "priority"},
        )
        for filters in limits:
            found = await ask(people, poll_missing, who, **filters)
            assert "hemligt" in found.said
            assert (found.total, found.municipalities) == (0, ())
            if not filters:
                assert "Medlem" not in words_of(found)
    assert "5 av 8 har röstat" in (await ask(people, poll_missing)).said
    await managing.close(people.db, await people.by("chef"), secret)
    found = await ask(people, poll_missing)
    assert found.said.endswith("Vilka som röstade är hemligt.")
    assert "Medlem" not in words_of(found)


async def test_a_hidden_answer_is_only_an_answer(people: People):
    poll = await asked_for_money(people, secrecy=Secrecy.UNTIL_CLOSING)
    await says(people, poll, HJO, Said(AnswerKind.POLITICAL, expected_on=BOARD_DAY))
    await says(people, poll, SKARA, yes(12_345))
    found = await ask(people, poll_missing)
    assert found.municipalities == ("Tibro",)
    assert "politiskt" not in words_of(found)
    assert "politiskt" in words_of(await ask(people, poll_missing, "hjo1"))
    status = await ask(people, poll_status)
    assert status.said == (
        "2 av 3 kommuner har svarat på omröstning 1 (Upphandling), som är öppen till och med "
        "31 mars. Beloppen visas när den stänger."
    )
    asked: tuple[tuple[str, dict[str, Any]], ...] = (
        *(("chef", {}), ("chef", {"municipality": "Skara"})),
        ("hjo1", {}),
    )
    for who, filters in asked:
        shown = words_of(await ask(people, poll_status, who, **filters)).replace("\u00a0", " ")
        assert "12 345" not in shown
        assert "politiskt" not in shown.casefold() or who == "hjo1"
    own = words_of(await ask(people, poll_status, "skara1", municipality="Skara"))
    assert "12 345" in own.replace("\u00a0", " ")


async def test_turnout_and_sum_of_an_open_poll(people: People):
    poll = await asked_for_money(people)
    await says(people, poll, HJO, yes(23_000))
    found = await ask(people, poll_status, activity="KOM-01")
    assert found.said == (
        "1 av 3 kommuner har svarat på omröstning 1 (Upphandling) om KOM-01, som är öppen till "
        "och med 31 mars. 23 000 kr av 100 000 kr är utlovat."
    )
    bars = [(each.done, each.of) for each in found.parts if each.kind == "progress"]
    assert bars == [(1, 3), (23_000, 100_000)]


async def test_a_closed_poll_has_its_result_and_decision(people: People):
    poll = await asked_for_money(people)
    await says(people, poll, HJO, yes(23_000))
    closed = await managing.close(people.db, await people.by("chef"), poll)
    board = next(k for k, e in (await read_plan(people.db, 1)).bodies.items() if e.kind == "board")
    decided = Decided(
        board, TODAY, "14", "otherwise", None, "Halva summan.", "Ekonomin räcker inte."
    )
    await deciding.record_decision(people.db, await people.by("chef"), closed, decided, [HJO])
    found = await ask(people, poll_status)
    assert found.said == (
        "Omröstning 1 (Upphandling) stängde 2 mars. 1 av 3 kommuner svarade. 23 000 kr av "
        "100 000 kr är utlovat. Beslut: på annat sätt än utfallet, direktionen 2 mars 2026, § 14."
    )
    assert found.may_why
    assert "Ekonomin" not in words_of(found)
    assert "Ekonomin räcker inte." in words_of(await ask(people, poll_status, why=True))


async def test_several_polls_have_their_reasons(people: People):
    chef = await people.by("chef")
    closed = await managing.close(people.db, chef, await asked_for_money(people))
    board = next(k for k, e in (await read_plan(people.db, 1)).bodies.items() if e.kind == "board")
    said = Decided(board, TODAY, "14", "otherwise", None, "Halva summan.", "Ekonomin räcker inte.")
    await deciding.record_decision(people.db, chef, closed, said, [HJO])
    await managing.cancel(people.db, chef, await voted_on(people), "Frågan är löst")
    await voted_on(people)
    found = await ask(people, poll_status, period="this_month")
    assert (found.total, found.may_why) == (3, True)
    assert "Ekonomin" not in words_of(found)
    told = await ask(people, poll_status, period="this_month", why=True)
    (reasons,) = [each for each in told.parts if each.kind == "bullets"]
    assert ["".join(span.text for span in item) for item in reasons.items] == [
        "Omröstning 2 (Vad först?): Frågan är löst.",
        "Omröstning 1 (Upphandling): Beslutet: Halva summan.",
        "Omröstning 1 (Upphandling): Varför det skiljer sig: Ekonomin räcker inte.",
    ]


async def test_of_two_times_apart_a_poll_between_them_is_in_none(people: People):
    poll = await asked_for_money(people)
    await says(people, poll, HJO, yes(23_000))
    await managing.close(people.db, await people.by("chef"), await now_of(people, poll))
    for period, total in (("2026-02|2026-04", 0), ("2026-02|2026-03", 1), ("2026-01|2026-03", 1)):
        assert (await ask(people, poll_status, now=LATER, period=period)).total == total, period


async def test_votes_show_what_leads_and_what_was_chosen(people: People):
    poll = await voted_on(people, Method.SCORE, secrecy=Secrecy.UNTIL_CLOSING)
    await cast(people.db, await people.by("m1"), poll, {poll.options[1].id: 5})
    hidden = await ask(people, poll_status, kind="priority")
    assert hidden.said.endswith("Resultatet visas när den stänger.")
    assert "Två" not in words_of(hidden)
    await managing.close(people.db, await people.by("chef"), await now_of(people, poll))
    found = await ask(people, poll_status, kind="priority")
    assert found.said == ("Omröstning 1 (Vad först?) stängde 2 mars. 1 av 8 röstade. Valt: Två.")


async def test_several_polls_are_a_table(people: People):
    first = await asked_for_money(people)
    await says(people, first, HJO, yes(23_000))
    second = await voted_on(people, Method.SCORE)
    await cast(people.db, await people.by("m1"), second, {second.options[1].id: 5})
    await managing.close(people.db, await people.by("chef"), await now_of(people, second))
    assert (await ask(people, poll_status)).total == 1
    found = await ask(people, poll_status, period="this_month")
    assert found.said == (
        "1 omröstning är öppen. 1 omröstning har avslutats den här månaden. "
        "Först stänger omröstning 1 (Upphandling), 31 mars: 1 av 3 har svarat."
    )
    assert not found.may_why
    plain = [tuple(cell.replace("\u00a0", " ") for cell in row) for row in rows_of(found)]
    assert plain == [
        ("1 Upphandling", "Medfinansiering", "🗳 öppen till 31 mars", "1 av 3",
         "23 000 kr av 100 000 kr"),
        ("2 Vad först?", "Prioritering", "🔒 stängd 2 mars", "1 av 8", "Valt: Två."),
    ]  # fmt: skip


async def test_no_poll_of_that_time_tells_the_nearest(people: People):
    assert (await ask(people, poll_status)).said == "Ingen omröstning finns än."
    await asked_for_money(people)
    found = await ask(people, poll_status, period="last_year")
    assert found.said.startswith(
        "Ingen omröstning avslutades förra året. Närmast: 0 av 3 kommuner har svarat på"
    )
    assert found.total == 0


async def test_a_quick_question_stands_back_for_what_concerns_all(people: People):
    await voted_on(people, Method.CHOICE, kind=Kind.QUESTION)
    assert (await ask(people, poll_status)).total == 1
    await asked_for_money(people)
    assert "Upphandling" in (await ask(people, poll_status)).said
    network = await ask(people, poll_status, network="Kompetens")
    assert (network.total, network.activities) == (1, ())


async def test_filters_without_meaning_are_said(people: People):
    await asked_for_money(people)
    found = await ask(people, poll_status, audience="board")
    assert "Svaret tar inte hänsyn till direktionen, som inte går att skilja ut här." in words_of(
        found
    )

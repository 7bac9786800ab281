"""Answers about meetings and decisions: who meets when, what waits for whom, nothing hidden."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from bot.assignments.assignment import ToNetwork
from bot.needs.need import Move
from bot.needs.stages import Stage
from bot.people import BodyKind
from bot.plan import Kronor
from bot.polls.answering import answer as answer_poll
from bot.polls.co_financing import AnswerKind, Proposal, Said
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.managing import close
from bot.polls.mandates import mandates
from bot.polls.poll import Kind, Method, Poll, Secrecy
from bot.polls.reading import sharers
from bot.polls.starting import Asked, Choice, Rules, start_co_financing, start_poll
from bot.questions.answers.decisions import decisions
from bot.questions.answers.meetings import meetings
from storage.database import Database
from tests.digest_material import stockholm
from tests.unit.work_asked import STAFF, Scene, rows_of, with_meetings, words_of

REFERENCE = Move(Stage.REFERENCE_GROUP, met_on=date(2026, 2, 1))
PRESIDIUM = Move(Stage.PRESIDIUM, met_on=date(2026, 2, 2))
BOARD = Move(Stage.BOARD, met_on=date(2026, 2, 3))
HJO = "inflyttning@hjo"
Cases = Sequence[tuple[dict[str, Any], list[str]]]


@pytest.fixture
async def scene(sample_database: Database) -> Scene:
    return await with_meetings(sample_database)


async def prepared(scene: Scene, by: date = date(2026, 3, 10)) -> Move:
    """The step that begins the preparation."""
    return Move(Stage.PREPARING, preparer_id=(await scene.person(STAFF)).id, prepare_by=by)


async def draft(scene: Scene, body: BodyKind, held_on: str) -> None:
    """A status report to the meeting."""
    async with scene.database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO meeting_reports (meeting_id, kind, covers_from, covers_to, sections, "
                "told, drafted_at) SELECT m.id, 'status', now() - INTERVAL '1 day', now(), "
                "'{\"sections\": [], \"charts\": []}', '{}', now() "
                "FROM meetings m JOIN bodies b ON b.id = m.body_id "
                "WHERE b.kind = :body AND m.held_on = CAST(:held_on AS date)"
            ),
            {"body": body, "held_on": date.fromisoformat(held_on)},
        )


async def test_the_next_meeting_of_each_body(scene: Scene):
    answer = await scene.asked(meetings)
    assert answer.said == (
        "Rådslag är torsdag 19 mars kl. 09:00–16:00, Mariestad. Styrgruppen möts nästa gång fredag "
        "27 mars kl. 14:30–16:00, Digitalt. Handlingarna ska vara inne senast onsdag 25 mars."
    )
    assert [row[0] for row in rows_of(answer)] == [
        *("Rådslag", "Styrgruppen", "Politiska referensgruppen", "Presidiet", "Direktionen"),
        *("Kommundirektörsgruppen", "Fokusdag omställning"),
    ]


async def test_meetings_by_each_filter(scene: Scene):
    cases: Cases = (
        ({"body": "presidium|board", "period": "2026-06"}, ["12 juni"]),
        ({"body": "board", "period": "2026-Q3"}, ["25 september"]),
        ({"body": "steering_group", "period": "next_week"}, ["27 mars"]),
        ({"stage": "presidium", "period": "2026-05"}, ["29 maj"]),
        ({"audience": "board", "period": "this_month"}, []),
        ({"period": "last_month"}, ["6 februari", "20 februari", "27 februari"]),
        ({"since": "2026-03-10"}, ["13 mars"]),
        ({"municipality": "Hjo"}, ["4 september"]),
        ({"person": "kommundirektor@hjo.example.se", "period": "2026-05"}, ["8 maj", "29 maj"]),
        ({"network": "Energi"}, []),
    )
    for filters, expected in cases:
        answer = await scene.asked(meetings, **filters)
        shown = [row[1].split(" ", 1)[1] for row in rows_of(answer)]
        assert answer.total == len(expected), filters
        assert shown == (expected if len(expected) > 1 else []), filters
        assert all(day in answer.said for day in expected), filters


async def test_meetings_say_what_is_nearest(scene: Scene):
    said = await scene.said(meetings, body="steering_group", period="this_week")
    assert said == (
        "Inget möte den här veckan för styrgruppen. Närmast är styrgruppen fredag 27 mars "
        "kl. 14:30–16:00, Digitalt. Handlingarna ska vara inne senast onsdag 25 mars."
    )
    said = await scene.said(meetings, body="reference_group", period="this_year")
    assert said == (
        "Politiska referensgruppen har 4 möten i år: 22 januari, 9 april, 10 september och "
        "12 november."
    )
    said = await scene.said(meetings, body="board", period="2029")
    assert "Närmast är direktionen fredag 4 december" in said
    assert await scene.said(meetings, body="manager") == (
        "Chefen har inga egna möten i kalendern, som visar organens."
    )
    said = await scene.said(meetings, network="Energi")
    assert said == "Kalendern har inget möte att vänta för nätverket Energi."
    assert "Kompetens" in words_of(await scene.asked(meetings, area="Kompetens"))


async def test_documents_that_should_have_come_and_meetings_that_are_over(scene: Scene):
    late = replace(scene, now=stockholm("2026-03-27 12:00"))
    said = await late.said(meetings, body="steering_group")
    assert said == (
        "Styrgruppen möts nästa gång fredag 27 mars kl. 14:30–16:00, Digitalt. "
        "Handlingarna skulle ha varit inne 25 mars."
    )
    assert "⏰ 25 mars, har passerat" in words_of(await late.asked(meetings, body="steering_group"))
    over = replace(scene, now=stockholm("2026-03-27 16:30"))
    assert "onsdag 29 april" in await over.said(meetings, body="steering_group")
    async with scene.database.transaction() as db:
        await db.execute(text("UPDATE meetings SET cancelled = true WHERE held_on = '2026-03-27'"))
    assert "onsdag 29 april" in await scene.said(meetings, body="steering_group")


async def test_what_is_to_come_to_a_meeting_and_a_draft_only_for_those_who_write_it(scene: Scene):
    await scene.need("Bussar", await prepared(scene), REFERENCE, PRESIDIUM, BOARD)
    await draft(scene, "board", "2026-04-24")
    answer = await scene.asked(meetings, body="board")
    words = words_of(answer)
    assert "Till direktionen 24 april: 1 behov (behov 1) och en lägesrapport" in words
    assert "utkast" in words
    assert "Lägesrapporter" in words
    assert list(answer.needs) == [1]
    others = words_of(await scene.asked(meetings, HJO, body="board"))
    assert "1 behov (behov 1) och en lägesrapport." in others
    assert "utkast" not in others
    assert "Lägesrapporter" not in others
    later = words_of(await scene.asked(meetings, body="board", period="2026-06"))
    assert "behov 1" not in later


async def co_financing(scene: Scene, *, decider: BodyKind | None, secrecy: Secrecy) -> Poll:
    """A co-financing poll of all municipalities about KOM-03."""
    plan, by = await scene.plan(), await scene.by(days=2)
    body = next((each.id for each in plan.bodies.values() if each.kind == decider), None)
    asked = Asked(
        "Batterier",
        stockholm("2026-04-01 00:00"),
        activity_id=plan.activities["KOM-03"].id,
        secrecy=secrecy,
        decider=body,
    )
    wants = Proposal(
        purpose="Utbildning",
        total=Kronor(150_000),
        funded=Kronor(50_000),
        asked=Kronor(100_000),
        key=Key(SharingKey.EQUAL),
    )
    async with scene.database.transaction() as db:
        parts = [each for each, _name in await sharers(db, date(2026, 3, 14))]
        return await start_co_financing(db, by, asked, wants, parts, binding=True)


async def waiting(scene: Scene) -> None:
    """Something for nearly everybody to decide."""
    begin = await prepared(scene)
    plan = await scene.plan()
    areas = {name: key for key, name in plan.focus_areas.items()}
    await scene.need("Tolkar", by=HJO, area_id=areas["Kompetens"])
    await scene.need("Skola", begin, days=8)
    await scene.need("Senare", await prepared(scene, date(2026, 5, 1)))
    await scene.need("Laddning", begin, REFERENCE, PRESIDIUM, days=30)
    await scene.need("Bussar", begin, REFERENCE, PRESIDIUM, BOARD, days=20)
    network = next(each.id for each in plan.networks if each.name == "Energi")
    await scene.work("Ring", ToNetwork(network), due="2026-03-01", code="SAM-03")
    who, what = "steering_group", "Godkänn ny budget"
    red = "off_track"
    await scene.report("KOM-03", status=red, deviation="Kostar", decision_from=who, decision=what)
    await scene.report("SAM-01", days=9, decision_from="board", decision="Anta planen")
    await scene.report("SAM-02", days=9, decision_from="board", decision="Inte nu")
    await scene.report("SAM-02", days=1)


async def test_what_everybody_has_to_decide_by_whose_it_is(scene: Scene):
    assert (await scene.said(decisions)).startswith("Inget beslut väntar. Närmast möts")
    await waiting(scene)
    answer = await scene.asked(decisions)
    assert answer.said.startswith(
        "7 beslut väntar: 1 hos chefen, 3 hos styrgruppen, 1 hos presidiet och 2 hos direktionen."
    )
    assert [row[:2] for row in rows_of(answer)] == [
        ("Chefen", "Behov 1 Tolkar"),
        ("Styrgruppen", "Behov 2 Skola"),
        ("Styrgruppen", "Uppdrag 1 Ring"),
        ("Styrgruppen", "KOM-03 Batteriteknikutbildning med högskolan"),
        ("Presidiet", "Behov 4 Laddning"),
        ("Direktionen", "Behov 5 Bussar"),
        ("Direktionen", "SAM-01 Gemensam bostadsförsörjningsanalys"),
    ]
    assert answer.activities == ["KOM-03", "SAM-01", "SAM-03"]
    assert answer.needs == [1, 2, 4, 5]
    rest = await scene.asked(decisions, skip=5)
    assert (rest.total, rest.shown, len(rows_of(rest))) == (7, 2, 2)
    assert "Kostar" not in words_of(answer)
    assert "Kostar." in words_of(await scene.asked(decisions, why=True))


async def test_decisions_of_one_with_the_day_of_their_documents(scene: Scene):
    await waiting(scene)
    answer = await scene.asked(decisions, audience="board")
    assert answer.said == (
        "Direktionen har 2 saker att besluta om: behov 5 Bussar och SAM-01 Gemensam "
        "bostadsförsörjningsanalys. Närmast möts direktionen fredag 24 april kl. 09:00–12:00, "
        "Falköping. Handlingarna ska vara inne senast fredag 17 april."
    )
    assert [each.words for each in answer.sources] == [
        "Behovsregistret",
        "Rapport om SAM-01: Chef Omställning Skaraborg, 7 mars",
    ]
    said = await scene.said(decisions, audience="steering_group", period="this_week")
    assert said.startswith("Styrgruppen har inget möte den här veckan. Styrgruppen har 3 saker")
    assert "fredag 27 mars" in said
    said = await scene.said(decisions, audience="reference_group")
    assert said.startswith(
        "Politiska referensgruppen har inget att besluta om. 7 beslut väntar: 1 hos chefen"
    )
    said = await scene.said(decisions, audience="manager", period="this_week")
    assert said.startswith("Chefen beslutar löpande, utan möten. Chefen har 1 sak")
    said = await scene.said(decisions, period="2026-07")
    assert said.startswith("Inget organ har möte i juli; chefen beslutar löpande. Chefen har 1")
    said = await scene.said(decisions, audience="board", period="last_month")
    assert said.startswith("Mötena förra månaden har varit; det här väntar nu. Direktionen har 2")


async def test_decisions_by_each_filter(scene: Scene):
    await waiting(scene)
    cases: Cases = (
        ({"area": "Kompetens"}, ["Behov 1", "KOM-03"]),
        ({"area": "Kompetens", "audience": "steering_group"}, ["KOM-03"]),
        ({"activity": "SAM-03"}, ["Uppdrag 1"]),
        ({"direction": "Energiförsörjning"}, ["Uppdrag 1"]),
        ({"network": "Energi"}, ["Uppdrag 1"]),
        ({"municipality": "Hjo", "audience": "manager"}, ["Behov 1"]),
        ({"person": "planering@skovde.example.se"}, ["SAM-01"]),
        ({"state": "off_track"}, ["KOM-03"]),
        ({"stage": "board"}, ["Behov 5"]),
        ({"kind": "priority"}, []),
        ({"body": "presidium"}, ["Behov 4"]),
        ({"audience": "presidium|board"}, ["Behov 4", "Behov 5", "SAM-01"]),
        ({"since": "2026-03-13"}, ["KOM-03"]),
        ({"period": "2026-07"}, ["Behov 1"]),
        ({"period": "this_week"}, ["Behov 1"]),
        ({"activity": "FIN-01", "audience": "board"}, []),
    )
    for filters, expected in cases:
        answer = await scene.asked(decisions, **filters)
        shown = [row[1] for row in rows_of(answer)]
        assert len(shown) == len(expected), filters
        assert all(one.startswith(e) for one, e in zip(shown, expected, strict=True)), filters


async def test_polls_without_a_decision_and_nothing_of_what_they_hide(scene: Scene):
    poll = await co_financing(scene, decider="board", secrecy=Secrecy.UNTIL_CLOSING)
    director = await scene.by("kommundirektor@hjo")
    said, hjo = Said(AnswerKind.YES, Kronor(6_667)), await scene.place("Hjo")
    async with scene.database.transaction() as db:
        held = await mandates(db, "co_financing", date(2026, 3, 16))
        await answer_poll(db, director, poll, hjo, said, held)
    answer = await scene.asked(decisions, audience="board")
    row = rows_of(answer)[0]
    assert row[1:3] == (
        "Omröstning 1 Batterier",
        "Öppen till 31 mars, sedan ska den beslutas.",
    )
    for words in (words_of(answer), words_of(await scene.asked(decisions, HJO, why=True))):
        assert "6 667" not in words.replace("\xa0", " ")
        assert "Ja" not in words
    async with scene.database.transaction() as db:
        await close(db, await scene.by(), poll)
    answer = await scene.asked(decisions, audience="board")
    assert rows_of(answer)[0][2] == "Stängd, och inget beslut är antecknat."
    assert (await scene.asked(decisions, kind="co_financing")).total == 1
    assert (await scene.asked(decisions, area="Etablering")).total == 0


async def test_a_quick_question_is_nobodys_decision(scene: Scene):
    plan, by = await scene.plan(), await scene.by()
    network = plan.networks[0].id
    asked = Asked("Lunch?", stockholm("2026-04-01 00:00"), body=network)
    rules = Rules(Kind.QUESTION, Method.CHOICE)
    async with scene.database.transaction() as db:
        poll = await start_poll(db, by, asked, rules, [Choice("Ja"), Choice("Nej")])
        await close(db, by, poll)
    assert (await scene.asked(decisions)).total == 0

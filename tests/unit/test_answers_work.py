"""Answers about needs, assignments and applications: right figures, filters, what is nearest."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.applications import changing
from bot.assignments.answering import decline
from bot.assignments.assignment import ToMunicipality, ToNetwork, ToOnePerson
from bot.needs.merging import merge
from bot.needs.need import Move, Wanted
from bot.needs.preparing import add_note
from bot.needs.registering import register
from bot.needs.stages import Stage
from bot.needs.supporting import support
from bot.questions.answers.applications import applications
from bot.questions.answers.assignments import assignments
from bot.questions.answers.needs import needs
from storage.database import Database
from tests.unit.work_asked import CHEF, STAFF, Scene, rows_of, words_of

Cases = Sequence[tuple[dict[str, Any], list[int]]]
REFERENCE = Move(Stage.REFERENCE_GROUP, met_on=date(2026, 2, 1))
PRESIDIUM = Move(Stage.PRESIDIUM, met_on=date(2026, 2, 2))
BOARD = Move(Stage.BOARD, met_on=date(2026, 2, 3))
ACCEPTED = Move(Stage.ACCEPTED, met_on=date(2026, 2, 4), paragraph="14", reason="Bra för alla")
DECLINED = Move(Stage.DECLINED, reason="För dyrt")
HJO, SKARA = "inflyttning@hjo", "kommundirektor@skara"


@pytest.fixture
def scene(sample_database: Database) -> Scene:
    return Scene(sample_database)


async def prepared(scene: Scene) -> Move:
    """The step that begins the preparation."""
    who = (await scene.person(STAFF)).id
    return Move(Stage.PREPARING, preparer_id=who, prepare_by=date(2026, 4, 30))


async def some_needs(scene: Scene) -> None:
    begin = await prepared(scene)
    plan = await scene.plan()
    areas = {name: key for key, name in plan.focus_areas.items()}
    networks = {each.name: each.id for each in plan.networks}
    await scene.need("Tolkar", by=HJO, area_id=areas["Kompetens"], reason="Ont om tolkar")
    await scene.need("Skola", begin, by=SKARA, days=50, area_id=areas["Samhällsplanering"])
    await scene.need("Laddning", begin, REFERENCE, PRESIDIUM, days=30, network=networks["Energi"])
    await scene.need("Bussar", begin, REFERENCE, PRESIDIUM, BOARD, days=20)
    await scene.need("Fiber", begin, REFERENCE, PRESIDIUM, BOARD, ACCEPTED, days=20)
    await scene.need("Bänkar", begin, DECLINED, by=SKARA, days=20)


async def test_needs_are_told_by_stage_with_what_stands_still(scene: Scene):
    assert await scene.said(needs) == "Inget behov är registrerat."
    await some_needs(scene)
    answer = await scene.asked(needs)
    assert answer.said == (
        "Det finns 6 behov: 1 är hos direktionen, 1 är hos presidiet, 1 är under beredning, "
        "1 är registrerat, 1 är antaget och 1 är avslaget. "
        "Behov 2 har stått still i mer än 30 dagar."
    )
    assert [row[:4] for row in rows_of(answer)][:2] == [
        ("4", "Bussar", "🏛 hos direktionen", "25 februari"),
        ("3", "Laddning", "🗂 hos presidiet", "15 februari"),
    ]
    assert list(answer.needs) == [4, 3, 2, 1, 5, 6]
    assert answer.municipalities == ["Hjo", "Skara"]
    assert (answer.total, answer.shown) == (6, 6)
    assert answer.sources[0].words == "Behovsregistret"


async def test_needs_by_each_filter(scene: Scene):
    await some_needs(scene)
    cases: Cases = (
        ({"stage": "board"}, [4]),
        ({"stage": "presidium|board"}, [4, 3]),
        ({"body": "board"}, [4]),
        ({"audience": "presidium"}, [3]),
        ({"area": "Kompetens"}, [1]),
        ({"direction": "Bostadsförsörjning"}, [2]),
        ({"network": "Energi"}, [3]),
        ({"municipality": "Hjo"}, [1]),
        ({"municipality": "Hjo|Skara"}, [2, 1, 6]),
        ({"person": f"{SKARA}.example.se"}, [2, 6]),
        ({"person": f"{STAFF}.example.se"}, [4, 3, 2, 5, 6]),
        ({"period": "this_month"}, [1]),
        ({"period": "2026-01"}, [2]),
        ({"period": "this_year", "stage": "accepted"}, [5]),
        ({"period": "last_month", "stage": "declined"}, [6]),
        ({"since": "2026-02-20"}, [1, 6, 5, 4]),
        ({"area": "Kompetens", "municipality": "Hjo", "period": "this_year"}, [1]),
        ({"area": "Kompetens", "municipality": "Skara"}, []),
        ({"person": "ingen@annan.se"}, []),
    )
    for filters, expected in cases:
        answer = await scene.asked(needs, **filters)
        assert list(answer.needs) == expected, filters
        assert [int(row[0]) for row in rows_of(answer)] == expected, filters


async def test_needs_say_what_was_asked_and_what_is_nearest(scene: Scene):
    await some_needs(scene)
    said = await scene.said(needs, stage="board")
    assert said == "1 behov är hos direktionen: behov 4 Bussar (sedan 25 februari)."
    said = await scene.said(needs, period="2026", stage="accepted")
    assert said == "1 behov har antagits under 2026: behov 5 Fiber (sedan 4 februari)."
    said = await scene.said(needs, stage="resting")
    assert said.startswith("Inget behov vilar just nu. Annars finns 6 behov: 1 är hos direktionen")
    said = await scene.said(needs, period="today")
    assert said == (
        "Inget behov har registrerats i dag. Det senaste är behov 1 Tolkar, registrerat 6 mars."
    )
    said = await scene.said(needs, municipality="Vara")
    assert said.startswith("Inget behov i Vara är registrerat. Sammanlagt finns 6 behov:")
    said = await scene.said(needs, direction="Bostadsförsörjning")
    assert "Det finns 1 behov inom Samhällsplanering (där Bostadsförsörjning ingår):" in said
    assert "KOM-03 Batteriteknikutbildning" in await scene.said(needs, activity="KOM-03")
    assert "avvikelse" in words_of(await scene.asked(needs, state="off_track"))


async def test_needs_show_why_only_when_asked(scene: Scene):
    await some_needs(scene)
    answer = await scene.asked(needs)
    assert answer.may_why
    assert "För dyrt" not in words_of(answer)
    words = words_of(await scene.asked(needs, why=True))
    assert "För dyrt" in words
    assert "Ont om tolkar" in words


async def test_needs_show_supports_and_neither_notes_nor_those_taken_back(scene: Scene):
    first = await scene.need("Tolkar", await prepared(scene), by=HJO)
    again = await scene.need("Fler tolkar", by=SKARA)
    by = await scene.by(SKARA)
    async with scene.database.transaction() as db:
        await support(db, by, first, await scene.place("Skara"))
        await add_note(db, await scene.by(), first, "Hemlig anteckning")
        await merge(db, await scene.by(), again, first)
    answer = await scene.asked(needs, why=True, municipality="Skara")
    assert list(answer.needs) == [1]
    assert rows_of(answer)[0][5] == "1: Skara"
    assert "Hemlig" not in words_of(answer)


async def test_many_needs_are_paged_with_a_chart_and_in_few_statements(scene: Scene):
    by, begin = await scene.by(HJO, days=2), await prepared(scene)
    async with scene.database.transaction() as db:
        for number in range(10):
            await register(db, by, Wanted(f"Behov {number}", "Text"), organisation=None)
    await scene.need("Det elfte", begin)
    statements: list[str] = []

    @event.listens_for(scene.database.engine.sync_engine, "before_cursor_execute")
    def count(_c: object, _u: object, statement: str, *_rest: object) -> None:
        if "needs" in statement:
            statements.append(statement)

    answer = await scene.asked(needs)
    assert len(statements) == 2
    assert (answer.total, answer.shown, len(answer.needs)) == (11, 8, 11)
    charts = [part for part in answer.parts if part.kind == "chart"]
    assert charts[0].categories == ("registrerat", "bereds")
    assert charts[0].series[0].values == (10, 1)
    rest = await scene.asked(needs, skip=8)
    assert rest.shown == 3


async def some_assignments(scene: Scene) -> None:
    networks = {each.name: each.id for each in (await scene.plan()).networks}
    hjo = ToMunicipality(await scene.place("Hjo"))
    await scene.work("Kartlägg", hjo, due="2026-04-01", code="KOM-03", hours=40, reason="Mötet")
    await scene.work("Ring", ToNetwork(networks["Energi"], 2), due="2026-03-01", code="SAM-03")
    who = ToOnePerson((await scene.person(STAFF)).id)
    await scene.work("Skriv", who, due="2026-03-20", days=40)


async def test_assignments_are_told_by_where_they_are(scene: Scene):
    assert await scene.said(assignments) == "Inget uppdrag är ute just nu."
    await some_assignments(scene)
    answer = await scene.asked(assignments)
    assert answer.said == (
        "3 uppdrag: 2 väntar på svar och 1 saknar någon som har tid. Försenat: uppdrag 2 Ring."
    )
    assert [row[:3] for row in rows_of(answer)] == [
        ("2", "Ring", "nätverket Energi"),
        ("3", "Skriv", "Ekonomiansvarig, tillfrågad"),
        ("1", "Kartlägg", "Kommundirektör Hjo, tillfrågad"),
    ]
    assert answer.activities == ["KOM-03", "SAM-03"]
    assert answer.municipalities == ["Hjo"]


async def test_assignments_by_each_filter(scene: Scene):
    await some_assignments(scene)
    cases: Cases = (
        ({"municipality": "Hjo"}, [1]),
        ({"municipality": "Vara"}, []),
        ({"area": "Kompetens"}, [1]),
        ({"activity": "SAM-03"}, [2]),
        ({"network": "Energi"}, [2]),
        ({"person": f"{STAFF}.example.se"}, [3]),
        ({"body": "steering_group"}, [2]),
        ({"body": "municipal_directors"}, []),
        ({"period": "this_week"}, [3]),
        ({"period": "2026-04"}, [1]),
        ({"period": "2026-06"}, []),
        ({"period": "last_month"}, [3]),
        ({"since": "2026-03-01"}, [2, 1]),
        ({"state": "off_track"}, [2]),
        ({"state": "not_started"}, [3, 1]),
        ({"state": "done"}, []),
    )
    for filters, expected in cases:
        if filters == {"period": "last_month"}:
            await _given_in_february(scene)
        answer = await scene.asked(assignments, **filters)
        assert [int(row[0]) for row in rows_of(answer)] == expected, filters


async def _given_in_february(scene: Scene) -> None:
    async with scene.database.transaction() as db:
        await db.execute(text("UPDATE assignments SET asked_at = '2026-02-04 10:00+01' WHERE id=3"))


async def test_assignments_say_what_was_asked_and_what_is_nearest(scene: Scene):
    await some_assignments(scene)
    said = await scene.said(assignments, municipality="Hjo")
    assert said == (
        "1 uppdrag i Hjo: uppdrag 1 Kartlägg, klart senast 1 april. Det väntar på svar."
    )
    said = await scene.said(assignments, body="steering_group")
    assert said == (
        "Ingen har tid med 1 uppdrag: uppdrag 2 Ring, klart senast 1 mars. Det är försenat."
    )
    said = await scene.said(assignments, period="2026-06")
    assert said.startswith("Inget uppdrag ska vara klart i juni. Annars finns 3 uppdrag:")
    assert said.endswith("Närmast är uppdrag 3 Skriv, klart senast 20 mars.")
    said = await scene.said(assignments, state="done")
    assert said.startswith("Inget uppdrag är klart just nu.")
    said = await scene.said(assignments, municipality="Vara")
    assert "Sammanlagt finns 3 uppdrag" in said
    assert "hos direktionen" in words_of(await scene.asked(assignments, stage="board"))


async def test_assignments_show_why_somebody_said_no(scene: Scene):
    person = await scene.person(STAFF)
    given = await scene.work("Skriv", ToOnePerson(person.id), due="2026-03-20")
    async with scene.database.transaction() as db:
        await decline(db, await scene.by(STAFF), given, "Bokslutet pågår")
    answer = await scene.asked(assignments)
    assert "saknar någon som har tid" in answer.said
    assert answer.may_why
    assert "Bokslutet" not in words_of(answer)
    words = words_of(await scene.asked(assignments, why=True))
    assert "Ekonomiansvarig kan inte: Bokslutet pågår." in words


async def some_applications(scene: Scene) -> None:
    await scene.application("ESF+", "KOM-03", 2_000_000, last_day=date(2026, 3, 10))
    sent = await scene.application(
        "Energimyndigheten",
        "SAM-03",
        400_000,
        last_day=date(2026, 4, 20),
        expected_on=date(2026, 6, 1),
        reports=(date(2026, 9, 1),),
    )
    granted = await scene.application("Vinnova", "SAM-01", 300_000, reports=(date(2026, 5, 5),))
    by, plan = await scene.by(days=1), await scene.plan()
    async with scene.database.transaction() as db:
        await changing.send(db, by, plan, sent, date(2026, 3, 12))
        again = await changing.send(db, by, plan, granted, date(2026, 3, 2))
        await changing.grant(db, by, plan, again, 250_000, date(2026, 3, 13))


async def test_applications_are_told_with_their_money_and_days(scene: Scene):
    assert await scene.said(applications) == "Det finns ingen ansökan."
    await some_applications(scene)
    answer = await scene.asked(applications)
    assert answer.said == (
        "3 ansökningar: 1 är planerad, 1 är skickad och 1 är beviljad. Beviljat är 250\xa0000 kr "
        "och sökt och inte besvarat är 400\xa0000 kr. "
        "Dagen har passerat för ansökan 1, ESF+ för KOM-03."
    )
    assert [row[0] for row in rows_of(answer)] == ["1", "3", "2"]
    assert answer.municipalities == ["Lidköping", "Skövde"]


async def test_applications_by_each_filter(scene: Scene):
    await some_applications(scene)
    cases: Cases = (
        ({"activity": "SAM-03"}, [2]),
        ({"area": "Samhällsplanering"}, [3, 2]),
        ({"direction": "Energiförsörjning"}, [2]),
        ({"municipality": "Lidköping"}, [2]),
        ({"municipality": "Tibro"}, []),
        ({"network": "Energi"}, [2]),
        ({"person": "energi@lidkoping.example.se"}, [2]),
        ({"person": f"{CHEF}.example.se"}, [1, 3, 2]),
        ({"period": "next_month"}, [2]),
        ({"period": "2026-06"}, [2]),
        ({"period": "2026-Q3"}, [2]),
        ({"period": "last_year"}, []),
        ({"since": "2026-03-13"}, [3, 2]),
        ({"stage": "accepted"}, [3]),
        ({"stage": "declined"}, []),
    )
    for filters, expected in cases:
        answer = await scene.asked(applications, **filters)
        assert [int(row[0]) for row in rows_of(answer)] == expected, filters


async def test_applications_say_what_was_asked_and_what_is_nearest(scene: Scene):
    await some_applications(scene)
    assert await scene.said(applications, activity="SAM-03") == (
        "Ansökan 2, Energimyndigheten för SAM-03, 400\xa0000 kr, är skickad: svar väntas 1 juni."
    )
    said = await scene.said(applications, period="next_month")
    assert said == (
        "1 ansökan har en dag att hålla reda på nästa månad: ansökan 2, Energimyndigheten för "
        "SAM-03, 400\xa0000 kr, är skickad (sista dag 20 april)."
    )
    said = await scene.said(applications, stage="declined")
    assert said.startswith("Ingen ansökan fick avslag. Annars finns 3 ansökningar")
    said = await scene.said(applications, municipality="Tibro")
    assert said.startswith("Det finns ingen ansökan i Tibro. Sammanlagt finns 3 ansökningar")

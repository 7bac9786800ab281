"""Answers about how things stand and who has reported: figures, limits, ends and pages."""

from datetime import date

import pytest

from bot.conversations.views import Chart
from bot.plan import Plan
from bot.questions.answers.activities import activities
from bot.questions.answers.changes import changes
from bot.questions.answers.not_reported import not_reported
from bot.questions.answers.overview import overview
from bot.questions.answers.owner import owner
from bot.questions.answers.status import status
from bot.questions.asking import Answers
from bot.states import Status
from storage.database import Database
from storage.queries.absences import note_absence
from tests.unit.standing_scene import (
    CHEF,
    NOW,
    RED,
    TODAY,
    ask,
    lay,
    on,
    person,
    rows,
    told,
    words,
)


@pytest.fixture
async def plan(sample_database: Database) -> Plan:
    """The sample plan with reports in it."""
    async with sample_database.transaction() as db:
        return await lay(db)


async def test_an_area_is_counted_and_its_worst_named_first(sample_database: Database, plan: Plan):
    found = await ask(sample_database, status, {"area": "Kompetens"})
    assert found.said == (
        "5 aktiviteter inom Kompetens: 1 har avvikelse, 1 har risk, 1 är pausad, "
        "1 går enligt plan och 1 är klar. "
        "Sämst går det för KOM-03 Batteriteknikutbildning med högskolan."
    )
    assert found.activities == ("KOM-03", "KOM-02", "KOM-04", "KOM-01", "KOM-05")
    assert rows(found)[0][1:] == (
        "🔴 avvikelse",
        "10 mars, Kompetensstrateg Skövde",
        "Avtalet är försenat.",
    )
    assert found.sources[0].words == "Rapport om KOM-03: Kompetensstrateg Skövde, 10 mars"
    assert found.sources[-1].words == "3 rapporter till"
    assert found.may_why


async def test_why_tells_deviation_measure_and_decision(sample_database: Database, plan: Plan):
    found = await ask(sample_database, status, {"area": "Kompetens"}, why=True)
    assert rows(found)[0][-1] == (
        "Avtalet är försenat. Åtgärd: Extra möte. Beslut som behövs: Ska vi vänta."
    )
    assert not found.may_why
    one = await ask(sample_database, status, {"activity": "KOM-03"}, why=True)
    assert "Åtgärd: Extra möte." in one.said


async def test_one_activity_with_what_was_said_of_it(sample_database: Database, plan: Plan):
    found = await ask(sample_database, status, {"activity": "KOM-03"})
    assert found.said == (
        "KOM-03 Batteriteknikutbildning med högskolan har avvikelse, "
        "enligt Kompetensstrateg Skövde 10 mars. Avtalet är försenat."
    )
    assert "Nästa milstolpe 15 maj: Ansökan inlämnad" in words(found)
    assert "Åtgärd: " in words(found)
    assert [each.label for each in found.buttons] == ["Visa KOM-03", "Alla rapporter om KOM-03"]
    assert found.municipalities == ("Skövde",)


@pytest.mark.parametrize(
    ("filters", "begins"),
    [
        ({"activity": "KOM-03", "state": "off_track"}, "Ja, KOM-03"),
        ({"activity": "KOM-03", "state": "at_risk|paused"}, "Nej, KOM-03"),
        ({"activity": "SAM-01"}, "Ingen har rapporterat om SAM-01 "),
        ({"activity": "KOM-03", "period": "today"}, "Ingen har rapporterat om KOM-03 "),
        ({"activity": "ABC-99"}, "ABC-99 finns inte i planen."),
    ],
)
async def test_one_activity_is_answered_as_it_was_asked(
    sample_database: Database, plan: Plan, filters: dict[str, str], begins: str
):
    assert (await ask(sample_database, status, filters)).said.startswith(begins)


async def test_states_that_nobody_has_are_answered_with_what_is(
    sample_database: Database, plan: Plan
):
    found = await ask(sample_database, status, {"state": "paused", "area": "Platsutveckling"})
    assert found.said == (
        "Ingen aktivitet inom Platsutveckling är pausad. 2 är ej påbörjade och 1 går enligt plan."
    )
    assert (found.activities, found.total, rows(found)) == ((), 0, ())
    several = await ask(sample_database, status, {"state": "off_track|at_risk"})
    assert several.said.startswith("2 av 27 aktiviteter har avvikelse eller risk: KOM-03 ")


async def test_a_time_is_of_reports_in_it(sample_database: Database, plan: Plan):
    found = await ask(sample_database, status, {"period": "last_week"})
    assert found.said.startswith("4 av 27 aktiviteter har rapporterat förra veckan: ")
    assert set(found.activities) == {"KOM-01", "KOM-02", "KOM-03", "PLA-01"}
    since = await ask(sample_database, status, {"since": "2026-03-12"})
    assert set(since.activities) == {"KOM-02", "PLA-01"}
    none = await ask(sample_database, status, {"area": "Etablering", "period": "last_week"})
    assert none.said.startswith("Ingen aktivitet inom Etablering har rapporterat förra veckan.")


async def test_the_state_of_a_past_time_is_that_of_its_end(sample_database: Database, plan: Plan):
    found = await ask(sample_database, status, {"activity": "KOM-03", "period": "2026-02"})
    assert "går enligt plan, enligt Kompetensstrateg Skövde 20 februari" in found.said
    whole = await ask(sample_database, overview, {"area": "Kompetens", "period": "2026-02"})
    assert whole.said.startswith(
        "5 aktiviteter inom Kompetens, som det stod 28 februari: "
        "4 är ej påbörjade och 1 går enligt plan."
    )


async def test_a_corrected_report_does_not_stand(sample_database: Database, plan: Plan):
    async with sample_database.transaction() as db:
        wrong = await told(db, plan, "SAM-01", RED, on(13))
        await told(db, plan, "SAM-01", Status.ON_TRACK, on(14), replaces=wrong)
    found = await ask(sample_database, status, {"area": "Samhällsplanering"})
    assert "avvikelse" not in found.said
    changed = await ask(
        sample_database, changes, {"since": "2026-03-13", "area": "Samhällsplanering"}
    )
    assert "1 rapport rättades" in changed.said
    assert ("Rättad rapport: läget är enligt plan, inte avvikelse") in words(changed)


async def test_a_long_answer_is_paged(sample_database: Database, plan: Plan):
    first = await ask(sample_database, status)
    assert (first.total, first.shown, len(rows(first))) == (27, 8, 8)
    assert any(isinstance(each, Chart) for each in first.parts)
    last = await ask(sample_database, status, skip=24)
    assert (last.total, last.shown) == (27, 3)
    assert first.activities == last.activities
    assert not {row[0] for row in rows(first)} & {row[0] for row in rows(last)}
    assert not any(isinstance(each, Chart) for each in last.parts)


async def test_limits_without_meaning_are_said(sample_database: Database, plan: Plan):
    found = await ask(
        sample_database, status, {"area": "Kompetens", "stage": "board", "kind": "priority"}
    )
    assert "hos direktionen" in words(found)
    assert "prioritering" in words(found)
    named = await ask(sample_database, owner, {"activity": "KOM-03", "municipality": "Vara"})
    assert "Vara" in words(named)


@pytest.mark.parametrize("answer", [overview, status, activities, not_reported, changes])
async def test_limits_that_leave_nothing(sample_database: Database, plan: Plan, answer: Answers):
    found = await ask(sample_database, answer, {"area": "Kompetens", "network": "Energi"})
    assert "inom Kompetens" in found.said
    assert "nätverket Energi" in found.said
    assert (found.activities, found.total) == ((), 0)


async def test_activities_of_a_municipality_and_a_time(sample_database: Database, plan: Plan):
    found = await ask(sample_database, activities, {"municipality": "Hjo"})
    hjo = [
        code
        for code, each in plan.activities.items()
        if "Hjo" in {plan.organisations[one].name for one in each.participants}
    ]
    assert list(found.activities) == hjo
    assert found.said.startswith(f"{len(hjo)} aktiviteter i Hjo: ")
    assert found.said.endswith("Hjo samordnar PLA-01.")
    ahead = await ask(sample_database, activities, {"area": "Kompetens", "period": "2027"})
    assert ahead.activities == ("KOM-02", "KOM-03")
    assert ahead.said.startswith("2 aktiviteter inom Kompetens pågår ")
    started = await ask(sample_database, activities, {"area": "Kompetens", "since": "2026-03-01"})
    assert started.activities == ("KOM-04",)
    red = await ask(sample_database, activities, {"state": "off_track"})
    assert red.said == "1 aktivitet har avvikelse: KOM-03 Batteriteknikutbildning med högskolan."
    never = await ask(sample_database, activities, {"area": "Kompetens", "period": "2031"})
    assert never.said.startswith("Ingen aktivitet inom Kompetens pågår ")
    assert "är det 5 aktiviteter inom Kompetens" in never.said


async def test_late_reports_by_rhythm(sample_database: Database, plan: Plan):
    found = await ask(sample_database, not_reported, {"area": "Platsutveckling"})
    assert found.said == (
        "2 rapporter dröjer av 3 som väntas om aktiviteter inom Platsutveckling: "
        "PLA-02 Skaraborg på mässor 2026 och PLA-03 Kulturkortet Skaraborg. "
        "Det gäller Kommunalförbundet och Skara; ansvariga är Kommunikatör och Kulturchef Skara."
    )
    assert found.activities == ("PLA-02", "PLA-03")
    assert found.municipalities == ("Skara",)
    assert rows(found)[0][-1] == "ingen rapport, 4 veckor sen"
    fine = await ask(sample_database, not_reported, {"area": "Kompetens"})
    assert fine.said == (
        "Ingen rapport dröjer: 3 aktiviteter inom Kompetens ska rapporteras och är i tid."
    )


async def test_who_lacks_a_report_in_a_time(sample_database: Database, plan: Plan):
    found = await ask(sample_database, not_reported, {"area": "Kompetens", "period": "this_week"})
    assert found.activities == ("KOM-03", "KOM-01", "KOM-02")
    assert found.municipalities == ("Lidköping", "Skövde")
    assert found.said.startswith(
        "3 av 3 pågående aktiviteter inom Kompetens saknar rapport den här veckan: "
    )
    assert "Det gäller Lidköping och Skövde; ansvariga är " in found.said
    before = await ask(sample_database, not_reported, {"area": "Kompetens", "period": "last_week"})
    assert before.said.startswith("Alla har rapporterat förra veckan: 3 pågående aktiviteter")
    ahead = await ask(sample_database, not_reported, {"area": "Kompetens", "period": "next_week"})
    assert ahead.activities == ("KOM-03", "KOM-01", "KOM-02")
    assert ahead.said.startswith("3 aktiviteter inom Kompetens ska rapporteras nästa vecka: ")


async def test_a_municipality_owes_what_it_coordinates(sample_database: Database, plan: Plan):
    found = await ask(
        sample_database, not_reported, {"municipality": "Skövde", "period": "this_week"}
    )
    assert set(found.activities) == {"SAM-01", "KOM-01", "KOM-03"}
    none = await ask(sample_database, not_reported, {"municipality": "Essunga"})
    assert none.said == "Essunga samordnar ingen aktivitet, så ingen rapport väntas därifrån."


async def test_who_is_away_stands_as_away(sample_database: Database, plan: Plan):
    async with sample_database.transaction() as db:
        who = await person(db, "kommunikation@skaraborg.example.se")
        deputy = await person(db, CHEF)
        await note_absence(
            db, who.id, starts_on=TODAY, ends_on=date(2026, 3, 30), deputy=deputy.id,
            source="person", by=who.id, now=NOW, platform="web",
        )  # fmt: skip
    found = await ask(sample_database, not_reported, {"activity": "PLA-02"})
    assert "Kommunikatör är borta och är tillbaka 30 mars. Chef Omställning Skaraborg svarar" in (
        found.said
    )
    assert "ansvarig är" not in found.said
    assert rows(found)[0][2] == "Kommunikatör (borta, tillbaka 30 mars)"
    named = await ask(sample_database, owner, {"activity": "PLA-02"})
    assert "kommunikation@skaraborg.example.se" in named.said
    assert "svarar så länge" in named.said


async def test_the_whole_in_short(sample_database: Database, plan: Plan):
    found = await ask(sample_database, overview)
    assert found.said.startswith("27 aktiviteter: 1 har avvikelse, 1 har risk, 1 är pausad, ")
    assert "1 beslut väntar" in found.said
    assert "saknas." in found.said
    assert any(isinstance(each, Chart) for each in found.parts)
    assert "KOM-03 Batteriteknikutbildning med högskolan. Avtalet är försenat." in words(
        found
    ).replace("\n", "")
    assert "Till styrgruppen: " in words(found)
    part = await ask(sample_database, overview, {"area": "Kompetens"})
    assert "500 000 kr saknas" in part.said.replace("\xa0", " ")
    assert "🔴 avvikelse 1" in words(part)
    assert "Till styrgruppen: " not in words(
        await ask(sample_database, overview, {"audience": "board"})
    )

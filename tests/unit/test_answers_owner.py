"""Answers about who is responsible, and every question with every limit."""

import pytest
from sqlalchemy import text

from bot.people import Person, PersonId
from bot.plan import Plan, read_plan
from bot.questions.answers.owner import owner
from bot.questions.asking import Answers, Asking
from bot.questions.question import Question
from storage.database import Database
from tests.unit.standing_scene import ANSWERS, CHEF, HJO, NOW, ask, intent_of, lay, rows


@pytest.fixture
async def plan(sample_database: Database) -> Plan:
    """The sample plan with reports in it."""
    async with sample_database.transaction() as db:
        return await lay(db)


async def test_who_is_responsible(sample_database: Database, plan: Plan):
    one = await ask(sample_database, owner, {"activity": "SAM-03"})
    assert one.said == (
        "Energistrateg Lidköping (energi@lidkoping.example.se) ansvarar för "
        "SAM-03 Skaraborgs energi- och effektplan."
    )
    area = await ask(sample_database, owner, {"area": "Kompetens"})
    assert area.said.startswith("4 personer ansvarar för 5 aktiviteter inom Kompetens: ")
    assert (area.total, len(area.activities)) == (4, 5)
    red = await ask(sample_database, owner, {"state": "off_track"})
    assert red.activities == ("KOM-03",)


@pytest.mark.parametrize(
    ("filters", "begins"),
    [
        ({"municipality": "Hjo"}, "Kommundirektör i Hjo är Kommundirektör Hjo (kommundirektor@"),
        (
            {"municipality": "Hjo", "kind": "co_financing"},
            "För Hjo svarar Kommundirektör Hjo (kommundirektor@hjo.example.se) om medf",
        ),
        ({"network": "Energi"}, "I nätverket Energi sitter 1 person: Energistrateg Lidköping."),
        ({"body": "steering_group"}, "I styrgruppen sitter 5 personer: Kommundirektör Falköping"),
        ({"body": "steering_group", "municipality": "Hjo"}, "I styrgruppen sitter 1 person: "),
        ({"audience": "manager"}, "Chef Omställning Skaraborg är Chef Omställning Skaraborg ("),
        ({"body": "presidium"}, "I presidiet sitter 3 personer: Andre vice ordförande "),
        ({"body": "presidium", "municipality": "Hjo"}, "I presidiet sitter ingen."),
        ({"person": HJO}, "Inflyttarsamordnare Hjo (inflyttning@hjo.example.se): anställd i Hjo"),
        ({"person": "ingen@x.se"}, "ingen@x.se finns inte i katalogen."),
        ({}, "Chef Omställning Skaraborg är "),
    ],
)
async def test_people_behind_a_name(
    sample_database: Database, plan: Plan, filters: dict[str, str], begins: str
):
    assert (await ask(sample_database, owner, filters)).said.startswith(begins)


async def test_whoever_acts_in_the_post_is_told(sample_database: Database, plan: Plan):
    async with sample_database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO post_holdings (post_id, person_id, acting, starts_on, given_by) "
                "SELECT o.id, p.id, true, '2026-03-01', 'test' FROM posts o, people p "
                "WHERE o.kind = 'manager' AND p.email = 'ekonomi@skaraborg.example.se'"
            )
        )
    found = await ask(sample_database, owner, {"audience": "manager"})
    assert found.said.endswith(
        "Tillförordnad chef är Ekonomiansvarig (ekonomi@skaraborg.example.se)."
    )
    assert rows(found)[0][1] == "Tillförordnad chef"


@pytest.mark.parametrize("answer", ANSWERS.values())
async def test_every_filter_may_come_with_every_question(
    sample_database: Database, plan: Plan, answer: Answers
):
    values = {
        "area": "Kompetens|Etablering",
        "direction": "Kompetensomställning",
        "activity": "KOM-01|KOM-03",
        "municipality": "Hjo|Vara",
        "network": "Kompetens",
        "state": "off_track|done",
        "stage": "board",
        "person": HJO,
        "body": "presidium",
        "kind": "priority",
        "audience": "reference_group",
        "period": "next_month",
        "since": "last_monday",
    }
    for name, value in values.items():
        assert (await ask(sample_database, answer, {name: value})).said
        assert (await ask(sample_database, answer, {name: value}, why=True, skip=8)).said
    assert (await ask(sample_database, answer, values)).said


@pytest.mark.parametrize("answer", ANSWERS.values())
async def test_an_empty_plan_is_answered(database: Database, answer: Answers):
    who = Person(PersonId(1), "Chefen", CHEF)
    async with database.transaction() as db:
        plan = await read_plan(db, 1)
        found = await answer(Asking(db, plan, Question(intent_of(answer)), who, NOW))
    assert found.said
    assert found.total == 0

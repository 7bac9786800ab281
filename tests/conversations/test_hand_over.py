"""Stories of people who leave, and of what waits for them: handed over by those who lead."""

from functools import partial

import pytest
from sqlalchemy import text

from bot.plan import PlanInMemory
from bot.schedule import run_due
from bot.settings import Settings
from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform
from tests.conversations.said import nothing_waits
from tests.patience import until

CHEF, DIRECTOR_OF_FEDERATION = "chef@skaraborg", "forbundsdirektor@skaraborg"
RESPONSIBLE, ITS_NAME = "kompetens@skovde", "Kompetensstrateg Skövde"  # KOM-01 and KOM-03
PLANNER, ITS_PLACE = "planering@skovde", "Planeringschef Skövde, Skövde"
STAFF, KEEPER = "ekonomi@skaraborg", "it@skaraborg"


async def heard(samspel: Scene, person: PersonOnPlatform, words: str) -> int:
    """How many times the words stand in the person's private chat when all is delivered."""
    await until(partial(nothing_waits, samspel.database))
    await person.says("tack")
    return person.count(words)


async def ticks(samspel: Scene) -> None:
    """The clock strikes."""
    await run_due(samspel.database, samspel.clock(), Settings(), PlanInMemory())


async def ends(samspel: Scene, table: str, day: str, email: str) -> None:
    """What somebody is ends on a day, as an import or an administrator writes it."""
    async with samspel.database.transaction() as db:
        await db.execute(
            text(
                f"UPDATE {table} SET ends_on = CAST(:day AS text)::date "
                "WHERE person_id = (SELECT id FROM people WHERE email = :email)"
            ),
            {"day": day, "email": f"{email}.example.se"},
        )


async def test_the_chef_hands_over_all_and_both_are_told(samspel: Scene):
    before, planner = await samspel.person(RESPONSIBLE), await samspel.person(PLANNER)
    await before.says("hej")
    await planner.says("hej")
    chef = await samspel.person(CHEF)
    await chef.says(f"överlämna {ITS_NAME}")
    assert chef.sees("2 aktiviteter väntar på Kompetensstrateg Skövde.")
    assert chef.sees("Ansvarar för KOM-03")
    await chef.clicks("Lämna över allt")
    await chef.fills(to=ITS_PLACE, reason="Föräldraledig till hösten.")
    assert chef.sees(
        "Överlämnat från Kompetensstrateg Skövde till Planeringschef Skövde: 2 aktiviteter."
    )
    told = "har lämnat över 2 aktiviteter till dig från Kompetensstrateg Skövde."
    assert await heard(samspel, planner, told) == 1
    assert planner.sees("Föräldraledig till hösten.")
    told = "har lämnat över 2 aktiviteter från dig till Planeringschef Skövde."
    assert await heard(samspel, before, told) == 1
    assert await heard(samspel, chef, "till dig från") == 0
    await planner.says("mina")
    assert planner.sees("KOM-03")
    await before.says("mina")
    assert before.sees("Du ansvarar inte för någon aktivitet som pågår")


async def test_one_thing_is_handed_over_and_back(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says(f"överlämna {ITS_NAME}")
    await chef.clicks("Lämna över KOM-03")
    await chef.fills(to=ITS_PLACE)
    assert chef.sees("Överlämnat från Kompetensstrateg Skövde till Planeringschef Skövde")
    await chef.clicks("Lämna vidare eller tillbaka")
    await chef.fills(to=f"{ITS_NAME}, Skövde")
    assert chef.sees("Överlämnat från Planeringschef Skövde till Kompetensstrateg Skövde")
    await chef.says(f"överlämna {ITS_NAME}")
    assert chef.sees("2 aktiviteter väntar på Kompetensstrateg Skövde.")


async def test_a_mandate_is_handed_over_within_the_municipality_alone(samspel: Scene):
    director = await samspel.person(DIRECTOR_OF_FEDERATION)
    await director.says("överlämna Kommundirektör Hjo")
    assert director.sees("Svarar för Hjo om medfinansiering")
    await director.clicks("Lämna över mandatet")
    await director.fills(to=ITS_PLACE)
    assert "någon som arbetar i Hjo" in director.sees_under("to")
    await director.fills(to="Inflyttarsamordnare Hjo, Hjo")
    assert director.sees("1 mandat")
    await director.says("lämna över Kommundirektör Hjo")
    assert director.sees("Inget väntar på Kommundirektör Hjo.")


async def test_when_somebody_leaves_the_chef_hears_it_once(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("hej")
    await ends(samspel, "employments", "2026-03-16", RESPONSIBLE)
    await ticks(samspel)
    words = "Kompetensstrateg Skövde arbetar inte längre hos Skövde"
    assert await heard(samspel, chef, words) == 1
    await ticks(samspel)
    assert await heard(samspel, chef, words) == 1
    await chef.clicks("Lämna över allt")
    await chef.fills(to=ITS_PLACE)
    assert chef.sees("Överlämnat från Kompetensstrateg Skövde till Planeringschef Skövde")
    await chef.says("överlämna")
    assert chef.sees("Ingen som har slutat har något kvar som väntar.")


async def test_who_has_left_is_listed_and_found_by_name(samspel: Scene):
    await ends(samspel, "employments", "2026-03-16", RESPONSIBLE)
    chef = await samspel.person(CHEF)
    await chef.says("överlämna")
    assert chef.sees("De här har något kvar som behöver lämnas över.")
    await chef.clicks(ITS_NAME)
    assert chef.sees("2 aktiviteter väntar på Kompetensstrateg Skövde.")
    await chef.says(f"överlämna {ITS_NAME}")
    await chef.clicks("Lämna över KOM-03")
    await chef.fills(to="Kommundirektör Vara, Vara")
    assert chef.sees("Överlämnat från Kompetensstrateg Skövde till Kommundirektör Vara")


async def test_of_several_with_the_name_one_is_chosen(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("överlämna Kommundirektör")
    assert chef.sees("Flera passar. Vem menar du?")
    await chef.clicks("Kommundirektör Essunga, kommundirektor@essunga.example.se")
    assert chef.sees("Svarar för Essunga om medfinansiering")
    await chef.says("överlämna Zlatan")
    assert chef.sees("Jag hittar ingen i katalogen som passar ”Zlatan”.")


async def test_what_was_handed_over_meanwhile_is_told_kindly(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says(f"överlämna {ITS_NAME}")
    await chef.clicks("Lämna över allt")
    await chef.fills(to=ITS_PLACE)
    await chef.says("överlämna Planeringschef Skövde")
    await chef.clicks("Lämna över allt")
    async with samspel.database.transaction() as db:
        await db.execute(
            text(
                "UPDATE activity_values SET responsible_id = "
                "(SELECT id FROM people WHERE email = 'kompetens@skovde.example.se')"
            )
        )
    await chef.fills(to=f"{ITS_NAME}, Skövde")
    assert chef.sees("Det väntar inte på Planeringschef Skövde längre.")


@pytest.mark.parametrize("who", [RESPONSIBLE, STAFF, KEEPER, "kommundirektor@hjo"])
async def test_none_but_those_who_lead_hand_over(samspel: Scene, who: str):
    person = await samspel.person(who)
    await person.says(f"överlämna {ITS_NAME}")
    assert person.sees("Det är chefen och förbundsdirektören som lämnar över")
    assert not person.sees("väntar på Kompetensstrateg Skövde.")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_whoever_asked_for_work_hears_that_another_is_asked(samspel: Scene):
    responsible = await samspel.person(RESPONSIBLE)
    await responsible.says("aktivitet KOM-03")
    await responsible.clicks("Ge uppdrag")
    await responsible.fills(title="Skriv ansökan", who=ITS_PLACE, due_on="2026-04-30")
    chef = await samspel.person(CHEF)
    await chef.says("överlämna Planeringschef Skövde")
    await chef.clicks("Lämna över")
    await chef.fills(to="Inflyttarsamordnare Hjo, Hjo")
    told = (
        "har lämnat över 1 uppdrag som du har frågat om, "
        "från Planeringschef Skövde till Inflyttarsamordnare Hjo."
    )
    assert await heard(samspel, responsible, told) == 1
    assert await heard(samspel, chef, "som du har frågat om") == 0

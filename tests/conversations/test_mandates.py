"""Mandate in chat: who answers for a municipality, named by its director for a period, ended."""

import pytest

from tests.conversations.asking import becomes_director, hears
from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform
from tests.conversations.polling import (
    CHEF,
    HJO,
    OFFICER,
    SKARA,
    STAFF,
    answered_amounts,
    started,
)

OFFICERS_NAME = "Inflyttarsamordnare Hjo"
HJOS_DIRECTOR = "Kommundirektör Hjo"


async def gives(samspel: Scene, words: str = f"{OFFICERS_NAME} till 31 dec") -> PersonOnPlatform:
    """The director of Hjo, who has given it."""
    director = await samspel.person(HJO)
    await director.says(f"mandat {words}")
    await director.fills()
    return director


async def test_a_director_names_who_answers_and_they_do(samspel: Scene):
    await started(samspel)
    director = await gives(samspel)
    assert director.sees(
        f"{OFFICERS_NAME} har fått mandat att svara för Hjo om medfinansiering och prioriteringar, "
        "från 16 mars 2026 till 31 dec. 2026."
    )
    assert await hears(samspel, OFFICER, "Du har fått mandat av Kommundirektör Hjo")
    officer = await samspel.person(OFFICER)
    await officer.says("rosta 1 ja 20 000")
    assert officer.sees("Svaret är registrerat: Hjo")
    assert await answered_amounts(samspel) == {"Hjo": 20_000}
    assert await hears(samspel, HJO, f"{OFFICERS_NAME} har svarat för Hjo")


HAS_NO_MANDATE = """
DELETE FROM mandates WHERE organisation_id = (SELECT id FROM organisations WHERE name = 'Hjo')
"""


async def test_a_director_hears_that_a_deputy_answers_instead(samspel: Scene):
    async with samspel.database.transaction() as db:
        await db.exec_driver_sql(HAS_NO_MANDATE)
    await started(samspel)
    director = await samspel.person(HJO)
    await director.says(f"mandat {OFFICERS_NAME} till 31 dec")
    assert director.sees("Medan någon har mandatet svarar inte du")
    await director.fills()
    assert director.sees(
        f"Så länge {OFFICERS_NAME} har mandatet är det hen som svarar om medfinansiering och "
        "prioriteringar, inte du."
    )
    await director.says("rosta 1 ja 10 000")
    assert await answered_amounts(samspel) == {}, "it is a suggestion"
    await director.says(f"mandat {HJOS_DIRECTOR} till 31 dec")
    await director.fills()
    assert director.sees(f"{HJOS_DIRECTOR} har fått mandat att svara för Hjo")
    assert not director.sees(f"Så länge {HJOS_DIRECTOR} har mandatet")
    await director.says("rosta 1 ja 20 000")
    assert await answered_amounts(samspel) == {"Hjo": 20_000}


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_the_form_shows_who_by_name(samspel: Scene):
    director = await samspel.person(HJO)
    await director.says(f"mandat {OFFICERS_NAME}")
    assert director.has_kept(who=OFFICERS_NAME)
    await director.fills()
    assert director.has_kept(who=OFFICERS_NAME)
    await director.fills(last="2026-12-31")
    assert director.sees(f"{OFFICERS_NAME} har fått mandat att svara för Hjo")


async def test_a_director_with_a_mandate_keeps_it_beside(samspel: Scene):
    async with samspel.database.transaction() as db:
        await db.exec_driver_sql(f"{HAS_NO_MANDATE.strip()} AND kind = 'priority'")
    director = await gives(samspel)
    assert director.sees(
        f"Så länge {OFFICERS_NAME} har mandatet är det hen som svarar om prioriteringar, inte du."
    )


async def test_the_receipt_leads_to_a_mandate_of_ones_own(samspel: Scene):
    async with samspel.database.transaction() as db:
        await db.exec_driver_sql(HAS_NO_MANDATE)
    director = await gives(samspel, f"{OFFICERS_NAME} för prioriteringar till 31 dec")
    await director.clicks("Ge mig mandat också")
    await director.fills(kinds="priority", last="2026-12-31")
    assert director.sees(f"{HJOS_DIRECTOR} har fått mandat att svara för Hjo om prioriteringar")


async def test_everybody_sees_who_answers(samspel: Scene):
    await gives(samspel)
    officer = await samspel.person(OFFICER)
    await officer.says("mandat")
    assert officer.sees("Vem svarar för Hjo")
    assert officer.sees(f"{OFFICERS_NAME}: prioriteringar från 16 mars 2026 till 31 dec. 2026")
    assert officer.sees("givet av Kommundirektör Hjo")
    chef = await samspel.person(CHEF)
    await chef.says("mandat")
    assert chef.sees("Alla kommuner har någon som svarar om medfinansiering.")
    await chef.says("mandat Skara")
    assert chef.sees("Vem svarar för Skara")
    assert chef.sees("Där ingen har mandat för en period är det kommundirektören som svarar.")
    skara = await samspel.person(SKARA)
    await skara.says("mandat Hjo")
    assert skara.sees(OFFICERS_NAME)
    assert not skara.sees("Avsluta mandatet")


async def test_it_is_ended_by_a_press_and_what_was_answered_stands(samspel: Scene):
    await started(samspel)
    director = await gives(samspel, f"{OFFICERS_NAME} för medfinansiering till 31 dec")
    officer = await samspel.person(OFFICER)
    await officer.says("rosta 1 ja 20 000")
    await director.clicks("Avsluta mandatet")
    assert director.sees(
        f"{OFFICERS_NAME} har inte längre mandat att svara för Hjo om medfinansiering."
    )
    assert await hears(samspel, OFFICER, "Kommundirektör Hjo har avslutat ditt mandat")
    await officer.says("rosta 1 ja 30 000")
    assert officer.sees("Förslaget är sparat: Hjo")
    assert await answered_amounts(samspel) == {"Hjo": 20_000}


async def test_one_that_is_ended_meanwhile_is_told_kindly(samspel: Scene):
    director = await gives(samspel, f"{OFFICERS_NAME} för medfinansiering till 31 dec")
    async with samspel.database.transaction() as db:
        await db.exec_driver_sql(
            "UPDATE mandates SET ends_on = starts_on WHERE ends_on IS NOT NULL"
        )
    await director.clicks("Avsluta mandatet")
    assert director.sees(f"Mandatet för {OFFICERS_NAME} i Hjo är redan avslutat.")
    assert not await hears(samspel, OFFICER, "har avslutat ditt mandat")


async def test_it_is_given_again_from_the_receipt(samspel: Scene):
    director = await gives(samspel, f"{OFFICERS_NAME} för prioriteringar till 31 dec")
    await director.clicks("Avsluta mandatet")
    await director.clicks("Ge mandatet igen")
    await director.fills(kinds="priority", last="2026-06-30")
    assert director.sees("om prioriteringar, från 16 mars 2026 till 30 juni 2026.")


@pytest.mark.parametrize("who", [OFFICER, SKARA])
async def test_whoever_may_not_give_it_is_told_who_may(samspel: Scene, who: str):
    person = await samspel.person(who)
    await person.says(f"mandat {OFFICERS_NAME} till 31 dec")
    if who == OFFICER:
        assert person.sees("Mandat att svara för Hjo ges och avslutas av Kommundirektör Hjo.")
    else:
        assert "Ingen som heter så arbetar i Skara" in person.sees_under("who")


async def test_the_federation_gives_none(samspel: Scene):
    for who in (CHEF, STAFF):
        person = await samspel.person(who)
        await person.says(f"mandat {OFFICERS_NAME} till 31 dec")
        assert person.sees("Mandat att svara för en kommun ges av kommunens kommundirektör.")


async def test_another_municipalitys_button_is_refused(samspel: Scene):
    director = await gives(samspel, f"{OFFICERS_NAME} för medfinansiering till 31 dec")
    await becomes_director(samspel, OFFICER)
    officer = await samspel.person(OFFICER)
    await officer.says("mandat")
    assert officer.sees("Avsluta mandatet")
    async with samspel.database.transaction() as db:
        await db.exec_driver_sql(
            "UPDATE employments SET organisation_id = (SELECT id FROM organisations WHERE "
            "name = 'Skara') WHERE person_id = (SELECT id FROM people WHERE email = "
            f"'{OFFICER}.example.se')"
        )
    await officer.clicks("Avsluta mandatet")
    assert officer.sees("Mandat att svara för Hjo ges och avslutas av Kommundirektör Hjo.")
    await director.says("mandat")
    assert director.sees("arbetar inte i kommunen nu")


@pytest.mark.parametrize(
    ("words", "field", "problem"),
    [
        ("Kommundirektör Skara till 31 dec", "who", "Ingen som heter så arbetar i Hjo"),
        ("Hjo till 31 dec", "who", "Flera passar: "),
        (f"{OFFICERS_NAME} till i höst", "last", "Datumet går inte att läsa"),
        (f"{OFFICERS_NAME} från 1 maj 2026 till 1 april 2026", "last", "slutar innan det börjar"),
        (f"{OFFICERS_NAME} till 1 jan 2020", "last", "eller senare"),
        (f"{OFFICERS_NAME} till 1 jan 2099", "last", "eller tidigare"),
        ("Kommundirektör Hjo till 31 dec", "", ""),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    samspel: Scene, words: str, field: str, problem: str
):
    director = await samspel.person(HJO)
    await director.says(f"mandat {words}")
    if field:
        assert problem in director.sees_under(field)
        return
    await director.fills()
    assert "har redan mandat om medfinansiering" in director.sees_under("who")
    assert director.has_kept(last="2026-12-31")


async def test_the_form_alone_asks_for_a_last_day(samspel: Scene):
    director = await samspel.person(HJO)
    await director.says("mandat")
    await director.clicks("Ge mandat")
    await director.fills(who=f"{OFFICERS_NAME}, Hjo")
    assert director.sees_under("last")
    await director.fills(last="2026-05-31")
    assert director.sees(f"{OFFICERS_NAME} har fått mandat")

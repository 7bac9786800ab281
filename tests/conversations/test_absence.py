"""Stories of being away, and of who hears of things meanwhile."""

import pytest

from tests.conversations.conftest import Scene
from tests.conversations.reminding import OFFICER, reminded, things

DEPUTY = "inflyttning@hjo"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("borta till 12 aug", "Du är borta till och med onsdag 12 augusti."),
        ("borta 3 dagar", "Du är borta till och med onsdag 18 mars."),
        ("borta v. 28-31", "Du är borta från måndag 6 juli till och med söndag 2 augusti."),
        ("borta i dag", "Du är borta måndag 16 mars."),
    ],
)
async def test_absence_is_said_in_words(samspel: Scene, words: str, answer: str):
    officer = await samspel.person(OFFICER)
    await officer.says(words)
    assert officer.sees(answer)


async def test_nobody_is_reminded_while_away_but_when_back(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("borta till onsdag")
    await reminded(samspel)
    assert await things(samspel, OFFICER) == []
    samspel.clock.passes(days=3)
    await reminded(samspel)
    assert await things(samspel, OFFICER) == ["overdue KOM-01", "overdue KOM-03"]


async def test_a_deputy_hears_meanwhile(samspel: Scene):
    officer, deputy = await samspel.person(OFFICER), await samspel.person(DEPUTY)
    await deputy.says("hej")
    await officer.says("borta till onsdag med ersättare Inflyttarsamordnare Hjo")
    assert officer.sees("Under tiden går dina påminnelser till Inflyttarsamordnare Hjo.")
    await deputy.hears("har utsett dig till ersättare")
    assert deputy.sees("Du är ersättare för Kompetensstrateg Skövde")
    await reminded(samspel)
    await deputy.hears("Åt Kompetensstrateg Skövde, som är borta.")
    assert await things(samspel, OFFICER) == []


async def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("borta")
    assert officer.sees("Du har ingen frånvaro inlagd.")
    await officer.clicks("Lägg in frånvaro")
    await officer.fills(first="2026-03-20", last="2026-03-18")
    assert "Sista dagen kan inte komma före den första." in officer.sees_under("last")
    assert officer.has_kept(first="2026-03-20")
    await officer.fills(last="2026-03-27")
    assert officer.sees("Du är borta från fredag 20 mars till och med fredag 27 mars.")


async def test_one_comes_back_earlier(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("borta 10 dagar")
    await officer.says("borta tillbaka")
    assert officer.sees("Välkommen tillbaka.")
    await reminded(samspel)
    assert await things(samspel, OFFICER) == ["overdue KOM-01", "overdue KOM-03"]


async def test_words_that_say_no_time_are_given_back(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("borta nån gång")
    assert officer.sees("Jag förstår inte när du är borta av ”nån gång”.")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("till 1 mars 2026", "Tiden ”till 1 mars 2026” har redan varit."),
        ("0 dagar", "Du måste vara borta minst en dag."),
        ("400 dagar", "Jag kan lägga in högst 400 dagar i taget."),
        ("v. 31-28", "Slutet kommer före början i ”v. 31-28”."),
    ],
)
async def test_a_time_that_cannot_be_is_refused_with_its_cause(
    samspel: Scene, words: str, answer: str
):
    officer = await samspel.person(OFFICER)
    await officer.says(f"borta {words}")
    assert officer.sees(answer)


async def test_who_is_not_found_does_not_stop_the_absence(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("borta 3 dagar ersättare Kalle Anka")
    assert officer.sees("Jag hittar ingen ersättare som heter ”Kalle Anka”.")
    assert officer.sees("Du är borta till och med onsdag 18 mars.")
    await officer.opens_home()
    assert officer.sees("Frånvaro")


async def test_new_days_leave_the_others_as_they_were(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("borta v. 28-31")
    await officer.says("borta v. 31-32")
    assert officer.sees("Du är borta från måndag 27 juli till och med söndag 9 augusti.")
    assert officer.sees("Det ersätter: måndag 6 juli till och med söndag 2 augusti.")
    assert officer.sees("Du är också borta: måndag 6 juli till och med söndag 26 juli.")
    await officer.says("borta v. 30 med ersättare Inflyttarsamordnare Hjo")
    await officer.says("borta")
    assert officer.sees("måndag 6 juli till och med söndag 19 juli.")
    assert officer.sees(
        "måndag 20 juli till och med söndag 26 juli, ersättare Inflyttarsamordnare Hjo."
    )
    assert officer.sees("måndag 27 juli till och med söndag 9 augusti.")


@pytest.mark.parametrize("words", ["tillbaka", "borta tillbaka"])
async def test_who_is_not_away_today_keeps_the_holiday(samspel: Scene, words: str):
    officer = await samspel.person(OFFICER)
    await officer.says("borta v. 28-31")
    await officer.says(words)
    assert officer.sees("Du är inte borta i dag")
    await officer.says("borta")
    assert officer.sees("måndag 6 juli till och med söndag 2 augusti.")


async def test_back_is_a_word_of_its_own(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("borta till fredag")
    await officer.says("tillbaka torsdag")
    assert officer.sees("Du är borta till och med onsdag 18 mars.")
    await officer.says("tillbaka")
    assert officer.sees("Välkommen tillbaka. Frånvaron till och med onsdag 18 mars är borttagen.")
    await reminded(samspel)
    assert await things(samspel, OFFICER) == ["overdue KOM-01", "overdue KOM-03"]

"""Stories of personal settings: the language that the bot speaks with one person."""

import pytest

from tests.conversations.conftest import Scene

OFFICER = "kompetens@skovde"


@pytest.mark.parametrize("words", ["språk engelska", "sprak: English", "inställningar på engelska"])
async def test_the_language_is_chosen_by_words_and_taken_back(samspel: Scene, words: str):
    officer = await samspel.person(OFFICER)
    await officer.says(words)
    await officer.says("aktiviteter kompetens")
    assert officer.sees("Responsible")
    await officer.clicks("Undo")
    await officer.says("aktiviteter kompetens")
    assert officer.sees("Jag talar svenska med dig")


async def test_the_language_is_chosen_in_the_form_from_home(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.opens_home()
    assert officer.sees("Inställningar")
    assert officer.sees("svenska")
    await officer.clicks("Ändra inställningar")
    assert officer.has_kept(language="sv")
    await officer.fills(language="en")
    await officer.opens_home()
    await officer.says("aktiviteter kompetens")
    assert officer.sees("Responsible")


async def test_ones_own_language_is_nobody_elses(samspel: Scene):
    officer, other = await samspel.person(OFFICER), await samspel.person("kultur@skara")
    await officer.says("språk engelska")
    await other.says("aktiviteter kompetens")
    assert other.sees("Ansvarig")


async def test_an_unknown_language_is_answered_with_those_there_are(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("språk finska")
    assert officer.sees("Jag kan svenska och engelska")
    await officer.clicks("Svenska")
    assert officer.sees("Jag talar svenska med dig")


async def test_hours_of_nothing_are_asked_for_again_with_what_was_chosen_beside(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.opens_home()
    await officer.clicks("Ändra inställningar")
    await officer.fills(hours="   ", reminder_day="3")
    assert "Fyll i det här" in officer.sees_under("hours")
    assert officer.has_kept(reminder_day="3")
    await officer.fills(hours="9-15")
    assert officer.sees("09:00-15:00")
    assert officer.sees("onsdag")

"""Stories of one's own activities: on one's own page and by the word."""

from tests.conversations.conftest import Scene

RESPONSIBLE = "kompetens@skovde"  # KOM-01 and KOM-03


async def test_home_shows_when_mine_were_last_reported_and_reports_them(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport KOM-03 gul Antagningen drar ut")
    await officer.opens_home()
    assert officer.sees("Senast rapporterad 16 mars 2026: 🟡 risk")
    assert officer.sees("Inte rapporterad än")
    await officer.clicks("Oförändrat")
    assert officer.sees("Sparat som oförändrat: KOM-03")


async def test_who_answers_for_nothing_is_shown_all(samspel: Scene):
    officer = await samspel.person("it@skaraborg")
    await officer.says("mina")
    assert officer.sees("Du ansvarar inte för någon aktivitet som pågår")
    await officer.clicks("Alla aktiviteter")
    assert officer.sees("KOM-03")


async def test_home_of_who_answers_for_nothing_leads_on(samspel: Scene):
    officer = await samspel.person("it@skaraborg")
    await officer.opens_home()
    assert officer.sees("Du ansvarar inte för någon aktivitet som pågår")
    await officer.clicks("Hjälp")
    assert officer.sees("Det här kan du göra")


async def test_two_forms_that_were_left_are_told_apart_at_home(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport KOM-03 grön Början")
    await officer.says("rapport KOM-03 lila Lokalerna dröjer")
    await officer.says("rätta KOM-03 lila")
    await officer.opens_home()
    assert officer.sees("Rapportera läget KOM-03")
    assert officer.sees("Rätta rapporten KOM-03")

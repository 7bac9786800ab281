"""Stories of reading the weekly digest again: those it is for, and those it is not."""

from bot.plan import PlanInMemory
from bot.schedule import run_due
from bot.settings import Settings
from tests.conversations.conftest import Scene

CHEF = "chef@skaraborg"
OFFICER = "kompetens@skovde"
STAFF = "ekonomi@skaraborg"
DIRECTOR = "kommundirektor@hjo"


async def sent(samspel: Scene) -> None:
    """What is due has gone out."""
    await run_due(samspel.database, samspel.clock(), Settings(), PlanInMemory())


async def test_the_manager_reads_the_latest_digest_page_by_page(samspel: Scene):
    officer, chef = await samspel.person(OFFICER), await samspel.person(CHEF)
    await officer.says("rapport KOM-03 gul Antagningen drar ut")
    await sent(samspel)
    await chef.says("veckobrev")
    assert chef.sees("Veckobrev till chefen, vecka 12 2026")
    await chef.opens_home()
    assert chef.sees("Senaste veckobrevet")
    assert chef.sees("Skickat 16 mars")
    await chef.clicks("Läs veckobrevet")
    assert chef.sees("Läget måndag 16 mars")


async def test_the_steering_group_reads_its_own(samspel: Scene):
    director = await samspel.person(DIRECTOR)
    await sent(samspel)
    await director.says("veckobrev till styrgruppen")
    assert director.sees("Veckobrev till styrgruppen, vecka")
    await director.says("veckobrev chefen")
    assert director.sees("Chefens brev läser chefen, förbundsdirektören och förbundets")
    assert not director.sees("Veckobrev till chefen, vecka")


async def test_before_the_first_digest_there_is_none(samspel: Scene):
    staff = await samspel.person(STAFF)
    await staff.says("veckobrev")
    assert staff.sees("Det finns inget brev att visa än.")
    await staff.opens_home()
    assert not staff.sees("Senaste veckobrevet")


async def test_words_that_mean_nothing_here_are_answered_kindly(samspel: Scene):
    staff = await samspel.person(STAFF)
    await sent(samspel)
    await staff.says("veckobrev uppochner")
    assert staff.sees("Efter veckobrev förstår jag inte ”uppochner”")
    await staff.clicks("Visa senaste veckobrevet")
    assert staff.sees("Veckobrev till chefen, vecka 12 2026")


async def test_others_are_told_whom_it_is_for(samspel: Scene):
    officer, staff = await samspel.person(OFFICER), await samspel.person(STAFF)
    await sent(samspel)
    await officer.says("veckobrev chefen")
    assert officer.sees("Chefens brev läser chefen, förbundsdirektören och förbundets medarbetare")
    assert not officer.sees("vecka 12 2026")
    await officer.says("veckobrev")
    assert officer.sees("Det finns inget brev att visa än.")
    await officer.opens_home()
    assert not officer.sees("Senaste veckobrevet")
    await staff.says("veckobrev styrgruppen")
    assert staff.sees("Veckobrev till styrgruppen, vecka")

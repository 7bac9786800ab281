"""Stories of deputies: what they hear of, they can also do something about; or are told who can."""

from tests.conversations.conftest import Scene
from tests.conversations.polling import HJO, started
from tests.conversations.reminding import OFFICER, reminded, things

DEPUTY, NAMED = "inflyttning@hjo", "Inflyttarsamordnare Hjo"
MEMBER = "vux@falkoping"


async def test_a_deputy_reports_while_somebody_is_away_and_no_longer(samspel: Scene):
    officer, deputy = await samspel.person(OFFICER), await samspel.person(DEPUTY)
    await deputy.says("rapport KOM-03 risk Avtalet är försenat")
    assert deputy.sees("Du kan inte rapportera KOM-03.")
    await officer.says(f"borta till onsdag med ersättare {NAMED}")
    await reminded(samspel)
    await deputy.hears("Åt Kompetensstrateg Skövde, som är borta.")
    await deputy.clicks("Rapportera nu")
    await deputy.fills(status="on_track", situation="Avtalet är på plats")
    assert deputy.sees("Sparat")
    samspel.clock.passes(days=3)
    await deputy.says("rapport KOM-03 risk Avtalet är försenat")
    assert deputy.count("Du kan inte rapportera KOM-03.") == 2


async def test_a_deputy_reports_all_of_it_in_one_form(samspel: Scene):
    officer, deputy = await samspel.person(OFFICER), await samspel.person(DEPUTY)
    await officer.says(f"borta till onsdag med ersättare {NAMED}")
    await deputy.says("rapport")
    await deputy.clicks("Alla mina på en gång")
    assert deputy.sees("KOM-01")
    assert deputy.sees("KOM-03")


async def test_a_deputy_without_mandate_is_told_who_can_answer_a_poll(samspel: Scene):
    director, deputy = await samspel.person(HJO), await samspel.person(DEPUTY)
    await started(samspel)
    await deputy.says("hej")
    await director.says(f"borta till 2 april med ersättare {NAMED}")
    samspel.clock.passes(days=8)
    await reminded(samspel)
    assert "poll" in await things(samspel, DEPUTY)
    await deputy.hears("Bara den som har mandat svarar för kommunen")


async def test_nobody_votes_in_anothers_place(samspel: Scene):
    asker, member = await samspel.person(OFFICER), await samspel.person(MEMBER)
    deputy = await samspel.person(DEPUTY)
    await deputy.says("hej")
    await asker.says('rosta "Vem tar anteckningar?" Hjo, Tibro')
    await member.says(f"borta till 10 april med ersättare {NAMED}")
    for _day in range(7):
        samspel.clock.passes(days=1)
        await reminded(samspel)
    assert "poll" in await things(samspel, "vux@lidkoping")
    assert "poll" not in await things(samspel, DEPUTY)

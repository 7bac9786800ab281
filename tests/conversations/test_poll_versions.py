"""Nobody's yes counts for a sum that they have not seen: the proposal changes while they answer."""

from sqlalchemy import text

from bot.language import kronor
from tests.conversations.asking import key
from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform
from tests.conversations.polling import HJO, STAFF, answered_amounts, started

CHANGED = "har ändrats medan du svarade."


async def changes(chef: PersonOnPlatform, asked: str) -> None:
    """The chef asks the municipalities for another sum."""
    await chef.says("rosta 1 ändra förslag")
    await chef.fills(total=asked, asked=asked)
    await chef.fills()
    await chef.fills(reason="Ny offert")
    assert chef.sees("De som har mandat har fått den nya andelen.")


async def share_of_hjo(samspel: Scene) -> int:
    """What Hjo is asked for in the latest proposal."""
    async with samspel.database.connection() as db:
        found = await db.scalar(
            text(
                "SELECT s.amount FROM poll_shares s "
                "JOIN organisations o ON o.id = s.organisation_id "
                "WHERE o.name = 'Hjo' ORDER BY s.version DESC LIMIT 1"
            )
        )
        return int(found or 0)


async def test_a_form_begun_before_a_change_is_shown_anew_with_the_new_share(samspel: Scene):
    chef = await started(samspel)
    director = await samspel.person(HJO)
    await director.says("rosta 1 svara")
    await changes(chef, "475 000")
    await director.fills(kind="yes", comment="Gärna")
    assert director.sees(CHANGED) or CHANGED in director.sees_under("kind")
    share = await share_of_hjo(samspel)
    assert director.sees(f"Ja, {kronor(share)}")
    assert director.has_kept(comment="Gärna")
    assert await answered_amounts(samspel) == {}
    await director.fills()
    assert await answered_amounts(samspel) == {"Hjo": share}


async def test_a_button_to_confirm_is_for_the_proposal_that_it_came_with(samspel: Scene):
    chef = await started(samspel)
    director = await samspel.person(HJO)
    await director.says("rosta 1 ja")
    before = await answered_amounts(samspel)
    await changes(chef, "475 000")
    await changes(chef, "700 000")
    hjo = await key(samspel, "organisations", "Hjo")
    await director.says(f"rosta 1 bekrafta {hjo} 2")
    assert director.sees(CHANGED) or CHANGED in director.sees_under("kind")
    assert await answered_amounts(samspel) == before
    await director.fills()
    assert await answered_amounts(samspel) == {"Hjo": await share_of_hjo(samspel)}


async def test_a_button_to_confirm_what_is_proposed_now_confirms_it(samspel: Scene):
    chef = await started(samspel)
    director = await samspel.person(HJO)
    await director.says("rosta 1 ja")
    await changes(chef, "475 000")
    await director.says("rosta 1 svar Hjo")
    await director.clicks("Bekräfta")
    assert director.sees("Svaret är registrerat: Hjo, Ja,")
    assert await answered_amounts(samspel) == {"Hjo": await share_of_hjo(samspel)}


async def test_an_answer_on_behalf_is_for_the_proposal_that_was_seen(samspel: Scene):
    chef = await started(samspel)
    staff = await samspel.person(STAFF)
    await staff.says("rosta 1 åt Hjo ja")
    await staff.fills(heard_by="phone", said_by="Kommunchefen", said_on="2026-03-02")
    await changes(chef, "475 000")
    await staff.fills()
    assert staff.sees(CHANGED) or CHANGED in staff.sees_under("municipality")
    assert staff.has_kept(said_by="Kommunchefen")
    assert await answered_amounts(samspel) == {}
    await staff.fills()
    share = await share_of_hjo(samspel)
    assert staff.sees(f"Ja, {kronor(share)}")
    await staff.fills()
    assert await answered_amounts(samspel) == {"Hjo": share}

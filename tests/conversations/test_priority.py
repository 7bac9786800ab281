"""Priority polls: started, voted on by mandate or membership, open, hidden or secret for ever."""

from datetime import UTC, datetime

from sqlalchemy import text

from tests.conversations.asking import hears, key
from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform
from tests.conversations.polling import CHEF, HJO, OFFICER, SKARA, TIBRO

MEMBERS = ("vux@falkoping", "vux@lidkoping", "kompetens@skovde")
FROM_APRIL = """
INSERT INTO mandates (person_id, organisation_id, kind, starts_on, given_by)
SELECT p.id, o.id, 'priority', '2026-04-01', 'test' FROM people p, organisations o
WHERE p.email = :email AND o.name = 'Hjo'
"""
OPTIONS = """
SELECT label, activity_id IS NOT NULL AS is_activity FROM poll_options
WHERE poll_id = :poll ORDER BY position
"""
PLACES = """
SELECT o.name FROM poll_voters v JOIN organisations o ON o.id = v.organisation_id
WHERE v.poll_id = :poll AND v.takes_part ORDER BY o.name
"""
FUNDED = """
UPDATE funding_lines SET amount = 99000000
WHERE activity_values_id IN (SELECT id FROM activity_values WHERE activity_id = :activity)
"""


async def prioritised(
    samspel: Scene, *, own: str = "Tolkar\nLaddstolpar", **more: str
) -> PersonOnPlatform:
    """The chef, who has asked the municipalities to spread ten points."""
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny prioritering")
    first = {"title": "Vad först?", "secrecy": more.pop("secrecy", "open")}
    await chef.fills(**first)
    await chef.fills(**{"closes_on": "2026-03-31"} | more)
    await chef.fills(own=own)
    assert chef.sees("Omröstning 1: Vad först? är startad.")
    return chef


async def options(samspel: Scene) -> dict[str, str]:
    """The fields of the form for a vote, by option."""
    async with samspel.database.connection() as db:
        rows = await db.execute(text("SELECT label, id FROM poll_options ORDER BY position"))
        return {row.label: f"val_{row.id}" for row in rows}


async def test_each_municipality_has_one_vote_by_whoever_may_cast_it(samspel: Scene):
    await prioritised(samspel)
    fields = await options(samspel)
    hjo = await samspel.person(HJO)
    assert await hears(samspel, HJO, "Rösta för Hjo senast 31 mars 2026.")
    await hjo.says("rosta 1 svara")
    await hjo.fills(**{fields["Tolkar"]: "7", fields["Laddstolpar"]: "4"})
    assert "fler än 10 poäng" in hjo.sees_under(fields["Tolkar"])
    await hjo.fills(**{fields["Laddstolpar"]: "3"})
    assert hjo.sees("Rösten för Hjo är registrerad.")
    officer = await samspel.person(OFFICER)
    await officer.says("rosta 1 Tolkar 3")
    assert officer.sees("För Hjo svarar Kommundirektör Hjo.")
    await hjo.says("rosta 1 Tolkar 2, Laddstolpar 8")
    assert hjo.sees("Laddstolpar: 8, Tolkar: 2")
    chef = await samspel.person(CHEF)
    await chef.says("rosta 1")
    assert chef.sees("1 av 15 har röstat")
    assert chef.sees("Leder nu: Laddstolpar.")


async def test_a_mandate_begins_at_midnight_in_sweden(samspel: Scene):
    await prioritised(samspel, closes_on="2026-04-10")
    async with samspel.database.transaction() as db:
        await db.execute(text(FROM_APRIL), {"email": f"{OFFICER}.example.se"})
    samspel.clock.now = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    officer = await samspel.person(OFFICER)
    await officer.says("rosta 1 Tolkar 10")
    assert officer.sees("Rösten för Hjo är registrerad.")


async def test_hidden_until_closing_shows_turnout_alone(samspel: Scene):
    chef = await prioritised(samspel, secrecy="until_closing")
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 Tolkar 10")
    await chef.says("rosta 1")
    assert chef.sees("1 av 15 har röstat")
    assert not chef.sees("Leder nu: Tolkar.")
    assert not chef.sees("10 poäng")


async def test_a_secret_vote_is_final_and_leaves_no_trace(samspel: Scene):
    await prioritised(samspel, secrecy="always")
    fields = await options(samspel)
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 Tolkar 9")
    assert hjo.sees("En hemlig röst skrivs inte i chatten")
    await hjo.says("rosta 1 svara")
    await hjo.fills(**{fields["Tolkar"]: "7"})
    assert hjo.sees("Kryssa i att du vet det") or hjo.sees_under("final")
    assert hjo.has_kept(**{fields["Tolkar"]: "7"})
    async with samspel.database.connection() as db:
        turns = await db.scalars(
            text("SELECT concat(request, answer) FROM turns WHERE request ->> 'kind' = 'submitted'")
        )
        last = list(turns)[-1]
        assert '"7"' not in last
        assert await db.scalar(text("SELECT count(*) FROM drafts")) == 0


async def test_a_network_ranks_and_ties_are_ties(samspel: Scene):
    network = await key(samspel, "bodies", "Kompetens")
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny prioritering")
    await chef.fills(title="Vad först?", method="ranking", secrecy="open")
    await chef.fills(voters="person")
    await chef.fills(body=network, closes_on="2026-03-31")
    await chef.fills(own="Tolkar\nLaddstolpar")
    first, second = MEMBERS[:2]
    await (await samspel.person(first)).says("rosta 1 Tolkar, Laddstolpar")
    await (await samspel.person(second)).says("rosta 1 Laddstolpar, Tolkar")
    await chef.says("rosta 1")
    assert chef.sees("Lika: Laddstolpar, Tolkar.") or chef.sees("Lika: Tolkar, Laddstolpar.")


async def chosen(samspel: Scene, poll: int) -> tuple[list[tuple[str, bool]], list[str]]:
    """What can be voted for, with whether it is an activity, and the municipalities that vote."""
    async with samspel.database.connection() as db:
        options = await db.execute(text(OPTIONS), {"poll": poll})
        places = await db.scalars(text(PLACES), {"poll": poll})
        return [(row.label, row.is_activity) for row in options], list(places)


async def test_a_copy_and_a_template_keep_activities_and_municipalities(samspel: Scene):
    (activity,) = await samspel.keys("PLA-01")
    hjo = await key(samspel, "organisations", "Hjo")
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny prioritering")
    await chef.fills(title="Vad först?", secrecy="open")
    await chef.fills(closes_on="2026-03-31", municipalities=hjo)
    await chef.fills(own="Tolkar", activities=str(activity))
    first = await chosen(samspel, 1)
    assert [is_activity for _label, is_activity in first[0]] == [True, False]
    assert first[1] == ["Hjo"]
    await chef.says("rosta 1 spara som mall")
    await chef.fills(name="Vårens")
    await chef.says("rosta 1 kopiera")
    await chef.fills()
    await chef.fills()
    await chef.fills()
    assert await chosen(samspel, 2) == first
    await chef.says("rosta mallar")
    await chef.clicks("Använd")
    await chef.fills()
    await chef.fills()
    await chef.fills()
    assert await chosen(samspel, 3) == first


async def test_nothing_lacking_has_no_cost_until_one_is_said(samspel: Scene):
    (activity,) = await samspel.keys("PLA-01")
    async with samspel.database.transaction() as db:
        await db.execute(text(FUNDED), {"activity": activity})
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny prioritering")
    await chef.fills(title="Vad ska pengarna räcka till?", method="budget", secrecy="open")
    await chef.fills(money="500 000")
    await chef.fills(closes_on="2026-03-31")
    await chef.fills(own="Tolkar - 100 000", activities=str(activity))
    assert "Ingen summa är känd att söka för PLA-01" in chef.sees_under("own")
    assert chef.has_kept(own="Tolkar - 100 000")


async def test_only_chef_and_forbundsdirektor_start_one(samspel: Scene):
    for email in (HJO, OFFICER):
        person = await samspel.person(email)
        await person.says("rosta ny prioritering")
        assert person.sees("startas av chefen, Chef Omställning Skaraborg")


async def test_what_lacks_is_asked_for_and_nothing_is_lost(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny prioritering")
    await chef.fills(title="Vad ska pengarna räcka till?", method="budget", secrecy="open")
    await chef.fills(money="500 000")
    await chef.fills(closes_on="2026-03-31")
    await chef.fills(own="Busslinje - 250 000\nTolkar")
    assert chef.sees_under("own")
    assert chef.has_kept(own="Busslinje - 250 000\nTolkar")
    await chef.fills(own="Busslinje - 250 000\nTolkar - 300 000")
    assert chef.sees("är startad.")
    for email in (HJO, SKARA, TIBRO):
        person = await samspel.person(email)
        await person.says("rosta 1 Busslinje")
    await chef.says("rosta 1")
    assert chef.sees("Leder nu: Busslinje.")

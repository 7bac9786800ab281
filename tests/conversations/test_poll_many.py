"""A poll of all 290 municipalities: each can be chosen, nudged, recorded for and accepted."""

from sqlalchemy import text

from tests.conversations.asking import key
from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform
from tests.conversations.polling import CHEF, TITLE, answered_amounts

LAST = "Övertorneå"


async def asked_everybody(samspel: Scene) -> PersonOnPlatform:
    """The chef, who has asked 290 municipalities for equal parts."""
    async with samspel.database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO organisations (kind, name, code) "
                "SELECT 'municipality', CASE n WHEN 275 THEN :last "
                "ELSE 'Kommun ' || lpad(n::text, 3, '0') END, (9000 + n)::text "
                "FROM generate_series(1, 275) n"
            ),
            {"last": LAST},
        )
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny PLA-01")
    await chef.fills(total="950 000", funded="0", asked="950 000")
    await chef.fills(sharing_key="equal", municipalities="alla")
    await chef.fills(title=TITLE, closes_on="2026-03-31")
    await chef.fills(opens="now")
    assert chef.sees(f"Omröstning 1: {TITLE} är skickad.")
    return chef


async def test_an_answer_is_recorded_for_the_last_one_of_290(samspel: Scene):
    chef = await asked_everybody(samspel)
    await chef.says(f"rosta 1 åt {LAST} ja 5 000")
    await chef.fills(heard_by="phone", said_by="Kommunchefen", said_on="2026-03-02")
    await chef.fills()
    assert await answered_amounts(samspel) == {LAST: 5_000}
    await chef.says("rosta 1 åt")
    await chef.fills(
        municipality="Ingenstans", heard_by="phone", said_by="Någon", said_on="2026-03-02"
    )
    assert "Ingen kommun i omröstningen heter så." in chef.sees_under("municipality")
    await chef.fills(municipality="Hjo")
    await chef.fills(kind="no")
    assert await answered_amounts(samspel) == {LAST: 5_000, "Hjo": None}


async def test_the_last_one_of_290_is_nudged_by_name(samspel: Scene):
    chef = await asked_everybody(samspel)
    await chef.says(f"rosta 1 puffa {LAST} och Hjo: Svara före påsk")
    await chef.fills()
    assert chef.sees(f"Hjo, {LAST}.")
    async with samspel.database.connection() as db:
        reason = text("SELECT reason FROM poll_steps WHERE kind = 'nudged'")
        assert await db.scalar(reason) == "Svara före påsk"


async def test_pledges_of_more_than_a_hundred_are_chosen_among(samspel: Scene):
    chef = await asked_everybody(samspel)
    async with samspel.database.transaction() as db:
        await db.execute(
            text(
                "WITH given AS (INSERT INTO poll_answers (voter_id, version, suggestion, kind, "
                "amount, person_id, answered_at, platform) "
                "SELECT v.id, 1, false, 'yes', 3000, p.started_by, p.started_at, 'web' "
                "FROM poll_voters v JOIN polls p ON p.id = v.poll_id RETURNING 1) "
                "UPDATE poll_voters SET voted = true"
            )
        )
    await chef.says("rosta 1 stäng ja")
    await chef.says("rosta 1 beslut")
    await chef.fills(decided_on="2026-02-20", paragraph="14", verdict="otherwise")
    pages = ("Hjo", "Kommun 150", LAST)
    first, second, third = [await key(samspel, "organisations", name) for name in pages]
    await chef.fills(why="Tre räcker", accepted=first, accepted_2=second, accepted_3=third)
    async with samspel.database.connection() as db:
        lines = text("SELECT source FROM funding_lines WHERE poll_answer_id IS NOT NULL")
        assert sorted(await db.scalars(lines)) == sorted(pages)

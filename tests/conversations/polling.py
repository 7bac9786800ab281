"""What stories of polls begin with: a co-financing poll of all 15 municipalities."""

from sqlalchemy import text

from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform

CHEF, LEADER, STAFF = "chef@skaraborg", "forbundsdirektor@skaraborg", "ekonomi@skaraborg"
HJO, SKARA, TIBRO = "kommundirektor@hjo", "kommundirektor@skara", "kommundirektor@tibro"
OFFICER = "inflyttning@hjo"
TITLE = "Platsvarumärke"


async def started(samspel: Scene, **more: str) -> PersonOnPlatform:
    """The chef, who has asked all municipalities for 950 000 kr."""
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny PLA-01")
    await chef.fills(total="950 000", funded="0", asked="950 000")
    await chef.fills()
    await chef.fills(title=TITLE, closes_on="2026-03-31", **more)
    await chef.fills(opens="now")
    assert chef.sees(f"Omröstning 1: {TITLE} är skickad.")
    return chef


async def answered_amounts(samspel: Scene) -> dict[str, int | None]:
    """What stands for each municipality that has answered."""
    async with samspel.database.connection() as db:
        found = await db.execute(
            text(
                "SELECT o.name, a.amount FROM poll_answers a "
                "JOIN poll_voters v ON v.id = a.voter_id "
                "JOIN organisations o ON o.id = v.organisation_id "
                "WHERE a.replaced_at IS NULL AND NOT a.suggestion"
            )
        )
        return {row.name: row.amount for row in found}

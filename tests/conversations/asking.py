"""What stories of assignments begin with: work that is asked for, and who heard what of it."""

from sqlalchemy import text

from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform

CHEF, STAFF, KEEPER = "chef@skaraborg", "ekonomi@skaraborg", "it@skaraborg"
OFFICER, DIRECTOR, COLLEAGUE = "inflyttning@hjo", "kommundirektor@hjo", "ledamot@hjo"
RESPONSIBLE, MEMBER, OTHER_MEMBER = "kompetens@skovde", "vux@falkoping", "vux@lidkoping"
TITLE = "Kartlägg flyttskäl"


async def asked(samspel: Scene, **more: str) -> PersonOnPlatform:
    """The chef, who has asked an official of Hjo for something."""
    chef = await samspel.person(CHEF)
    await chef.says(f"uppdrag {TITLE}")
    person = "Inflyttarsamordnare Hjo, Hjo"
    await chef.fills(who=person, reason="Inför hösten", due_on="2026-05-29", hours="40", **more)
    assert chef.sees("Frågan är ställd till Inflyttarsamordnare Hjo.")
    return chef


async def key(samspel: Scene, table: str, name: str) -> str:
    """What an organisation or a body is called in forms."""
    async with samspel.database.connection() as db:
        found = await db.execute(text(f"SELECT id FROM {table} WHERE name = :name"), {"name": name})
        return str(found.scalar_one())


async def asked_network(samspel: Scene, *, wanted: str = "1", name: str = "Kompetens") -> str:
    """A question to a network; whoever asked is the chef."""
    chef = await samspel.person(CHEF)
    network = await key(samspel, "bodies", name)
    await chef.says("uppdrag Beskriv behovet av yrkesvux")
    await chef.fills(whom="natverk", due_on="2026-05-29", hours="21")
    await chef.fills(network=network, wanted=wanted, activity="KOM-03")
    assert chef.sees(f"Frågan är ställd till nätverket {name}.")
    return network


async def hears(samspel: Scene, email: str, words: str) -> bool:
    """Whether the person has been told those words privately."""
    async with samspel.database.connection() as db:
        told = await db.scalar(
            text(
                "SELECT EXISTS (SELECT FROM messages m "
                "JOIN conversations c ON c.id = m.conversation_id "
                "JOIN people p ON p.id = c.person_id "
                "WHERE p.email = :email AND strpos(m.view->>'summary', :words) > 0)"
            ),
            {"email": f"{email}.example.se", "words": words},
        )
        return bool(told)


async def told(samspel: Scene, email: str) -> list[str]:
    """The summaries of what the person has been told privately, the latest last."""
    async with samspel.database.connection() as db:
        found = await db.execute(
            text(
                "SELECT m.view->>'summary' AS said FROM messages m "
                "JOIN conversations c ON c.id = m.conversation_id "
                "JOIN people p ON p.id = c.person_id "
                "WHERE p.email = :email AND m.view->>'summary' IS NOT NULL ORDER BY m.id"
            ),
            {"email": f"{email}.example.se"},
        )
        return [row.said for row in found]


async def becomes_director(samspel: Scene, email: str) -> None:
    """The person directs the municipality where they work."""
    async with samspel.database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO memberships (person_id, body_id, starts_on, given_by) "
                "SELECT p.id, b.id, '2026-01-01', 'test' FROM people p, bodies b "
                "WHERE p.email = :email AND b.kind = 'municipal_directors'"
            ),
            {"email": f"{email}.example.se"},
        )


async def stops_directing(samspel: Scene, email: str) -> None:
    """The person directs no municipality any more."""
    async with samspel.database.transaction() as db:
        await db.execute(
            text(
                "UPDATE memberships SET ends_on = starts_on + 1 WHERE person_id = "
                "(SELECT id FROM people WHERE email = :email) AND body_id IN "
                "(SELECT id FROM bodies WHERE kind = 'municipal_directors')"
            ),
            {"email": f"{email}.example.se"},
        )

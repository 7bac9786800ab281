"""Whether the bot has said all that it has to say."""

from sqlalchemy import text

from storage.database import Database

_WAITS = text("""
SELECT EXISTS (
  SELECT FROM messages m JOIN conversations c ON c.id = m.conversation_id
  WHERE m.state = 'waiting' AND c.closed_at IS NULL
) OR EXISTS (
  SELECT FROM posted_cards p JOIN conversations c ON c.id = p.conversation_id
  WHERE p.struck_at IS NULL AND p.shown < p.wanted AND p.given_up < p.wanted
    AND c.closed_at IS NULL
)
""")


async def nothing_waits(database: Database) -> bool:
    """Nothing waits to be delivered where it can be."""
    async with database.connection() as db:
        return not await db.scalar(_WAITS)

"""What a card needs from the database to be drawn: accounts of people named in it."""

from dataclasses import dataclass

from bot.conversations.views import Card
from handlers.mentions import people_mentioned
from handlers.slack.ids import PLATFORM
from storage.database import Database
from storage.queries.people import user_ids_of


@dataclass(frozen=True)
class Lookups:
    """Asks only for what the card has in it."""

    database: Database

    async def users(self, team: str, card: Card) -> dict[int, str]:
        """Slack's ids of the people mentioned, who have an account in that workspace."""
        people = sorted(people_mentioned(card))
        if not people:
            return {}
        async with self.database.connection() as db:
            return await user_ids_of(db, platform=PLATFORM, tenant=team, people=people)

"""What a card needs from the database to be drawn: accounts of people named in it."""

from dataclasses import dataclass

from bot.conversations.views import Card
from handlers.mentions import people_mentioned
from handlers.teams.canvas import Mentioned
from handlers.teams.ids import PLATFORM
from storage.database import Database
from storage.queries.people import people_named, user_ids_of


@dataclass(frozen=True)
class Lookups:
    """Asks only for what the card has in it."""

    database: Database

    async def mentions(self, tenant: str, card: Card) -> dict[int, Mentioned]:
        """The people mentioned who have an account in that tenant."""
        people = sorted(people_mentioned(card))
        if not people:
            return {}
        async with self.database.connection() as db:
            users = await user_ids_of(db, platform=PLATFORM, tenant=tenant, people=people)
            names = await people_named(db, list(users))
        return {each: Mentioned(user, names[each]["name"]) for each, user in users.items()}

"""What a card needs from the database to be drawn: accounts of people named in it."""

from dataclasses import dataclass

from bot.conversations.views import Bullets, Card, Paragraph
from handlers.slack.ids import PLATFORM
from storage.database import Database
from storage.queries.people import user_ids_of


@dataclass(frozen=True)
class Lookups:
    """Asks only for what the card has in it."""

    database: Database

    async def users(self, team: str, card: Card) -> dict[int, str]:
        """Slack's ids of the people mentioned, who have an account in that workspace."""
        people = sorted(_mentioned(card))
        if not people:
            return {}
        async with self.database.connection() as db:
            return await user_ids_of(db, platform=PLATFORM, tenant=team, people=people)


def _mentioned(card: Card) -> set[int]:
    spans = [span for part in card.parts if isinstance(part, Paragraph) for span in part.spans]
    for part in card.parts:
        if isinstance(part, Bullets):
            spans += [span for item in part.items for span in item]
    return {span.person_id for span in spans if span.person_id is not None}

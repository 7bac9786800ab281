"""The administrators: who they are today, and telling them something."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.conversations.views import Card
from bot.outbox import Outbox, ToPerson
from bot.people import PersonId
from storage.queries import people


async def tell_administrators(
    db: AsyncConnection, now: datetime, outbox: Outbox, make: Callable[[], Card]
) -> None:
    """Have `make()` said to everybody who is an administrator today, in private."""
    for each in await people.administrators(db, in_stockholm(now).date()):
        outbox.say(ToPerson(PersonId(each.id)), make)

"""Following an activity: who hears when its state changes."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.people import PersonId
from bot.plan import ActivityId
from storage.queries import following as queries


async def activity_followers(db: AsyncConnection, activity_id: ActivityId) -> set[PersonId]:
    """People who hear when the activity's state changes."""
    return {PersonId(one) for one in await queries.followers_of_activity(db, activity_id)}


async def follow_activity(db: AsyncConnection, by: By, activity_id: ActivityId) -> None:
    """Tell the person of the activity's news from now on."""
    await queries.follow_activity(db, _values(by, activity_id))


async def unfollow_activity(db: AsyncConnection, by: By, activity_id: ActivityId) -> None:
    """Tell them no longer."""
    await queries.unfollow_activity(db, _values(by, activity_id))


def _values(by: By, activity_id: ActivityId) -> dict[str, object]:
    return {
        "activity_id": activity_id,
        "person_id": by.person.id,
        "now": by.now,
        "platform": by.platform,
    }

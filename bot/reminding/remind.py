"""Each person's one reminder of the day: written once, and said in the same transaction."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.reminders.reminder_card import reminder_card
from bot.conversations.views import Card
from bot.hours import day_ends
from bot.outbox import Outbox, ToPerson
from bot.plan import Plan
from bot.reminding.collect import Reminded, to_remind
from bot.reminding.things import Thing
from bot.settings import Settings
from storage.queries import reminders as queries

log = structlog.get_logger(__name__)


async def remind(db: AsyncConnection, plan: Plan, now: datetime, settings: Settings) -> int:
    """Remind everybody who has something due, in this transaction; how many that was.

    What fails for one person is logged, and is tried again next time; the others get theirs.
    """
    count = 0
    for each in await to_remind(db, plan, now, settings):
        try:
            async with db.begin_nested():
                count += await _remind(db, plan, each, now)
        except Exception:
            log.exception("reminder_failed", person=each.person)
    return count


async def _remind(db: AsyncConnection, plan: Plan, who: Reminded, now: datetime) -> bool:
    written = [(each.thing.key, each.step, each.thing.activity) for each in who.due]
    if not await queries.write_reminder(db, who.person, who.day, written, now):
        return False
    things = [each.thing for each in who.due]
    outbox = Outbox(plan.languages)

    def card(things: Sequence[Thing] = things) -> Card:
        return reminder_card(things, who.day)

    expires = day_ends(who.hours, who.zone, who.day)
    outbox.say(ToPerson(who.person, letter="reminder"), card, expires_at=expires)
    await outbox.flush(db)
    return True

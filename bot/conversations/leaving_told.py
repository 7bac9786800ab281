"""The chef is told when somebody leaves things behind: one list, once for each ending."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bodies import holders, post_has_channel
from bot.clock import in_stockholm
from bot.conversations.hand_over_cards import hanging_card
from bot.leaving import Leaver, hangs_on
from bot.outbox import Outbox, ToPerson, ToPost
from bot.plan import Plan


async def tell_of_leaver(db: AsyncConnection, plan: Plan, leaver: Leaver, now: datetime) -> None:
    """Say in the chef's channel that people have bound, else privately, what waits for somebody.

    Where nobody else is chef, to the förbundsdirektör. Nothing when nothing waits any more.
    """
    today = in_stockholm(now).date()
    hanging = await hangs_on(db, leaver.person.id, today)
    if hanging is None or not hanging.things:
        return
    found = hanging
    outbox = Outbox(plan.languages)
    gone = leaver.person.id
    chefs = [each for each in await holders(db, "manager", today) if each.id != gone]
    alone = chefs
    if await post_has_channel(db, "manager"):
        outbox.say(ToPost("manager"), lambda: hanging_card(found, plan, leaver=leaver))
        alone = []
    if not chefs:
        alone = await holders(db, "federation_director", today)
    for each in alone:
        if each.id != gone:
            outbox.say(ToPerson(each.id), lambda: hanging_card(found, plan, leaver=leaver))
    await outbox.flush(db)

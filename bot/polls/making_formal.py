"""A sounding that has become a formal poll: it says so, and takes no more answers."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.polls.changing import stepped
from bot.polls.outcome import close_and_seal
from bot.polls.poll import Poll, State


async def made_formal(db: AsyncConnection, by: By, sounding: Poll, formal: Poll) -> Poll:
    """Write that the sounding, which is held, has become `formal`; close and seal it if it is not
    over. The sounding as it is then."""
    changes = {"formal_id": [None, formal.id]}
    await stepped(db, by, sounding.id, "made_formal", changes=changes)
    if sounding.state not in (State.PLANNED, State.OPEN):
        return sounding
    return await close_and_seal(db, by, sounding)

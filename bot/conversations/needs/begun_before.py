"""A form about a need that somebody began and did not send: it is gone on with, not begun anew."""

from bot.conversations.protocol import Turn
from bot.needs.need import Need
from storage.queries import drafts

_LOOKED_AT = 20


async def begun_before(turn: Turn, form: str, need: Need, now: str) -> tuple[str, ...]:
    """The arguments of the person's own draft of the form, or of a form begun `now`."""
    found = await drafts.begun_forms(turn.db, turn.person.id, most=_LOOKED_AT)
    mine = (arguments for name, arguments, _at in found if name == form)
    number = str(need.id)
    return next((each for each in mine if each[:1] == (number,)), (number, now))

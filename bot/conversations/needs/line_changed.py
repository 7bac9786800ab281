"""A chat line that registered a need, changed: it mends the need while nobody has touched it."""

from dataclasses import replace

from bot.conversations.acting import acting
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.reading_need import from_line, in_pieces
from bot.conversations.needs.telling import raise_need, show_button
from bot.conversations.needs.wording import stands
from bot.conversations.protocol import Replies, Turn, Words
from bot.conversations.saving_report import say
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.language import _
from bot.needs.changing import NotPossible, NotYours, held
from bot.needs.need import Need, Wanted
from bot.needs.reading import comments_of, need_of_turn, steps_of
from bot.needs.registering import edit

_LOOKED_AT = 50
"""Steps and comments among which those of others are looked for."""


def line_key(turn: Turn) -> str | None:
    """The key of the line, the same however often it is changed; None for a press or a form."""
    if not isinstance(turn.doing, Words):
        return None
    return turn.doing.edits or turn.key


async def need_of_line(turn: Turn) -> Need | None:
    """The need that the line registered before it was changed; None for any other turn."""
    if not isinstance(turn.doing, Words) or turn.doing.edits is None:
        return None
    return await need_of_turn(turn.db, turn.person.id, turn.doing.edits)


async def retyped(turn: Turn, need: Need, wanted: Wanted) -> Replies:
    """Mend the need by the changed line, unless somebody has touched it or it is decided."""
    (need,) = await held(turn.db, need)
    if await _touched(turn, need):
        return (say(turn, line_is_behind(need, wanted.description)),)
    mended = replace(need.wanted, title=wanted.title, description=wanted.description)
    try:
        now = await edit(turn.db, acting(turn), need, mended)
    except (NotYours, NotPossible):
        return (say(turn, line_stands(need)),)
    raise_need(turn, now)
    return (say(turn, mended_by_line(now)),)


async def _touched(turn: Turn, need: Need) -> bool:
    """Whether its words are no longer the line's, or others have done something with it."""
    me = turn.person.id
    read = from_line(need.wanted.description)
    if (read.title, read.description) != (need.title, need.wanted.description):
        return True
    if any(each.person_id != me for each in need.supports):
        return True
    done = [
        *await steps_of(turn.db, need.id, most=_LOOKED_AT),
        *await comments_of(turn.db, need.id, most=_LOOKED_AT),
    ]
    return need.is_live and any(each.person_id != me for each in done)


def mended_by_line(need: Need) -> Card:
    """That the need follows the line as it reads now."""
    said = _("Ändrat: {title}", title=title_of(need))
    return Card(
        summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))), tone="good"
    )


def line_stands(need: Need) -> Card:
    """That the need stays as it is although the line was changed: it can no longer be edited."""
    said = _("{title} är kvar som det var: {stage}.", title=title_of(need), stage=stands(need))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))))


def line_is_behind(need: Need, words: str) -> Card:
    """That the need has gone on since the line was written, with what the line says now."""
    said = _(
        "{title} är kvar som det var, för det har ändrats, stöttats eller kommenterats sedan du "
        "skrev raden. Vill du ändra det, gör det i formuläret. Raden säger nu:",
        title=title_of(need),
    )
    change = Button(label=_("Redigera"), press=press("behov", need.id, "redigera"))
    buttons = Buttons(buttons=(change, show_button(need)))
    return Card(summary=said, parts=(text(said), *in_pieces(words), buttons), tone="warning")

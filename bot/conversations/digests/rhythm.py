"""How often a network gets a digest: `veckobrev nätverket Energi varje vecka`."""

from collections.abc import Sequence
from typing import Any

from bot.conversations.acting import acting
from bot.conversations.digests.leading import refused
from bot.conversations.digests.pages import rests_until
from bot.conversations.digests.refused import NAME
from bot.conversations.digests.whose import reader_name
from bot.conversations.protocol import Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, press, quiet, text
from bot.digests.choosing import EVERY_MONTH, EVERY_WEEK, OFF, RHYTHMS, Choice, choice_of, choose
from bot.digests.due import next_for
from bot.digests.period import Audience, Due, Reader
from bot.digests.wording import moment
from bot.finding import plain
from bot.language import _
from bot.plan import Plan

_SAID = {
    **{"varje vecka": EVERY_WEEK, "veckovis": EVERY_WEEK, "every week": EVERY_WEEK},
    **{"weekly": EVERY_WEEK, "varje manad": EVERY_MONTH, "manadsvis": EVERY_MONTH},
    **{"every month": EVERY_MONTH, "monthly": EVERY_MONTH, "av": OFF, "aldrig": OFF, "off": OFF},
}
REPORTS = {"med": True, "utan": False}
"""Words in buttons for whether reports are drafted before the network's meetings."""


def read_rhythm(words: str) -> tuple[str, str | None]:
    """Whose, and how often: what the words end with; None when they say no rhythm."""
    said = words.split()
    for taken in (2, 1):
        rhythm = _SAID.get(plain(" ".join(said[-taken:])))
        if len(said) >= taken and rhythm is not None:
            return " ".join(said[:-taken]), rhythm
    return words, None


async def show_rhythm(turn: Turn, reader: Reader, rest: Sequence[str]) -> Replies:
    """How often it comes, and what else may be chosen."""
    if reader.audience is not Audience.NETWORK:
        return (here(turn, only_networks_choose()),)
    if no := await refused(turn, reader):
        return no
    choice = await choice_of(turn.db, reader)
    due = next_for(reader, choice, turn.now, turn.settings)
    return (here(turn, rhythm_card(reader, turn.plan, choice, due)),)


async def set_rhythm(turn: Turn, reader: Reader, rest: Sequence[str]) -> Replies:
    """Have it come so often from now on; or reports before meetings, or none."""
    if reader.audience is not Audience.NETWORK:
        return (here(turn, only_networks_choose()),)
    if no := await refused(turn, reader):
        return no
    wanted = rest[0] if rest else ""
    values: dict[str, Any] = {}
    if wanted in RHYTHMS:
        values = {"rhythm": wanted, "rhythm_since": turn.now}
    elif wanted in REPORTS:
        values = {"before_meetings": REPORTS[wanted]}
    before = await choice_of(turn.db, reader)
    if values:
        await choose(turn.db, acting(turn), reader, values)
    choice = await choice_of(turn.db, reader)
    due = next_for(reader, choice, turn.now, turn.settings)
    undo = _undo(before, choice)
    return (here(turn, rhythm_card(reader, turn.plan, choice, due, undo)),)


def _undo(before: Choice, now: Choice) -> str:
    """The word that puts back what was changed; none when nothing was."""
    if before.rhythm != now.rhythm:
        return before.rhythm
    if before.before_meetings != now.before_meetings:
        return "med" if before.before_meetings else "utan"
    return ""


def only_networks_choose() -> Card:
    """What is said of another's rhythm, which settings decide."""
    said = _(
        "Hur ofta ett brev kommer väljs för nätverk. Chefen och styrgruppen får sitt varje vecka, "
        "kommundirektörsgruppen och politiska referensgruppen sitt varje månad."
    )
    return Card(summary=said, parts=(text(said),))


def rhythm_card(
    reader: Reader, plan: Plan, choice: Choice, due: Due | None, undo: str = ""
) -> Card:
    """How often the network's digest comes, with the other choices; `undo` puts the last back."""
    whom = reader_name(reader, plan)
    match choice.rhythm:
        case "weekly":
            said = _("Brevet till {whom} kommer varje vecka i nätverkets kanal.", whom=whom)
        case "monthly":
            said = _("Brevet till {whom} kommer varje månad i nätverkets kanal.", whom=whom)
        case _:
            said = _("Inget brev går till {whom}.", whom=whom)
    reports = (
        _("Före nätverkets möten skrivs ett utkast till lägesrapport.")
        if choice.before_meetings
        else _("Före nätverkets möten skrivs ingen lägesrapport.")
    )
    coming = _coming(choice, due)
    buttons = [
        Button(label=label, press=press(NAME, "takt_ny", str(reader), word))
        for word, label in _choices(choice)
    ]
    if undo:
        back = Button(label=_("Ångra"), press=press(NAME, "takt_ny", str(reader), undo))
        buttons.insert(0, back)
    shown = [each for each in (coming, reports) if each]
    return Card(
        summary=said,
        parts=(text(said), quiet(" ".join(shown)), Buttons(buttons=tuple(buttons))),
        tone="good" if undo else "neutral",
    )


def _coming(choice: Choice, due: Due | None) -> str:
    """When the next one comes, or until when none does."""
    if due is None:
        return ""
    if choice.paused_until is not None and choice.rests(due):
        return rests_until(choice.paused_until)
    return _("Nästa kommer {when}.", when=moment(due.at))


def _choices(choice: Choice) -> list[tuple[str, str]]:
    words = [
        (EVERY_WEEK, _("Varje vecka")),
        (EVERY_MONTH, _("Varje månad")),
        (OFF, _("Inget brev")),
    ]
    found = [(word, label) for word, label in words if word != choice.rhythm]
    if choice.before_meetings:
        return [*found, ("utan", _("Ingen rapport före möten"))]
    return [*found, ("med", _("Lägesrapport före möten"))]

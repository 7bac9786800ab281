"""What somebody has to do with applications, on their own page: those they write, and the days."""

from collections.abc import Sequence
from datetime import date

from bot.applications.application import Application, State
from bot.applications.reading import ApplicationFilter, listed, summed
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.applications.application_card import NAME, show_button, verb_button
from bot.conversations.applications.wording import (
    many,
    next_day_word,
    state_label,
    title_of,
    worth_word,
)
from bot.conversations.protocol import Turn
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, text
from bot.language import _

SHOWN = 5


async def applications_at_home(turn: Turn) -> tuple[Card, ...]:
    """Those that the person writes and that something waits for; nothing while there are none."""
    states = frozenset({State.PLANNED, State.APPLIED, State.GRANTED})
    wanted = ApplicationFilter(writer=turn.person.id, states=states, waiting=True)
    found = await listed(turn.db, wanted, most=SHOWN)
    if not found:
        return ()
    total = sum(each.number for each in (await summed(turn.db, wanted)).values())
    return (yours_card(found, total, in_stockholm(turn.now).date()),)


def yours_card(found: Sequence[Application], total: int, today: date) -> Card:
    """A few of them with the day to keep in mind, what comes first first."""
    title = _("Ansökningar du skriver")
    parts: list[Part] = []
    for each in found:
        first = bold(shortened(title_of(each), 200))
        parts.append(text(first, f" · {_stands(each, today)}"))
        parts.append(Buttons(buttons=(*_next(each), show_button(each))))
    every = Button(label=_("Mina ansökningar"), press=press(NAME, "lista", 0, "mina"))
    parts.append(Buttons(buttons=(every,)))
    told = "; ".join(f"{title_of(each)}, {_stands(each, today)}" for each in found)
    return Card(
        title=title,
        summary=shortened(f"{title}: {many(total)}. {told}", 1_500),
        parts=tuple(parts),
    )


def _stands(application: Application, today: date) -> str:
    said = f"{state_label(application.state)}, {worth_word(application)}"
    day = next_day_word(application)
    if not day:
        return said
    return f"{said}, ⏰ {day}" if application.is_late(today) else f"{said}, {day}"


def _next(application: Application) -> tuple[Button, ...]:
    """What comes next for each state."""
    match application.state:
        case State.PLANNED:
            return (verb_button(_("Skickad"), application, "skickad"),)
        case State.APPLIED:
            return (
                verb_button(_("Beviljad"), application, "beviljad"),
                verb_button(_("Avslag"), application, "avslag"),
            )
        case _:
            return (verb_button(_("Rapport skickad"), application, "rapporterad"),)

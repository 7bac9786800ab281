"""`ansökan 4` and its history: the card with what one may do, each step with who and when."""

from collections.abc import Sequence

from bot.applications.application import Application, Step
from bot.applications.reading import steps_of
from bot.applications.rights import may_change
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.applications.application_card import (
    NAME,
    application_card,
    show_button,
    ways_offered,
)
from bot.conversations.applications.wording import (
    application_name,
    step_record,
    step_told,
    title_of,
)
from bot.conversations.protocol import Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.finding import read_number
from bot.language import _, short_time

A_PAGE = 8
LATEST = 3
"""Steps that the card shows; the history has them all."""


async def show(turn: Turn, application: Application, rest: str) -> Replies:
    """The card, with buttons for those who may change it."""
    steps = await steps_of(turn.db, application.id, most=LATEST)
    may = may_change(turn.person, application, turn.plan)
    buttons = ways_offered(application) if may else ()
    today = in_stockholm(turn.now).date()
    return (here(turn, application_card(application, turn.plan, today, steps, buttons)),)


async def history(turn: Turn, application: Application, rest: str) -> Replies:
    """The steps, newest first, a page at a time."""
    skip = read_number(rest, 5)
    found = await steps_of(turn.db, application.id, most=A_PAGE + 1, skip=skip)
    more = skip + A_PAGE if len(found) > A_PAGE else None
    return (here(turn, history_card(application, found[:A_PAGE], more)),)


def history_card(application: Application, steps: Sequence[Step], more: int | None) -> Card:
    """Steps with all that is said of them; `more` is where the older ones begin."""
    parts: list[Part] = []
    for step in steps:
        when = short_time(in_stockholm(step.at))
        parts.append(text(bold(shortened(step_told(step), 300))))
        parts.append(quiet(shortened(f"{when}, {step.person_name}", 300)))
        record = step_record(step)
        if record:
            parts.append(quiet(shortened(record, 900)))
    buttons = [show_button(application)]
    if more is not None:
        older = press(NAME, application.id, "historik", more)
        buttons.insert(0, Button(label=_("Visa äldre"), press=older))
    parts.append(Buttons(buttons=tuple(buttons)))
    title = _("Historik: {title}", title=title_of(application))
    told = "; ".join(f"{step_told(step)} ({step.person_name})" for step in steps)
    return Card(
        title=shortened(title, 150),
        summary=shortened(f"{title}. {told}", 1_500),
        parts=tuple(parts),
    )


def what_about_it(application: Application) -> Card:
    """What is said when the word after an application's number means nothing here."""
    said = _("Vad vill du göra med {title}?", title=title_of(application))
    hint = _(
        "Skriv till exempel {name} skickad, {name} beviljad 350 000, eller {name} avslag och "
        "varför.",
        name=application_name(application.id),
    )
    return Card(
        summary=shortened(said, 600),
        parts=(
            text(shortened(said, 600)),
            quiet(hint),
            Buttons(buttons=(show_button(application),)),
        ),
    )

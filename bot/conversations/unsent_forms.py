"""Forms that somebody began and did not send, offered on their own page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.protocol import Turn
from bot.conversations.registry import Conversations
from bot.conversations.steps import FormFlow, NotNow
from bot.conversations.views import Button, Buttons, Card, Part, press, quiet, text
from bot.language import _, ngettext, short_time
from storage.queries.drafts import begun_forms

SHOWN = 20
"""Forms that a home shows."""


@dataclass(frozen=True)
class Unsent:
    """A form by name and arguments, called `says`, and when it was left."""

    name: str
    arguments: tuple[str, ...]
    says: str
    left_at: datetime


async def unsent(known: Conversations, turn: Turn) -> tuple[Card, ...]:
    """A card with the forms, if there are any; none for those that are gone."""
    begun = await begun_forms(turn.db, turn.person.id)
    found: list[Unsent] = []
    for name, arguments, left_at in begun:
        if (form := known.form(name)) is not None:
            conversation, flow = form
            says = await _title(turn, flow, arguments) or conversation.says()
            about = [each for each in arguments if each in turn.plan.activities]
            found.append(Unsent(name, arguments, " ".join((says, *about)), left_at))
    return (unsent_card(found),) if found else ()


async def _title(turn: Turn, flow: FormFlow[Any], arguments: tuple[str, ...]) -> str | None:
    """The form's own title; None when it cannot be opened any more, and will say why."""
    context = await flow.prepare(turn, arguments)
    if isinstance(context, NotNow):
        return None
    return flow.steps(context, flow.first_values(context))[0].title


def unsent_card(forms: Sequence[Unsent]) -> Card:
    """The forms as buttons that open them; two of one name are told apart by when."""
    said = ngettext(
        "Du har {n} formulär som du började på men inte skickade.",
        "Du har {n} formulär som du började på men inte skickade.",
        len(forms),
    )
    called = Counter(each.says for each in forms)
    buttons = [_button(each, alone=called[each.says] == 1) for each in forms[:SHOWN]]
    parts: list[Part] = [text(said)]
    rows = range(0, len(buttons), 5)
    parts += [Buttons(buttons=tuple(buttons[at : at + 5])) for at in rows]
    if len(forms) > SHOWN:
        n = len(forms) - SHOWN
        parts.append(quiet(ngettext("… och {n} till.", "… och {n} till.", n)))
    title = _("Fortsätt där du slutade")
    names = shortened(", ".join(called), 300)
    return Card(title=title, summary=f"{said} {names}", parts=tuple(parts))


def _button(form: Unsent, *, alone: bool) -> Button:
    label = form.says
    if not alone:
        label = _("{form}, {when}", form=label, when=short_time(in_stockholm(form.left_at)))
    opens = press("formular", form.name, *form.arguments)
    return Button(label=shortened(label, 75), press=opens)

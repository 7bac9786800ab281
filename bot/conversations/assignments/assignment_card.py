"""An assignment's living card: the same for everybody, wherever it is posted."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.assignments.assignment import Assignment, Part, ToNetwork
from bot.assignments.reading import assignment_by_id
from bot.assignments.rights import is_the_municipalitys
from bot.assignments.states import PartState, State
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.assignments.wording import (
    about_word,
    asked_word,
    assignment_name,
    hours_of,
    hours_word,
    of_number,
    part_word,
    state_label,
    title_of,
)
from bot.conversations.needs.wording import capital
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Progress,
    bold,
    press,
    quiet,
    text,
)
from bot.conversations.views import (
    Part as ViewPart,
)
from bot.language import _, ngettext, short_date, speaking
from bot.plan import Plan

KIND = "assignment"
"""What posted cards of assignments are called."""

NAME = "uppdrag"
SHOWN = 12
"""Parts that a card names; the history has them all."""
_MOST = 900
"""Characters of a text that a card shows."""

_TONES: dict[State, Literal["good", "warning", "bad"]] = {
    State.DONE: "good",
    State.UNRESOURCED: "warning",
}


async def draw(
    db: AsyncConnection, plan: Plan, subject_id: int, language: str, now: datetime
) -> Card | None:
    """The living card as it is now; None when there is no such assignment."""
    assignment = await assignment_by_id(db, subject_id)
    if assignment is None:
        return None
    with speaking(language):
        return assignment_card(assignment, plan)


def assignment_card(assignment: Assignment, plan: Plan, today: date | None = None) -> Card:
    """The card that is the same for everybody; late and lacking are said where `today` is given."""
    state = assignment.state if today is None else assignment.stands(today)
    stands = state_label(state)
    if today is not None and assignment.is_late(today):
        stands += _(" · ⏰ försenat")
    parts: list[ViewPart] = [text(bold(_question(assignment, state))), text(stands)]
    if assignment.work.reason:
        parts.append(text(bold(_("Varför: ")), shortened(assignment.work.reason, _MOST)))
    parts.append(_facts(assignment, plan))
    parts += who_has_it(assignment)
    parts.append(_asked_by(assignment))
    parts.append(Buttons(buttons=answer_buttons(assignment)))
    summary = _(
        "{title}. {state}. Klart senast {day}.",
        title=title_of(assignment),
        state=stands,
        day=short_date(assignment.work.due_on),
    )
    return Card(
        title=shortened(title_of(assignment), 150),
        summary=summary,
        parts=tuple(parts),
        tone=_TONES.get(state, "neutral"),
    )


def _question(assignment: Assignment, state: State) -> str:
    """What the first line says: who can take it, or who has."""
    takers = assignment.takers
    if state in (State.TAKEN, State.DONE) and takers:
        names = ", ".join(part.person.name for part in takers[:SHOWN])
        return shortened(_("{names} har det", names=names), 1_000)
    if isinstance(assignment.asked, ToNetwork) and state in (State.OPEN, State.UNRESOURCED):
        return ngettext("Vem kan ta det här?", "Vilka {n} kan ta det här?", assignment.wanted)
    return capital(assignment_name(assignment.id))


def _facts(assignment: Assignment, plan: Plan) -> Facts:
    work = assignment.work
    hours = hours_word(work.hours) if work.hours is not None else _("inte angivet")
    if work.hours is not None and assignment.wanted > 1 and assignment.share is not None:
        hours += _(", {share} var", share=hours_word(assignment.share))
    rows = [
        (_("Hör till"), about_word(assignment, plan)),
        (_("Tid"), hours),
        (_("Klart senast"), short_date(work.due_on)),
        (_("Frågan är ställd till"), asked_word(assignment, plan)),
    ]
    return Facts(
        facts=tuple(
            Fact(label=label, value=shortened(value, 400)) for label, value in rows if value
        )
    )


def who_has_it(assignment: Assignment) -> list[ViewPart]:
    """Those who have a part in it, and how many are still wanted."""
    parts: list[ViewPart] = []
    if isinstance(assignment.asked, ToNetwork) and assignment.wanted > 1:
        found = len(assignment.takers)
        label = _("{count} har tagit det", count=of_number(found, assignment.wanted))
        parts.append(Progress(label=label, done=found, of=assignment.wanted))
    living = [part for part in assignment.parts if part.is_living]
    parts += [text(_person_line(assignment, part)) for part in living[:SHOWN]]
    left = len(living) - SHOWN
    if left > 0:
        parts.append(quiet(ngettext("… och {n} till.", "… och {n} till.", left)))
    return parts


def _person_line(assignment: Assignment, part: Part) -> str:
    said = f"{shortened(part.person.name, 150)}: {part_word(part)}"
    hours = hours_of(part)
    if hours:
        said += f" ({hours})"
    if part.due_on is not None and part.due_on != assignment.work.due_on:
        said += _(", klart senast {day}", day=short_date(part.due_on))
    return said


def _asked_by(assignment: Assignment) -> ViewPart:
    day = short_date(in_stockholm(assignment.asked_at).date())
    return quiet(_("{name} frågade {day}.", name=assignment.asked_by.name, day=day))


def is_asked_for(assignment: Assignment) -> bool:
    """Whether somebody may still answer."""
    if assignment.state not in (State.OPEN, State.UNRESOURCED):
        return False
    pending = any(part.state is PartState.ASKED for part in assignment.parts)
    return pending or isinstance(assignment.asked, ToNetwork)


def verb_button(
    label: str,
    assignment: Assignment,
    verb: str,
    *more: int,
    style: Literal["default", "primary", "danger"] = "default",
) -> Button:
    """A button that does something with the assignment."""
    return Button(label=label, press=press(NAME, assignment.id, verb, *more), style=style)


def answer_buttons(assignment: Assignment) -> tuple[Button, ...]:
    """The answers there are, while it is asked for; then the way to the history alone."""
    history = verb_button(_("Historik"), assignment, "historik")
    if not is_asked_for(assignment):
        return (history,)
    buttons = [
        verb_button(_("Ja, jag tar det"), assignment, "ja", style="primary"),
        verb_button(_("Kan inte"), assignment, "nej"),
        verb_button(_("Lämna till kollega"), assignment, "lamna"),
    ]
    if any(is_the_municipalitys(assignment, part) for part in assignment.parts):
        buttons.append(verb_button(_("Annat datum"), assignment, "annat_datum"))
    else:
        buttons.append(verb_button(_("Behöver prioriteras"), assignment, "prioritera"))
    return (*buttons, history)


def show_button(assignment: Assignment) -> Button:
    """To the assignment's card."""
    label = _("Visa {name}", name=assignment_name(assignment.id))
    return verb_button(label, assignment, "visa")

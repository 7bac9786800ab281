"""What is said when something cannot be done with an assignment, and who can."""

from collections.abc import Awaitable, Callable
from typing import Literal

from bot.assignments.assignment import Assignment, Part, ToNetwork
from bot.assignments.changing import (
    Full,
    NobodyToAsk,
    NotAColleague,
    NotPossible,
    NotYours,
    YouDecide,
    deciders,
)
from bot.assignments.rights import is_the_municipalitys
from bot.assignments.states import PartState
from bot.bodies import named
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.assignments.assignment_card import show_button
from bot.conversations.assignments.telling import taken_by_others
from bot.conversations.assignments.wording import (
    assignment_name,
    network_name,
    part_word,
    state_label,
    title_of,
)
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    bold,
    press,
    quiet,
    text,
)
from bot.conversations.views import (
    Part as ViewPart,
)
from bot.language import _
from bot.plan import Contact, Plan

Whose = Literal["asked", "decider", "asker", "changer", "taker"]
"""Whose a thing is to do: those asked, whoever makes room, whoever asked, they or the chef, those
who have taken it."""


async def attempt(
    turn: Turn,
    assignment: Assignment,
    act: Callable[[], Awaitable[Assignment]],
    whose: Whose,
    *,
    part: Part | None = None,
    words: str | None = None,
) -> Assignment | Replies:
    """Do it, or say why it cannot be done and who can; then nothing of it is written.

    `words` that were written are given back with a refusal.
    """
    try:
        async with turn.db.begin_nested():
            return await act()
    except NotAColleague:
        return (say(turn, no_colleague(assignment)),)
    except NotYours:
        return await not_yours(turn, assignment, whose, part=part, words=words)
    except Full as error:
        return (say(turn, taken_by_others(error.assignment)),)
    except YouDecide as error:
        return (say(turn, you_decide(error.assignment)),)
    except NotPossible as error:
        mine = error.assignment.part_of(turn.person.id)
        return (say(turn, not_as_it_is(error.assignment, mine, words)),)
    except NobodyToAsk:
        return (say(turn, nobody_to_ask()),)


async def not_yours(
    turn: Turn,
    assignment: Assignment,
    whose: Whose,
    *,
    part: Part | None = None,
    words: str | None = None,
) -> Replies:
    """That it is not the person's to do, and whose it is."""
    today = in_stockholm(turn.now).date()
    whom: list[Contact] = []
    if whose == "decider" and part is not None:
        whom = await deciders(turn.db, part.organisation, today)
    elif whose == "asked":
        pending = [p for p in assignment.parts if p.state is PartState.ASKED]
        for each in pending:
            if is_the_municipalitys(assignment, each):
                whom += await deciders(turn.db, each.organisation, today)
            else:
                whom.append(each.person)
    return (say(turn, who_may(assignment, turn.plan, whose, whom, words)),)


def who_may(
    assignment: Assignment,
    plan: Plan,
    whose: Whose,
    whom: list[Contact],
    words: str | None = None,
) -> Card:
    """Whose it is to do, by name."""
    name, asker = assignment_name(assignment.id), assignment.asked_by.name
    match whose:
        case "decider":
            said = _("Det avgör {names}.", names=named(whom) or "–")
        case "asker":
            said = _("Det avgör {name}, som ställde frågan.", name=asker)
        case "changer":
            said = _(
                "Det gör {name}, som ställde frågan. Chefen och förbundsdirektören kan också.",
                name=asker,
            )
        case "taker":
            said = _(
                "Bara de som har tagit {name} kan göra det: {names}.",
                name=name,
                names=named([part.person for part in assignment.takers]) or _("ingen än"),
            )
        case _:
            said = _asked_are(assignment, plan, whom)
    return _refused(assignment, said, words)


def _asked_are(assignment: Assignment, plan: Plan, whom: list[Contact]) -> str:
    if isinstance(assignment.asked, ToNetwork):
        network = network_name(plan, assignment.asked.network)
        return _("Frågan är ställd till medlemmarna i nätverket {network}.", network=network)
    if whom:
        return _("Frågan är ställd till {names}, som svarar på den.", names=named(whom))
    return _(
        "Ingen är tillfrågad just nu: {state}. Be {name} att fråga igen.",
        state=state_label(assignment.state),
        name=assignment.asked_by.name,
    )


def _refused(assignment: Assignment, said: str, words: str | None) -> Card:
    parts: list[ViewPart] = [
        text(bold(shortened(title_of(assignment), 200))),
        text(shortened(said, 1_500)),
    ]
    if words:
        parts.append(quiet(_("Du skrev: {words}", words=shortened(words, 2_500))))
    parts.append(Buttons(buttons=(show_button(assignment),)))
    return Card(summary=shortened(said, 1_500), parts=tuple(parts), tone="warning")


def not_as_it_is(assignment: Assignment, mine: Part | None, words: str | None = None) -> Card:
    """That it cannot be done with the assignment, or one's part in it, as it is now."""
    name = assignment_name(assignment.id)
    if mine is not None:
        said = _("Det går inte just nu. Så står du i {name}: {state}.", name=name,
                 state=part_word(mine))  # fmt: skip
    else:
        said = _("Det går inte med {name} som det är nu: {state}.", name=name,
                 state=state_label(assignment.state))  # fmt: skip
    return _refused(assignment, said, words)


def you_decide(assignment: Assignment) -> Card:
    """What a director hears who asks for priority."""
    said = _("Du avgör själv: ta det, tacka nej, lämna det till en kollega eller ändra datum.")
    return _refused(assignment, said, None)


def no_colleague(assignment: Assignment) -> Card:
    """Whom it can be handed to."""
    if isinstance(assignment.asked, ToNetwork):
        said = _("Du kan lämna över till någon där du arbetar eller i nätverket.")
    else:
        said = _("Du kan lämna över till någon där du arbetar.")
    again = press("formular", "uppdrag_lamna", assignment.id)
    other = Button(label=_("Välj någon annan"), press=again)
    return Card(
        summary=said,
        parts=(text(said), Buttons(buttons=(other, show_button(assignment)))),
        tone="warning",
    )


def nobody_to_ask() -> Card:
    """That nobody is known who could answer."""
    said = _(
        "Det finns ingen att fråga: kommunen har ingen kommundirektör, eller nätverket inga "
        "medlemmar, i Samspel."
    )
    ask = Button(label=_("Nytt uppdrag"), press=press("formular", "uppdrag"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(ask,))), tone="warning")

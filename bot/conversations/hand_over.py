"""Hand over what waits for somebody: `överlämna Karin Lind`."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from bot.assignments.reading import assignments_by_id
from bot.clock import in_stockholm
from bot.conversations import activity_card
from bot.conversations.acting import acting
from bot.conversations.assignments import assignment_card
from bot.conversations.filling import ask
from bot.conversations.forms import PersonField, TextField, Value
from bot.conversations.hand_over_cards import (
    EVERYTHING,
    NAME,
    all_who_left,
    asked_of_another,
    counted,
    gone_already,
    hanging_card,
    nobody_called,
    receipt,
    taken_over,
    thing_name,
    which_person,
    why_not,
    yours_now,
)
from bot.conversations.needs import need_card
from bot.conversations.needs.telling import tell_people
from bot.conversations.protocol import (
    Ask,
    Conversation,
    Example,
    Pressed,
    Refusal,
    Replies,
    Turn,
)
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Card, bold, text
from bot.finding import Found, Nothing, Several, read_number
from bot.handing_over import HandedOver, hand_over
from bot.language import _
from bot.leaving import Hanging, Kind, Thing, find_anybody, hangs_on, leavers, somebody
from bot.needs.rights import leads
from bot.people import Person, PersonId
from bot.plan import ActivityId, Contact, Plan


def refusal(person: Person) -> Refusal | None:
    """Those who lead the work move it between people."""
    if leads(person):
        return None
    return Refusal(
        _(
            "Det är chefen och förbundsdirektören som lämnar över det som väntar på någon. Be dem, "
            "och säg vad det gäller och vem som kan ta över."
        )
    )


_OVER = re.compile(r"^(?:över|over)\b\s*", re.IGNORECASE)
"""The rest of "lämna över"."""


async def answer(turn: Turn) -> Replies:
    """What waits for somebody, by name or press; without a name, who has left something."""
    if isinstance(turn.doing, Pressed):
        key, skip = (*turn.doing.press.arguments, "", "")[:2]
        if key:
            return (say(turn, await _hanging(turn, key, read_number(skip))),)
    words = _OVER.sub("", turn.words)
    if not words:
        return (say(turn, all_who_left(await leavers(turn.db, turn.now))),)
    match await find_anybody(turn.db, words, in_stockholm(turn.now).date()):
        case Found(one=person):
            return (say(turn, await _hanging(turn, str(person.id), 0)),)
        case Several(these=people):
            return (say(turn, which_person(people)),)
        case Nothing():
            return (say(turn, nobody_called(words)),)


async def _hanging(turn: Turn, key: str, skip: int) -> Card:
    found = await _of(turn, key)
    if found is None:
        return nobody_called(key)
    return hanging_card(found, turn.plan, skip if skip < len(found.things) else 0)


async def _of(turn: Turn, key: str) -> Hanging | None:
    number = read_number(key)
    return await hangs_on(turn.db, PersonId(number), in_stockholm(turn.now).date())


@dataclass(frozen=True)
class About:
    """What is to be handed over, from whom."""

    hanging: Hanging
    things: tuple[Thing, ...]
    arguments: tuple[str, ...]
    plan: Plan


class HandOverForm:
    """To whom: `overlamna PERSON KIND KEY`, or `overlamna PERSON allt`."""

    name = NAME

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The things; says so when they do not wait for the person any more."""
        key, kind, number = (*arguments, "", "", "")[:3]
        hanging = await _of(turn, key)
        if hanging is None:
            return NotNow((say(turn, nobody_called(key)),))
        things = hanging.things
        if kind != EVERYTHING:
            one = hanging.thing(kind, number)
            things = (one,) if one is not None else ()
        if not things:
            return NotNow((say(turn, gone_already(hanging.person)),))
        return About(hanging, things, arguments, turn.plan)

    def first_values(self, context: About) -> dict[str, Value]:
        """Nobody is chosen."""
        return {}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """Who takes over, and why."""
        what = counted(context.things)
        if len(context.things) == 1:
            what = thing_name(context.things[0], context.plan)
        name = context.hanging.person.name
        fields = (
            PersonField(
                name="to",
                label=_("Vem tar över?"),
                help=_("Sök på namn."),
                required=True,
            ),
            TextField(
                name="reason",
                label=_("Skäl"),
                help=_("Om du skriver ett skäl får de som berörs läsa det."),
                lines=2,
                max_length=500,
            ),
        )
        return [
            Step(
                name="till",
                title=_("Lämna över"),
                fields=fields,
                submit=_("Lämna över"),
                intro=(text(bold(what)), text(_("Väntar på {name}.", name=name))),
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Hand them over, tell both, and ask again when the one chosen can take none of it."""
        to = PersonId(answers["to"])
        done = await hand_over(turn.db, acting(turn), context.hanging, context.things, to)
        if not done.taken:
            return self._again(context, answers, done)
        taker = await somebody(turn.db, to, in_stockholm(turn.now).date())
        other = Contact(to, taker.name, taker.email) if taker is not None else Contact(to, "–", "")
        _tell(turn, context, other, done, answers["reason"] or "")
        await _tell_askers(turn, context, other, done)
        return (say(turn, receipt(context.hanging, other, done, turn.plan)),)

    def _again(self, context: About, answers: Answers, done: HandedOver) -> Replies:
        thing, why = done.left[0]
        values: dict[str, Value] = {
            "to": str(answers["to"]),
            "reason": answers["reason"] or "",
        }
        steps = self.steps(context, values)
        problems = {"to": why_not(why, thing, context.plan)}
        return (Ask(form=ask(self, context.arguments, steps, steps[0], values, problems)),)


def _tell(turn: Turn, about: About, to: Contact, done: HandedOver, reason: str) -> None:
    """Draw the living cards again; tell the one who takes over, and the one it hung on."""
    by, hanging, plan = turn.person.name, about.hanging, turn.plan
    for each in done.taken:
        _raise(turn, each)
    tell_people(turn, [to.id], lambda: yours_now(by, hanging, done.taken, reason, plan))
    tell_people(
        turn,
        [hanging.person.id],
        lambda: taken_over(by, to, hanging, done.taken, reason, plan),
    )


async def _tell_askers(turn: Turn, about: About, to: Contact, done: HandedOver) -> None:
    """Tell whoever asked for the work that somebody else is asked to do it."""
    by, hanging, plan = turn.person.name, about.hanging, turn.plan
    parts = [each for each in done.taken if each.kind is Kind.PART]
    asked = await assignments_by_id(turn.db, [each.assignment or 0 for each in parts])
    of_asker: defaultdict[PersonId, list[Thing]] = defaultdict(list)
    for each in parts:
        assignment = asked.get(each.assignment or 0)
        if assignment is not None:
            of_asker[assignment.asked_by.id].append(each)
    for asker in of_asker.keys() - {to.id, hanging.person.id}:
        things = of_asker[asker]
        tell_people(turn, [asker], partial(asked_of_another, by, to, hanging, things, plan))


def _raise(turn: Turn, thing: Thing) -> None:
    match thing.kind:
        case Kind.ACTIVITY | Kind.MILESTONE | Kind.APPLICATION:
            activity = turn.plan.activities.get(thing.code)
            if activity is not None:
                turn.outbox.raise_card(activity_card.KIND, ActivityId(activity.id))
        case Kind.PART | Kind.ASKED:
            turn.outbox.raise_card(assignment_card.KIND, thing.assignment or thing.key)
        case Kind.NEED:
            turn.outbox.raise_card(need_card.KIND, thing.key)
        case Kind.MANDATE:
            pass


FLOW = HandOverForm()
HAND_OVER = Conversation(
    name=NAME,
    says=lambda: _("Lämna över det som väntar på någon"),
    answer=answer,
    synonyms=("överlämna", "lämna", "handover"),
    examples=lambda: (
        Example(
            words=_("överlämna"),
            answer=_("lämna"),
            meaning=_("visar vilka som har slutat och har något kvar"),
        ),
        Example(
            words=_("överlämna Kompetensstrateg Skövde"),
            answer=_("lämna"),
            meaning=_("visar allt som väntar på en person"),
        ),
    ),
    refusal=refusal,
    forms=(FLOW,),
)

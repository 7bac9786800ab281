"""The forms of costs: one that has come, and one that lowers what was entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_flow
from bot.conversations.forms import (
    ActivityField,
    AmountField,
    DateField,
    FormField,
    TextField,
    Value,
)
from bot.conversations.money.cost_cards import (
    entered_card,
    may_enter_nothing,
    may_not_enter,
    of_name,
    target,
)
from bot.conversations.money.resource_cards import may_not_enter_resources, no_such_resource
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import bold, text
from bot.finding import read_number
from bot.language import _, kronor
from bot.money import entering
from bot.money.cost import Cost, Resource
from bot.money.entering import BelowZero, NumberTaken, Said
from bot.money.funding import Kronor
from bot.money.reading import resource_by_key, spent_in_all
from bot.money.reading_cost import LONGEST_NAME, LONGEST_REFERENCE, MOST_KRONOR
from bot.money.rights import may_enter_cost, may_enter_resources
from bot.plan import Activity

EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class About:
    """What the cost is of, None while it is to be chosen; what has been spent on it; the day."""

    of: Activity | Resource | None
    spent: int
    today: date


async def spent_on(turn: Turn, of: Activity | Resource) -> int:
    """What has been spent on it."""
    spent = await spent_in_all(turn.db)
    if isinstance(of, Activity):
        return spent.activities.get(of.id, 0)
    return spent.resources.get(of.id, 0)


async def find_target(turn: Turn, word: str) -> Activity | Resource | None:
    """What a press or a form names by `cost_cards.target`."""
    if word.startswith("r") and word[1:].isdecimal():
        return await resource_by_key(turn.db, read_number(word[1:]))
    return turn.plan.activities.get(word)


async def _about(turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
    """What the form stands on; refuses whoever may not enter it."""
    today = in_stockholm(turn.now).date()
    if not arguments:
        theirs = any(may_enter_cost(turn.person, e) for e in turn.plan.activities.values())
        return About(None, 0, today) if theirs else NotNow((say(turn, may_enter_nothing()),))
    of = await find_target(turn, arguments[0])
    if of is None:
        return NotNow((say(turn, no_such_resource()),))
    refused = refused_for(turn, of)
    if refused is not None:
        return NotNow(refused)
    return About(of, await spent_on(turn, of), today)


def refused_for(turn: Turn, of: Activity | Resource, words: str = "") -> Replies | None:
    """What is said to somebody who may not enter costs of it; None for those who may."""
    if isinstance(of, Activity):
        if may_enter_cost(turn.person, of):
            return None
        return (say(turn, may_not_enter(of, words)),)
    if may_enter_resources(turn.person):
        return None
    return (say(turn, may_not_enter_resources()),)


def _shared_fields(today: date) -> tuple[FormField, ...]:
    return (
        DateField(
            name="spent_on",
            label=_("Vilken dag?"),
            required=True,
            earliest=EARLIEST,
            latest=today,
        ),
        TextField(
            name="reference",
            label=_("Verifikat"),
            help=_("Numret i bokföringen, om det finns"),
            max_length=LONGEST_REFERENCE,
        ),
    )


def _said(answers: Answers) -> Said:
    return Said(
        spent_on=answers["spent_on"],
        amount=Kronor(answers["amount"]),
        name=" ".join(str(answers["what"]).split()),
        reference=answers["reference"],
    )


def _typed(answers: Answers) -> dict[str, Value]:
    """What was sent, to be shown again with its problem."""
    return {name: "" if value is None else str(value) for name, value in answers.items()}


async def _receipt(turn: Turn, cost: Cost, of: Activity | Resource) -> Replies:
    return (say(turn, entered_card(cost, of, await spent_on(turn, of))),)


def number_taken() -> str:
    """The problem at a number in the accounts that another cost has."""
    return _("Verifikatet är redan bokfört. Kontrollera numret.")


class EnterForm:
    """A cost that has come. Argument: what it is of; none to choose an activity."""

    name = "kostnad"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """What it is of; refuses whoever may not enter it."""
        return await _about(turn, arguments)

    def first_values(self, context: About) -> dict[str, Value]:
        """Today."""
        return {"spent_on": context.today.isoformat()}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """All in one step."""
        choose = ActivityField(name="activity", label=_("Vilken aktivitet?"), required=True)
        amount = AmountField(
            name="amount",
            label=_("Belopp"),
            help=_("Skriv som du brukar: 12 500 eller 1,2 mkr"),
            required=True,
            least=1,
            most=MOST_KRONOR,
        )
        what = TextField(
            name="what",
            label=_("Vad gäller det?"),
            help=_("Till exempel Konsult eller Resor"),
            required=True,
            max_length=LONGEST_NAME,
        )
        chosen = (choose,) if context.of is None else ()
        intro = () if context.of is None else (text(bold(shortened(of_name(context.of), 200))),)
        return [
            Step(
                name="kostnad",
                title=_("Bokför kostnad"),
                fields=(*chosen, amount, what, *_shared_fields(context.today)),
                submit=_("Bokför"),
                intro=intro,
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Enter it."""
        of = context.of or turn.plan.activities[answers["activity"]]
        refused = refused_for(turn, of, str(answers["what"]))
        if refused is not None:
            return refused
        try:
            cost = await entering.enter(turn.db, acting(turn), of, _said(answers))
        except NumberTaken:
            arguments = (target(of),) if context.of is not None else ()
            return await open_flow(
                turn,
                ENTER,
                arguments,
                typed=_typed(answers),
                problems={"reference": number_taken()},
            )
        return await _receipt(turn, cost, of)


class LowerForm:
    """Lower what has been entered. Argument: what it is of."""

    name = "kostnad_ratta"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """What it is of; refuses whoever may not enter it."""
        return (
            await _about(turn, arguments) if arguments else NotNow((say(turn, no_such_resource()),))
        )

    def first_values(self, context: About) -> dict[str, Value]:
        """Today."""
        return {"spent_on": context.today.isoformat()}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """All in one step."""
        lower = AmountField(
            name="amount",
            label=_("Minska med"),
            help=_("Bokfört hittills: {amount}", amount=kronor(context.spent)),
            required=True,
            least=1,
            most=max(1, context.spent),
        )
        why = TextField(
            name="what",
            label=_("Varför?"),
            help=_("Till exempel Kreditfaktura eller Dubbelt bokfört"),
            required=True,
            max_length=LONGEST_NAME,
        )
        intro = () if context.of is None else (text(bold(shortened(of_name(context.of), 200))),)
        return [
            Step(
                name="ratta",
                title=_("Rätta kostnaderna"),
                fields=(lower, why, *_shared_fields(context.today)),
                submit=_("Rätta"),
                intro=intro,
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Enter what lowers it."""
        of = context.of
        if of is None:
            return (say(turn, no_such_resource()),)
        try:
            cost = await entering.lower(turn.db, acting(turn), of, _said(answers))
        except NumberTaken:
            problems = {"reference": number_taken()}
        except BelowZero as error:
            left = kronor(error.left)
            problems = {"amount": _("Det går att minska med högst {amount}.", amount=left)}
        else:
            return await _receipt(turn, cost, of)
        return await open_flow(turn, LOWER, (target(of),), typed=_typed(answers), problems=problems)


ENTER, LOWER = EnterForm(), LowerForm()

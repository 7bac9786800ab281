"""The form of what a common resource is to cost in a year, and taking one away."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.filling import open_flow
from bot.conversations.forms import AmountField, ChoiceField, Option, TextField, Value
from bot.conversations.money.resource_cards import (
    may_not_enter_resources,
    no_such_resource,
    resource_has_costs_card,
    resource_kept_card,
    resource_name_taken_card,
    resource_taken_away_card,
)
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.finding import read_number
from bot.language import _
from bot.money import entering
from bot.money.cost import Resource
from bot.money.entering import Gone, HasCosts, NameTaken, NotYours
from bot.money.funding import Kronor
from bot.money.reading import costs_of_resource, resource_by_key
from bot.money.reading_cost import LONGEST_NAME, MOST_KRONOR
from bot.money.rights import may_enter_resources

YEARS_BACK, YEARS_AHEAD = 2, 3


@dataclass(frozen=True)
class About:
    """The resource that is to be changed, None for a new one; and the year of the day."""

    resource: Resource | None
    year: int


class ResourceForm:
    """What a resource is to cost. Argument: its key, to change it."""

    name = "resurskostnad"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The resource; refuses whoever may not enter it."""
        if not may_enter_resources(turn.person):
            return NotNow((say(turn, may_not_enter_resources()),))
        year = in_stockholm(turn.now).year
        if not arguments:
            return About(None, year)
        resource = await resource_by_key(turn.db, read_number(arguments[0]))
        if resource is None:
            return NotNow((say(turn, no_such_resource()),))
        return About(resource, year)

    def first_values(self, context: About) -> dict[str, Value]:
        """What it says now; this year for a new one."""
        one = context.resource
        if one is None:
            return {"year": str(context.year)}
        return {
            "what": one.name,
            "year": str(one.year),
            "amount": str(one.amount),
            "funded_by": one.funded_by,
        }

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """All in one step."""
        years = {*range(context.year - YEARS_BACK, context.year + YEARS_AHEAD + 1)}
        if context.resource is not None:
            years.add(context.resource.year)
        return [
            Step(
                name="resurs",
                title=_("Resurskostnad"),
                fields=(
                    TextField(
                        name="what",
                        label=_("Vilken resurs?"),
                        help=_("Till exempel Processledare eller Kansli"),
                        required=True,
                        max_length=LONGEST_NAME,
                    ),
                    ChoiceField(
                        name="year",
                        label=_("Vilket år?"),
                        required=True,
                        options=tuple(Option(value=str(e), label=str(e)) for e in sorted(years)),
                    ),
                    AmountField(
                        name="amount",
                        label=_("Kostnad för året"),
                        help=_("Skriv som du brukar: 12 500 eller 1,2 mkr"),
                        required=True,
                        least=1,
                        most=MOST_KRONOR,
                    ),
                    TextField(
                        name="funded_by",
                        label=_("Vem betalar?"),
                        help=_("Till exempel Kommunalförbundet"),
                        required=True,
                        max_length=LONGEST_NAME,
                    ),
                ),
                submit=_("Spara"),
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Write it."""
        key = context.resource.id if context.resource is not None else None
        said = Resource(
            id=key or 0,
            year=int(answers["year"]),
            name=" ".join(str(answers["what"]).split()),
            amount=Kronor(answers["amount"]),
            funded_by=" ".join(str(answers["funded_by"]).split()),
        )
        try:
            kept = await entering.keep_resource(turn.db, acting(turn), said, key=key)
        except NameTaken:
            typed: dict[str, Value] = {name: str(value) for name, value in answers.items()}
            problem = _("Året har redan en resurs med det namnet. Ändra den i stället.")
            arguments = (str(key),) if key is not None else ()
            return await open_flow(
                turn, RESOURCE, arguments, typed=typed, problems={"what": problem}
            )
        except Gone:
            return (say(turn, no_such_resource()),)
        return (say(turn, resource_kept_card(kept, changed=key is not None)),)


RESOURCE = ResourceForm()


async def take_away(turn: Turn, key: int) -> Replies:
    """Take a resource away, unless it has costs."""
    try:
        gone = await entering.take_away_resource(turn.db, acting(turn), key)
    except NotYours:
        return (say(turn, may_not_enter_resources()),)
    except Gone:
        return (say(turn, no_such_resource()),)
    except HasCosts:
        resource = await resource_by_key(turn.db, key)
        assert resource is not None
        number = len(await costs_of_resource(turn.db, key, most=1_000))
        return (say(turn, resource_has_costs_card(resource, number)),)
    return (say(turn, resource_taken_away_card(gone)),)


async def put_back(turn: Turn, key: int) -> Replies:
    """Let a resource that was taken away count again."""
    try:
        back = await entering.put_back_resource(turn.db, acting(turn), key)
    except NotYours:
        return (say(turn, may_not_enter_resources()),)
    except Gone:
        return (say(turn, no_such_resource()),)
    except NameTaken:
        return (say(turn, resource_name_taken_card()),)
    return (say(turn, resource_kept_card(back, changed=False)),)

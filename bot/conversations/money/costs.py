"""`kostnad`: enter what things have cost, put it right, see it; and the year's resources."""

from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.filling import open_flow
from bot.conversations.forms import Value
from bot.conversations.money.cost_cards import (
    A_PAGE,
    below_zero_card,
    cost_is_gone,
    costs_by_activity,
    costs_card,
    entered_card,
    may_not_take_away,
    number_taken_card,
    put_back_card,
    taken_away_card,
)
from bot.conversations.money.cost_forms import (
    ENTER,
    LOWER,
    find_target,
    number_taken,
    refused_for,
    spent_on,
)
from bot.conversations.money.resource_cards import no_such_resource, resources_card
from bot.conversations.money.resource_form import RESOURCE, put_back, take_away
from bot.conversations.money.wording import COSTS as NAME
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn
from bot.conversations.report_status import no_such, which
from bot.conversations.saving_report import say
from bot.conversations.spoken_verbs import first_word
from bot.finding import Found, Several, find_activity, read_code, read_number
from bot.language import _
from bot.money import entering
from bot.money.cost import Resource
from bot.money.entering import BelowZero, Gone, NotYours, NumberTaken, Said
from bot.money.reading import (
    cost_by_key,
    costs_of_activity,
    costs_of_resource,
    resources_of,
    spent_in_all,
)
from bot.money.reading_cost import MOST_KRONOR, Typed, read_cost_words
from bot.money.rights import may_enter_cost, may_enter_resources, may_take_away
from bot.plan import Activity

_LIST = frozenset(("lista", "list", "visa", "show"))
_LOWER = frozenset(("ratta", "minska", "lower", "correct"))
_RESOURCES = frozenset(("resurser", "resurs", "resources", "resource", "resurskostnader"))
_YEAR_DIGITS = 4


async def answer(turn: Turn) -> Replies:
    """A cost in words, the form for one, a list, or what a button does."""
    if isinstance(turn.doing, Pressed):
        return await _pressed(turn, turn.doing.press.arguments)
    words = turn.words.strip()
    if not words:
        return await _all(turn)
    first, rest = first_word(words)
    rest = rest.strip()
    if first in _RESOURCES:
        return await _resources(turn, rest, 0)
    if first in _LIST:
        return await _listed(turn, rest) if rest else await _all(turn)
    if first in _LOWER and rest:
        found = _named(turn, rest)
        return found if isinstance(found, tuple) else await open_flow(turn, LOWER, (found.code,))
    return await _enter(turn, words)


async def _pressed(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    first, second, third = (*arguments, "", "", "")[:3]
    match first:
        case "lista":
            of = await find_target(turn, second)
            if of is None:
                return (say(turn, no_such_resource()),)
            return await _costs(turn, of, read_number(third, 6))
        case "bort":
            return await _away(turn, read_number(second))
        case "tillbaka":
            return await _back(turn, read_number(second))
        case "resurser":
            return await _resources(turn, second, read_number(third, 6))
        case "resurs_bort":
            return await take_away(turn, read_number(second))
        case "resurs_tillbaka":
            return await put_back(turn, read_number(second))
        case _:
            if first in turn.plan.activities:
                return await open_flow(turn, ENTER, (first,))
            return await _all(turn)


def _named(turn: Turn, words: str) -> Activity | Replies:
    match find_activity(turn.plan, words):
        case Found(one=activity):
            return activity
        case Several(these=several):
            return (say(turn, which(several, "", NAME)),)
        case _:
            return (say(turn, no_such(words, "")),)


async def _enter(turn: Turn, words: str) -> Replies:
    """`ETA-03 12 500 Konsult`: entered at once when it is whole, else the form with what is."""
    activity, rest = _split(turn, words)
    if activity is None:
        found = _named(turn, words)
        if isinstance(found, tuple):
            return found
        activity, rest = found, ""
    refused = refused_for(turn, activity, words)
    if refused is not None:
        return refused
    if not rest:
        return await open_flow(turn, ENTER, (activity.code,))
    typed = read_cost_words(rest)
    if not typed.whole:
        return await _ask_for_the_rest(turn, activity, typed)
    today = in_stockholm(turn.now).date()
    assert typed.amount is not None
    said = Said(today, typed.amount, typed.name, typed.reference)
    try:
        cost = await entering.enter(turn.db, acting(turn), activity, said)
    except NumberTaken:
        problems = {"reference": number_taken()}
        return await open_flow(
            turn, ENTER, (activity.code,), typed=_values(typed), problems=problems
        )
    return (say(turn, entered_card(cost, activity, await spent_on(turn, activity))),)


def _split(turn: Turn, words: str) -> tuple[Activity | None, str]:
    """The activity whose code the words begin with, and the words after it."""
    tokens = words.split()
    for taken in (1, 2):
        code = read_code(" ".join(tokens[:taken]).rstrip(":,"), turn.plan)
        if code is not None:
            return turn.plan.activities[code], " ".join(tokens[taken:])
    return None, words


async def _ask_for_the_rest(turn: Turn, activity: Activity, typed: Typed) -> Replies:
    """The form with what was typed; a minus is told of, since a cost is lowered by its own form."""
    problems: dict[str, str] = {}
    if typed.below_zero:
        problems["amount"] = _(
            "En kostnad är större än noll. Skriv kostnad rätta {code} för att minska.",
            code=activity.code,
        )
    elif typed.amount is None or not 0 < typed.amount <= MOST_KRONOR:
        problems["amount"] = _("Skriv ett belopp, till exempel 12 500.")
    if not typed.name:
        problems["what"] = _("Skriv vad det gäller, till exempel Konsult.")
    return await open_flow(
        turn, ENTER, (activity.code,), typed=_values(typed), problems=problems or None
    )


def _values(typed: Typed) -> dict[str, Value]:
    return {
        **({"amount": str(typed.amount)} if typed.amount is not None else {}),
        **({"what": typed.name} if typed.name else {}),
        **({"reference": typed.reference} if typed.reference else {}),
    }


async def _all(turn: Turn) -> Replies:
    spent = await spent_in_all(turn.db)
    found = [
        (each, spent.activities[each.id])
        for each in turn.plan.activities.values()
        if each.id in spent.activities
    ]
    found.sort(key=lambda pair: (-pair[1], pair[0].code))
    return (say(turn, costs_by_activity(found)),)


async def _listed(turn: Turn, words: str) -> Replies:
    found = _named(turn, words)
    return found if isinstance(found, tuple) else await _costs(turn, found, 0)


async def _costs(turn: Turn, of: Activity | Resource, skip: int) -> Replies:
    if isinstance(of, Activity):
        costs = await costs_of_activity(turn.db, of.id, A_PAGE + 1, skip)
        may = may_enter_cost(turn.person, of)
    else:
        costs = await costs_of_resource(turn.db, of.id, A_PAGE + 1, skip)
        may = may_enter_resources(turn.person)
    theirs = {each.id for each in costs if may_take_away(turn.person, each)}
    more = skip + A_PAGE if len(costs) > A_PAGE else None
    spent = await spent_on(turn, of)
    return (say(turn, costs_card(of, costs[:A_PAGE], spent, more, theirs, may_enter=may)),)


async def _away(turn: Turn, key: int) -> Replies:
    try:
        cost = await entering.take_away(turn.db, acting(turn), key)
    except NotYours:
        found = await cost_by_key(turn.db, key)
        return (say(turn, may_not_take_away(found) if found is not None else cost_is_gone()),)
    except Gone:
        return (say(turn, cost_is_gone()),)
    except BelowZero:
        return (say(turn, below_zero_card()),)
    return (say(turn, taken_away_card(cost)),)


async def _back(turn: Turn, key: int) -> Replies:
    found = await cost_by_key(turn.db, key)
    try:
        cost = await entering.put_back(turn.db, acting(turn), key)
    except NotYours:
        return (say(turn, may_not_take_away(found) if found is not None else cost_is_gone()),)
    except Gone:
        return (say(turn, cost_is_gone()),)
    except BelowZero:
        return (say(turn, below_zero_card()),)
    except NumberTaken:
        return (say(turn, number_taken_card(found) if found is not None else cost_is_gone()),)
    return (say(turn, put_back_card(cost)),)


async def _resources(turn: Turn, words: str, skip: int) -> Replies:
    """The resources of the year that the words name, or of this year."""
    typed = words.strip()
    named = typed.isdecimal() and len(typed) == _YEAR_DIGITS
    year = int(typed) if named else in_stockholm(turn.now).year
    found = await resources_of(turn.db, year)
    spent = (await spent_in_all(turn.db)).resources
    may = may_enter_resources(turn.person)
    card = resources_card(year, found, spent, may_enter=may, skip=skip)
    return (say(turn, card),)


COSTS = Conversation(
    name=NAME,
    says=lambda: _("Bokför och se vad något har kostat"),
    answer=answer,
    synonyms=("kostnader", "utfall", "cost", "costs"),
    examples=lambda: (
        Example(
            words=_("kostnad KOM-03 12 500 Konsult"),
            answer="KOM-03",
            meaning=_("bokför en kostnad på en aktivitet"),
        ),
        Example(
            words=_("kostnad lista KOM-03"),
            answer="KOM-03",
            meaning=_("visar aktivitetens kostnader"),
        ),
        Example(
            words=_("kostnad resurser"),
            answer=_("Gemensamma resurser"),
            meaning=_("visar vad årets gemensamma resurser kostar"),
        ),
    ),
    forms=(ENTER, LOWER, RESOURCE),
)

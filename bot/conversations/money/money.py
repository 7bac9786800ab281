"""`pengar`: budget, funding and what is lacking, of the plan or of any part of it."""

from collections.abc import Sequence
from typing import TypeVar

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.money.activity_money import activity_money_card
from bot.conversations.money.money_cards import (
    area_card,
    direction_card,
    list_card,
    whole_plan_card,
)
from bot.conversations.money.municipality_money import municipalities_card, municipality_card
from bot.conversations.money.wording import NAME, all_button, list_button
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn
from bot.conversations.report_status import which
from bot.conversations.spoken_verbs import first_word
from bot.conversations.understanding import here
from bot.conversations.views import Buttons, Card, text
from bot.finding import Found, Several, find_activity, plain, read_code, read_number
from bot.language import _
from bot.money.funding import Kronor
from bot.money.overview import Group, Overview, Pledged
from bot.money.reading import overview_of, spent_in_all, with_hours_used
from bot.plan import Activity

_ALL = frozenset(("", "alla", "allt", "all", "planen", "plan"))
_LIST = frozenset(("lista", "list", "aktiviteter", "activities"))
_MUNICIPALITIES = frozenset(("kommuner", "kommunerna", "municipalities", "loften"))
_FILLERS = ("for ", "i ", "till ", "kommun ", "omrade ", "insatsomrade ", "inriktning ")


async def answer(turn: Turn) -> Replies:
    """Money of what words or a press name; of the whole plan when they name nothing."""
    overview = await overview_of(turn.db, turn.plan, in_stockholm(turn.now).date())
    if isinstance(turn.doing, Pressed):
        return (here(turn, await _pressed(turn, overview, turn.doing.press.arguments)),)
    words = turn.words.strip()
    first, rest = first_word(words)
    if plain(words) in _ALL:
        return (here(turn, await _whole(turn, overview, 0)),)
    if first in _LIST:
        return (here(turn, list_card(overview, read_number(rest.strip(), 6))),)
    if plain(words) in _MUNICIPALITIES:
        return (here(turn, await _municipalities(turn, overview, 0)),)
    code = read_code(words, turn.plan)
    if code is not None:
        return (here(turn, await _activity(turn, overview, turn.plan.activities[code])),)
    return (here(turn, await _named(turn, overview, words)),)


async def _pressed(turn: Turn, overview: Overview, arguments: Sequence[str]) -> Card:
    first, second, third = (*arguments, "", "", "")[:3]
    activity = turn.plan.activities.get(first)
    if activity is not None:
        return await _activity(turn, overview, activity)
    key, skip = read_number(second), read_number(third, 6)
    match first:
        case "lista":
            return list_card(overview, read_number(second, 6))
        case "kommuner":
            return await _municipalities(turn, overview, read_number(second, 6))
        case "kommun":
            pledged = next((e for e in overview.pledged if e.municipality == key), None)
            return await _municipality(turn, overview, pledged, skip)
        case "omrade":
            area = next((each for each in overview.areas if each.key == key), None)
            return await _area(turn, overview, area, skip)
        case "inriktning":
            return await _direction(turn, overview, _direction_by_key(overview, key), skip)
        case _:
            return await _whole(turn, overview, read_number(second, 6))


async def _named(turn: Turn, overview: Overview, words: str) -> Card:
    """What the words name: an area, a direction, a municipality, or an activity by its title."""
    wanted = plain(words).removesuffix(" kommun")
    for filler in _FILLERS:
        wanted = wanted.removeprefix(filler)
    directions = [each for area in overview.areas for each in overview.directions(area.name)]
    for exactly in (True, False):
        if area := _called(overview.areas, wanted, exactly=exactly):
            return await _area(turn, overview, area, 0)
        if direction := _called(directions, wanted, exactly=exactly):
            return await _direction(turn, overview, direction, 0)
        if place := _called(overview.pledged, wanted, exactly=exactly):
            return await _municipality(turn, overview, place, 0)
    match find_activity(turn.plan, wanted):
        case Found(one=activity):
            return await _activity(turn, overview, activity)
        case Several(these=several):
            return which(several, "", NAME)
        case _:
            return names_nothing(words)


T = TypeVar("T", Group, Pledged)


def _called(among: Sequence[T], wanted: str, *, exactly: bool) -> T | None:
    """The one of that name; or, not exactly, the only one whose name begins so."""
    if exactly:
        return next((each for each in among if plain(each.name) == wanted), None)
    found = [each for each in among if len(wanted) > 2 and plain(each.name).startswith(wanted)]
    return found[0] if len(found) == 1 else None


def _direction_by_key(overview: Overview, key: int) -> Group | None:
    return next(
        (
            each
            for area in overview.areas
            for each in overview.directions(area.name)
            if each.key == key
        ),
        None,
    )


async def _whole(turn: Turn, overview: Overview, skip: int) -> Card:
    spent = overview.outcome(await spent_in_all(turn.db))
    return whole_plan_card(overview, spent, skip if skip < len(overview.areas) else 0)


async def _area(turn: Turn, overview: Overview, area: Group | None, skip: int) -> Card:
    if area is None:
        return names_nothing("")
    at = skip if skip < len(overview.directions(area.name)) else 0
    return area_card(overview, area, await _spent_on(turn, area), at)


async def _direction(turn: Turn, overview: Overview, direction: Group | None, skip: int) -> Card:
    if direction is None:
        return names_nothing("")
    at = skip if skip < len(direction.activities) else 0
    return direction_card(overview, direction, await _spent_on(turn, direction), at)


async def _activity(turn: Turn, overview: Overview, activity: Activity) -> Card:
    spent = await spent_in_all(turn.db)
    return activity_money_card(overview, activity, spent.activities.get(activity.id, 0))


async def _municipalities(turn: Turn, overview: Overview, skip: int) -> Card:
    return municipalities_card(await with_hours_used(turn.db, overview.pledged), skip)


async def _municipality(turn: Turn, overview: Overview, pledged: Pledged | None, skip: int) -> Card:
    if pledged is None:
        return names_nothing("")
    (counted,) = await with_hours_used(turn.db, [pledged], pledged.municipality)
    return municipality_card(overview, counted, skip)


async def _spent_on(turn: Turn, group: Group) -> Kronor:
    spent = await spent_in_all(turn.db)
    return Kronor(sum(spent.activities.get(each.id, 0) for each in group.activities))


def names_nothing(words: str) -> Card:
    """What is said of words that name no part of the plan and no municipality."""
    said = (
        _("Jag hittar inget som heter ”{words}”.", words=shortened(words, 60))
        if words
        else _("Det finns inte längre i planen.")
    )
    hint = _("Skriv pengar och sedan en kod, ett insatsområde, en inriktning eller en kommun.")
    return Card(
        summary=f"{said} {hint}",
        parts=(text(said, " ", hint), Buttons(buttons=(all_button(), list_button()))),
        tone="warning",
    )


MONEY = Conversation(
    name=NAME,
    says=lambda: _("Se budget, finansiering och vad som saknas"),
    answer=answer,
    synonyms=("budget", "finansiering", "money", "funding"),
    examples=lambda: (
        Example(
            words=_("pengar"),
            answer=_("Pengarna i planen"),
            meaning=_("visar budget, finansiering och vad som saknas i hela planen"),
        ),
        Example(
            words=_("pengar KOM-03"),
            answer="KOM-03",
            meaning=_("visar var en aktivitets pengar kommer ifrån"),
        ),
        Example(
            words=_("pengar Hjo"),
            answer="Hjo",
            meaning=_("visar vad en kommun har utlovat"),
        ),
    ),
)

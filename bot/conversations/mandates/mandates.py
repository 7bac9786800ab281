"""`mandat`: who answers for a municipality; its director names others for a period."""

from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.filling import open_flow
from bot.conversations.forms import Value
from bot.conversations.mandates.looking import (
    directed_by,
    municipality_called,
    municipality_keyed,
    shown_for,
)
from bot.conversations.mandates.mandate_cards import (
    NAME,
    ended,
    ended_for_you,
    every_municipality,
    mandates_card,
    may_not,
    no_such_mandate,
    over_already,
)
from bot.conversations.mandates.mandate_form import FLOW
from bot.conversations.needs.telling import tell_people
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.spoken_verbs import first_word
from bot.conversations.steps import NotNow, judge
from bot.conversations.understanding import here
from bot.finding import read_number
from bot.language import _
from bot.needs.rights import municipalities_of
from bot.people import OrganisationId
from bot.polls.changing import NotYours
from bot.polls.giving_mandate import KINDS, IsOver, colleagues_like, end, mandate_by_id
from bot.polls.mandates import MandateKind, Mandates, mandates
from bot.polls.reading_mandate import Typed, read_mandate

_EVERY = ("alla", "all", "lista", "list", "kommuner")
_GIVE = ("ge", "give", "ny", "nytt")
_END = ("avsluta", "ta", "end", "visa", "show")


async def answer(turn: Turn) -> Replies:
    """Who answers, by municipality or for one's own; a name begins a new mandate."""
    if isinstance(turn.doing, Pressed):
        return await _pressed(turn, *turn.doing.press.arguments)
    words = turn.words.strip()
    known, rest = first_word(words)
    if known in _EVERY and not rest:
        return await _every(turn, 0)
    municipality = municipality_called(turn, words)
    if municipality is not None:
        return (here(turn, mandates_card(await shown_for(turn, municipality))),)
    if not words or known in _END:
        return await _own(turn)
    return await _give(turn, rest.strip() if known in _GIVE else words)


async def _pressed(turn: Turn, what: str = "", *rest: str) -> Replies:
    key, skip = (*rest, "", "")[:2]
    if what == "alla":
        return await _every(turn, read_number(key, 6))
    if what == "avsluta":
        return await _end_it(turn, read_number(key))
    municipality = municipality_keyed(turn, read_number(key)) if what == "visa" else None
    if municipality is None:
        return await _own(turn)
    shown = await shown_for(turn, municipality)
    return (here(turn, mandates_card(shown, read_number(skip, 6))),)


async def _own(turn: Turn) -> Replies:
    """The person's own municipalities; every one for whoever works in none."""
    own = municipalities_of(turn.person, turn.plan)
    if not own:
        return await _every(turn, 0)
    return tuple([here(turn, mandates_card(await shown_for(turn, one))) for one in own[:3]])


async def _every(turn: Turn, skip: int) -> Replies:
    today = in_stockholm(turn.now).date()
    found = [each for each in turn.plan.organisations.values() if each.kind == "municipality"]
    names = sorted(((each.id, each.name) for each in found), key=lambda pair: pair[1])
    held: dict[MandateKind, Mandates] = {
        kind: await mandates(turn.db, kind, today) for kind in KINDS
    }
    return (here(turn, every_municipality(names, held, skip if skip < len(names) else 0)),)


async def _give(turn: Turn, words: str) -> Replies:
    """The form with what the words say, and what is wrong with it; it is sent by a press."""
    directed = directed_by(turn)
    if not directed:
        own = next(iter(municipalities_of(turn.person, turn.plan)), None)
        return (say(turn, may_not(await shown_for(turn, own) if own is not None else None)),)
    typed = read_mandate(words, turn.now)
    if not typed.name:
        days: dict[str, Value] = {"last": typed.last} if typed.last else {}
        return await open_flow(turn, FLOW, (str(directed[0]),), typed=days or None)
    municipality, values, problems = await _values(turn, directed, typed)
    arguments = (str(municipality),)
    context = await FLOW.prepare(turn, arguments)
    if isinstance(context, NotNow):
        return context.replies
    filled = {**FLOW.first_values(context), **values}
    (step,) = FLOW.steps(context, filled)
    wrong = {**(await judge(turn, step, filled)).problems, **problems}
    if not typed.last:
        wrong.pop("last", None)
    return await open_flow(turn, FLOW, arguments, typed=values, problems=wrong or None)


async def _values(
    turn: Turn, directed: list[OrganisationId], typed: Typed
) -> tuple[OrganisationId, dict[str, Value], dict[str, str]]:
    """The municipality where somebody has that name, what the form holds, and its problems."""
    today = in_stockholm(turn.now).date()
    values: dict[str, Value] = {"who": typed.name, "kinds": typed.kinds, "last": typed.last}
    if typed.first:
        values["first"] = typed.first
    for municipality in directed:
        found = await colleagues_like(turn.db, typed.name, municipality, today)
        if len(found) == 1:
            return municipality, {**values, "who": str(found[0].id)}, {}
        if found:
            names = ", ".join(each.name for each in found[:5])
            said = _("Flera passar: {names}. Skriv hela namnet.", names=names)
            return municipality, values, {"who": said}
    name = turn.plan.organisations[directed[0]].name
    said = _("Ingen som heter så arbetar i {name}. Sök på namn.", name=name)
    return directed[0], values, {"who": said}


async def _end_it(turn: Turn, key: int) -> Replies:
    """End the mandate, and tell the one who had it."""
    mandate = await mandate_by_id(turn.db, key)
    if mandate is None:
        return (say(turn, no_such_mandate()),)
    municipality = mandate.municipality
    name = turn.plan.organisations[municipality].name
    try:
        async with turn.db.begin_nested():
            over = await end(turn.db, acting(turn), mandate)
    except NotYours:
        return (say(turn, may_not(await shown_for(turn, municipality))),)
    except IsOver as error:
        return (say(turn, over_already(error.mandate, name)),)
    by = turn.person.name
    tell_people(turn, [over.person.id], lambda: ended_for_you(over, name, by))
    return (say(turn, ended(over, await shown_for(turn, municipality))),)


MANDATE = Conversation(
    name=NAME,
    says=lambda: _("Se vem som svarar för kommunerna, och ge mandat för en period"),
    answer=answer,
    synonyms=("mandate", "mandates"),
    examples=lambda: (
        Example(
            words=_("mandat"),
            answer=_("Vem svarar för"),
            meaning=_("visar vem som svarar för din kommun i omröstningar"),
        ),
        Example(
            words=_("mandat alla"),
            answer=_("Vem svarar för kommunerna"),
            meaning=_("visar vem som svarar för varje kommun"),
        ),
    ),
    forms=(FLOW,),
)

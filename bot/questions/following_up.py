"""A question that goes on from the one before: `och i Hjo?`, `bara de röda`, `mer`, `varför?`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.questions.filters import filters_of
from bot.questions.question import Filter, Intent, Question
from bot.questions.said import ABOUT_WORK, Said
from bot.questions.understanding import Understood
from bot.questions.words import joined

_MORE = frozenset(
    (
        *("mer", "mera", "fler", "flera", "fortsatt", "resten", "vidare", "visa mer", "visa fler"),
        *("nasta sida", "nasta", "och mer", "finns det fler", "visa resten", "more"),
    )
)
_WHY = re.compile(
    r"(?:men |och )?(?:varfor|hur sa|vad beror det pa|av vilken anledning|vad ar orsaken"
    r"|why)(?: (?:det|da|ar det sa|sa|ar de det|ar den det|inte))*"
)
_ALL = re.compile(r"(?:och |men )?(?:totalt|sammanlagt|alla|allihop|i alla kommuner|overallt)")
_ONWARDS = re.compile(r"^(?:och|men|fast|samt|eller|sedan|vad galler|for|i|inom|hos|om)\b")
_ONLY = re.compile(r"^(?:och )?(?:bara|endast|enbart|ta bara|visa bara|de som|dem som|de|dem)\b")
_WHOLE = re.compile(r"\b(?:finns|har vi|har ni|gar|gick|pagar)\b")
_PLACES = (Filter.MUNICIPALITY,)
_OF_PLAN = (Filter.AREA, Filter.DIRECTION, Filter.ACTIVITY, Filter.NETWORK, Filter.PERSON)
_TIMES = (Filter.PERIOD, Filter.SINCE)
_OWN = (*ABOUT_WORK, "how", "money", "when", "lacks")
_MEETING = re.compile(r"mote|sammantrad|\bnasta (?:styrgrupp|direktion|presidi|referens)")
_A_FEW = 3


@dataclass(frozen=True)
class Further:
    """A question that goes on from another. `more`: what of the answer was not shown; `why`: the
    reasons."""

    question: Question
    more: bool = False
    why: bool = False


def going_on(understood: Understood, before: Question) -> Further | None:
    """What the words ask when they go on from `before`; None when they are a question of their
    own."""
    said = understood.said
    text = joined(list(said.words))
    if text in _MORE:
        return Further(before, more=True)
    if _WHY.fullmatch(text):
        return Further(before, why=True)
    if _ALL.fullmatch(text):
        return Further(before.with_filters(dict.fromkeys((*_OF_PLAN, *_PLACES), ())))
    if said.unknown or understood.declined in ("order", "personal"):
        return None
    short = len(said.words) <= _A_FEW
    if said.any(*_OWN) or _MEETING.search(text):
        return _of_the_same(understood, before) if short or _ONWARDS.match(text) else None
    named = filters_of(said, _with_names(before).intent)
    if not named:
        return None
    if _ONLY.match(text):
        return Further(_with_names(before).with_filters(named))
    return Further(_instead(before, named)) if short or _ONWARDS.match(text) else None


def _of_the_same(understood: Understood, before: Question) -> Further | None:
    """Something else asked of the same: `vem ansvarar?`; it names nothing itself."""
    asked = understood.question
    general = asked.intent in (Intent.STATUS, Intent.OVERVIEW, Intent.DECLINE)
    if asked.filters or general or _names_something(understood.said):
        return None
    if _WHOLE.search(understood.said.text):
        return None
    kept = {n: v for n, v in before.filters.items() if n in (*_OF_PLAN, *_PLACES)}
    return Further(Question(asked.intent, kept)) if kept else None


def _names_something(said: Said) -> bool:
    return bool(said.spots or said.times or said.states or said.stages)


def _with_names(before: Question) -> Question:
    """The question as it is when something is named: the whole becomes how that stands."""
    if before.intent is Intent.OVERVIEW:
        return Question(Intent.STATUS, before.filters)
    return before


def _instead(before: Question, named: Mapping[Filter, tuple[str, ...]]) -> Question:
    """The question before with what is named now in place of what was: another place for a place,
    another time for a time; a place beside an area narrows it."""
    changed = dict(named)
    if any(name in changed for name in _TIMES):
        changed = {**dict.fromkeys(_TIMES, ()), **changed}
    if any(name in changed for name in _OF_PLAN):
        changed = {**dict.fromkeys(_OF_PLAN, ()), **changed}
    if Filter.MUNICIPALITY in changed and before.values(Filter.ACTIVITY):
        changed = {Filter.ACTIVITY: (), **changed}
    keeps_time_only = all(name in _TIMES for name in named) and before.intent is Intent.OVERVIEW
    return (before if keeps_time_only else _with_names(before)).with_filters(changed)

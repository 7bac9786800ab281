"""A question that goes on from the one before: `och i Hjo?`, `bara de röda`, `mer`, `varför?`."""

import re
from dataclasses import dataclass

from bot.questions.question import Filter, Intent, Question
from bot.questions.understanding import Understood
from bot.questions.words import joined, words_of

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
_ONWARDS = re.compile(
    r"^(?:och|men|fast|samt|eller|da|sedan|hur ar det (?:med|i|for)|hur ser det ut (?:i|for|med)|"
    r"vad galler(?: for)?|for|i|inom|hos|om)\b"
)
_ONLY = re.compile(r"^(?:och )?(?:bara|endast|enbart|ta bara|visa bara|de som|dem som|de|dem)\b")
_WHOLE = re.compile(r"\b(?:finns|har vi|har ni|gar|gick|pagar)\b")
_ALL = re.compile(r"^(?:och |men )?(?:totalt|sammanlagt|alla|allihop|i alla kommuner|overallt)$")
_SUBJECTS = (
    *(Filter.AREA, Filter.DIRECTION, Filter.ACTIVITY, Filter.MUNICIPALITY, Filter.NETWORK),
    Filter.PERSON,
)
_TIMES = (Filter.PERIOD, Filter.SINCE)
_SHORT = 5


@dataclass(frozen=True)
class Further:
    """A question that goes on from another. `more`: what of the answer was not shown; `why`: the
    reasons."""

    question: Question
    more: bool = False
    why: bool = False


def going_on(said: str, understood: Understood, before: Question) -> Further | None:
    """What the words ask when they go on from `before`; None when they are a question of their
    own."""
    text = joined(words_of(said))
    if text in _MORE:
        return Further(before, more=True)
    if _WHY.fullmatch(text):
        return Further(before, why=True)
    if _ALL.fullmatch(text):
        return Further(before.with_filters(dict.fromkeys(_SUBJECTS, ())))
    asked = understood.question
    if _ONLY.match(text) and asked.filters and asked.intent is not Intent.DECLINE:
        return Further(before.with_filters(dict(asked.filters)))
    words = len(text.split())
    onwards = _ONWARDS.match(text) is not None
    if not onwards and words > _SHORT:
        return None
    vague = asked.intent in (Intent.STATUS, Intent.OVERVIEW, Intent.DECLINE, Intent.MEETINGS)
    if asked.filters and (vague and (onwards or words <= 2)):
        return Further(_instead(before, asked))
    short = words <= 3 and not _WHOLE.search(text)
    if not asked.filters and not vague and (onwards or short):
        return Further(Question(asked.intent, before.filters))
    if asked.filters and onwards and not vague:
        return Further(_instead(Question(asked.intent, before.filters), asked))
    return None


def _instead(before: Question, asked: Question) -> Question:
    """The question before with what is named now in place of what was: another place for a place,
    another time for a time; a place beside an area narrows it."""
    changed: dict[Filter, tuple[str, ...]] = dict(asked.filters)
    if Filter.BODY in changed and before.intent is Intent.DECISIONS:
        changed[Filter.AUDIENCE] = changed.pop(Filter.BODY)
    elif Filter.BODY in changed and before.intent is Intent.NEEDS:
        changed[Filter.STAGE] = changed.pop(Filter.BODY)
    if any(name in changed for name in _TIMES):
        changed = {**dict.fromkeys(_TIMES, ()), **changed}
    of_plan = (Filter.AREA, Filter.DIRECTION, Filter.ACTIVITY, Filter.NETWORK, Filter.PERSON)
    if any(name in changed for name in of_plan):
        changed = {**dict.fromkeys(of_plan, ()), **changed}
    if Filter.MUNICIPALITY in changed and before.values(Filter.ACTIVITY):
        changed = {Filter.ACTIVITY: (), **changed}
    return before.with_filters(changed)

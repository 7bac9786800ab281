"""A question as a short key, for buttons and addresses: names by their database keys."""

from collections.abc import Mapping

from bot.questions.question import BODIES, KINDS, STAGES, STATES, Filter, Intent, Question
from bot.questions.vocabulary import Vocabulary

_LETTERS: Mapping[Filter, str] = {
    Filter.AREA: "a",
    Filter.DIRECTION: "d",
    Filter.ACTIVITY: "c",
    Filter.MUNICIPALITY: "m",
    Filter.NETWORK: "n",
    Filter.STATE: "s",
    Filter.STAGE: "g",
    Filter.PERSON: "w",
    Filter.BODY: "b",
    Filter.KIND: "k",
    Filter.AUDIENCE: "u",
    Filter.PERIOD: "p",
    Filter.SINCE: "f",
}
_FILTERS = {letter: name for name, letter in _LETTERS.items()}
_LISTS = {
    Filter.STATE: STATES,
    Filter.STAGE: STAGES,
    Filter.BODY: BODIES,
    Filter.KIND: KINDS,
    Filter.AUDIENCE: BODIES,
}
_AS_THEY_ARE = (Filter.ACTIVITY, Filter.PERIOD, Filter.SINCE)


def key_of(question: Question, vocabulary: Vocabulary) -> str:
    """`status;m14;s3`: the intent, then each value by a letter for its filter."""
    values = [
        f"{_LETTERS[name]}{key}"
        for name in Filter
        for value in question.values(name)
        if (key := _keys(name, vocabulary).get(value, value if name in _AS_THEY_ARE else None))
    ]
    return ";".join((question.intent.value, *values))


def question_of(key: str, vocabulary: Vocabulary) -> Question | None:
    """The question that `key_of` wrote; None for anything else, and when something that it names
    is there no longer."""
    intent, *values = key.split(";")
    if intent not in {each.value for each in Intent}:
        return None
    found: dict[Filter, tuple[str, ...]] = {}
    for each in values:
        name = _FILTERS.get(each[:1])
        if name is None:
            return None
        known = {number: value for value, number in _keys(name, vocabulary).items()}
        value = known.get(each[1:], each[1:] if name in _AS_THEY_ARE else None)
        if value is None:
            return None
        found[name] = (*found.get(name, ()), value)
    return Question(Intent(intent), found)


def _keys(name: Filter, vocabulary: Vocabulary) -> Mapping[str, str]:
    """The key of each value of a filter."""
    plan = vocabulary.plan
    match name:
        case Filter.AREA:
            return {value: str(key) for key, value in plan.focus_areas.items()}
        case Filter.DIRECTION:
            return {each.name: str(each.id) for each in plan.directions.values()}
        case Filter.MUNICIPALITY:
            return {each.name: str(each.id) for each in plan.organisations.values()}
        case Filter.NETWORK:
            return {each.name: str(each.id) for each in plan.networks}
        case Filter.PERSON:
            return {each.email: str(each.id) for each in vocabulary.people}
        case _:
            return {value: str(at) for at, value in enumerate(_LISTS.get(name, ()))}

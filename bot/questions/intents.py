"""Which intent a question has, from its cues and names: the rules are tried in order, and the
first that fits is the likeliest reading, the next another one."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.questions.filters import filters_of
from bot.questions.question import Filter, Intent, Question
from bot.questions.said import ABOUT_WORK, NAMED, OF_PLAN, Said


@dataclass(frozen=True)
class Reading:
    """A way to read the question. `declined`: why it is not answered."""

    question: Question
    surely: bool = True
    declined: str = ""


def readings(said: Said) -> list[Reading]:
    """The likeliest reading first; at least one."""
    refused = _declined(said)
    found = [
        Reading(Question(intent, filters_of(said, intent)), surely=_surely(said))
        for intent, fits in _RULES
        if fits(said)
    ]
    if refused == "outside":
        others = [e for e in found if e.question.filters or e.question.intent not in _VAGUE]
        return [Reading(Question(Intent.DECLINE), declined=refused), *others]
    if refused:
        return [Reading(Question(Intent.DECLINE), declined=refused)]
    return [*_by_activity(said, found[0]), *found[1:]]


def _surely(said: Said) -> bool:
    """Whether most of what was said is understood, and each name means one thing."""
    ambiguous = any(each.others for each in said.spots)
    return not ambiguous and len(said.unknown) < _MANY_UNKNOWN


def _by_activity(said: Said, first: Reading) -> list[Reading]:
    """The first reading, and the same of each further activity that the words may name."""
    several = next((each for each in said.spots if each.others), None)
    if several is None or several.value not in first.question.values(Filter.ACTIVITY):
        return [first]
    changed = [
        first.question.with_filters({Filter.ACTIVITY: (code,)})
        for code in (several.value, *several.others)
    ]
    return [Reading(each, surely=False) for each in changed]


_MANY_UNKNOWN = 2
_ADJECTIVES_TOO = frozenset(("oppna", "starta", "avslutade", "andra", "pausa"))
_VAGUE = frozenset((Intent.OVERVIEW, Intent.STATUS))
_PAST = ("last_", "this_year", "today")


def _declined(said: Said) -> str:
    """Why the question is none that is answered: `order`, `personal`, `outside`; else empty."""
    if said.no_such_code:
        return "no_such"
    if _is_order(said):
        return "order"
    if said.apart("personal", "missing") or _of_health(said):
        return "personal"
    if said.has("elsewhere"):
        return "outside"
    telling = said.any(*ABOUT_WORK) or bool(said.states) or said.has("money", "lacks")
    if said.has("private") and not telling:
        return "personal"
    about = telling or said.names(*NAMED, Filter.BODY)
    if not about:
        vague = said.any("how") and not said.unknown
        return "" if vague else "outside"
    if said.unknown and not _named_well(said) and not (telling and _spelt_well(said)):
        return "outside"
    if not telling and _in_passing(said):
        return "outside"
    if len(said.unknown) > 1 and not said.names(*NAMED) and not _much(said):
        return "outside"
    return ""


def _is_order(said: Said) -> bool:
    """Whether something is to be changed: what could be an adjective is none in a question."""
    if not said.has("order"):
        return False
    return not (said.asks and said.text.split()[0] in _ADJECTIVES_TOO)


def _of_health(said: Said) -> bool:
    """Whether it is asked how somebody is."""
    somebody = said.names(Filter.PERSON) or "manager" in said.bodies
    return somebody and ("hur mar" in said.text or "mar bra" in said.text)


def _in_passing(said: Said) -> bool:
    """Whether no more than a place, a person or a time is understood of several words."""
    asks = said.any("how", "show", "when", "mine", "why", "who")
    return not asks and len(said.words) > 3 and not said.names(*OF_PLAN)


def _spelt_well(said: Said) -> bool:
    """Whether some word that tells what is asked for is written as it should be."""
    mended = {each.read for each in said.words if each.mended}
    cues = (*ABOUT_WORK, "money", "lacks")
    places = [place for name in cues for place in said.cues.get(name, ())]
    places += [place for found in said.states.values() for place in found]
    return any(
        not mended.issuperset(said.text[start:end].split()) for start, end in places
    ) or said.names(*NAMED, Filter.BODY)


def _named_well(said: Said) -> bool:
    """Whether something of the plan is named, and not only a place or a person in passing."""
    if said.names(Filter.ACTIVITY):
        return True
    return said.has("how") and said.names(Filter.AREA, Filter.DIRECTION, Filter.NETWORK)


def _much(said: Said) -> bool:
    """Whether cues outnumber the words that nothing is made of."""
    return sum(each in said.cues for each in ABOUT_WORK) + len(said.states) >= len(said.unknown)


def _poll_missing(said: Said) -> bool:
    if said.any("report", "application", "unreported") or not said.has("missing"):
        return False
    if said.has("assignment") and not said.has("poll"):
        return False
    about = said.any("poll", "answer") or (
        said.any("co_financing", "priority") and said.has("who_all")
    )
    return about and not (said.has("need") and not said.has("poll"))


def _poll_status(said: Said) -> bool:
    if said.has("poll"):
        return True
    if said.any("application", "report", "need") or said.has("owns", "who"):
        return False
    asked = said.any("co_financing", "priority")
    return (said.has("answer") and (asked or said.has("count"))) or (
        asked and said.any("turnout", "closes", "how") and not said.any("pledge", "gap", "lacks")
    )


def _needs(said: Said) -> bool:
    return said.apart("need", "gap") and not (said.has("poll") and "omrostning" in said.text)


def _assignments(said: Said) -> bool:
    return said.has("assignment")


def _not_reported(said: Said) -> bool:
    if said.has("unreported") or (said.has("report") and said.any("missing", "lags")):
        return True
    return said.has("lags", "who") and not said.states


def _applications(said: Said) -> bool:
    if said.funder and said.has("granted"):
        return True
    if not said.has("application"):
        return False
    return not (said.asks_when and said.names(Filter.ACTIVITY))


def _pledges(said: Said) -> bool:
    if not said.has("pledge") or said.any("gap", "poll") or _of_person(said):
        return False
    return said.any("money", "who_all", "co_financing", "how", "show") or said.names(
        Filter.MUNICIPALITY, Filter.ACTIVITY
    )


def _of_person(said: Said) -> bool:
    """Whether it is asked what a person has taken on, which is no money."""
    named = said.names(Filter.PERSON) and not said.names(Filter.MUNICIPALITY)
    return named and not said.any("money", "co_financing")


def _funding_gap(said: Said) -> bool:
    if said.has("gap"):
        return True
    if not said.has("lacks") or said.any("report", "answer", "poll", "decide"):
        return False
    return said.has("money") or said.names(*NAMED) or len(said.words) <= 4


def _decisions(said: Said) -> bool:
    if said.apart("decide", "owns"):
        return not (said.asks_when and said.names(Filter.ACTIVITY))
    return said.has("waits") and bool(said.bodies) and not said.has("need")


def _meetings(said: Said) -> bool:
    if said.has("meeting"):
        return not (said.names(Filter.ACTIVITY) and said.has("when"))
    if said.has("papers"):
        return not said.names(Filter.ACTIVITY)
    others = said.any("how", "owns", "report", "activities", "milestone", "change")
    return (
        bool(said.bodies)
        and not others
        and not said.names(*NAMED)
        and (said.any("when") or "nasta" in said.text or bool(said.times))
    )


def _owner(said: Said) -> bool:
    if said.has("owns"):
        whose = said.names(Filter.PERSON) or said.has("mine") or _which_activities(said)
        return said.has("who") or not whose
    return said.has("who") and said.names(*NAMED) and not said.any("takes_part", "change", "due")


def _members(said: Said) -> bool:
    """Whether it is asked who sits in a body."""
    asked = said.has("member") or (said.has("who") and said.text.endswith("<body>"))
    return bool(said.bodies) and asked and not said.any("decide", "report", "poll", "answer")


def _which_activities(said: Said) -> bool:
    """Whether activities are asked for, and not somebody who answers for one."""
    asked = said.has("activities", "show") and not said.names(Filter.ACTIVITY)
    return asked and "ansvar" not in said.text


def _changes(said: Said) -> bool:
    if said.any("milestone", "due") and not said.since:
        return False
    return said.has("change") or said.since is not None


def _milestones(said: Said) -> bool:
    if said.any("milestone", "due"):
        return True
    if said.asks_when and (said.has("starts") or said.names(Filter.ACTIVITY)):
        return True
    coming = said.period is not None and not said.period.startswith(_PAST)
    happens = any(word in said.text.split() for word in ("hander", "sker", "gang", "handa", "ske"))
    return coming and happens


def _in_short(said: Said) -> bool:
    """Whether the whole is asked for, and nothing else of the work is."""
    if not said.has("overview") or said.names(*NAMED, Filter.BODY) or said.states:
        return False
    others = ("poll", "need", "assignment", "application", "gap", "pledge", "decide", "report")
    return not said.any(*others, "milestone", "change")


def _overview(said: Said) -> bool:
    if said.names(*NAMED) or said.states or said.any("mine", "my_municipality"):
        return False
    return said.any("overview", "how") and not (said.has("activities") and not said.has("overview"))


def _activities(said: Said) -> bool:
    if said.any("owns", "pledge") and (said.names(Filter.PERSON) or said.has("mine")):
        return True
    if said.states:
        return False
    asks = said.any("activities", "takes_part")
    return asks and not said.has("how")


def _status(said: Said) -> bool:
    return (
        bool(said.states) or said.names(*NAMED) or said.has("my_municipality") or said.has("mine")
    )


def _reported(said: Said) -> bool:
    """Whether it is asked what has been reported."""
    return said.has("report", "who_all") and not said.has("missing")


def _money(said: Said) -> bool:
    """Whether money is asked of, in no other way than that."""
    plainly = not said.has("how") or "ekonomi" in said.text or "budget" in said.text
    return said.has("money") and plainly and said.names(*NAMED)


def _anything(_said: Said) -> bool:
    return True


_RULES: tuple[tuple[Intent, Callable[[Said], bool]], ...] = (
    (Intent.NOT_REPORTED, _not_reported),
    (Intent.POLL_MISSING, _poll_missing),
    (Intent.NEEDS, _needs),
    (Intent.ASSIGNMENTS, _assignments),
    (Intent.POLL_STATUS, _poll_status),
    (Intent.APPLICATIONS, _applications),
    (Intent.PLEDGES, _pledges),
    (Intent.FUNDING_GAP, _funding_gap),
    (Intent.OVERVIEW, _in_short),
    (Intent.OWNER, _members),
    (Intent.DECISIONS, _decisions),
    (Intent.MEETINGS, _meetings),
    (Intent.OWNER, _owner),
    (Intent.CHANGES, _changes),
    (Intent.MILESTONES, _milestones),
    (Intent.OVERVIEW, _overview),
    (Intent.CHANGES, _reported),
    (Intent.FUNDING_GAP, _money),
    (Intent.ACTIVITIES, _activities),
    (Intent.STATUS, _status),
    (Intent.OVERVIEW, _anything),
)

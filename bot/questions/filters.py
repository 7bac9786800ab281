"""Of what a question asks, once its intent is known."""

from bot.questions.naming import Spot
from bot.questions.question import KINDS, STAGES, STATES, Filter, Intent
from bot.questions.said import NAMED, Said

_POLLS = (Intent.POLL_MISSING, Intent.POLL_STATUS)
_OF_MONEY = (*_POLLS, Intent.FUNDING_GAP, Intent.PLEDGES, Intent.APPLICATIONS)
_OF_THINGS = (Intent.MILESTONES, Intent.ASSIGNMENTS, Intent.FUNDING_GAP, Intent.PLEDGES)
"""What may be done itself, whatever the activity is."""

_OF_BODIES = (Intent.MEETINGS, Intent.OWNER)
_MY_DOING = (Intent.NOT_REPORTED, Intent.ASSIGNMENTS)
_STATELESS = (
    *(*_POLLS, Intent.APPLICATIONS, Intent.NEEDS),
    *(Intent.MEETINGS, Intent.DECISIONS),
)


def filters_of(said: Said, intent: Intent) -> dict[Filter, tuple[str, ...]]:
    """What of that intent is asked for."""
    found: dict[Filter, list[str]] = {}
    for spot in said.spots:
        if spot.filter is not Filter.BODY and not _is_word_of(said, spot, intent):
            found.setdefault(spot.filter, []).append(spot.value)
    if intent is Intent.MILESTONES and not said.names(*NAMED) and len(said.milestones) == 1:
        found[Filter.ACTIVITY] = list(said.milestones)
    _add_mine(said, intent, found)
    found |= {
        Filter.STATE: _states(said, intent),
        Filter.STAGE: _stages(said, intent),
        Filter.KIND: _kinds(said, intent),
        Filter.AUDIENCE: _audience(said, found) if intent is Intent.DECISIONS else [],
        Filter.BODY: list(said.bodies) if intent in _OF_BODIES else [],
        Filter.PERIOD: _times(said, "period"),
        Filter.SINCE: _times(said, "since"),
    }
    return {name: tuple(dict.fromkeys(found[name])) for name in Filter if found.get(name)}


def _times(said: Said, name: str) -> list[str]:
    """Periods, or days since when; the autumn is its months."""
    return [value for each in said.times if each.name == name for value in each.value.split("|")]


def _is_word_of(said: Said, spot: Spot, intent: Intent) -> bool:
    """Whether a name is only a word of such a question: finansiering, when money is asked for."""
    if spot.filter not in (Filter.AREA, Filter.DIRECTION) or intent not in _OF_MONEY:
        return False
    word = said.words[spot.start].read
    before = said.words[spot.start - 1].read if spot.start else ""
    return "finansiering" in word and before not in ("inom", "omradet", "insatsomradet")


def _add_mine(said: Said, intent: Intent, found: dict[Filter, list[str]]) -> None:
    if said.has("my_municipality") and said.own_municipality:
        found.setdefault(Filter.MUNICIPALITY, []).append(said.own_municipality)
    mine = said.has("mine") and intent not in (Intent.DECISIONS, Intent.MEETINGS)
    if (
        (mine or (said.has("i_do") and intent in _MY_DOING and not said.has("who")))
        and said.person
        and Filter.PERSON not in found
    ):
        found[Filter.PERSON] = [said.person]


def _states(said: Said, intent: Intent) -> list[str]:
    if intent in _STATELESS:
        return []
    left = _said_states(said)
    if "done" in left and (said.has("due") or intent in _OF_THINGS):
        left.remove("done")
    if intent is Intent.STATUS and said.names(Filter.ACTIVITY) and left == ["on_track"]:
        return []
    if intent is Intent.NOT_REPORTED:
        left = [each for each in left if each not in ("on_track", "off_track")]
    return left


def _said_states(said: Said) -> list[str]:
    """States that are said; of those that are denied, all the others."""
    denied = {
        name
        for name, places in said.states.items()
        if name != "not_started" and all(said.denies(place) for place in places)
    }
    if denied:
        return [each for each in STATES if each not in denied]
    return [each for each in STATES if each in said.states]


def _stages(said: Said, intent: Intent) -> list[str]:
    if intent is not Intent.NEEDS:
        return []
    is_decided = "accepted" in said.stages or "declined" in said.stages
    # Of what is decided, the body that is named is the one that decided.
    bodies = {each for each in said.bodies if each in STAGES and not is_decided}
    left = [each for each in STAGES if each in bodies or each in said.stages]
    dated = said.period is not None or said.since is not None
    only = any(word in said.text.split() for word in ("bara", "enbart", "endast"))
    if "registered" in left and (len(left) > 1 or (dated and not only)):
        left.remove("registered")
    return left


def _kinds(said: Said, intent: Intent) -> list[str]:
    return [each for each in KINDS if intent in _POLLS and said.has(each)]


def _audience(said: Said, found: dict[Filter, list[str]]) -> list[str]:
    """Bodies that are named; the manager also by title, or who asks for their own."""
    people = found.get(Filter.PERSON, [])
    if said.managers.intersection(people):
        found[Filter.PERSON] = [each for each in people if each not in said.managers]
        return ["manager"]
    if said.bodies or not said.any("mine", "i_do"):
        return list(said.bodies)
    return ["manager"] if said.person in said.managers else list(said.own_bodies)

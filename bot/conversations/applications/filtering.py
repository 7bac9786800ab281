"""Which applications words ask for: mine, in a state, for an activity or an area, to a fund."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.applications.application import State
from bot.applications.reading import ApplicationFilter
from bot.conversations.activity_card import shortened
from bot.conversations.applications.wording import state_label
from bot.finding import plain, read_code
from bot.language import _
from bot.people import Person
from bot.plan import ActivityId, Plan

_MINE = frozenset(("mina", "mine", "my"))
_FILLERS = frozenset(("alla", "all", "lista", "list", "ansokningar", "for", "i", "till", "the"))
_STATES = {
    "planerad": State.PLANNED,
    "planerade": State.PLANNED,
    "planned": State.PLANNED,
    "skickad": State.APPLIED,
    "skickade": State.APPLIED,
    "sokt": State.APPLIED,
    "sokta": State.APPLIED,
    "applied": State.APPLIED,
    "sent": State.APPLIED,
    "beviljad": State.GRANTED,
    "beviljade": State.GRANTED,
    "beviljat": State.GRANTED,
    "granted": State.GRANTED,
    "avslag": State.REJECTED,
    "avslagna": State.REJECTED,
    "rejected": State.REJECTED,
    "tillbakadragen": State.WITHDRAWN,
    "tillbakadragna": State.WITHDRAWN,
    "withdrawn": State.WITHDRAWN,
}
_ENCODED = re.compile(r"([aft])(.{1,40})")
_MOST_OF_A_FUND = 40


@dataclass(frozen=True)
class Asked:
    """What is asked for. `fund`: words of its name; `area`: a focus area's key."""

    mine: bool = False
    states: frozenset[State] = frozenset()
    activity: ActivityId | None = None
    area: int | None = None
    fund: str = ""

    def filter(self, person: Person, plan: Plan) -> ApplicationFilter:
        """As the database is asked: mine are those that one writes or answers for."""
        responsible = frozenset(
            each.id for each in plan.activities.values() if each.responsible.id == person.id
        )
        return ApplicationFilter(
            activities=self._activities(plan),
            concerns=person.id if self.mine else None,
            responsible_for=responsible if self.mine else frozenset(),
            states=self.states,
            fund=self.fund or None,
        )

    def _activities(self, plan: Plan) -> frozenset[ActivityId] | None:
        if self.activity is not None:
            return frozenset({self.activity})
        if self.area is None:
            return None
        name = plan.focus_areas.get(self.area)
        return frozenset(each.id for each in plan.activities.values() if each.area == name)

    def encoded(self) -> tuple[str, ...]:
        """As words of a press."""
        return (
            *(["mina"] if self.mine else []),
            *sorted(each.value for each in self.states),
            *([f"a{self.activity}"] if self.activity is not None else []),
            *([f"f{self.area}"] if self.area is not None else []),
            *([f"t{self.fund}"] if self.fund else []),
        )


def decoded(words: Sequence[str]) -> Asked:
    """What `encoded` made; words that mean nothing are left out."""
    known = {each.value: each for each in State}
    asked = Asked(
        mine="mina" in words, states=frozenset(known[word] for word in words if word in known)
    )
    for word in words:
        match = _ENCODED.fullmatch(word)
        if match is None or word in known or word == "mina":
            continue
        if match[1] == "t":
            asked = replace(asked, fund=match[2])
        elif match[2].isdecimal() and len(match[2]) <= 18:
            key = int(match[2])
            asked = (
                replace(asked, activity=ActivityId(key))
                if match[1] == "a"
                else replace(asked, area=key)
            )
    return asked


def read_filter(words: str, plan: Plan) -> Asked:
    """What words ask for, in any order; those that are left name an area, or else a fund."""
    asked, left = Asked(), list[str]()
    for word in words.split():
        bare = word.strip(",.:;!?")
        known, code = plain(bare), read_code(bare, plan)
        if code is not None:
            asked = replace(asked, activity=plan.activities[code].id)
        elif known in _MINE:
            asked = replace(asked, mine=True)
        elif known in _STATES:
            asked = replace(asked, states=asked.states | {_STATES[known]})
        elif known not in _FILLERS:
            left.append(bare)
    said = " ".join(left)
    area = _area(plain(said), plan) if said else None
    if area is not None:
        return replace(asked, area=area)
    return replace(asked, fund=_pressable(said))


def _area(said: str, plan: Plan) -> int | None:
    """The focus area of that name, or the only one whose name begins so."""
    names = {key: plain(name) for key, name in plan.focus_areas.items()}
    same = [key for key, name in names.items() if name == said]
    begins = [key for key, name in names.items() if len(said) > 2 and name.startswith(said)]
    return next(iter(same or (begins if len(begins) == 1 else [])), None)


def _pressable(words: str) -> str:
    """As much of the words as a button can carry."""
    return " ".join(words.replace("|", " ").replace(",", " ").split())[:_MOST_OF_A_FUND].strip()


def described(asked: Asked, plan: Plan) -> str:
    """The filter in words; empty when nothing was asked for."""
    said = [_("mina")] if asked.mine else []
    said += [state_label(each).partition(" ")[2] for each in State if each in asked.states]
    activity = plan.by_id.get(asked.activity) if asked.activity is not None else None
    if activity is not None:
        said.append(activity.code)
    if asked.area is not None and asked.area in plan.focus_areas:
        said.append(shortened(plan.focus_areas[asked.area], 100))
    if asked.fund:
        said.append(f"”{asked.fund}”")
    return ", ".join(said)

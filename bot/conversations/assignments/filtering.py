"""Which assignments words ask for: late ones, an activity's, a municipality's, a person's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.assignments.reading import AssignmentFilter
from bot.assignments.states import State
from bot.conversations.activity_card import shortened
from bot.conversations.assignments.wording import organisation_name
from bot.finding import Found, find_person, plain, read_code
from bot.language import _
from bot.people import OrganisationId, PersonId
from bot.plan import ActivityId, Plan
from storage.queries.people import people_named

_LATE = frozenset(("sena", "sent", "forsenade", "forsenat", "late", "overdue"))
_FILLERS = frozenset(
    ("alla", "all", "uppdrag", "for", "i", "hos", "av", "person", "kommun", "for", "och", "the")
)
_NO_TIME = frozenset(("resurslosa", "utan", "unresourced"))
_ENCODED = re.compile(r"([akp])(\d{1,18})")


@dataclass(frozen=True)
class Asked:
    """What is asked for. `unknown` are words that name nothing."""

    activity: ActivityId | None = None
    municipality: OrganisationId | None = None
    person: PersonId | None = None
    late: bool = False
    no_time: bool = False
    unknown: str = ""

    def filter(self, today: date) -> AssignmentFilter:
        """As the database is asked."""
        return AssignmentFilter(
            person=self.person,
            municipality=self.municipality,
            activity_id=self.activity,
            states=frozenset({State.UNRESOURCED}) if self.no_time else frozenset(),
            late_on=today if self.late else None,
        )

    def encoded(self) -> tuple[str, ...]:
        """As words of a press."""
        return (
            *([f"a{self.activity}"] if self.activity is not None else []),
            *([f"k{self.municipality}"] if self.municipality is not None else []),
            *([f"p{self.person}"] if self.person is not None else []),
            *(["sena"] if self.late else []),
            *(["utan"] if self.no_time else []),
        )


def decoded(words: Sequence[str]) -> Asked:
    """What `encoded` made; words that mean nothing are left out."""
    asked = Asked(late="sena" in words, no_time="utan" in words)
    for word in words:
        match = _ENCODED.fullmatch(word)
        if match is None:
            continue
        key = int(match[2])
        match match[1]:
            case "a":
                asked = replace(asked, activity=ActivityId(key))
            case "k":
                asked = replace(asked, municipality=OrganisationId(key))
            case _:
                asked = replace(asked, person=PersonId(key))
    return asked


async def read_filter(db: AsyncConnection, words: str, plan: Plan, today: date) -> Asked:
    """What words ask for, in any order; those that are left name a person."""
    asked, left = Asked(), list[str]()
    places = {plain(o.name): o.id for o in plan.organisations.values() if o.kind == "municipality"}
    for word in words.split():
        known = plain(word.strip(",.:;!?"))
        code = read_code(word.strip(",.:;!?"), plan)
        place = places.get(known, places.get(known.removesuffix("s")))
        if code is not None:
            asked = replace(asked, activity=plan.activities[code].id)
        elif known in _LATE:
            asked = replace(asked, late=True)
        elif known in _NO_TIME:
            asked = replace(asked, no_time=True)
        elif place is not None:
            asked = replace(asked, municipality=place)
        elif known not in _FILLERS:
            left.append(word)
    if not left:
        return asked
    found = await find_person(db, " ".join(left), today)
    if isinstance(found, Found):
        return replace(asked, person=PersonId(found.one))
    return replace(asked, unknown=" ".join(left))


async def described(db: AsyncConnection, asked: Asked, plan: Plan) -> str:
    """The filter in words; empty when nothing was asked for."""
    said: list[str] = []
    if asked.late:
        said.append(_("försenade"))
    if asked.no_time:
        said.append(_("ingen har tid"))
    activity = plan.by_id.get(asked.activity) if asked.activity is not None else None
    if activity is not None:
        said.append(activity.code)
    if asked.municipality is not None:
        said.append(organisation_name(plan, asked.municipality))
    if asked.person is not None:
        known = await people_named(db, [asked.person])
        said += [shortened(row["name"], 100) for row in known.values()]
    if asked.unknown:
        said.append(f"”{shortened(asked.unknown, 60)}”")
    return ", ".join(said)

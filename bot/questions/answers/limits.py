"""What a question is limited to, as keys to look up by: activities, areas, places and people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.digests.wording import listed
from bot.language import _
from bot.needs.stages import AT, Stage
from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import ActivityId, Plan
from bot.questions.answers.scope_words import scope
from bot.questions.asking import Asking
from bot.questions.chosen import chosen
from bot.questions.question import Filter, Question
from storage.queries.questions_work import people_at

NAMED = 3
"""Things that an answer names before it counts them."""

SUBJECT = (Filter.AREA, Filter.DIRECTION, Filter.ACTIVITY)
"""What work is about."""

PLACES = (Filter.MUNICIPALITY, Filter.NETWORK)
"""Which municipalities and networks it is in."""

WHOSE = (*PLACES, Filter.PERSON)
"""Whose work it is."""


@dataclass(frozen=True)
class Limits:
    """The keys that a question's filters name; None where it names none.

    `areas` are focus areas, also those of directions. `people`: names by key.
    """

    asking: Asking
    areas: list[int] | None
    municipalities: list[OrganisationId] | None
    networks: list[BodyId] | None
    people: Mapping[PersonId, str] | None

    @cached_property
    def activities(self) -> list[ActivityId] | None:
        """Activities that the area, direction or activity of the question chooses."""
        return self._activities(SUBJECT)

    @cached_property
    def all_activities(self) -> list[ActivityId] | None:
        """Activities that these and the municipality, network or person choose."""
        return self._activities((*SUBJECT, *WHOSE))

    @property
    def by_direction(self) -> bool:
        """Whether a direction limits, which a need has none of, and no area."""
        question = self.asking.question
        return bool(question.values(Filter.DIRECTION)) and not question.values(Filter.AREA)

    @property
    def need_areas(self) -> list[int] | None:
        """Areas whose needs belong too, where neither an activity nor a direction is named."""
        named = self.asking.question.values(Filter.ACTIVITY)
        return None if named or self.by_direction else self.areas

    @property
    def who(self) -> list[PersonId] | None:
        """Keys of the people."""
        return None if self.people is None else list(self.people)

    def of(self, name: Filter) -> list[ActivityId]:
        """The activities that one filter alone chooses."""
        return self._activities((name,)) or []

    def _activities(self, names: Sequence[Filter]) -> list[ActivityId] | None:
        filters = self.asking.question.filters
        kept = {name: filters[name] for name in names if filters.get(name)}
        if not kept:
            return None
        question = Question(self.asking.question.intent, kept)
        return [each.id for each in chosen(replace(self.asking, question=question))]

    @property
    def words(self) -> str:
        """` inom Kompetens i Hjo`, with a space before; empty when nothing limits."""
        return scope(self.asking, *SUBJECT, *PLACES) + self._of_people

    @property
    def by_area(self) -> str:
        """The same of what has an area and no direction: a direction stands for its area."""
        directions = self.asking.question.values(Filter.DIRECTION)
        if not self.by_direction:
            return self.words
        areas = [self.asking.plan.focus_areas[key] for key in self.areas or ()]
        said = _(
            " inom {areas} (där {directions} ingår)",
            areas=listed(areas),
            directions=listed(directions),
        )
        return said + scope(self.asking, Filter.ACTIVITY, *PLACES) + self._of_people

    @property
    def _of_people(self) -> str:
        emails = self.asking.question.values(Filter.PERSON)
        if not emails:
            return ""
        return _(" för {names}", names=listed(list((self.people or {}).values()) or emails))


async def limits_of(asking: Asking) -> Limits:
    """The keys that the question's filters name."""
    question, plan = asking.question, asking.plan
    places, networks = question.values(Filter.MUNICIPALITY), question.values(Filter.NETWORK)
    emails = question.values(Filter.PERSON)
    found = await people_at(asking.db, emails) if emails else ()
    return Limits(
        asking,
        areas=_areas(question, plan),
        municipalities=[each.id for each in plan.organisations.values() if each.name in places]
        if places
        else None,
        networks=[each.id for each in plan.networks if each.name in networks] if networks else None,
        people={PersonId(row["id"]): row["name"] for row in found} if emails else None,
    )


def everything(asking: Asking) -> Limits:
    """No limits: what there is of all that the question is about."""
    question = Question(asking.question.intent)
    return Limits(replace(asking, question=question), None, None, None, None)


def _areas(question: Question, plan: Plan) -> list[int] | None:
    areas, directions = question.values(Filter.AREA), question.values(Filter.DIRECTION)
    if areas:
        return [key for key, name in plan.focus_areas.items() if name in areas]
    if directions:
        return sorted({e.area_id for e in plan.directions.values() if e.name in directions})
    return None


def stages_of(question: Question) -> tuple[Stage, ...]:
    """The stages that the question asks for: by name, or as those of a body that has needs."""
    said = question.values(Filter.STAGE)
    if said:
        return tuple(each for each in Stage if each in said)
    bodies = (*question.values(Filter.BODY), *question.values(Filter.AUDIENCE))
    return tuple(stage for stage, body in AT.items() if body in bodies)


def municipalities_of(asking: Asking, keys: Iterable[OrganisationId]) -> list[str]:
    """The names of those organisations that are municipalities, by name."""
    known = asking.plan.organisations
    return sorted(known[one].name for one in set(keys) if known[one].kind == "municipality")

"""What of everything concerns one network, or one person, whose own acts are no news to them."""

from dataclasses import dataclass, replace

from sqlalchemy import RowMapping

from bot.assignments.assignment import Assignment, ToNetwork
from bot.digests.gather import Material, Standing
from bot.digests.needs_then import NeedThen
from bot.digests.polls_then import PollThen
from bot.people import BodyId, PersonId
from bot.plan import Activity, ActivityId
from bot.polls.poll import State


@dataclass(frozen=True)
class Scope:
    """What a reader is in, answers for and follows. `person` is None for a network."""

    networks: frozenset[BodyId]
    person: PersonId | None = None
    activities: frozenset[ActivityId] = frozenset()
    needs: frozenset[int] = frozenset()

    def has_activity(self, activity: Activity) -> bool:
        """Whether it is of the network, or the person answers for it or follows it."""
        return (
            activity.network in self.networks
            or activity.id in self.activities
            or activity.responsible.id == self.person
        )

    def has_need(self, need: NeedThen) -> bool:
        """Whether it is of the network, or the person registered, prepares or follows it."""
        of_theirs = self.person is not None and self.person in (
            need.registered_by_id,
            need.preparer_id,
        )
        return of_theirs or need.network in self.networks or need.id in self.needs


def scope_of(row: RowMapping) -> Scope:
    """What the person in a row of `storage.queries.digest_readers` is in and follows."""
    return Scope(
        networks=frozenset(BodyId(each) for each in row["networks"]),
        person=PersonId(row["person_id"]),
        activities=frozenset(ActivityId(each) for each in row["activities"]),
        needs=frozenset(row["needs"]),
    )


def scoped(material: Material, scope: Scope) -> Material:
    """The material with only what concerns the reader."""
    standings = tuple(
        replace(each, own=_is_own(each, scope))
        for each in material.standings
        if scope.has_activity(each.activity)
    )
    known = {each.activity.id for each in standings}

    def concerns(assignment: Assignment) -> bool:
        return _concerns(assignment, scope, known)

    return replace(
        material,
        standings=standings,
        milestones=tuple(each for each in material.milestones if each.activity.id in known),
        corrections=tuple(
            each
            for each in material.corrections
            if each.activity.id in known and not _by(scope, each.by_id)
        ),
        trend=(),
        needs=tuple(_need(each, scope) for each in material.needs if scope.has_need(each)),
        assignments=material.assignments.those(concerns, material.today),
        polls=tuple(each for each in material.polls if _asks(each, scope, known)),
    )


def _by(scope: Scope, somebody: PersonId | None) -> bool:
    return scope.person is not None and somebody == scope.person


def _is_own(standing: Standing, scope: Scope) -> bool:
    return standing.report is not None and _by(scope, standing.report.by_id)


def _need(need: NeedThen, scope: Scope) -> NeedThen:
    """The need without the steps that the reader took; one they registered is not new to them."""
    if scope.person is None:
        return need
    steps = tuple(each for each in need.steps if each.person_id != scope.person)
    return replace(need, steps=steps, own=need.registered_by_id == scope.person)


def _concerns(assignment: Assignment, scope: Scope, activities: set[ActivityId]) -> bool:
    """A person's are those that they have a part in or asked for; a network's those asked of it or
    about its activities."""
    if scope.person is not None:
        has_part = assignment.part_of(scope.person) is not None
        return has_part or assignment.asked_by.id == scope.person
    asked = assignment.asked
    of_network = isinstance(asked, ToNetwork) and asked.network in scope.networks
    return of_network or assignment.work.about.activity_id in activities


def _asks(then: PollThen, scope: Scope, activities: set[ActivityId]) -> bool:
    poll = then.poll
    if _by(scope, poll.started_by.id) and poll.state is State.OPEN:
        return False
    return poll.body in scope.networks or poll.activity_id in activities

"""What has changed between two moments, read and put in order: the worst first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import RowMapping

from bot.clock import in_stockholm
from bot.needs.need import NeedStep
from bot.needs.reading import read_step
from bot.plan import Activity
from bot.questions.answers.stands import WORST_FIRST, are_most
from bot.questions.asking import Asking
from bot.questions.chosen import chosen
from bot.questions.question import Filter
from bot.states import NEEDS_DEVIATION, Status
from storage.queries.digests import corrections_between
from storage.queries.questions_standing import (
    milestones_changed,
    need_steps_taken,
    states_moved,
)

_WORST = {status: number for number, status in enumerate(WORST_FIRST)}
_OF_ACTIVITIES_ALONE = (Filter.ACTIVITY, Filter.DIRECTION, Filter.PERSON)
"""Limits that needs have not: by one of them no need is meant."""


class StateMoved(NamedTuple):
    """An activity that was reported: its state before and now, perhaps the same."""

    activity: Activity
    was: Status
    now: Status

    @property
    def is_bad(self) -> bool:
        """Whether it is in risk or deviation now."""
        return self.now in NEEDS_DEVIATION


@dataclass(frozen=True)
class Corrected:
    """A report that was replaced."""

    activity: Activity
    was: Status
    now: Status
    by: str
    at: datetime


@dataclass(frozen=True)
class MilestoneChanged:
    """A milestone that was reached, reopened or moved."""

    activity: Activity
    title: str
    kind: str
    moved_from: date | None
    moved_to: date | None
    reason: str | None
    by: str
    at: datetime


@dataclass(frozen=True)
class NeedStepped:
    """A step of a need."""

    title: str
    step: NeedStep


Change = StateMoved | Corrected | MilestoneChanged | NeedStepped


@dataclass(frozen=True)
class Changes:
    """All of them by kind. `others`: activities that changed to a state that is not asked for."""

    moved: Sequence[StateMoved] = ()
    corrections: Sequence[Corrected] = ()
    milestones: Sequence[MilestoneChanged] = ()
    needs: Sequence[NeedStepped] = ()
    others: int = 0

    @cached_property
    def all_of_them(self) -> list[Change]:
        """Worsened states first, then what was corrected or moved, the rest, and last the reports
        that say the same as before."""
        worse = [one for one in self.moved if _WORST[one.now] < _WORST[one.was]]
        better = [one for one in self.moved if _WORST[one.now] > _WORST[one.was]]
        same = [one for one in self.moved if one.now is one.was]
        late = [one for one in self.milestones if one.kind != "reached"]
        reached = [one for one in self.milestones if one.kind == "reached"]
        return [*worse, *self.corrections, *late, *reached, *better, *self.needs, *same]


async def changes_between(asking: Asking, since: datetime, until: datetime) -> Changes:
    """What happened after `since` and up to `until` to what the question is about."""
    question = asking.question
    if question.values(Filter.STAGE):
        return Changes(needs=await _needs(asking, since, until))
    known: dict[int, Activity] = {each.id: each for each in chosen(asking)}
    moved: list[StateMoved] = []
    keys_asked = None if are_most(asking, known) else list(known)
    for was, now, keys in await states_moved(asking.db, keys_asked, since, until):
        before, after = Status(was or Status.NOT_STARTED), Status(now)
        moved += [StateMoved(known[key], before, after) for key in keys if key in known]
    moved.sort(key=attrgetter("activity.code"))
    moved.sort(key=lambda one: _WORST[one.now])
    states = question.values(Filter.STATE)
    if states:
        changed = [one for one in moved if one.was is not one.now]
        fitting = [one for one in changed if one.now in states]
        return Changes(moved=fitting, others=len(changed) - len(fitting))
    corrections = await corrections_between(asking.db, since, until)
    return Changes(
        moved=moved,
        corrections=[_corrected(row, known) for row in corrections if row["activity_id"] in known],
        milestones=_milestones(await milestones_changed(asking.db, since, until), known.values()),
        needs=() if _is_of_activities(asking) else await _needs(asking, since, until),
    )


def _is_of_activities(asking: Asking) -> bool:
    return any(asking.question.values(name) for name in _OF_ACTIVITIES_ALONE)


def _corrected(row: RowMapping, known: dict[int, Activity]) -> Corrected:
    return Corrected(
        activity=known[row["activity_id"]],
        was=Status(row["old_status"]),
        now=Status(row["status"]),
        by=row["person_name"],
        at=in_stockholm(row["reported_at"]),
    )


def _milestones(
    rows: Iterable[RowMapping], activities: Iterable[Activity]
) -> list[MilestoneChanged]:
    """The last that happened to each milestone, those whose day was moved first."""
    latest = {row["milestone_id"]: row for row in reversed(list(rows))}
    if not latest:
        return []
    planned = {
        one.id: (each, one) for each in activities for one in each.milestones if one.id in latest
    }
    return [
        MilestoneChanged(
            activity=planned[key][0],
            title=planned[key][1].title,
            kind=row["kind"],
            moved_from=row["moved_from"],
            moved_to=row["moved_to"],
            reason=row["reason"],
            by=row["person_name"],
            at=in_stockholm(row["changed_at"]),
        )
        for key, row in latest.items()
        if key in planned
    ]


async def _needs(asking: Asking, since: datetime, until: datetime) -> list[NeedStepped]:
    """The last step of each need."""
    question = asking.question
    rows = await need_steps_taken(
        asking.db,
        since,
        until,
        {
            "areas": question.values(Filter.AREA),
            "networks": question.values(Filter.NETWORK),
            "places": question.values(Filter.MUNICIPALITY),
            "stages": question.values(Filter.STAGE),
        },
    )
    found: dict[int, NeedStepped] = {}
    for row in rows:
        found.setdefault(row["need_id"], NeedStepped(row["title"], read_step(row)))
    return list(found.values())

"""An application to an outside funder: its states, and which may follow which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.money.funding import Kronor
from bot.people import PersonId
from bot.plan import ActivityId, Contact

TEXT_LENGTH = 3_000
NAME_LENGTH = 150
LINK_LENGTH = 2_000
RECORD_NUMBER_LENGTH = 60
MOST_KRONOR = 10**12
"""The database holds the same limits, but for the record number's."""

MOST_REPORTS = 20
NOTHING = Kronor(0)


class State(StrEnum):
    """Where an application is. `WITHDRAWN`: it was never sent, or taken back from the funder."""

    PLANNED = "planned"
    APPLIED = "applied"
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


AFTER: Mapping[State, Mapping[str, State]] = {
    State.PLANNED: {"applied": State.APPLIED, "withdrawn": State.WITHDRAWN},
    State.APPLIED: {
        "granted": State.GRANTED,
        "rejected": State.REJECTED,
        "withdrawn": State.WITHDRAWN,
    },
    State.GRANTED: {"report_sent": State.GRANTED},
}
"""The steps that may be taken in each state, and where they lead; any of them can be taken back."""

EDITABLE = frozenset({State.PLANNED, State.APPLIED, State.GRANTED})
WAITING = frozenset({State.PLANNED, State.APPLIED})
FUNDING = frozenset({State.APPLIED, State.GRANTED, State.REJECTED})
"""The states in which it stands among the activity's funding."""


@dataclass(frozen=True)
class Wanted:
    """What is applied for, whole kronor. `match_demanded`: what the funder demands from others.

    `last_day` is the call's, inclusive; `expected_on` when the funder's answer is expected.
    """

    fund: str
    amount: Kronor
    call: str | None = None
    link: str | None = None
    last_day: date | None = None
    match_demanded: Kronor = NOTHING
    expected_on: date | None = None
    note: str | None = None


@dataclass(frozen=True)
class Report:
    """A day when the funder demands a report, and when it was sent."""

    due_on: date
    sent_on: date | None = None


@dataclass(frozen=True)
class Application:
    """An application as it stands; `id` is the number that people know it by.

    `activity_code` names the activity also when the plan has it no longer. `reason`: why it was
    rejected or withdrawn, if that is said.
    """

    id: int
    activity_id: ActivityId
    activity_code: str
    wanted: Wanted
    writer: Contact
    state: State
    state_since: datetime
    registered_by: Contact
    registered_at: datetime
    applied_on: date | None = None
    answered_on: date | None = None
    granted: Kronor | None = None
    record_number: str | None = None
    reason: str | None = None
    reports: tuple[Report, ...] = ()

    @property
    def worth(self) -> Kronor:
        """What was granted, or else what is asked for."""
        return self.granted if self.granted is not None else self.wanted.amount

    @property
    def unsent(self) -> tuple[date, ...]:
        """The days of reports that are not sent, the first first."""
        return tuple(each.due_on for each in self.reports if each.sent_on is None)

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it: rejected or withdrawn."""
        return self.state not in EDITABLE

    def allows(self, kind: str) -> bool:
        """Whether the step, `edited` or `taken_back` is possible as it stands."""
        match kind:
            case "edited":
                return self.state in EDITABLE
            case "taken_back":
                return self.state is not State.PLANNED
            case "report_sent":
                return self.state is State.GRANTED and bool(self.unsent)
            case _:
                return kind in AFTER.get(self.state, {})

    @property
    def next_day(self) -> date | None:
        """The day to keep in mind: the call's last, the funder's answer, or the next report."""
        match self.state:
            case State.PLANNED:
                return self.wanted.last_day
            case State.APPLIED:
                return self.wanted.expected_on
            case State.GRANTED:
                return next(iter(self.unsent), None)
            case _:
                return None

    def is_late(self, today: date) -> bool:
        """Whether that day has passed; an answer that has not come is the funder's to be late."""
        late = self.next_day is not None and self.next_day < today
        return late and self.state is not State.APPLIED


@dataclass(frozen=True)
class Step:
    """One thing that happened. `kind` is one of `storage.models.money.APPLICATION_STEPS`.

    `changes`: of `edited` each field with what it was and became; of a step what it said, days as
    ISO text; of `taken_back` the kind of the step that was.
    """

    id: int
    application_id: int
    kind: str
    person_id: PersonId
    person_name: str
    at: datetime
    reason: str | None
    changes: Mapping[str, Any]


def standing(steps: Sequence[Step]) -> list[Step]:
    """The steps that are not taken back, of a history given oldest first."""
    kept: list[Step] = []
    for step in steps:
        if step.kind == "taken_back":
            kept.pop()
        elif step.kind not in ("registered", "edited"):
            kept.append(step)
    return kept


def state_after(kept: Sequence[Step]) -> State:
    """The state that those steps lead to."""
    state = State.PLANNED
    for step in kept:
        state = AFTER[state][step.kind]
    return state

"""A question as it was understood: what is asked for, and of what.

Intents, filters and their values are those of an evaluation file (docs/questions.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Intent(StrEnum):
    """What is asked for."""

    OVERVIEW = "overview"
    STATUS = "status"
    ACTIVITIES = "activities"
    NOT_REPORTED = "not_reported"
    CHANGES = "changes"
    MILESTONES = "milestones"
    NEEDS = "needs"
    POLL_MISSING = "poll_missing"
    POLL_STATUS = "poll_status"
    FUNDING_GAP = "funding_gap"
    PLEDGES = "pledges"
    DECISIONS = "decisions"
    OWNER = "owner"
    ASSIGNMENTS = "assignments"
    APPLICATIONS = "applications"
    MEETINGS = "meetings"
    DECLINE = "decline"


class Filter(StrEnum):
    """Of what it is asked, in the order that filters are written."""

    AREA = "area"
    DIRECTION = "direction"
    ACTIVITY = "activity"
    MUNICIPALITY = "municipality"
    NETWORK = "network"
    STATE = "state"
    STAGE = "stage"
    PERSON = "person"
    BODY = "body"
    KIND = "kind"
    AUDIENCE = "audience"
    PERIOD = "period"
    SINCE = "since"


STATES = ("not_started", "on_track", "at_risk", "off_track", "paused", "done")
STAGES = (
    *("registered", "preparing", "reference_group", "presidium", "board"),
    *("accepted", "declined", "resting"),
)
KINDS = ("co_financing", "priority")
BODIES = (
    *("manager", "steering_group", "municipal_directors"),
    *("reference_group", "presidium", "board"),
)
_ORDERED: Mapping[Filter, tuple[str, ...]] = {
    Filter.STATE: STATES,
    Filter.STAGE: STAGES,
    Filter.KIND: KINDS,
    Filter.BODY: BODIES,
    Filter.AUDIENCE: BODIES,
}

Filters = Mapping[Filter, tuple[str, ...]]


@dataclass(frozen=True)
class Question:
    """What is asked for, and of what: each filter with its values, of which one is enough.

    Areas, directions, municipalities and networks by name, an activity by its code, a person by
    e-mail address, everything else by the words of this module.
    """

    intent: Intent
    filters: Filters = field(default_factory=dict[Filter, tuple[str, ...]])

    def values(self, name: Filter) -> tuple[str, ...]:
        """The filter's values; none when it does not matter."""
        return self.filters.get(name, ())

    def one(self, name: Filter) -> str | None:
        """The filter's first value."""
        return next(iter(self.values(name)), None)

    def written(self) -> dict[str, str]:
        """The filters as an evaluation file has them: two values of one as `a|b`."""
        return {
            name.value: "|".join(_in_order(name, self.filters[name]))
            for name in Filter
            if self.filters.get(name)
        }

    def with_filters(self, changed: Mapping[Filter, tuple[str, ...]]) -> "Question":
        """The question with some filters in place of those it had; an empty one is taken away."""
        merged = {**self.filters, **changed}
        return Question(self.intent, {name: each for name, each in merged.items() if each})


def _in_order(name: Filter, values: tuple[str, ...]) -> tuple[str, ...]:
    known = _ORDERED.get(name)
    if known is None:
        return values
    return tuple(sorted(values, key=lambda each: known.index(each) if each in known else 99))

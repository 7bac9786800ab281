"""Something that a person may be reminded of, and at which days before and after its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.digests.period import Audience
from bot.people import PersonId
from bot.plan import ActivityId
from bot.settings import ReminderKind
from bot.workdays import is_working_day


class Kind(StrEnum):
    """What sort of thing it is; the first word of its name in the database, for ever."""

    OVERDUE = "overdue"
    DIGEST = "digest"
    MILESTONE = "milestone"
    DEVIATION = "deviation"
    DECISION = "decision"
    QUESTION = "question"
    POLL = "poll"
    POLL_MISSING = "poll_missing"
    NEED = "need"
    PREPARE = "prepare"
    ASSIGNMENT = "assignment"
    ASKED = "asked"
    APPLICATION = "application"
    FUNDER_REPORT = "funder_report"
    DOCUMENTS = "documents"
    IN_DEPTH = "in_depth"
    MEETING_REPORT = "meeting_report"
    MANDATE = "mandate"
    PLAN = "plan"


class Level(StrEnum):
    """How early and how often a network's people are reminded."""

    LIGHT = "light"
    STANDARD = "standard"
    ACTIVE = "active"


Days = tuple[int, ...]
"""Days counted from a thing's own day, lowest first: before it below zero, after it above."""

MayCome = Callable[[date], bool]
"""Whether a person may hear of something, or is at work, on a day."""

STANDARD: Mapping[Kind, Days] = {
    Kind.OVERDUE: (1, 8),
    Kind.DIGEST: (0,),
    Kind.MILESTONE: (-14, -3, 1),
    Kind.DEVIATION: (14, 28),
    Kind.DECISION: (14, 28),
    Kind.QUESTION: (2, 7),
    Kind.POLL: (-7, -3, -1),
    Kind.POLL_MISSING: (0,),
    Kind.NEED: (30, 60),
    Kind.PREPARE: (-7, 1),
    Kind.ASSIGNMENT: (-7, -1, 1, 8),
    Kind.ASKED: (3, 8),
    Kind.APPLICATION: (-14, -3),
    Kind.FUNDER_REPORT: (-30, -7, 1),
    Kind.DOCUMENTS: (-5, -1),
    Kind.IN_DEPTH: (-14, -3),
    Kind.MEETING_REPORT: (0, 2),
    Kind.MANDATE: (-30, -7),
    Kind.PLAN: (-60, -14),
}
ACTIVE: Mapping[Kind, Days] = {
    Kind.OVERDUE: (1, 4),
    Kind.MILESTONE: (-28, -14, -7, -1, 1, 8),
    Kind.DEVIATION: (7, 14, 28),
    Kind.DECISION: (7, 14, 28),
    Kind.QUESTION: (1, 4, 7),
    Kind.NEED: (21, 30, 60),
    Kind.ASSIGNMENT: (-14, -7, -1, 1, 4, 8),
    Kind.ASKED: (2, 5, 8),
}
"""Where it differs from the standard."""


@dataclass(frozen=True)
class Thing:
    """One thing for one person. Its steps are counted from `on`, its own day.

    `subject`: the key of what it is about. `name`: what that is called; `said`: words of somebody
    that it asks about. `until`: the last day when a reminder is of use. `instead_of`: who is away,
    when the person stands in for somebody. `personal`: nobody can do it for somebody else.
    `audience`: who meets, of a report to a meeting.
    """

    kind: Kind
    subject: int
    person: PersonId
    on: date
    name: str
    level: Level = Level.STANDARD
    activity: ActivityId | None = None
    code: str = ""
    said: str = ""
    until: date | None = None
    instead_of: str = ""
    personal: bool = False
    audience: Audience | None = None

    @property
    def key(self) -> str:
        """Its name in the database."""
        return f"{self.kind}:{self.subject}"


def days_of(thing: Thing, chosen: Mapping[ReminderKind, Sequence[int]]) -> Days:
    """When the thing is reminded of. `chosen`: an organisation's own days, by kind.

    A light network keeps the last day before and the first after.
    """
    standard = tuple(sorted(chosen.get(thing.kind.value, STANDARD[thing.kind])))
    match thing.level:
        case Level.STANDARD:
            return standard
        case Level.ACTIVE:
            return standard if thing.kind.value in chosen else ACTIVE.get(thing.kind, standard)
        case Level.LIGHT:
            before = [each for each in standard if each < 0]
            after = [each for each in standard if each >= 0]
            return (*before[-1:], *after[:1])


def step_on(
    thing: Thing,
    today: date,
    chosen: Mapping[ReminderKind, Sequence[int]],
    may_come: MayCome = is_working_day,
) -> str | None:
    """The name of the step that is due on `today`, done or not; None when none is.

    Of several days that have passed only the last counts, so that nobody who was away gets them
    all; a day before the thing's own is of no use once that has passed. When no day is left on
    which a reminder may come while it is of use, what was to come then is due already.
    """
    if thing.until is not None and today > thing.until:
        return None
    passed = [each for each in days_of(thing, chosen) if _is_due(thing, each, today, may_come)]
    if not passed or (passed[-1] < 0 and today > thing.on):
        return None
    return f"{thing.on.isoformat()}{passed[-1]:+d}"


def _is_due(thing: Thing, offset: int, today: date, may_come: MayCome) -> bool:
    if thing.on + timedelta(days=offset) <= today:
        return True
    last = thing.on if offset < 0 else thing.until
    if last is None or (offset > 0 and today <= thing.on):
        return False
    return not any(may_come(day) for day in _days_after(today, last))


def _days_after(day: date, last: date) -> Iterator[date]:
    """The days after `day` until `last`, that one too."""
    return (day + timedelta(days=n) for n in range(1, (last - day).days + 1))


HURRIES = frozenset(
    {
        Kind.POLL,
        Kind.POLL_MISSING,
        Kind.DOCUMENTS,
        Kind.MEETING_REPORT,
        Kind.APPLICATION,
        Kind.FUNDER_REPORT,
    }
)
"""What cannot wait for the weekday that somebody has chosen for reminders."""


def is_pressing(thing: Thing, today: date, works: MayCome = is_working_day) -> bool:
    """Whether it comes also when the person would rather have reminders another day: it hurries,
    and they are not at work (`works`) any more before its day."""
    if thing.kind not in HURRIES or today > thing.on:
        return False
    return not any(works(day) for day in _days_after(today, thing.on - timedelta(days=1)))

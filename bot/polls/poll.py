"""A poll as everybody sees it: what is asked of whom, until when, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import ActivityId, Contact, Kronor

TITLE_LENGTH = 150
TEXT_LENGTH = 3_000
MOST_OPTIONS = 39
"""Options of a priority poll: a form has 40 fields, and that of a secret vote one beside them."""
MOST_CHOICES = 10
"""Options of a quick question, or times of a question of dates."""
FEWEST_SECRET_BALLOTS = 5
"""A poll that stays secret shows no result below this: so few would tell who voted how."""


class Kind(StrEnum):
    """What sort of poll it is."""

    CO_FINANCING = "co_financing"
    PRIORITY = "priority"
    QUESTION = "question"
    DATES = "dates"


class Method(StrEnum):
    """How answers are given and counted."""

    PLEDGE = "pledge"
    POINTS = "points"
    SCORE = "score"
    RANKING = "ranking"
    BUDGET = "budget"
    CHOICE = "choice"
    SEVERAL = "several"
    DATES = "dates"


class Secrecy(StrEnum):
    """When who answered what is shown: at once, at closing, or never."""

    OPEN = "open"
    UNTIL_CLOSING = "until_closing"
    ALWAYS = "always"


class State(StrEnum):
    """Where a poll is: not yet open, open, closed and sealed, or cancelled."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Option:
    """Something to choose; `cost` when a sum is to be spread, hours when it is a time."""

    id: int
    position: int
    label: str
    need_id: int | None = None
    activity_id: ActivityId | None = None
    cost: Kronor | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Decision:
    """What a body decided beside the outcome, and why it differs if it does."""

    body: BodyId
    decided_on: date
    paragraph: str
    record_number: str | None
    verdict: Literal["as_outcome", "otherwise", "declined"]
    decision: str | None
    why: str | None
    recorded_by: Contact
    recorded_at: datetime


@dataclass(frozen=True)
class Poll:
    """A poll with its options, and how many of those who may answer have.

    `about` is the activity or need it is about. `formal_id`: the formal poll made of a sounding.
    `date_chosen`: when the time begins that has been chosen since it was opened last.
    """

    id: int
    kind: Kind
    method: Method
    title: str
    description: str | None
    link: str | None
    activity_id: ActivityId | None
    need_id: int | None
    body: BodyId | None
    voters: Literal["municipality", "person"]
    secrecy: Secrecy
    state: State
    state_since: datetime
    opens_at: datetime
    closes_at: datetime
    decider: BodyId | None
    decided_by: date | None
    seats: int
    points: int | None
    money: Kronor | None
    quorum: int | None
    may_add: bool
    binding: bool
    sounding_id: int | None
    formal_id: int | None
    version: int
    started_by: Contact
    started_at: datetime
    electorate: int
    voted: int
    options: tuple[Option, ...] = ()
    decision: Decision | None = None
    date_chosen: datetime | None = None

    @property
    def awaits_date(self) -> bool:
        """Whether one of its times may be chosen: also after it has closed by itself."""
        is_over = self.state is State.CLOSED and self.date_chosen is None
        return self.method is Method.DATES and (self.is_open or is_over)

    @property
    def chosen_time(self) -> Option | None:
        """Which of its times has been chosen."""
        if self.date_chosen is None:
            return None
        return next((each for each in self.options if each.starts_at == self.date_chosen), None)

    @property
    def may_reopen(self) -> bool:
        """Whether it may be opened again: not once something stands on what it showed, or where
        that may have been seen before all have voted."""
        stands_on_it = self.formal_id is not None or self.decision is not None
        may_be = self.secrecy is not Secrecy.ALWAYS and not stands_on_it
        return self.state is State.CLOSED and may_be

    @property
    def most_options(self) -> int:
        """How many options it holds: as many as its form and card have room for."""
        return MOST_CHOICES if self.kind in (Kind.QUESTION, Kind.DATES) else MOST_OPTIONS

    @property
    def shows_answers(self) -> bool:
        """Whether who answered what may be seen by anybody, in any way out."""
        match self.secrecy:
            case Secrecy.OPEN:
                return True
            case Secrecy.UNTIL_CLOSING:
                return self.state is State.CLOSED
            case Secrecy.ALWAYS:
                return False

    @property
    def shows_result(self) -> bool:
        """Whether what the answers add up to may be seen."""
        if self.secrecy is Secrecy.ALWAYS:
            return self.state is State.CLOSED and self.voted >= FEWEST_SECRET_BALLOTS
        return self.shows_answers

    @property
    def is_open(self) -> bool:
        """Whether answers are taken; the clock is asked elsewhere."""
        return self.state is State.OPEN

    def is_open_at(self, now: datetime) -> bool:
        """Whether an answer that comes at `now` counts."""
        return self.is_open and self.opens_at <= now < self.closes_at

    @property
    def has_quorum(self) -> bool:
        """Whether as many have answered as must."""
        return self.quorum is None or self.voted >= self.quorum

    def option(self, option_id: int) -> Option | None:
        """The option with that key."""
        return next((each for each in self.options if each.id == option_id), None)


@dataclass(frozen=True)
class Voter:
    """One that may answer: a municipality or a person."""

    id: int
    organisation: OrganisationId | None
    person: PersonId | None
    name: str
    voted: bool
    takes_part: bool = True


@dataclass(frozen=True)
class Ballot:
    """What a voter chose: option key to a value (1 for a chosen one; points, score or rank; for a
    date 2 can, 1 can if need be, 0 cannot)."""

    voter: Voter
    choices: Mapping[int, int]
    by: Contact
    cast_at: datetime


@dataclass(frozen=True)
class PollStep:
    """One thing that happened to a poll; by nobody when time did it."""

    id: int
    kind: str
    by: Contact | None
    taken_at: datetime
    reason: str | None
    changes: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Outcome:
    """What a poll showed when it closed, and the seal of it (SHA-256, hex)."""

    sealed_at: datetime
    result: Mapping[str, Any]
    seal: str

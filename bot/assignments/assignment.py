"""An assignment as it stands, each part in it, and each step of its history."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.assignments.states import LIVING, PartState, State
from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import ActivityId, Contact


@dataclass(frozen=True)
class ToOnePerson:
    """Asked of a person."""

    person: PersonId


@dataclass(frozen=True)
class ToMunicipality:
    """Asked of a municipality: of its director, who takes it, hands it over or declines."""

    organisation: OrganisationId


@dataclass(frozen=True)
class ToNetwork:
    """Asked of a network: the first `wanted` who accept have it."""

    network: BodyId
    wanted: int = 1


Asked = ToOnePerson | ToMunicipality | ToNetwork


@dataclass(frozen=True)
class About:
    """What the work belongs to: an activity, perhaps one of its milestones; or a need."""

    activity_id: ActivityId | None = None
    milestone_id: int | None = None
    need_id: int | None = None


@dataclass(frozen=True)
class Work:
    """What is asked: what, why, hours of all who take it together, and by when."""

    title: str
    due_on: date
    reason: str | None = None
    hours: int | None = None
    about: About = About()


@dataclass(frozen=True)
class Part:
    """One person's part. `hours` is what they promised, `used` what they have said they used.

    `due_on` is an agreed date of their own. `organisation` is whose time it is. `director` has to
    make room for it, or made it.
    """

    id: int
    person: Contact
    organisation: OrganisationId | None
    state: PartState
    since: datetime
    hours: int | None = None
    used: int = 0
    due_on: date | None = None
    proposed_on: date | None = None
    director: Contact | None = None
    reason: str | None = None
    handed_from: int | None = None

    @property
    def is_living(self) -> bool:
        """Whether the person still has to do with it."""
        return self.state in LIVING


@dataclass(frozen=True)
class Assignment:
    """An assignment as it stands; `id` is the number that people know it by."""

    id: int
    work: Work
    asked: Asked
    asked_by: Contact
    asked_at: datetime
    state: State
    state_since: datetime
    parts: tuple[Part, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.work.title

    @property
    def wanted(self) -> int:
        """How many are to take it on."""
        return self.asked.wanted if isinstance(self.asked, ToNetwork) else 1

    @property
    def share(self) -> int | None:
        """Hours for each of those who are to take it on, rounded up; None when nobody has said."""
        return None if self.work.hours is None else -(-self.work.hours // self.wanted)

    @property
    def takers(self) -> tuple[Part, ...]:
        """The parts of those who have it, or have done it."""
        return tuple(p for p in self.parts if p.state in (PartState.ACCEPTED, PartState.DONE))

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to do: done or withdrawn."""
        return self.state in (State.DONE, State.WITHDRAWN)

    def stands(self, today: date) -> State:
        """The state on the day: a network that let the day pass has no resources for it."""
        passed = isinstance(self.asked, ToNetwork) and today > self.work.due_on
        return State.UNRESOURCED if passed and self.state is State.OPEN else self.state

    def due_on(self, part: Part | None = None) -> date:
        """The day it is due: the part's own when one was agreed."""
        return part.due_on if part is not None and part.due_on is not None else self.work.due_on

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and it is not done or withdrawn."""
        days = [self.due_on(part) for part in self.parts if part.state is PartState.ACCEPTED]
        return not self.is_over and today > (max(days) if days else self.work.due_on)

    def part(self, part_id: int) -> Part | None:
        """The part with that key."""
        return next((p for p in self.parts if p.id == part_id), None)

    def part_of(self, person: PersonId) -> Part | None:
        """The person's living part, if they have one."""
        return next((p for p in self.parts if p.person.id == person and p.is_living), None)


@dataclass(frozen=True)
class AssignmentStep:
    """One thing that happened. `kind` is one of `storage.models.assignments.ASSIGNMENT_STEPS`.

    `hours` is time used for `progress` and `done`, time promised for `accepted`.
    """

    id: int
    assignment_id: int
    part_id: int | None
    kind: str
    person_id: PersonId
    person_name: str
    at: datetime
    from_state: PartState | None = None
    to_state: PartState | None = None
    hours: int | None = None
    due_on: date | None = None
    reason: str | None = None
    other: Contact | None = None


@dataclass(frozen=True)
class Hours:
    """Hours of one municipality (or other employer) for one activity."""

    organisation: OrganisationId | None
    activity_id: ActivityId | None
    asked: int
    promised: int
    used: int

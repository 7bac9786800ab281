"""A need as it stands, what was written about it, and each step of its history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.needs.stages import WAY, Stage
from bot.people import BodyId, BodyKind, OrganisationId, PersonId
from bot.plan import ActivityId, Contact, Kronor

TITLE_LENGTH = 150
TEXT_LENGTH = 3_000
STILL_DAYS = 30
"""A need has stood still when nothing has happened to it for so many days."""


@dataclass(frozen=True)
class Quote:
    """The chat message that a need was registered from; `link` leads to it, or is empty."""

    text: str
    author: str
    link: str = ""


@dataclass(frozen=True)
class Wanted:
    """What somebody writes of a need: all that can be registered and edited.

    `description` is what is needed, `reason` why. `cost` is a rough sum in whole kronor.
    """

    title: str
    description: str
    reason: str | None = None
    area_id: int | None = None
    municipalities: frozenset[OrganisationId] = frozenset()
    wanted_by: date | None = None
    cost: Kronor | None = None
    funding: str | None = None
    network: BodyId | None = None
    quote: Quote | None = None


@dataclass(frozen=True)
class Support:
    """A municipality that shares the need, and who of it said so."""

    organisation: OrganisationId
    person_id: PersonId
    person_name: str
    at: datetime


@dataclass(frozen=True)
class Need:
    """A need as it stands. `id` is the number that people know it by.

    `supports` are those of needs merged into it too, one a municipality. `area` is the name.
    """

    id: int
    wanted: Wanted
    area: str | None
    registered_by: Contact
    organisation: OrganisationId | None
    registered_at: datetime
    stage: Stage
    stage_since: datetime
    rested_from: Stage | None = None
    preparer: Contact | None = None
    prepare_by: date | None = None
    decided_on: date | None = None
    paragraph: str | None = None
    motivation: str | None = None
    withdrawn_at: datetime | None = None
    merged_into: int | None = None
    split_from: int | None = None
    activity_id: ActivityId | None = None
    made_area_id: int | None = None
    supports: tuple[Support, ...] = ()
    comments: int = 0

    @property
    def title(self) -> str:
        """Its title."""
        return self.wanted.title

    @property
    def is_open(self) -> bool:
        """Whether it is on its way: neither decided, resting, withdrawn nor merged."""
        return self.stage in WAY and self.is_live

    @property
    def has_become(self) -> bool:
        """Whether an activity or a focus area has been made of it."""
        return self.activity_id is not None or self.made_area_id is not None

    @property
    def is_live(self) -> bool:
        """Whether it carries none of the marks beside the stage."""
        return self.withdrawn_at is None and self.merged_into is None


@dataclass(frozen=True)
class Move:
    """A step to another stage with what its record asks for.

    `met_on` is the day of the meeting of the body whose step or decision it is (`body`).
    """

    to: Stage
    body: BodyKind | None = None
    met_on: date | None = None
    paragraph: str | None = None
    record_number: str | None = None
    reason: str | None = None
    preparer_id: PersonId | None = None
    prepare_by: date | None = None


@dataclass(frozen=True)
class NeedStep:
    """One thing that happened. `kind` is one of `storage.models.needs.NEED_STEPS`."""

    id: int
    need_id: int
    kind: str
    person_id: PersonId
    person_name: str
    at: datetime
    from_stage: Stage | None = None
    to_stage: Stage | None = None
    body: BodyKind | None = None
    met_on: date | None = None
    paragraph: str | None = None
    record_number: str | None = None
    reason: str | None = None
    preparer: Contact | None = None
    prepare_by: date | None = None
    other_need_id: int | None = None
    takes_back_id: int | None = None
    taken_back: bool = False
    changes: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Written:
    """A comment or a working note. `joined`: the note has been put to the record."""

    id: int
    person_id: PersonId
    person_name: str
    at: datetime
    text: str
    joined: bool = True

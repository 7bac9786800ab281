"""Assignments: work that somebody is asked to take on, and how it went."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, one_of

ASSIGNMENT_STATES = ("open", "taken", "done", "unresourced", "withdrawn")
LIVING_PARTS = ("asked", "priority", "proposed", "accepted", "done")
PART_STATES = (*LIVING_PARTS, "declined", "handed_over", "withdrawn")
ASSIGNMENT_STEPS = (
    "asked",
    "accepted",
    "declined",
    "handed_over",
    "priority_asked",
    "date_proposed",
    "date_agreed",
    "date_refused",
    "progress",
    "done",
    "reopened",
    "edited",
    "withdrawn",
)


class Assignment(Base):
    """A piece of work that a person, a municipality or a network is asked to take on.

    `wanted` is how many are to take it on; `hours` what it takes of all of them together.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        CheckConstraint("length(btrim(title)) BETWEEN 1 AND 150", name="title"),
        CheckConstraint("length(reason) <= 3000", name="lengths"),
        CheckConstraint("hours BETWEEN 1 AND 100000", name="hours"),
        CheckConstraint("wanted BETWEEN 1 AND 50", name="wanted"),
        CheckConstraint("wanted = 1 OR network_id IS NOT NULL", name="several_of_a_network"),
        CheckConstraint(
            "num_nonnulls(person_id, organisation_id, network_id) = 1", name="one_asked"
        ),
        CheckConstraint(
            "(organisation_id IS NULL) = (organisation_kind IS NULL) "
            "AND organisation_kind = 'municipality'",
            name="municipality",
        ),
        CheckConstraint("milestone_id IS NULL OR activity_id IS NOT NULL", name="milestone"),
        CheckConstraint(one_of("state", *ASSIGNMENT_STATES), name="state"),
        ForeignKeyConstraint(
            ["organisation_id", "organisation_kind"], ["organisations.id", "organisations.kind"]
        ),
        Index("ix_assignments_state", "state", "due_on"),
        Index("ix_assignments_activity_id", "activity_id"),
        Index("ix_assignments_need_id", "need_id"),
        Index("ix_assignments_asked_by", "asked_by"),
    )
    id: Mapped[Id]
    title: Mapped[str]
    reason: Mapped[str | None]
    hours: Mapped[int | None]
    due_on: Mapped[date]
    wanted: Mapped[int] = mapped_column(server_default=text("1"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None]
    organisation_kind: Mapped[str | None]
    network_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"))
    need_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(Text, server_default="open")
    state_since: Mapped[datetime]


class AssignmentPart(Base):
    """One person's part in an assignment: asked, accepted, done, or left.

    `hours` is what they promised; `due_on` an agreed date of their own. `organisation_id` is whose
    time it is. `director_id` is who has to make room for it.
    """

    __tablename__ = "assignment_parts"
    __table_args__ = (
        CheckConstraint(one_of("state", *PART_STATES), name="state"),
        CheckConstraint("hours BETWEEN 0 AND 100000", name="hours"),
        CheckConstraint("(state = 'proposed') = (proposed_on IS NOT NULL)", name="proposed"),
        CheckConstraint(
            "state NOT IN ('priority', 'proposed') OR director_id IS NOT NULL", name="director"
        ),
        Index(
            "uq_assignment_parts_living",
            "assignment_id",
            "person_id",
            unique=True,
            postgresql_where=text(one_of("state", *LIVING_PARTS)),
        ),
        Index("ix_assignment_parts_assignment_id", "assignment_id"),
        Index("ix_assignment_parts_person_id", "person_id"),
        Index("ix_assignment_parts_organisation_id", "organisation_id"),
        Index("ix_assignment_parts_director_id", "director_id"),
    )
    id: Mapped[Id]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    state: Mapped[str]
    state_since: Mapped[datetime]
    hours: Mapped[int | None]
    due_on: Mapped[date | None]
    proposed_on: Mapped[date | None]
    director_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    handed_from_id: Mapped[int | None] = mapped_column(ForeignKey("assignment_parts.id"))


class AssignmentStep(Base):
    """One thing that happened to an assignment; append-only. `hours` is time used, or promised."""

    __tablename__ = "assignment_steps"
    __table_args__ = (
        CheckConstraint(one_of("kind", *ASSIGNMENT_STEPS), name="kind"),
        CheckConstraint(one_of("from_state", *PART_STATES), name="from_state"),
        CheckConstraint(one_of("to_state", *PART_STATES), name="to_state"),
        CheckConstraint("hours BETWEEN 0 AND 100000", name="hours"),
        CheckConstraint("length(reason) <= 3000", name="lengths"),
        CheckConstraint(
            "kind NOT IN ('declined', 'date_refused', 'reopened', 'withdrawn') "
            "OR (reason IS NOT NULL AND length(btrim(reason)) > 0)",
            name="reason_said",
        ),
        Index("ix_assignment_steps_assignment_id", "assignment_id", "id"),
        Index("ix_assignment_steps_part_id", "part_id", "id"),
        Index("ix_assignment_steps_taken_at", "taken_at"),
    )
    id: Mapped[Id]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    part_id: Mapped[int | None] = mapped_column(ForeignKey("assignment_parts.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    taken_at: Mapped[datetime]
    kind: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str | None]
    hours: Mapped[int | None]
    due_on: Mapped[date | None]
    reason: Mapped[str | None]
    other_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    platform: Mapped[str]

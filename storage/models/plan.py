"""The plan: focus areas, directions, activities and what each plan version says of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Json, Now, one_of
from storage.models.texts import texts_vector

FUNDING_STATES = ("planned", "applied", "granted", "pledged", "rejected")
FUNDING_KINDS = ("co_financing", "in_kind", "own_budget", "regional_development", "external")


class FocusArea(Base):
    """An insatsområde of the charter."""

    __tablename__ = "focus_areas"
    __table_args__ = (Index("uq_focus_areas_name", text("lower(name)"), unique=True),)
    id: Mapped[Id]
    name: Mapped[str]


class Direction(Base):
    """An aktivitetsinriktning: a line of work within a focus area."""

    __tablename__ = "directions"
    __table_args__ = (
        Index("uq_directions_name", "focus_area_id", text("lower(name)"), unique=True),
    )
    id: Mapped[Id]
    focus_area_id: Mapped[int] = mapped_column(ForeignKey("focus_areas.id"))
    name: Mapped[str]


class PlanVersion(Base):
    """A year's plan: a draft, or as the direktion adopted it on a date under a paragraph."""

    __tablename__ = "plan_versions"
    __table_args__ = (
        CheckConstraint(
            "(adopted_on IS NULL) = (paragraph IS NULL)", name="adopted_with_paragraph"
        ),
        CheckConstraint("year BETWEEN 2000 AND 2200", name="year"),
        Index(
            "uq_plan_versions_one_draft",
            "year",
            unique=True,
            postgresql_where=text("adopted_on IS NULL"),
        ),
    )
    id: Mapped[Id]
    year: Mapped[int]
    adopted_on: Mapped[date | None]
    paragraph: Mapped[str | None]
    created_at: Mapped[Now]


class Activity(Base):
    """An activity is its code, unique for ever; the rest is said by plan versions."""

    __tablename__ = "activities"
    __table_args__ = (
        CheckConstraint("code ~ '^[A-ZÅÄÖ]{2,5}-[0-9]{2,3}$'", name="code"),
        CheckConstraint(one_of("rhythm", "weeks", "monthly", "never"), name="rhythm"),
        CheckConstraint("rhythm_weeks BETWEEN 1 AND 52", name="rhythm_weeks"),
    )
    id: Mapped[Id]
    code: Mapped[str] = mapped_column(Text, unique=True)
    rhythm: Mapped[str] = mapped_column(Text, server_default="weeks")
    rhythm_weeks: Mapped[int] = mapped_column(server_default=text("2"))
    created_at: Mapped[Now]


class ActivityValues(Base):
    """What one plan version says of one activity.

    `imported` is the last imported row, so that the next import can tell what the file changed
    from what was changed in chat.
    """

    __tablename__ = "activity_values"
    __table_args__ = (
        UniqueConstraint("plan_version_id", "activity_id"),
        Index("ix_activity_values_activity_id", "activity_id"),
        Index(
            "ix_activity_values_texts",
            text(texts_vector("title", "description")),
            postgresql_using="gin",
        ),
        CheckConstraint("ends_on >= starts_on", name="period"),
        CheckConstraint("budget >= 0", name="budget"),
    )
    id: Mapped[Id]
    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    direction_id: Mapped[int] = mapped_column(ForeignKey("directions.id"))
    title: Mapped[str]
    description: Mapped[str | None]
    responsible_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    coordinator_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    network_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    budget: Mapped[int]
    ended_on: Mapped[date | None]
    imported: Mapped[Json | None]


class Participation(Base):
    """An organisation that takes part in an activity, in one plan version."""

    __tablename__ = "participations"
    activity_values_id: Mapped[int] = mapped_column(
        ForeignKey("activity_values.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)


class FundingLine(Base):
    """Where an activity's money comes from, whole kronor; what is lacking is never stored.

    A line stands in a plan version, or beside them all when it came by a poll's answer that was
    accepted or by an application.
    """

    __tablename__ = "funding_lines"
    __table_args__ = (
        CheckConstraint("num_nonnulls(activity_values_id, activity_id) = 1", name="one_place"),
        CheckConstraint(
            "(activity_id IS NULL) = (num_nonnulls(poll_answer_id, application_id) = 0) "
            "AND num_nonnulls(poll_answer_id, application_id) <= 1",
            name="where_it_came_from",
        ),
        Index("ix_funding_lines_activity_id", "activity_id"),
        CheckConstraint(one_of("state", *FUNDING_STATES), name="state"),
        CheckConstraint(one_of("kind", *FUNDING_KINDS), name="kind"),
        CheckConstraint("amount > 0", name="amount"),
        Index("ix_funding_lines_activity_values_id", "activity_values_id"),
    )
    id: Mapped[Id]
    activity_values_id: Mapped[int | None] = mapped_column(
        ForeignKey("activity_values.id", ondelete="CASCADE")
    )
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"))
    poll_answer_id: Mapped[int | None] = mapped_column(ForeignKey("poll_answers.id"), unique=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"), unique=True)
    source: Mapped[str]
    kind: Mapped[str]
    amount: Mapped[int]
    state: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))


class Milestone(Base):
    """A dated event of an activity, the same through plan versions by its title."""

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("activity_id", "title"),)
    id: Mapped[Id]
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    title: Mapped[str]


class PlannedMilestone(Base):
    """When a plan version has a milestone, and who answers for it if somebody does."""

    __tablename__ = "planned_milestones"
    activity_values_id: Mapped[int] = mapped_column(
        ForeignKey("activity_values.id", ondelete="CASCADE"), primary_key=True
    )
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"), primary_key=True)
    due_on: Mapped[date]
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class MilestoneChange(Base):
    """That a milestone was reached, reopened or moved, by whom and why; append-only."""

    __tablename__ = "milestone_changes"
    __table_args__ = (
        CheckConstraint(one_of("kind", "reached", "reopened", "moved"), name="kind"),
        CheckConstraint("(kind = 'moved') = (moved_to IS NOT NULL)", name="moved_to"),
        CheckConstraint("kind = 'reached' OR length(btrim(reason)) > 0", name="reason"),
        Index("ix_milestone_changes_milestone_id", "milestone_id", text("id DESC")),
        Index("ix_milestone_changes_changed_at", "changed_at"),
    )
    id: Mapped[Id]
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"))
    kind: Mapped[str]
    moved_from: Mapped[date | None]
    moved_to: Mapped[date | None]
    reason: Mapped[str | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime]

"""Money beside the plan: applications to outside funders, costs of resources, actual costs."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Json, one_of

APPLICATION_STATES = ("planned", "applied", "granted", "rejected", "withdrawn")
APPLICATION_STEPS = (
    "registered",
    "edited",
    "applied",
    "granted",
    "rejected",
    "withdrawn",
    "taken_back",
    "report_sent",
)


class Application(Base):
    """A request to an outside funder for an activity's money, in whole kronor.

    `match_demanded` is the match funding that the funder demands in return; `granted` what came.
    """

    __tablename__ = "applications"
    __table_args__ = (
        CheckConstraint("length(btrim(fund)) BETWEEN 1 AND 150", name="fund"),
        CheckConstraint("length(call) <= 150 AND length(note) <= 3000", name="lengths"),
        CheckConstraint("link ~ '^https?://[^[:space:]]+$' AND length(link) <= 2000", name="link"),
        CheckConstraint("amount BETWEEN 1 AND 1000000000000", name="amount"),
        CheckConstraint("match_demanded BETWEEN 0 AND 1000000000000", name="match_demanded"),
        CheckConstraint(one_of("state", *APPLICATION_STATES), name="state"),
        CheckConstraint(
            "(state = 'granted') = (granted IS NOT NULL) AND granted BETWEEN 1 AND 1000000000000",
            name="granted",
        ),
        CheckConstraint(
            "state IN ('planned', 'withdrawn') OR applied_on IS NOT NULL", name="applied_on"
        ),
        CheckConstraint(
            "(state IN ('granted', 'rejected')) = (answered_on IS NOT NULL)", name="answered_on"
        ),
        Index("ix_applications_activity_id", "activity_id"),
        Index("ix_applications_state", "state", "last_day"),
        Index("ix_applications_writer_id", "writer_id"),
    )
    id: Mapped[Id]
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    fund: Mapped[str]
    call: Mapped[str | None]
    link: Mapped[str | None]
    last_day: Mapped[date | None]
    amount: Mapped[int]
    match_demanded: Mapped[int] = mapped_column(server_default=text("0"))
    writer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(Text, server_default="planned")
    state_since: Mapped[datetime]
    applied_on: Mapped[date | None]
    expected_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    granted: Mapped[int | None]
    record_number: Mapped[str | None]
    note: Mapped[str | None]
    registered_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    registered_at: Mapped[datetime]


class FunderReport(Base):
    """A day when a funder demands a report on an application."""

    __tablename__ = "funder_reports"
    __table_args__ = (Index("ix_funder_reports_due_on", "due_on"),)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    sent_on: Mapped[date | None]


class ApplicationStep(Base):
    """One thing that happened to an application; append-only."""

    __tablename__ = "application_steps"
    __table_args__ = (
        CheckConstraint(one_of("kind", *APPLICATION_STEPS), name="kind"),
        CheckConstraint("length(reason) <= 3000", name="lengths"),
        Index("ix_application_steps_application_id", "application_id", "id"),
        Index("ix_application_steps_taken_at", "taken_at"),
    )
    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    taken_at: Mapped[datetime]
    kind: Mapped[str]
    reason: Mapped[str | None]
    changes: Mapped[Json | None]
    platform: Mapped[str]


class ResourceCost(Base):
    """What a year's common resources are to cost, such as staff, and who pays; whole kronor."""

    __tablename__ = "resource_costs"
    __table_args__ = (
        CheckConstraint("year BETWEEN 2000 AND 2200", name="year"),
        CheckConstraint("length(btrim(name)) BETWEEN 1 AND 150", name="name"),
        CheckConstraint("length(btrim(funded_by)) BETWEEN 1 AND 150", name="funded_by"),
        CheckConstraint("amount BETWEEN 1 AND 1000000000000", name="amount"),
        Index(
            "uq_resource_costs_name",
            "year",
            text("lower(name)"),
            unique=True,
            postgresql_where=text("taken_away_at IS NULL"),
        ),
    )
    id: Mapped[Id]
    year: Mapped[int]
    name: Mapped[str]
    amount: Mapped[int]
    funded_by: Mapped[str]
    entered_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]
    taken_away_at: Mapped[datetime | None]


class ActualCost(Base):
    """A cost that has come, of an activity or a resource; less than nothing when it is put right.

    `reference` is its number in the accounts, by which a file read twice counts once.
    """

    __tablename__ = "actual_costs"
    __table_args__ = (
        CheckConstraint("num_nonnulls(activity_id, resource_id) = 1", name="of_one"),
        CheckConstraint("amount <> 0 AND abs(amount) <= 1000000000000", name="amount"),
        CheckConstraint("length(btrim(name)) BETWEEN 1 AND 150", name="name"),
        CheckConstraint("length(btrim(reference)) BETWEEN 1 AND 75", name="reference"),
        Index(
            "uq_actual_costs_reference",
            text("lower(reference)"),
            unique=True,
            postgresql_where=text("taken_away_at IS NULL"),
        ),
        Index("ix_actual_costs_activity_id", "activity_id", "spent_on"),
        Index("ix_actual_costs_resource_id", "resource_id", "spent_on"),
    )
    id: Mapped[Id]
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"))
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource_costs.id"))
    spent_on: Mapped[date]
    amount: Mapped[int]
    name: Mapped[str]
    reference: Mapped[str | None]
    entered_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]
    taken_away_at: Mapped[datetime | None]

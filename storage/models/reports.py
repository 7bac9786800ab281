"""What was said about activities: one row a report, never overwritten."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, one_of

STATUSES = ("not_started", "on_track", "at_risk", "off_track", "paused", "done")
DECIDERS = ("nobody", "manager", "steering_group", "board")


class StatusReport(Base):
    """What a person said about an activity at one time; a correction names what it replaces.

    `turn_key`: the key of the turn whose words said it, so that editing the line corrects it.
    """

    __tablename__ = "status_reports"
    __table_args__ = (
        CheckConstraint(one_of("status", *STATUSES), name="status"),
        CheckConstraint(one_of("decision_from", *DECIDERS), name="decision_from"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("replaces_id < id", name="replaces_earlier"),
        CheckConstraint(
            "status NOT IN ('at_risk', 'off_track') OR length(btrim(deviation)) > 0",
            name="deviation_said",
        ),
        CheckConstraint(
            "greatest(length(situation), length(deviation), length(measure), length(next_step), "
            "length(decision)) <= 3000",
            name="lengths",
        ),
        Index(
            "ix_status_reports_activity", "activity_id", text("reported_at DESC"), text("id DESC")
        ),
        Index("ix_status_reports_reported_at", "reported_at"),
        Index(
            "ix_status_reports_turn_key",
            "turn_key",
            postgresql_where=text("turn_key IS NOT NULL"),
        ),
        Index(
            "ix_status_reports_corrections",
            "reported_at",
            postgresql_where=text("replaces_id IS NOT NULL"),
        ),
    )
    id: Mapped[Id]
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    status: Mapped[str]
    situation: Mapped[str | None]
    decision_from: Mapped[str] = mapped_column(Text, server_default="nobody")
    decision: Mapped[str | None]
    deviation: Mapped[str | None]
    measure: Mapped[str | None]
    next_step: Mapped[str | None]
    percent: Mapped[int | None]
    unchanged: Mapped[bool] = mapped_column(server_default=text("false"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("status_reports.id"), unique=True)
    reported_at: Mapped[datetime]
    platform: Mapped[str]
    turn_key: Mapped[str | None]


class ActivityStanding(Base):
    """Which report of each activity stands, kept by a trigger: how thousands of activities stand
    is read at once, however many reports there have been. An activity without a report has none.

    `reported_on`: the day in Stockholm. `before_known`: what stood before this report, if anything
    did, is `before_status`, since `before_at`; of a correction it is looked up among the reports.
    """

    __tablename__ = "activity_standings"
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("status_reports.id"))
    status: Mapped[str]
    decision_from: Mapped[str]
    reported_at: Mapped[datetime]
    reported_on: Mapped[date]
    before_known: Mapped[bool]
    before_status: Mapped[str | None]
    before_at: Mapped[datetime | None]

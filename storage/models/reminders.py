"""Who is away and when, what people were reminded of, and what was asked about a report."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, one_of
from storage.models.organisations import never_twice_at_once

REMINDER_ANSWERS = ("unchanged", "reported", "later", "not_mine", "away", "done", "lapsed")


class Absence(Base):
    """That a person is away; `ends_on` is the first day back. `deputy_id` hears of things then."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="period"),
        CheckConstraint("deputy_id <> person_id", name="deputy_is_another"),
        CheckConstraint(one_of("source", "person", "status", "other"), name="source"),
        never_twice_at_once("person_id", where="taken_back_at IS NULL", name="ex_absences_overlap"),
        Index("ix_absences_deputy_id", "deputy_id"),
    )
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    source: Mapped[str] = mapped_column(Text, server_default="person")
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    noted_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class Reminder(Base):
    """The one reminder that a person got on a day, however many things it was about."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("person_id", "day"),
        UniqueConstraint("id", "person_id"),
        Index("ix_reminders_day", "day"),
    )
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    day: Mapped[date]
    made_at: Mapped[datetime]


class ReminderThing(Base):
    """One thing of a reminder: `thing` names what it is about, `step` which of its times it was.

    A person is reminded once of each step of a thing. `answer`: what they did about it from there;
    `lapsed`: nothing, and it is theirs to do no more.
    """

    __tablename__ = "reminder_things"
    __table_args__ = (
        UniqueConstraint("person_id", "thing", "step"),
        ForeignKeyConstraint(
            ["reminder_id", "person_id"],
            ["reminders.id", "reminders.person_id"],
            name="fk_reminder_things_reminder_id",
        ),
        CheckConstraint(one_of("answer", *REMINDER_ANSWERS), name="answer"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at"),
        Index("ix_reminder_things_thing", "thing"),
        Index(
            "ix_reminder_things_unanswered",
            "activity_id",
            postgresql_where=text("answered_at IS NULL"),
        ),
    )
    reminder_id: Mapped[int] = mapped_column(primary_key=True)
    thing: Mapped[str] = mapped_column(Text, primary_key=True)
    person_id: Mapped[int]
    step: Mapped[str]
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"))
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]


class ReminderRest(Base):
    """That a person is not to be reminded of a thing before a day: later, or a pause."""

    __tablename__ = "reminder_rests"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    thing: Mapped[str] = mapped_column(Text, primary_key=True)
    until_on: Mapped[date]
    noted_at: Mapped[datetime]


class ReportQuestion(Base):
    """A question about a report, and its answer, which stays with the report."""

    __tablename__ = "report_questions"
    __table_args__ = (
        CheckConstraint("length(btrim(question)) BETWEEN 1 AND 3000", name="question"),
        CheckConstraint("length(btrim(answer)) BETWEEN 1 AND 3000", name="answer"),
        CheckConstraint(
            "num_nonnulls(answer, answered_by, answered_at) IN (0, 3)", name="answered"
        ),
        Index("ix_report_questions_report_id", "report_id"),
        Index(
            "ix_report_questions_open",
            "activity_id",
            postgresql_where=text("answered_at IS NULL"),
        ),
    )
    id: Mapped[Id]
    report_id: Mapped[int] = mapped_column(ForeignKey("status_reports.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    question: Mapped[str]
    asked_at: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]

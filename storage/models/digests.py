"""Digests as they were sent, what is chosen for them, reports to meetings, and what is done."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Json, Now, one_of


class Digest(Base):
    """A digest as it was sent: its view, and what it told (`told`: item key to fingerprint).

    It covers from `covers_from` (the cut-off before) to `covers_to`, which is its due time.
    """

    __tablename__ = "digests"
    __table_args__ = (
        UniqueConstraint("audience", "period"),
        CheckConstraint("covers_from < covers_to", name="span"),
        Index("ix_digests_audience", "audience", text("covers_to DESC")),
    )
    id: Mapped[Id]
    audience: Mapped[str]
    period: Mapped[str]
    covers_from: Mapped[datetime]
    covers_to: Mapped[datetime]
    made_at: Mapped[datetime]
    late: Mapped[bool] = mapped_column(server_default=text("false"))
    view: Mapped[Json]
    told: Mapped[Json]


class DueDone(Base):
    """That a due thing was done, once for its kind, audience and period."""

    __tablename__ = "due_done"
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    audience: Mapped[str] = mapped_column(Text, primary_key=True)
    period: Mapped[str] = mapped_column(Text, primary_key=True)
    done_at: Mapped[datetime]
    written_at: Mapped[Now]


class DigestSetting(Base):
    """What is chosen for one audience's digests, such as `network:5`; what is NULL is as usual.

    `rhythm`: how often a network gets one, since when. `sections`: those wanted, in order.
    `paused_until`: the first day when one may come again.
    """

    __tablename__ = "digest_settings"
    __table_args__ = (
        CheckConstraint(one_of("rhythm", "off", "weekly", "monthly"), name="rhythm"),
        CheckConstraint("(rhythm IS NULL) = (rhythm_since IS NULL)", name="rhythm_since"),
    )
    audience: Mapped[str] = mapped_column(Text, primary_key=True)
    rhythm: Mapped[str | None]
    rhythm_since: Mapped[datetime | None]
    before_meetings: Mapped[bool] = mapped_column(server_default=text("false"))
    sections: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    paused_until: Mapped[date | None]
    changed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime]


class MeetingReport(Base):
    """The status report to a meeting, or the in-depth one in its place: drafted by the bot, edited
    and sent by people. `view` is the report as sent; a meeting called off drops its draft."""

    __tablename__ = "meeting_reports"
    __table_args__ = (
        CheckConstraint(one_of("kind", "status", "in_depth"), name="kind"),
        CheckConstraint(one_of("state", "drafted", "sent", "dropped"), name="state"),
        CheckConstraint("covers_from < covers_to", name="span"),
        CheckConstraint("(edited_by IS NULL) = (edited_at IS NULL)", name="edited"),
        CheckConstraint(
            "num_nonnulls(sent_by, sent_at, view) = CASE WHEN state = 'sent' THEN 3 ELSE 0 END",
            name="sent",
        ),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), unique=True)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(Text, server_default="drafted")
    covers_from: Mapped[datetime]
    covers_to: Mapped[datetime]
    sections: Mapped[Json]
    told: Mapped[Json]
    drafted_at: Mapped[datetime]
    written_at: Mapped[Now]
    edited_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    edited_at: Mapped[datetime | None]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sent_at: Mapped[datetime | None]
    view: Mapped[Json | None]

"""Digests as they were sent, and which due things are done."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Json, Now


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

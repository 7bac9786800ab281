"""Who did what, and what this database is."""

from datetime import datetime

from sqlalchemy import Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Json


class AuditLine(Base):
    """Who did what to which thing, when and from where: ids and hashes, never typed text.

    Append-only: the database refuses UPDATE, DELETE and TRUNCATE.
    """

    __tablename__ = "audit_lines"
    __table_args__ = (
        Index("ix_audit_lines_thing", "thing", "thing_id"),
        Index("ix_audit_lines_at", text("at DESC")),
    )
    id: Mapped[Id]
    at: Mapped[datetime]
    person_id: Mapped[int | None]
    actor: Mapped[str]
    action: Mapped[str]
    thing: Mapped[str]
    thing_id: Mapped[int]
    fields: Mapped[list[str]] = mapped_column(ARRAY(Text))
    source: Mapped[str]
    hash: Mapped[str | None]


class Mark(Base):
    """A fact about the whole database by name, such as that it holds demo data."""

    __tablename__ = "marks"
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[Json]


class Revision(Base):
    """A counter that grows with every change of plan or directory, so that replicas can cache."""

    __tablename__ = "revisions"
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[int] = mapped_column(server_default=text("1"))

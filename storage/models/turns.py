"""What people sent to the bot and what it answered; forms they have begun."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Json, Now


class Turn(Base):
    """One event from a person, by its unique key: sent again it gets the same answer again."""

    __tablename__ = "turns"
    __table_args__ = (
        Index("ix_turns_conversation_id", "conversation_id", text("id DESC")),
        Index("ix_turns_person_id", "person_id", text("id DESC")),
    )
    id: Mapped[Id]
    key: Mapped[str] = mapped_column(Text, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    words: Mapped[str | None]
    request: Mapped[Json]
    answer: Mapped[Json]
    received_at: Mapped[datetime]


class Draft(Base):
    """A form that a person has begun, by its name and arguments.

    `problems` are what was wrong with it when it was last judged, by field.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        UniqueConstraint("person_id", "form", "arguments"),
        Index("ix_drafts_person_id", "person_id", text("changed_at DESC")),
    )
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    form: Mapped[str]
    arguments: Mapped[Json]
    answers: Mapped[Json]
    problems: Mapped[Json] = mapped_column(server_default=text("'{}'"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    changed_at: Mapped[datetime]

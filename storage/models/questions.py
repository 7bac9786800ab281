"""Questions in plain Swedish: the last one of a conversation, those not answered, and synonyms."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, one_of

UNANSWERED = ("outside", "unsure")


class LastQuestion(Base):
    """What a person asked last in a conversation, as it was understood: `och i Hjo?` goes on from
    it. `skip`: how much of the answer was shown; `filters` has `varfor` too when its reasons were
    asked for."""

    __tablename__ = "last_questions"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    intent: Mapped[str]
    filters: Mapped[dict[str, Any]]
    skip: Mapped[int] = mapped_column(server_default=text("0"))
    asked_at: Mapped[datetime]


class UnansweredQuestion(Base):
    """What somebody asked that the bot could not answer, without who. `words` are in plain letters,
    with people's names and addresses taken out; the same words again only count."""

    __tablename__ = "unanswered_questions"
    __table_args__ = (
        CheckConstraint(one_of("reason", *UNANSWERED), name="reason"),
        CheckConstraint("times > 0", name="times"),
        CheckConstraint("words <> '' AND length(words) <= 400", name="words"),
        Index(
            "uq_unanswered_questions_words",
            "words",
            unique=True,
            postgresql_where=text("settled_at IS NULL"),
        ),
    )
    id: Mapped[Id]
    words: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    times: Mapped[int] = mapped_column(server_default=text("1"))
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class QuestionSynonym(Base):
    """A phrase of the organisation's own, in plain letters, and what it stands for in questions."""

    __tablename__ = "question_synonyms"
    __table_args__ = (
        CheckConstraint("phrase <> '' AND length(phrase) <= 100", name="phrase"),
        CheckConstraint("means <> '' AND length(means) <= 100", name="means"),
        UniqueConstraint("phrase"),
    )
    id: Mapped[Id]
    phrase: Mapped[str]
    means: Mapped[str]
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]

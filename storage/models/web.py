"""The web chat's own rooms: what is shown there, who is signed in, one-time links."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Json, Now


class WebPost(Base):
    """What the web chat shows in a conversation; one row a delivered message or living card."""

    __tablename__ = "web_posts"
    __table_args__ = (
        CheckConstraint("num_nonnulls(message_id, card_id) = 1", name="message_or_card"),
        Index("ix_web_posts_conversation_id", "conversation_id", text("id DESC")),
    )
    id: Mapped[Id]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), unique=True)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("posted_cards.id"), unique=True)
    view: Mapped[Json]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    posted_at: Mapped[Now]
    changed_at: Mapped[datetime | None]


class WebSession(Base):
    """A signed-in browser; the cookie's secret is kept as a hash only."""

    __tablename__ = "web_sessions"
    __table_args__ = (Index("ix_web_sessions_account_id", "account_id"),)
    id: Mapped[Id]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[Now]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInLink(Base):
    """A link that signs one person in once; only its hash is kept."""

    __tablename__ = "sign_in_links"
    id: Mapped[Id]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_by: Mapped[str]
    created_at: Mapped[Now]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInState(Base):
    """A sign-in or install begun in a browser and not finished: single-use, short-lived."""

    __tablename__ = "sign_in_states"
    __table_args__ = (Index("ix_sign_in_states_expires_at", "expires_at"),)
    id: Mapped[Id]
    purpose: Mapped[str]
    state_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary)
    details: Mapped[Json]
    created_at: Mapped[Now]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

"""What is to be said where: the tables are the queue."""

from datetime import datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Json, Now, one_of

BEHIND = "struck_at IS NULL AND shown < wanted AND given_up < wanted"
"""Which posted cards are to be drawn again; the queries say the same, so that the index serves."""

GIVEN_UP = "struck_at IS NULL AND shown < wanted AND given_up >= wanted"
"""Which posted cards could not be drawn."""


_MOMENTS = ARRAY(DateTime(timezone=True))


class Connection(Base):
    """A workspace, tenant or other place where a platform lets us speak.

    `next_try_at`: nothing is sent through it before then (a platform's limit for all of it).
    `rates_full_at`: when each of its token buckets is full again (storage/queries/rates.py).
    """

    __tablename__ = "connections"
    __table_args__ = (UniqueConstraint("platform", "tenant"),)
    id: Mapped[Id]
    platform: Mapped[str]
    tenant: Mapped[str]
    next_try_at: Mapped[datetime | None]
    rates_full_at: Mapped[list[datetime | None] | None] = mapped_column(_MOMENTS)
    closed_at: Mapped[datetime | None]


class Conversation(Base):
    """A channel, or a person's private chat, somewhere: what is said goes to one of these.

    `route`: where the platform says that it is reached, beside the address; `team`: the platform's
    name for the group of channels that it belongs to. Both only where a platform has such.
    `lease_*`: the process that delivers to it now. `next_try_at`: nothing is tried before.
    `failing_since`: since when every attempt has failed. `rates_full_at`: as for connections.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("connection_id", "address"),
        CheckConstraint(one_of("kind", "channel", "private"), name="kind"),
        CheckConstraint("(kind = 'private') = (person_id IS NOT NULL)", name="private_of_person"),
        Index("ix_conversations_person_id", "person_id"),
        Index(
            "ix_conversations_team",
            "connection_id",
            "team",
            postgresql_where=text("team IS NOT NULL"),
        ),
    )
    id: Mapped[Id]
    connection_id: Mapped[int] = mapped_column(ForeignKey("connections.id"))
    kind: Mapped[str]
    address: Mapped[str]
    name: Mapped[str]
    language: Mapped[str] = mapped_column(Text, server_default="sv")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    route: Mapped[str | None]
    team: Mapped[str | None]
    opened_at: Mapped[Now]
    closed_at: Mapped[datetime | None]
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    next_try_at: Mapped[datetime | None]
    rates_full_at: Mapped[list[datetime | None] | None] = mapped_column(_MOMENTS)
    failing_since: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(server_default=text("0"))


class ChannelBinding(Base):
    """That a channel is a body's or a post's: what concerns it is said there."""

    __tablename__ = "channel_bindings"
    __table_args__ = (
        CheckConstraint("num_nonnulls(body_id, post_id) = 1", name="one_of_body_or_post"),
        UniqueConstraint("conversation_id", "body_id"),
        UniqueConstraint("conversation_id", "post_id"),
        Index("ix_channel_bindings_body_id", "body_id"),
        Index("ix_channel_bindings_post_id", "post_id"),
    )
    id: Mapped[Id]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    bound_at: Mapped[Now]
    bound_by: Mapped[str]


class Message(Base):
    """Something to be said in a conversation, written in the transaction it speaks of.

    `urgency`: lower goes first. `state`: waiting, sent, failed (will not be tried again by
    itself) or expired. `reference`: what the platform calls it once it is there.
    `unsettled_since`: an attempt began then, and it is not known how it or a later one ended.
    It stands in the thread of a living card, or in `thread`: under a line, by the platform's name.
    `letter`: what it is of, if the person may stop such by mail.
    """

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint(one_of("state", "waiting", "sent", "failed", "expired"), name="state"),
        CheckConstraint(one_of("letter", "digest", "reminder"), name="letter"),
        Index(
            "ix_messages_waiting",
            "conversation_id",
            "urgency",
            "id",
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_messages_next", "urgency", "id", postgresql_where=text("state = 'waiting'")),
        Index(
            "ix_messages_of_connection",
            "connection_id",
            "urgency",
            "id",
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_messages_failed", "id", postgresql_where=text("state = 'failed'")),
        Index(
            "ix_messages_sent", "sent_at", "connection_id", postgresql_where=text("state = 'sent'")
        ),
        Index(
            "ix_messages_expired",
            "expires_at",
            "connection_id",
            postgresql_where=text("state = 'expired'"),
        ),
    )
    id: Mapped[Id]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    connection_id: Mapped[int | None] = mapped_column(BigInteger)
    view: Mapped[Json]
    urgency: Mapped[int] = mapped_column(SmallInteger, server_default=text("5"))
    created_at: Mapped[Now]
    due_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    thread_card_id: Mapped[int | None] = mapped_column(ForeignKey("posted_cards.id"))
    thread: Mapped[str | None]
    state: Mapped[str] = mapped_column(Text, server_default="waiting")
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    attempted_at: Mapped[datetime | None]
    unsettled_since: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reference: Mapped[str | None]
    failure: Mapped[str | None]
    letter: Mapped[str | None]


class PostedCard(Base):
    """A living card: the version that should be shown against the one that is.

    `kind` and `subject_id` say what it draws, `shown_at` when it was last drawn. A card that could
    no longer be updated is `struck_at`, and a new one stands in its place. `given_up`: the version
    that could not be shown and is not tried again by itself; the next one raised is.
    `unsettled_since`: as for messages, of its first post. `withdrawn`: it is to be taken away, and
    then struck.
    """

    __tablename__ = "posted_cards"
    __table_args__ = (
        CheckConstraint("shown <= wanted", name="shown_not_ahead"),
        Index(
            "uq_posted_cards_living",
            "conversation_id",
            "kind",
            "subject_id",
            unique=True,
            postgresql_where=text("struck_at IS NULL"),
        ),
        Index("ix_posted_cards_subject", "kind", "subject_id"),
        Index("ix_posted_cards_behind", "conversation_id", "id", postgresql_where=text(BEHIND)),
        Index("ix_posted_cards_given_up", "id", postgresql_where=text(GIVEN_UP)),
    )
    id: Mapped[Id]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    kind: Mapped[str]
    subject_id: Mapped[int]
    wanted: Mapped[int] = mapped_column(server_default=text("1"))
    shown: Mapped[int] = mapped_column(server_default=text("0"))
    shown_at: Mapped[datetime | None]
    given_up: Mapped[int] = mapped_column(server_default=text("0"))
    reference: Mapped[str | None]
    withdrawn: Mapped[bool] = mapped_column(server_default=text("false"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    attempted_at: Mapped[datetime | None]
    unsettled_since: Mapped[datetime | None]
    failure: Mapped[str | None]
    struck_at: Mapped[datetime | None]
    created_at: Mapped[Now]


class StoredFile(Base):
    """A picture or document that the bot made and may have to show again."""

    __tablename__ = "stored_files"
    id: Mapped[Id]
    media_type: Mapped[str]
    name: Mapped[str]
    alternative: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[Now]


class Installation(Base):
    """A platform's installation: its tokens, encrypted before they come here."""

    __tablename__ = "installations"
    id: Mapped[Id]
    connection_id: Mapped[int] = mapped_column(ForeignKey("connections.id"), unique=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    details: Mapped[Json]
    installed_at: Mapped[Now]
    ended_at: Mapped[datetime | None]

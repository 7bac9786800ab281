"""The charter's bodies and posts, who holds a seat in them, and when they meet."""

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Now, one_of
from storage.models.organisations import never_twice_at_once

BODY_KINDS = (
    "board",
    "presidium",
    "reference_group",
    "municipal_directors",
    "steering_group",
    "network",
)


class Body(Base):
    """A body of the charter, or a network of officials.

    `reminder_level`: how early and how often its members are reminded of what it shares.
    """

    __tablename__ = "bodies"
    __table_args__ = (
        CheckConstraint(one_of("kind", *BODY_KINDS), name="kind"),
        CheckConstraint(
            one_of("reminder_level", "light", "standard", "active"), name="reminder_level"
        ),
        Index("uq_bodies_name", "kind", text("lower(name)"), unique=True),
        Index(
            "uq_bodies_one_of_a_kind",
            "kind",
            unique=True,
            postgresql_where=text("kind <> 'network'"),
        ),
    )
    id: Mapped[Id]
    kind: Mapped[str]
    name: Mapped[str]
    reminder_level: Mapped[str] = mapped_column(Text, server_default="standard")


class Membership(Base):
    """A person's seat in a body over time; `ends_on` is the first day it no longer holds."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        CheckConstraint(one_of("capacity", "member", "chair", "vice_chair"), name="capacity"),
        never_twice_at_once("person_id", "body_id", name="ex_memberships_overlap"),
        Index("ix_memberships_person_id", "person_id"),
        Index("ix_memberships_body_id", "body_id"),
    )
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    capacity: Mapped[str] = mapped_column(Text, server_default="member")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    given_by: Mapped[str]


class Post(Base):
    """A post of the charter: the manager, the federation director."""

    __tablename__ = "posts"
    __table_args__ = (
        CheckConstraint(one_of("kind", "manager", "federation_director"), name="kind"),
    )
    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(Text, unique=True)


class PostHolding(Base):
    """Who holds a post, over time; one holder at a time, with acting holders beside."""

    __tablename__ = "post_holdings"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        never_twice_at_once("post_id", where="NOT acting", name="ex_post_holdings_one_holder"),
        Index("ix_post_holdings_person_id", "person_id"),
    )
    id: Mapped[Id]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    acting: Mapped[bool] = mapped_column(server_default=text("false"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    given_by: Mapped[str]


class Meeting(Base):
    """A dated meeting of a body, or a joint day known by its title."""

    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint(one_of("kind", "ordinary", "in_depth", "joint_day"), name="kind"),
        CheckConstraint("(body_id IS NULL) = (kind = 'joint_day')", name="body_or_joint_day"),
        CheckConstraint("documents_due_on <= held_on", name="documents_due"),
        CheckConstraint("ends_at > starts_at", name="hours"),
        Index("uq_meetings_body", "body_id", "held_on", unique=True),
        Index(
            "uq_meetings_title",
            text("lower(title)"),
            "held_on",
            unique=True,
            postgresql_where=text("body_id IS NULL"),
        ),
    )
    id: Mapped[Id]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    title: Mapped[str]
    held_on: Mapped[date]
    starts_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    place: Mapped[str | None]
    documents_due_on: Mapped[date | None]
    kind: Mapped[str]
    cancelled: Mapped[bool] = mapped_column(server_default=text("false"))
    added_at: Mapped[Now]

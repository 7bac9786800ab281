"""Municipalities, the federation and others, and the people who work or sit there."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Json, Now, one_of

ORGANISATION_KINDS = (
    "municipality",
    "federation",
    "region",
    "state",
    "university",
    "company",
    "association",
)


def never_twice_at_once(*ids: str, where: str | None = None, name: str) -> ExcludeConstraint[None]:
    """Rows with the same `ids` may not overlap in time (`starts_on` to the day before `ends_on`).

    Written with range types, since the embedded server has no btree_gist.
    """
    elements = [(text(f"int8range({column}, {column}, '[]')"), "&&") for column in ids]
    period = (text("daterange(starts_on, ends_on, '[)')"), "&&")
    condition = text(where) if where else None
    return ExcludeConstraint(*elements, period, using="gist", where=condition, name=name)


class Organisation(Base):
    """A municipality, the federation, or another body that takes part."""

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint(one_of("kind", *ORGANISATION_KINDS), name="kind"),
        CheckConstraint(
            "(kind = 'municipality') = (code IS NOT NULL)", name="code_of_municipality"
        ),
        CheckConstraint("code ~ '^[0-9]{4}$'", name="code"),
        UniqueConstraint("id", "kind"),
        Index("uq_organisations_name", func.lower(text("name")), unique=True),
        Index(
            "uq_organisations_one_federation",
            "kind",
            unique=True,
            postgresql_where=text("kind = 'federation'"),
        ),
    )
    id: Mapped[Id]
    kind: Mapped[str]
    name: Mapped[str]
    code: Mapped[str | None] = mapped_column(Text, unique=True)
    ended_on: Mapped[date | None]


class Population(Base):
    """How many lived in a municipality on a date, by Statistics Sweden."""

    __tablename__ = "populations"
    __table_args__ = (CheckConstraint("inhabitants > 0", name="inhabitants"),)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    counted_on: Mapped[date] = mapped_column(Date, primary_key=True)
    inhabitants: Mapped[int]


class Person(Base):
    """Somebody in the directory; known by e-mail address, never deleted by an import."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("email = lower(email) AND email LIKE '%_@_%'", name="email"),
        CheckConstraint(one_of("language", "sv", "en"), name="language"),
    )
    id: Mapped[Id]
    name: Mapped[str]
    email: Mapped[str] = mapped_column(Text, unique=True)
    language: Mapped[str] = mapped_column(Text, server_default="sv")
    time_zone: Mapped[str] = mapped_column(Text, server_default="Europe/Stockholm")
    created_at: Mapped[Now]
    imported: Mapped[Json | None]


class Employment(Base):
    """Where a person works, over time; `ends_on` is the first day it no longer holds."""

    __tablename__ = "employments"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        never_twice_at_once("person_id", "organisation_id", name="ex_employments_overlap"),
        Index("ix_employments_person_id", "person_id"),
    )
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Role(Base):
    """What a person is in this work, over time: federation staff, administrator, network member."""

    __tablename__ = "roles"
    __table_args__ = (
        CheckConstraint(one_of("role", "staff", "administrator", "network_member"), name="role"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        Index("ix_roles_person_id", "person_id"),
        Index(
            "uq_roles_current",
            "person_id",
            "role",
            unique=True,
            postgresql_where=text("ends_on IS NULL"),
        ),
    )
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    given_by: Mapped[str]


class Account(Base):
    """A person's account somewhere: a platform, a tenant or workspace of it, a user id there."""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("platform", "tenant", "user_id"),
        Index("ix_accounts_person_id", "person_id"),
    )
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    platform: Mapped[str]
    tenant: Mapped[str]
    user_id: Mapped[str]
    linked_at: Mapped[Now]
    linked_by: Mapped[str]
    last_used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class PersonalSetting(Base):
    """What one person has chosen, such as where personal messages go."""

    __tablename__ = "personal_settings"
    __table_args__ = (
        Index(
            "ix_personal_settings_digest_days",
            "person_id",
            postgresql_where=text("name = 'digest_days'"),
        ),
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[Json]


class Mandate(Base):
    """The right to answer for a municipality; only municipalities have any to give."""

    __tablename__ = "mandates"
    __table_args__ = (
        CheckConstraint(one_of("kind", "co_financing", "priority"), name="kind"),
        CheckConstraint("organisation_kind = 'municipality'", name="municipality"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        ForeignKeyConstraint(
            ["organisation_id", "organisation_kind"], ["organisations.id", "organisations.kind"]
        ),
        Index("ix_mandates_person_id", "person_id"),
        Index(
            "uq_mandates_current",
            "person_id",
            "organisation_id",
            "kind",
            unique=True,
            postgresql_where=text("ends_on IS NULL"),
        ),
    )
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int]
    organisation_kind: Mapped[str] = mapped_column(Text, server_default="municipality")
    kind: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    given_by: Mapped[str]

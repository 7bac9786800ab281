"""Co-financing polls: what is proposed to each municipality, and what each answers."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Json, one_of

SHARING_KEYS = ("per_inhabitant", "equal", "mixed", "weights")
ANSWERS = ("yes", "otherwise", "no", "political")
HEARD_BY = ("phone", "email", "meeting", "letter")


class PollProposal(Base):
    """What a version of the proposal asks for, in whole kronor; append-only.

    `equal_percent` of `asked` is shared in equal parts when the key is mixed, the rest per
    inhabitant. An hour of own time is worth `hourly_rate` kronor.
    """

    __tablename__ = "poll_proposals"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("length(btrim(purpose)) BETWEEN 1 AND 3000", name="purpose"),
        CheckConstraint("asked BETWEEN 1 AND 1000000000000", name="asked"),
        CheckConstraint("funded >= 0 AND funded + asked <= total", name="within_the_total"),
        CheckConstraint(one_of("sharing_key", *SHARING_KEYS), name="sharing_key"),
        CheckConstraint(
            "(sharing_key = 'mixed') = (equal_percent IS NOT NULL) "
            "AND equal_percent BETWEEN 0 AND 100",
            name="equal_percent",
        ),
        CheckConstraint(one_of("pays", "money", "time", "either"), name="pays"),
        CheckConstraint(
            "(pays = 'money') = (hourly_rate IS NULL) AND hourly_rate BETWEEN 1 AND 100000",
            name="hourly_rate",
        ),
    )
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    total: Mapped[int]
    funded: Mapped[int]
    asked: Mapped[int]
    sharing_key: Mapped[str]
    equal_percent: Mapped[int | None]
    pays: Mapped[str]
    hourly_rate: Mapped[int | None]
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]


class PollShare(Base):
    """A municipality's share in a version of the proposal, with what it was counted from."""

    __tablename__ = "poll_shares"
    __table_args__ = (
        CheckConstraint("organisation_kind = 'municipality'", name="municipality"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("weight >= 0", name="weight"),
        CheckConstraint("inhabitants > 0", name="inhabitants"),
        CheckConstraint("(inhabitants IS NULL) = (counted_on IS NULL)", name="counted_on"),
        ForeignKeyConstraint(
            ["poll_id", "version"], ["poll_proposals.poll_id", "poll_proposals.version"]
        ),
        ForeignKeyConstraint(
            ["organisation_id", "organisation_kind"], ["organisations.id", "organisations.kind"]
        ),
    )
    poll_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(primary_key=True)
    organisation_kind: Mapped[str] = mapped_column(server_default="municipality")
    weight: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))
    inhabitants: Mapped[int | None]
    counted_on: Mapped[date | None]
    amount: Mapped[int]


class PollAnswer(Base):
    """What a municipality answers: one that stands, the earlier ones kept.

    `amount` is kronor, own time counted in: `hours` times the proposal's rate. A `suggestion`
    waits for somebody with mandate. `heard_by` says how an answer came that was recorded on the
    municipality's behalf, `said_by` who gave it and `said_on` when.
    """

    __tablename__ = "poll_answers"
    __table_args__ = (
        CheckConstraint(one_of("kind", *ANSWERS), name="kind"),
        CheckConstraint("amount BETWEEN 0 AND 1000000000000", name="amount"),
        CheckConstraint(
            "CASE kind WHEN 'yes' THEN amount IS NOT NULL WHEN 'otherwise' THEN amount IS NOT NULL"
            " ELSE amount IS NULL AND hours IS NULL END",
            name="amount_of_a_yes",
        ),
        CheckConstraint("hours BETWEEN 1 AND 100000000", name="hours"),
        CheckConstraint("(kind = 'political') = (expected_on IS NOT NULL)", name="expected_on"),
        CheckConstraint("greatest(length(condition), length(comment)) <= 3000", name="lengths"),
        CheckConstraint("condition IS NULL OR kind = 'otherwise'", name="condition"),
        CheckConstraint(one_of("heard_by", *HEARD_BY), name="heard_by"),
        CheckConstraint(
            "num_nonnulls(heard_by, said_by, said_on) IN (0, 3)", name="on_behalf_with_how"
        ),
        CheckConstraint("NOT suggestion OR heard_by IS NULL", name="suggestion"),
        Index(
            "uq_poll_answers_standing",
            "voter_id",
            "suggestion",
            unique=True,
            postgresql_where=text("replaced_at IS NULL"),
        ),
        Index("ix_poll_answers_voter_id", "voter_id", "id"),
        Index("ix_poll_answers_answered_at", "answered_at"),
    )
    id: Mapped[Id]
    voter_id: Mapped[int] = mapped_column(ForeignKey("poll_voters.id"))
    version: Mapped[int]
    suggestion: Mapped[bool] = mapped_column(server_default=text("false"))
    kind: Mapped[str]
    amount: Mapped[int | None]
    hours: Mapped[int | None]
    condition: Mapped[str | None]
    comment: Mapped[str | None]
    expected_on: Mapped[date | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime]
    heard_by: Mapped[str | None]
    said_by: Mapped[str | None]
    said_on: Mapped[date | None]
    platform: Mapped[str]
    replaced_at: Mapped[datetime | None]


class PollScenario(Base):
    """A what-if of a co-financing poll, kept beside it; the poll knows nothing of it."""

    __tablename__ = "poll_scenarios"
    __table_args__ = (
        CheckConstraint("length(btrim(name)) BETWEEN 1 AND 150", name="name"),
        Index("ix_poll_scenarios_poll_id", "poll_id", "id"),
    )
    id: Mapped[Id]
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    name: Mapped[str]
    supposed: Mapped[Json]
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]

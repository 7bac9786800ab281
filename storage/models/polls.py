"""Polls of every kind: what is asked, who may answer, the ballots and what came of them."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Json, one_of

POLL_KINDS = ("co_financing", "priority", "question", "dates")
POLL_METHODS = (
    "pledge",
    "points",
    "score",
    "ranking",
    "budget",
    "choice",
    "several",
    "dates",
)
POLL_SECRECY = ("open", "until_closing", "always")
POLL_STATES = ("planned", "open", "closed", "cancelled")
POLL_STEPS = (
    "started",
    "opened",
    "proposal_changed",
    "text_changed",
    "option_added",
    "options_changed",
    "nudged",
    "extended",
    "closed",
    "reopened",
    "cancelled",
    "decided",
    "pledges_accepted",
    "made_formal",
    "date_chosen",
)


class Poll(Base):
    """Something that municipalities or people are asked, open until it closes.

    Its key is the number that people know it by. `secrecy` is when who answered what is shown: at
    once, at closing, or never. `seats` is how many options are to be chosen, `points` what each
    voter has to spread, `money` the sum to be spread over options with costs. A poll that is not
    `binding` is a sounding, and a formal one may stand on it (`sounding_id`).
    """

    __tablename__ = "polls"
    __table_args__ = (
        CheckConstraint("length(btrim(title)) BETWEEN 1 AND 150", name="title"),
        CheckConstraint("length(description) <= 3000", name="lengths"),
        CheckConstraint("link ~ '^https?://[^[:space:]]+$' AND length(link) <= 2000", name="link"),
        CheckConstraint(one_of("kind", *POLL_KINDS), name="kind"),
        CheckConstraint(one_of("method", *POLL_METHODS), name="method"),
        CheckConstraint(
            "CASE kind WHEN 'co_financing' THEN method = 'pledge'"
            " WHEN 'dates' THEN method = 'dates'"
            " WHEN 'question' THEN method IN ('choice', 'several')"
            " ELSE method IN ('points', 'score', 'ranking', 'budget') END",
            name="method_of_kind",
        ),
        CheckConstraint(one_of("voters", "municipality", "person"), name="voters"),
        CheckConstraint(
            "kind <> 'co_financing' OR voters = 'municipality'", name="municipalities_pledge"
        ),
        CheckConstraint(one_of("secrecy", *POLL_SECRECY), name="secrecy"),
        CheckConstraint("secrecy <> 'always' OR kind = 'priority'", name="secret_when_priority"),
        CheckConstraint(one_of("state", *POLL_STATES), name="state"),
        CheckConstraint("closes_at > opens_at", name="period"),
        CheckConstraint("seats BETWEEN 1 AND 100", name="seats"),
        CheckConstraint("(method = 'points') = (points IS NOT NULL)", name="points_to_spread"),
        CheckConstraint("points BETWEEN 1 AND 1000", name="points"),
        CheckConstraint("(method = 'budget') = (money IS NOT NULL)", name="money_to_spread"),
        CheckConstraint("money BETWEEN 1 AND 1000000000000", name="money"),
        CheckConstraint("quorum BETWEEN 1 AND 100000", name="quorum"),
        CheckConstraint("NOT may_add OR secrecy <> 'always'", name="no_lines_of_secret_voters"),
        CheckConstraint("binding OR kind = 'co_financing'", name="sounding"),
        CheckConstraint("num_nonnulls(activity_id, need_id) <= 1", name="about_one"),
        CheckConstraint(
            "kind <> 'co_financing' OR num_nonnulls(activity_id, need_id) = 1",
            name="pays_for_something",
        ),
        CheckConstraint("voters <> 'person' OR body_id IS NOT NULL", name="people_of_a_body"),
        Index("ix_polls_state", "state", "closes_at"),
        Index("ix_polls_opens_at", "opens_at"),
        Index("ix_polls_activity_id", "activity_id"),
        Index("ix_polls_need_id", "need_id"),
        Index("ix_polls_body_id", "body_id"),
    )
    id: Mapped[Id]
    kind: Mapped[str]
    method: Mapped[str]
    title: Mapped[str]
    description: Mapped[str | None]
    link: Mapped[str | None]
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"))
    need_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    voters: Mapped[str]
    secrecy: Mapped[str] = mapped_column(Text, server_default="open")
    state: Mapped[str] = mapped_column(Text, server_default="open")
    state_since: Mapped[datetime]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    decided_by: Mapped[date | None]
    seats: Mapped[int] = mapped_column(server_default=text("1"))
    points: Mapped[int | None]
    money: Mapped[int | None]
    quorum: Mapped[int | None]
    may_add: Mapped[bool] = mapped_column(server_default=text("false"))
    binding: Mapped[bool] = mapped_column(server_default=text("true"))
    sounding_id: Mapped[int | None] = mapped_column(ForeignKey("polls.id"), unique=True)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    started_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    started_at: Mapped[datetime]
    turn_key: Mapped[str | None]


class PollVoter(Base):
    """One that may answer, once each: a municipality, or a person.

    `voted` says no more than that; of a poll that stays secret nothing else ties the two.
    """

    __tablename__ = "poll_voters"
    __table_args__ = (
        CheckConstraint("num_nonnulls(organisation_id, person_id) = 1", name="one"),
        CheckConstraint(
            "(organisation_id IS NULL) = (organisation_kind IS NULL) "
            "AND organisation_kind = 'municipality'",
            name="municipality",
        ),
        ForeignKeyConstraint(
            ["organisation_id", "organisation_kind"], ["organisations.id", "organisations.kind"]
        ),
        UniqueConstraint("poll_id", "organisation_id"),
        UniqueConstraint("poll_id", "person_id"),
        Index("ix_poll_voters_organisation_id", "organisation_id"),
        Index("ix_poll_voters_person_id", "person_id"),
    )
    id: Mapped[Id]
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    organisation_id: Mapped[int | None]
    organisation_kind: Mapped[str | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    takes_part: Mapped[bool] = mapped_column(server_default=text("true"))
    voted: Mapped[bool] = mapped_column(server_default=text("false"))


class PollOption(Base):
    """Something to choose: a line of its own, a need, an activity, or a time."""

    __tablename__ = "poll_options"
    __table_args__ = (
        CheckConstraint("length(btrim(label)) BETWEEN 1 AND 150", name="label"),
        CheckConstraint("num_nonnulls(need_id, activity_id) <= 1", name="one_thing"),
        CheckConstraint("cost BETWEEN 1 AND 1000000000000", name="cost"),
        CheckConstraint("ends_at > starts_at", name="hours"),
        UniqueConstraint("poll_id", "position"),
    )
    id: Mapped[Id]
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    position: Mapped[int]
    label: Mapped[str]
    need_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"))
    cost: Mapped[int | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    added_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]


class PollBallot(Base):
    """What a voter chose, option to value; one that stands for each, the earlier ones kept."""

    __tablename__ = "poll_ballots"
    __table_args__ = (
        Index(
            "uq_poll_ballots_standing",
            "voter_id",
            unique=True,
            postgresql_where=text("replaced_at IS NULL"),
        ),
        Index("ix_poll_ballots_voter_id", "voter_id", "id"),
    )
    id: Mapped[Id]
    voter_id: Mapped[int] = mapped_column(ForeignKey("poll_voters.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    cast_at: Mapped[datetime]
    choices: Mapped[Json]
    replaced_at: Mapped[datetime | None]


class SecretBallots(Base):
    """Every ballot of a poll that stays secret, shuffled in one row that each vote writes anew.

    So no key, time, order or row version says whose which is.
    """

    __tablename__ = "secret_ballots"
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), primary_key=True)
    ballots: Mapped[Json] = mapped_column(server_default=text("'[]'"))


class PollStep(Base):
    """One thing that happened to a poll; append-only. Nobody's when time did it.

    `changes` holds field to [before, after], or whom a nudge was sent to.
    """

    __tablename__ = "poll_steps"
    __table_args__ = (
        CheckConstraint(one_of("kind", *POLL_STEPS), name="kind"),
        CheckConstraint("length(reason) <= 3000", name="lengths"),
        CheckConstraint(
            "kind NOT IN ('proposal_changed', 'extended', 'reopened', 'cancelled', 'nudged') "
            "OR (reason IS NOT NULL AND length(btrim(reason)) > 0)",
            name="reason_said",
        ),
        CheckConstraint("person_id IS NOT NULL OR kind IN ('opened', 'closed')", name="by_time"),
        Index("ix_poll_steps_poll_id", "poll_id", "id"),
        Index("ix_poll_steps_taken_at", "taken_at"),
    )
    id: Mapped[Id]
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    taken_at: Mapped[datetime]
    kind: Mapped[str]
    reason: Mapped[str | None]
    changes: Mapped[Json | None]
    platform: Mapped[str]


class PollOutcome(Base):
    """What a poll showed when it closed, sealed by a hash of it; append-only."""

    __tablename__ = "poll_outcomes"
    __table_args__ = (
        CheckConstraint("seal ~ '^[0-9a-f]{64}$'", name="seal"),
        Index("ix_poll_outcomes_poll_id", "poll_id", text("id DESC")),
    )
    id: Mapped[Id]
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    sealed_at: Mapped[datetime]
    result: Mapped[Json]
    seal: Mapped[str]


class PollDecision(Base):
    """What a body decided beside the outcome, and why it differs if it does; append-only."""

    __tablename__ = "poll_decisions"
    __table_args__ = (
        CheckConstraint(one_of("verdict", "as_outcome", "otherwise", "declined"), name="verdict"),
        CheckConstraint(
            "verdict = 'as_outcome' OR (why IS NOT NULL AND length(btrim(why)) > 0)",
            name="why_it_differs",
        ),
        CheckConstraint("length(btrim(paragraph)) > 0", name="paragraph"),
        CheckConstraint("greatest(length(decision), length(why)) <= 3000", name="lengths"),
        Index("ix_poll_decisions_poll_id", "poll_id", text("id DESC")),
    )
    id: Mapped[Id]
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    decided_on: Mapped[date]
    paragraph: Mapped[str]
    record_number: Mapped[str | None]
    verdict: Mapped[str]
    decision: Mapped[str | None]
    why: Mapped[str | None]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]


class PollTemplate(Base):
    """A poll that comes again, as what its form holds."""

    __tablename__ = "poll_templates"
    __table_args__ = (
        CheckConstraint("length(btrim(name)) BETWEEN 1 AND 75", name="name"),
        CheckConstraint(one_of("kind", *POLL_KINDS), name="kind"),
        Index(
            "uq_poll_templates_name",
            text("lower(name)"),
            unique=True,
            postgresql_where=text("taken_away_at IS NULL"),
        ),
    )
    id: Mapped[Id]
    name: Mapped[str]
    kind: Mapped[str]
    said: Mapped[Json]
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    taken_away_at: Mapped[datetime | None]

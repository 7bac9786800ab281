"""Needs, from a line in chat to a decision: what is needed, who shares it, and each step."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Json, one_of
from storage.models.texts import texts_vector

OPEN_STAGES = ("registered", "preparing", "reference_group", "presidium", "board")
STAGES = (*OPEN_STAGES, "accepted", "declined", "resting")
NEED_STEPS = (
    "registered",
    "moved",
    "preparer",
    "taken_back",
    "edited",
    "withdrawn",
    "restored",
    "merged",
    "parted",
    "split",
    "made",
)


class Need(Base):
    """Something that a municipality or network needs jointly, and where it is on its way.

    Its key is the number that people know it by. `rested_from` is the stage it rests from;
    withdrawn and merged are marks beside the stage. Amounts are whole kronor.
    """

    __tablename__ = "needs"
    __table_args__ = (
        CheckConstraint("length(btrim(title)) BETWEEN 1 AND 150", name="title"),
        CheckConstraint("length(btrim(description)) > 0", name="description"),
        CheckConstraint(
            "greatest(length(description), length(reason), length(funding), "
            "length(quoted_text), length(motivation)) <= 3000",
            name="lengths",
        ),
        CheckConstraint("cost >= 0", name="cost"),
        CheckConstraint("(quoted_text IS NULL) = (quoted_author IS NULL)", name="author_credited"),
        CheckConstraint(one_of("stage", *STAGES), name="stage"),
        CheckConstraint(
            "(stage = 'resting') = (rested_from IS NOT NULL)", name="resting_from_somewhere"
        ),
        CheckConstraint(one_of("rested_from", *OPEN_STAGES), name="rested_from"),
        CheckConstraint(
            "(preparer_id IS NULL) = (prepare_by IS NULL)", name="preparer_with_a_date"
        ),
        CheckConstraint("stage <> 'preparing' OR preparer_id IS NOT NULL", name="prepared_by_one"),
        CheckConstraint(
            "stage <> 'accepted' OR (decided_on IS NOT NULL AND paragraph IS NOT NULL)",
            name="accepted_with_paragraph",
        ),
        CheckConstraint("length(btrim(paragraph)) > 0", name="paragraph"),
        CheckConstraint(
            "stage <> 'declined' OR (motivation IS NOT NULL AND length(btrim(motivation)) > 0)",
            name="declined_with_a_reason",
        ),
        CheckConstraint("merged_into_id <> id", name="merged_into_another"),
        CheckConstraint("num_nonnulls(withdrawn_at, merged_into_id) <= 1", name="one_mark"),
        CheckConstraint(
            "stage = 'accepted' OR num_nonnulls(activity_id, made_area_id) = 0",
            name="made_when_accepted",
        ),
        CheckConstraint("num_nonnulls(activity_id, made_area_id) <= 1", name="made_one_thing"),
        Index(
            "ix_needs_words",
            text("to_tsvector('swedish'::regconfig, (title || ' '::text) || description)"),
            postgresql_using="gin",
        ),
        Index("ix_needs_texts", text(texts_vector("title", "description")), postgresql_using="gin"),
        Index("ix_needs_stage", "stage", "stage_since"),
        Index("ix_needs_registered_by", "registered_by"),
        Index("ix_needs_preparer_id", "preparer_id"),
        Index("ix_needs_merged_into_id", "merged_into_id"),
        Index("ix_needs_activity_id", "activity_id"),
        Index("ix_needs_turn_key", "turn_key"),
    )
    id: Mapped[Id]
    title: Mapped[str]
    description: Mapped[str]
    reason: Mapped[str | None]
    focus_area_id: Mapped[int | None] = mapped_column(ForeignKey("focus_areas.id"))
    network_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    wanted_by: Mapped[date | None]
    cost: Mapped[int | None]
    funding: Mapped[str | None]
    quoted_text: Mapped[str | None]
    quoted_author: Mapped[str | None]
    quoted_link: Mapped[str | None]
    registered_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    registered_at: Mapped[datetime]
    turn_key: Mapped[str | None]
    stage: Mapped[str] = mapped_column(Text, server_default="registered")
    stage_since: Mapped[datetime]
    rested_from: Mapped[str | None]
    preparer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    prepare_by: Mapped[date | None]
    decided_on: Mapped[date | None]
    paragraph: Mapped[str | None]
    motivation: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"))
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"))
    made_area_id: Mapped[int | None] = mapped_column(ForeignKey("focus_areas.id"))


class NeedMunicipality(Base):
    """A municipality that a need is about."""

    __tablename__ = "need_municipalities"
    __table_args__ = (
        CheckConstraint("organisation_kind = 'municipality'", name="municipality"),
        ForeignKeyConstraint(
            ["organisation_id", "organisation_kind"], ["organisations.id", "organisations.kind"]
        ),
    )
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(primary_key=True)
    organisation_kind: Mapped[str] = mapped_column(Text, server_default="municipality")


class NeedSupport(Base):
    """That a municipality shares a need, said by one of its people; one that stands for each.

    Supports stay where they were given: a need shows those of the needs merged into it too.
    """

    __tablename__ = "need_supports"
    __table_args__ = (
        CheckConstraint("organisation_kind = 'municipality'", name="municipality"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_by_somebody"
        ),
        ForeignKeyConstraint(
            ["organisation_id", "organisation_kind"], ["organisations.id", "organisations.kind"]
        ),
        Index(
            "uq_need_supports_standing",
            "need_id",
            "organisation_id",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )
    id: Mapped[Id]
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    organisation_id: Mapped[int]
    organisation_kind: Mapped[str] = mapped_column(Text, server_default="municipality")
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    supported_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class NeedFollow(Base):
    """Somebody who wants to hear every step of a need."""

    __tablename__ = "need_follows"
    __table_args__ = (Index("ix_need_follows_person_id", "person_id"),)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    followed_at: Mapped[datetime]


class ActivityFollow(Base):
    """Somebody who wants to hear when an activity's state changes."""

    __tablename__ = "activity_follows"
    __table_args__ = (Index("ix_activity_follows_person_id", "person_id"),)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    followed_at: Mapped[datetime]


class NeedComment(Base):
    """What somebody said about a need, seen by everybody; append-only."""

    __tablename__ = "need_comments"
    __table_args__ = (
        CheckConstraint("length(btrim(text)) BETWEEN 1 AND 3000", name="text"),
        Index("ix_need_comments_need_id", "need_id", "id"),
    )
    id: Mapped[Id]
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str]
    written_at: Mapped[datetime]


class NeedNote(Base):
    """A working note, for those who prepare the need alone until it is joined to the record.

    Working notes are no public records until then (Tryckfrihetsförordningen 2 kap. 12 §), so one
    that is not joined may be taken away.
    """

    __tablename__ = "need_notes"
    __table_args__ = (
        CheckConstraint("length(btrim(text)) BETWEEN 1 AND 3000", name="text"),
        Index("ix_need_notes_need_id", "need_id", "id"),
    )
    id: Mapped[Id]
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str]
    written_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]


class NeedText(Base):
    """What is written for one field of the material that a body gets about a need."""

    __tablename__ = "need_texts"
    __table_args__ = (
        CheckConstraint("name ~ '^[a-z][a-z0-9_]{0,39}$'", name="name"),
        CheckConstraint("length(btrim(text)) BETWEEN 1 AND 3000", name="text"),
    )
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    text: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]


class NeedStep(Base):
    """One thing that happened to a need, with all that its record asks for; append-only.

    `body` is the kind of the body whose step or decision it was, `met_on` the day of its meeting.
    `changes` holds field to [before, after] of an edit.
    """

    __tablename__ = "need_steps"
    __table_args__ = (
        CheckConstraint(one_of("kind", *NEED_STEPS), name="kind"),
        CheckConstraint(one_of("from_stage", *STAGES), name="from_stage"),
        CheckConstraint(one_of("to_stage", *STAGES), name="to_stage"),
        CheckConstraint(
            one_of("body", "board", "presidium", "reference_group", "steering_group"), name="body"
        ),
        CheckConstraint("(kind = 'taken_back') = (takes_back_id IS NOT NULL)", name="takes_back"),
        CheckConstraint("takes_back_id < id", name="takes_back_earlier"),
        CheckConstraint(
            "(kind <> 'taken_back' AND coalesce(to_stage NOT IN ('declined', 'resting'), true)) "
            "OR (reason IS NOT NULL AND length(btrim(reason)) > 0)",
            name="reason_said",
        ),
        CheckConstraint("length(reason) <= 3000", name="lengths"),
        CheckConstraint(
            "to_stage IS DISTINCT FROM 'accepted' OR kind <> 'moved' "
            "OR (met_on IS NOT NULL AND paragraph IS NOT NULL)",
            name="accepted_with_paragraph",
        ),
        Index("ix_need_steps_need_id", "need_id", "id"),
        Index("ix_need_steps_taken_at", "taken_at"),
    )
    id: Mapped[Id]
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    taken_at: Mapped[datetime]
    kind: Mapped[str]
    from_stage: Mapped[str | None]
    to_stage: Mapped[str | None]
    body: Mapped[str | None]
    met_on: Mapped[date | None]
    paragraph: Mapped[str | None]
    record_number: Mapped[str | None]
    reason: Mapped[str | None]
    preparer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    prepare_by: Mapped[date | None]
    other_need_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"))
    takes_back_id: Mapped[int | None] = mapped_column(ForeignKey("need_steps.id"), unique=True)
    changes: Mapped[Json | None]
    platform: Mapped[str]

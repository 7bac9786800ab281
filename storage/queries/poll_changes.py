"""Writing polls: a new one, what becomes of it, options, ballots, outcomes and decisions."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, bindparam, text, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import (
    Poll,
    PollDecision,
    PollOption,
    PollOutcome,
    PollTemplate,
    PollVoter,
)

_HOLD = text("SELECT id, state, version FROM polls WHERE id = :poll_id FOR UPDATE")
_STEP = text("""
WITH step AS (
  INSERT INTO poll_steps (poll_id, person_id, taken_at, kind, reason, changes, platform)
  VALUES (:poll_id, :person_id, :now, :kind, :reason, :changes, :platform)
), audit AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  VALUES (:now, :person_id, CASE WHEN CAST(:person_id AS bigint) IS NULL THEN 'samspel'
    ELSE 'person' END, :kind, 'poll', :poll_id, :fields, :platform)
)
SELECT 1
""").bindparams(bindparam("changes", type_=JSONB(none_as_null=True)))
_TAKE_PART = text("""
INSERT INTO poll_voters (poll_id, organisation_id, organisation_kind)
SELECT :poll_id, one, 'municipality' FROM unnest(CAST(:organisations AS bigint[])) AS one
ON CONFLICT (poll_id, organisation_id) DO UPDATE SET takes_part = true
""")
_LEAVE = text("""
UPDATE poll_voters SET takes_part = false
WHERE poll_id = :poll_id AND NOT organisation_id = ANY(:organisations)
""")
_HOLD_VOTER = text("""
WITH p AS MATERIALIZED (
  SELECT id, state, opens_at, closes_at FROM polls WHERE id = :poll_id FOR SHARE
)
SELECT v.id AS voter_id, v.voted, v.takes_part, p.state, p.opens_at, p.closes_at
FROM p JOIN poll_voters v ON v.poll_id = p.id
  AND (v.organisation_id = :organisation_id OR v.person_id = :person_id)
FOR UPDATE OF v
""")
_ENROL = text("""
INSERT INTO poll_voters (poll_id, person_id) VALUES (:poll_id, :person_id)
ON CONFLICT (poll_id, person_id) DO NOTHING
""")
_REPLACE_BALLOT = text("""
UPDATE poll_ballots SET replaced_at = :now WHERE voter_id = :voter_id AND replaced_at IS NULL
""")
_BALLOT = text("""
WITH ballot AS (
  INSERT INTO poll_ballots (voter_id, person_id, cast_at, choices)
  VALUES (:voter_id, :person_id, :now, :choices) RETURNING id
), marked AS (UPDATE poll_voters SET voted = true WHERE id = :voter_id AND NOT voted
), audit AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  VALUES (:now, :person_id, 'person', 'vote', 'poll', :poll_id, '{ballot}', :platform)
)
SELECT id FROM ballot
""").bindparams(bindparam("choices", type_=JSONB))
_HOLD_SECRET = text("""
SELECT ballots FROM secret_ballots WHERE poll_id = :poll_id FOR UPDATE
""")
_SECRET = text("""
WITH written AS (
  UPDATE secret_ballots SET ballots = :ballots WHERE poll_id = :poll_id
), marked AS (UPDATE poll_voters SET voted = true WHERE id = :voter_id
), audit AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  VALUES (:now, :person_id, 'person', 'vote', 'poll', :poll_id, '{ballot}', :platform)
)
SELECT 1
""").bindparams(bindparam("ballots", type_=JSONB))
_OPEN_SECRET = text("INSERT INTO secret_ballots (poll_id) VALUES (:poll_id)")
_HAS_BALLOT = text("SELECT EXISTS (SELECT FROM poll_voters WHERE poll_id = :poll_id AND voted)")
_FORGET_OPTIONS = text("DELETE FROM poll_options WHERE poll_id = :poll_id")
_FORGET_TEMPLATE = text("""
UPDATE poll_templates SET taken_away_at = :now WHERE id = :id AND taken_away_at IS NULL
RETURNING id
""")


async def add_poll(db: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Write a new poll; its number. One that stays secret gets its row of ballots."""
    poll_id = (await db.execute(insert(Poll).values(**values).returning(Poll.id))).scalar_one()
    if values.get("secrecy") == "always":
        await db.execute(_OPEN_SECRET, {"poll_id": poll_id})
    return poll_id


async def hold_poll(db: AsyncConnection, poll_id: int) -> RowMapping | None:
    """Hold the poll until the transaction ends; nobody answers meanwhile."""
    return (await db.execute(_HOLD, {"poll_id": poll_id})).mappings().one_or_none()


async def change_poll(db: AsyncConnection, poll_id: int, values: Mapping[str, Any]) -> None:
    """Write the changed columns."""
    if values:
        await db.execute(update(Poll).where(Poll.id == poll_id).values(**values))


async def write_poll_step(
    db: AsyncConnection, values: Mapping[str, Any], fields: Sequence[str] = ()
) -> None:
    """Write a step and its audit line, which names `fields`.

    `values`: poll_id, person_id (None when time did it), now, kind, platform, reason, changes.
    """
    empty = {"reason": None, "changes": None}
    await db.execute(_STEP, {**empty, **values, "fields": list(fields)})


async def municipalities_take_part(
    db: AsyncConnection, poll_id: int, organisations: Sequence[int]
) -> None:
    """Let exactly these municipalities take part; those that leave keep their answers."""
    values = {"poll_id": poll_id, "organisations": list(organisations)}
    await db.execute(_LEAVE, values)
    await db.execute(_TAKE_PART, values)


async def people_take_part(db: AsyncConnection, poll_id: int, people: Sequence[int]) -> None:
    """Let these people vote too."""
    if people:
        rows = [{"poll_id": poll_id, "person_id": one} for one in people]
        await db.execute(insert(PollVoter).values(rows).on_conflict_do_nothing())


async def enrol_person(db: AsyncConnection, poll_id: int, person_id: int) -> None:
    """Let a person vote who joined the body after the poll began."""
    await db.execute(_ENROL, {"poll_id": poll_id, "person_id": person_id})


async def hold_voter(
    db: AsyncConnection, poll_id: int, *, organisation_id: int | None, person_id: int | None
) -> RowMapping | None:
    """A voter and the poll's state, held until the transaction ends; the poll cannot close."""
    values = {"poll_id": poll_id, "organisation_id": organisation_id, "person_id": person_id}
    return (await db.execute(_HOLD_VOTER, values)).mappings().one_or_none()


async def write_ballot(db: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Let a ballot stand in the place of the voter's one before; its key."""
    await db.execute(_REPLACE_BALLOT, values)
    return int((await db.execute(_BALLOT, values)).scalar_one())


async def hold_secret_ballots(db: AsyncConnection, poll_id: int) -> list[dict[str, int]]:
    """The ballots of a poll that stays secret, held until the transaction ends."""
    return list((await db.execute(_HOLD_SECRET, {"poll_id": poll_id})).scalar_one())


async def write_secret_ballots(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write all ballots anew in the order given, and mark who has voted."""
    await db.execute(_SECRET, values)


async def has_ballot(db: AsyncConnection, poll_id: int) -> bool:
    """Whether anybody has answered."""
    return bool(await db.scalar(_HAS_BALLOT, {"poll_id": poll_id}))


async def add_options(db: AsyncConnection, options: Sequence[Mapping[str, Any]]) -> None:
    """Write options."""
    await db.execute(insert(PollOption).values([dict(each) for each in options]))


async def forget_options(db: AsyncConnection, poll_id: int) -> None:
    """Take all options away, to write them anew; no ballot may be in."""
    await db.execute(_FORGET_OPTIONS, {"poll_id": poll_id})


async def add_outcome(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write what the poll showed when it closed."""
    await db.execute(insert(PollOutcome).values(**values))


async def add_decision(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write what a body decided."""
    await db.execute(insert(PollDecision).values(**values))


async def add_template(db: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Keep a poll that comes again; its key."""
    found = await db.execute(insert(PollTemplate).values(**values).returning(PollTemplate.id))
    return found.scalar_one()


async def forget_template(db: AsyncConnection, template_id: int, now: Any) -> bool:
    """Take a template away; False when there is none."""
    found = await db.execute(_FORGET_TEMPLATE, {"id": template_id, "now": now})
    return found.scalar_one_or_none() is not None


_PLEDGE = text("""
INSERT INTO funding_lines (activity_id, poll_answer_id, source, kind, amount, state,
  organisation_id)
VALUES (:activity_id, :answer_id, :source, :kind, :amount, 'pledged', :organisation_id)
ON CONFLICT (poll_answer_id) DO NOTHING RETURNING id
""")
_UNPLEDGE = text("""
DELETE FROM funding_lines l USING poll_answers a JOIN poll_voters v ON v.id = a.voter_id
WHERE l.poll_answer_id = a.id AND v.poll_id = :poll_id AND NOT a.id = ANY(:but)
RETURNING l.id
""")


async def write_pledge(db: AsyncConnection, values: Mapping[str, Any]) -> bool:
    """Write an accepted answer as a funding line of the activity; False when it was one."""
    return (await db.execute(_PLEDGE, values)).scalar_one_or_none() is not None


async def take_back_pledges(db: AsyncConnection, poll_id: int, but: Sequence[int]) -> int:
    """Take away the poll's funding lines, but those of the answers in `but`; how many."""
    found = await db.execute(_UNPLEDGE, {"poll_id": poll_id, "but": list(but)})
    return len(found.all())

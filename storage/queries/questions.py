"""What answers to questions look up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True)
class NamedPerson:
    """A person as questions name them."""

    id: int
    email: str
    name: str
    organisations: list[str] | None
    is_manager: bool


_PEOPLE_BY_NAME = text("""
SELECT p.id, p.email, p.name, array_agg(DISTINCT o.name) AS organisations,
       EXISTS (SELECT FROM post_holdings h JOIN posts x ON x.id = h.post_id
         WHERE h.person_id = p.id AND x.kind = 'manager' AND h.starts_on <= :today
           AND (h.ends_on IS NULL OR h.ends_on > :today)) AS is_manager
FROM people p
JOIN employments e ON e.person_id = p.id AND e.starts_on <= :today
  AND (e.ends_on IS NULL OR e.ends_on > :today)
JOIN organisations o ON o.id = e.organisation_id
GROUP BY p.id ORDER BY p.id
""")
_SYNONYMS = text("SELECT phrase, means FROM question_synonyms ORDER BY phrase")
_SYNONYMS_LISTED = text("""
SELECT s.id, s.phrase, s.means, p.name AS made_by, s.made_at, count(*) OVER () AS total
FROM question_synonyms s JOIN people p ON p.id = s.made_by
ORDER BY s.phrase LIMIT :most OFFSET :skip
""")
_SYNONYM_BY_KEY = text("SELECT phrase FROM question_synonyms WHERE id = :id")
_LAST = text("""
SELECT intent, filters, skip, asked_at FROM last_questions
WHERE person_id = :person_id AND conversation_id = :conversation_id AND asked_at > :since
""")
_ASKED = text("""
INSERT INTO last_questions (person_id, conversation_id, intent, filters, skip, asked_at)
VALUES (:person_id, :conversation_id, :intent, CAST(:filters AS jsonb), :skip, :now)
ON CONFLICT (person_id, conversation_id) DO UPDATE SET intent = excluded.intent,
  filters = excluded.filters, skip = excluded.skip, asked_at = excluded.asked_at
""")
_UNANSWERED = text("""
INSERT INTO unanswered_questions (words, reason, first_at, last_at)
VALUES (:words, :reason, :now, :now)
ON CONFLICT (words) WHERE settled_at IS NULL DO UPDATE SET
  times = unanswered_questions.times + 1, last_at = excluded.last_at, reason = excluded.reason
""")
_LISTED = text("""
SELECT id, words, reason, times, last_at, count(*) OVER () AS total FROM unanswered_questions
WHERE settled_at IS NULL ORDER BY times DESC, last_at DESC, id LIMIT :most OFFSET :skip
""")
_SETTLED = text("""
UPDATE unanswered_questions SET settled_at = :now WHERE id = :id AND settled_at IS NULL
RETURNING words
""")
_SYNONYM_KEPT = text("""
WITH kept AS (
  INSERT INTO question_synonyms (phrase, means, made_by, made_at)
  VALUES (:phrase, :means, :person_id, :now)
  ON CONFLICT (phrase) DO UPDATE SET means = excluded.means, made_by = excluded.made_by,
    made_at = excluded.made_at
  RETURNING id
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, :person_id, 'person', 'keep', 'question_synonym', id, '{means}', :platform FROM kept
""")
_SYNONYM_FORGOTTEN = text("""
WITH gone AS (DELETE FROM question_synonyms WHERE phrase = :phrase RETURNING id, means),
audit AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  SELECT :now, :person_id, 'person', 'forget', 'question_synonym', id, '{means}', :platform
  FROM gone
)
SELECT means FROM gone
""")


async def people_by_name(db: AsyncConnection, today: date) -> list[NamedPerson]:
    """Everybody who is employed somewhere on the day."""
    found = await db.execute(_PEOPLE_BY_NAME, {"today": today})
    return [NamedPerson(*row) for row in found]


async def synonyms(db: AsyncConnection) -> dict[str, str]:
    """The organisation's own phrases, in plain letters, and what each stands for."""
    return {row.phrase: row.means for row in await db.execute(_SYNONYMS)}


async def synonyms_listed(db: AsyncConnection, most: int, skip: int = 0) -> Sequence[RowMapping]:
    """Synonyms by phrase, with who made them; `total` says how many in all."""
    found = await db.execute(_SYNONYMS_LISTED, {"most": most, "skip": skip})
    return found.mappings().all()


async def phrase_of_synonym(db: AsyncConnection, key: int) -> str | None:
    """The phrase of the synonym with that key."""
    return await db.scalar(_SYNONYM_BY_KEY, {"id": key})


async def last_question(
    db: AsyncConnection, person_id: int, conversation_id: int, since: datetime
) -> RowMapping | None:
    """What the person asked last in the conversation after `since`: intent, filters, skip."""
    values = {"person_id": person_id, "conversation_id": conversation_id, "since": since}
    return (await db.execute(_LAST, values)).mappings().one_or_none()


async def note_question(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Keep a question as the last one: person_id, conversation_id, intent, filters (JSON), skip,
    now."""
    await db.execute(_ASKED, values)


async def note_unanswered(db: AsyncConnection, words: str, reason: str, now: datetime) -> None:
    """Keep that the words were asked and not answered; the same words again are counted."""
    await db.execute(_UNANSWERED, {"words": words, "reason": reason, "now": now})


async def unanswered(db: AsyncConnection, most: int, skip: int = 0) -> Sequence[RowMapping]:
    """What was not answered, the most asked first; `total` says how many in all."""
    return (await db.execute(_LISTED, {"most": most, "skip": skip})).mappings().all()


async def settle_unanswered(db: AsyncConnection, key: int, now: datetime) -> str | None:
    """Take a question off the list; its words, None when it was off already."""
    return await db.scalar(_SETTLED, {"id": key, "now": now})


async def keep_synonym(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write a synonym, or what it now stands for, with its audit line: phrase, means, person_id,
    now, platform."""
    await db.execute(_SYNONYM_KEPT, values)


async def forget_synonym(db: AsyncConnection, values: Mapping[str, Any]) -> str | None:
    """Take a synonym away: phrase, person_id, now, platform. What it stood for; None: there was
    none."""
    return await db.scalar(_SYNONYM_FORGOTTEN, values)

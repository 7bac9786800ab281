"""Writing what is to be said: messages, and which living cards are to be drawn again."""

from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

_PLACE = """
SELECT c.id FROM conversations c
JOIN connections k ON k.id = c.connection_id AND k.closed_at IS NULL
LEFT JOIN accounts a ON a.person_id = c.person_id AND a.platform = k.platform
  AND a.tenant = k.tenant AND a.ended_at IS NULL
LEFT JOIN personal_settings w ON w.person_id = c.person_id AND w.name = 'place'
WHERE s.m #>> '{to,kind}' = 'person' AND c.person_id = (s.m #>> '{to,id}')::bigint
  AND c.closed_at IS NULL
ORDER BY
  (k.platform = w.value ->> 'platform' AND k.tenant = w.value ->> 'tenant'
    AND (k.platform <> 'email' OR s.m #>> '{to,platform}' IS NULL)) IS TRUE DESC,
  (k.platform = s.m #>> '{to,platform}' AND k.tenant = s.m #>> '{to,tenant}') IS TRUE DESC,
  CASE WHEN k.platform = 'email' THEN 1
    WHEN a.id IS NULL OR (k.platform = 'web' AND s.m #> '{to,letter}' <> 'false') THEN 2
    ELSE 0 END,
  a.id IS NULL, a.last_used_at DESC NULLS LAST, c.id LIMIT 1
"""
"""The one place of a person: what they chose (what answers them where they act goes by no mail),
else the place near, else where they can be reached: a chat that they have been in (for letters
that is Slack or Teams), else mail, else a chat that waits for them. docs/email.md tells it."""

_STILL_HERE = """
coalesce((SELECT bool_or(e.ends_on IS NULL
    OR e.ends_on > (CAST(:outbox AS jsonb) ->> 'today')::date)
  FROM employments e WHERE e.person_id = c.person_id), true)
"""
"""That the person is employed, or never was. An aggregate, as `OFFSET 0` below, so that each is
looked up by its key: of few messages among many people, no table is read through."""

_STOPPED = """
coalesce(c.person_id IS NOT NULL AND EXISTS (
  SELECT FROM personal_settings w JOIN connections k ON k.id = c.connection_id
  WHERE w.person_id = c.person_id AND w.name = 'mail_stops' AND k.platform = 'email'
    AND w.value @> (s.m #> '{to,letter}')), false)
"""
"""That the person has stopped such letters by mail."""


def stops(person: str, letter: str) -> str:
    """SQL: that a letter of the kind to the person (a column) is not written, since their place is
    mail and they have stopped it there."""
    return f"""
EXISTS (
  SELECT FROM (SELECT jsonb_build_object('to', jsonb_build_object(
    'kind', 'person', 'id', {person}, 'letter', '{letter}')) AS m
    WHERE EXISTS (SELECT FROM personal_settings y WHERE y.person_id = {person}
      AND y.name = 'mail_stops' AND y.value @> '"{letter}"')) s
  CROSS JOIN LATERAL ({_PLACE}) t JOIN conversations c ON c.id = t.id WHERE {_STOPPED})
"""


MESSAGES = f"""
said AS (
  SELECT m.ordinality AS n, m.value AS m
  FROM jsonb_array_elements(CAST(:outbox AS jsonb) -> 'messages') WITH ORDINALITY m
), targets AS (
  SELECT s.n, s.m, c.id AS conversation_id, c.language, {_STOPPED} AS stopped
  FROM said s
  CROSS JOIN LATERAL (
    SELECT b.conversation_id AS id FROM channel_bindings b
      WHERE s.m #>> '{{to,kind}}' = 'body' AND b.body_id = (s.m #>> '{{to,id}}')::bigint
    UNION
    SELECT b.conversation_id FROM channel_bindings b JOIN posts p ON p.id = b.post_id
      WHERE s.m #>> '{{to,kind}}' = 'post' AND p.kind = s.m #>> '{{to,name}}'
    UNION
    ({_PLACE})
    UNION
    SELECT (s.m #>> '{{to,id}}')::bigint WHERE s.m #>> '{{to,kind}}' = 'conversation'
  ) t
  CROSS JOIN LATERAL (
    SELECT * FROM conversations k WHERE k.id = t.id AND k.closed_at IS NULL OFFSET 0) c
  WHERE (s.m #>> '{{to,kind}}' <> 'person' OR CAST(:outbox AS jsonb) ->> 'today' IS NULL
    OR {_STILL_HERE})
  AND (s.m ->> 'by_mail' IS NULL OR (s.m ->> 'by_mail')::boolean = EXISTS (
    SELECT FROM connections k WHERE k.id = c.connection_id AND k.platform = 'email'))
), messages_written AS (
  INSERT INTO messages
    (conversation_id, view, urgency, due_at, expires_at, thread, thread_card_id, letter)
  SELECT t.conversation_id, coalesce(t.m #> ARRAY['views', t.language], t.m #> '{{views,sv}}'),
         (t.m ->> 'urgency')::smallint, (t.m ->> 'due_at')::timestamptz,
         (t.m ->> 'expires_at')::timestamptz, t.m ->> 'thread',
         (SELECT p.id FROM posted_cards p WHERE p.conversation_id = t.conversation_id
            AND p.kind = t.m ->> 'card_kind' AND p.subject_id = (t.m ->> 'card_subject')::bigint
            AND p.struck_at IS NULL),
         nullif(nullif(t.m #>> '{{to,letter}}', 'true'), 'false')
  FROM targets t WHERE NOT t.stopped ORDER BY t.n, t.conversation_id
  RETURNING id
)"""

CARDS = """
raised AS (
  SELECT c ->> 'kind' AS kind, (c ->> 'subject')::bigint AS subject_id, c -> 'bodies' AS bodies,
    c -> 'posts' AS posts
  FROM jsonb_array_elements(CAST(:outbox AS jsonb) -> 'cards') c
), shown_in AS (
  SELECT p.conversation_id, r.kind, r.subject_id
  FROM raised r JOIN posted_cards p ON p.kind = r.kind AND p.subject_id = r.subject_id
    AND p.struck_at IS NULL AND NOT p.withdrawn
  UNION
  SELECT b.conversation_id, r.kind, r.subject_id
  FROM raised r
  JOIN channel_bindings b
    ON b.body_id IN (SELECT v::bigint FROM jsonb_array_elements_text(r.bodies) v)
    OR b.post_id IN (SELECT o.id FROM posts o
      JOIN jsonb_array_elements_text(r.posts) v ON v = o.kind)
  JOIN conversations c ON c.id = b.conversation_id AND c.closed_at IS NULL
), cards_written AS (
  INSERT INTO posted_cards (conversation_id, kind, subject_id)
  SELECT conversation_id, kind, subject_id FROM shown_in
  ORDER BY conversation_id, kind, subject_id
  ON CONFLICT (conversation_id, kind, subject_id) WHERE struck_at IS NULL
  DO UPDATE SET wanted = posted_cards.wanted + 1, withdrawn = false
  RETURNING id
)"""
"""Cards are raised in one order everywhere, or transactions that raise the same ones deadlock."""

CHANNEL = "samspel_outbox"
NOTIFY = f"pg_notify('{CHANNEL}', '')"

_WRITE = text(
    f"WITH {MESSAGES}, {CARDS} "
    "SELECT (SELECT count(*) FROM targets WHERE stopped), (SELECT count(*) FROM messages_written), "
    f"(SELECT count(*) FROM cards_written), {NOTIFY}"
).bindparams(bindparam("outbox", type_=JSONB))


async def write(db: AsyncConnection, outbox: dict[str, Any]) -> int:
    """Write messages and raise cards (`Outbox.to_write`), and wake delivery at commit.

    How many letters were not written, since the people they are for have stopped them.
    """
    return int((await db.execute(_WRITE, {"outbox": outbox})).one()[0])

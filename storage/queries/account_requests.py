"""Accounts that ask to be linked to a person, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.accounts import EMPLOYED, By, Key

Outcome = Literal["linked", "refused"] | None
"""What became of a request; None: it waits."""

Unmailed = Literal["failed", "not_set_up"]
"""Why no link was sent: the mail could not be, or there is no mail server or address of ours."""

_CLAIMED = text(f"""
SELECT p.id, p.name, p.email FROM people p
WHERE p.email = :email AND EXISTS (
  SELECT FROM employments e JOIN organisations o ON o.id = e.organisation_id
  WHERE e.person_id = p.id AND {EMPLOYED} AND lower(o.name) = ANY(:organisations)
    AND (o.ended_on IS NULL OR o.ended_on > :today))
""")
_BEFORE = text("""
SELECT id, person_id, outcome, asked_at, token_hash IS NOT NULL AS mailed FROM account_requests
WHERE platform = :platform AND tenant = :tenant AND user_id = :user_id
FOR NO KEY UPDATE
""")
_ASK = text("""
INSERT INTO account_requests
  (platform, tenant, user_id, person_id, name, language, address, route, place, token_hash,
   asked_at, expires_at)
VALUES
  (:platform, :tenant, :user_id, :person_id, :name, :language, :address, :route, :place,
   :token_hash, :now, :expires_at)
ON CONFLICT (platform, tenant, user_id) DO UPDATE SET
  person_id = excluded.person_id, name = excluded.name, language = excluded.language,
  address = excluded.address, route = excluded.route, place = excluded.place,
  token_hash = excluded.token_hash,
  asked_at = excluded.asked_at, expires_at = excluded.expires_at, unmailed = NULL,
  outcome = NULL, settled_at = NULL, settled_by = NULL
WHERE account_requests.outcome IS NOT NULL OR account_requests.asked_at <= :asked_before
RETURNING id
""")
_NOT_MAILED = text("""
UPDATE account_requests SET token_hash = NULL, unmailed = :why
WHERE id = :request AND token_hash = :token_hash AND outcome IS NULL
RETURNING id
""")
_REFUSE = text("""
WITH refused AS (
  UPDATE account_requests
  SET outcome = 'refused', settled_at = :now, settled_by = :by, token_hash = NULL
  WHERE id = :request AND person_id = :person AND outcome IS NULL RETURNING id, name
), line AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  SELECT :now, :done_by, 'person', 'refused', 'account_request', id, '{outcome}', :source
  FROM refused
)
SELECT name FROM refused
""")

_REQUEST = f"""
SELECT r.id, r.name, r.platform, coalesce(nullif(r.place, ''), r.tenant) AS place, r.asked_at,
  r.expires_at, r.unmailed, r.outcome, r.settled_at, p.id AS person_id, p.name AS person, p.email,
  ARRAY(SELECT coalesce(o.name, a.user_id) FROM accounts a
   LEFT JOIN account_requests o ON o.platform = a.platform AND o.tenant = a.tenant
     AND o.user_id = a.user_id
   WHERE a.person_id = p.id AND a.platform = r.platform AND a.tenant = r.tenant
     AND a.user_id <> r.user_id AND a.ended_at IS NULL ORDER BY a.id) AS others,
  coalesce((SELECT string_agg(o.name, ', ' ORDER BY o.name) FROM employments e
   JOIN organisations o ON o.id = e.organisation_id
   WHERE e.person_id = p.id AND {EMPLOYED}), '') AS organisations
FROM account_requests r JOIN people p ON p.id = r.person_id
"""
_BY_ID = text(f"{_REQUEST} WHERE r.id = :request")
_LISTED = text(f"""
{_REQUEST} WHERE r.outcome IS NOT DISTINCT FROM CAST(:outcome AS text)
ORDER BY r.token_hash IS NOT NULL, r.asked_at DESC, r.id DESC LIMIT :most OFFSET :skip
""")
_COUNT = text("""
SELECT count(*) FROM account_requests WHERE outcome IS NOT DISTINCT FROM CAST(:outcome AS text)
""")

_BY_LINK = "r.token_hash = :token_hash AND r.outcome IS NULL AND r.expires_at > :now"
_BY_KEY = "r.id = :request AND r.person_id = :person AND r.outcome IS DISTINCT FROM 'linked'"
_MAY_BE_LINKED = f"""
EXISTS (SELECT FROM employments e WHERE e.person_id = r.person_id AND {EMPLOYED})
AND NOT EXISTS (
  SELECT FROM accounts a WHERE a.platform = r.platform AND a.tenant = r.tenant
    AND a.user_id = r.user_id AND a.ended_at IS NULL AND a.person_id <> r.person_id)
"""
_ASKED_BY_LINK = text(f"""
SELECT r.name, r.platform, r.tenant, r.language, p.name AS person, p.email
FROM account_requests r JOIN people p ON p.id = r.person_id
WHERE {_BY_LINK} AND {_MAY_BE_LINKED}
""")

_LINES = """
  SELECT :now, coalesce(CAST(:done_by AS bigint), l.person_id), 'person', 'linked', 'account', a.id,
    ARRAY['person_id'], :source
  FROM linking l, account a
  UNION ALL
  SELECT :now, id, 'account', 'set_language', 'person', id, ARRAY['language'], :source FROM speaker
"""
"""Of a linked account, and of the language that a person speaks since."""


def _link(which: str) -> str:
    """Link the account of a request. Its private chat speaks what the person speaks.

    That is English from the first account of theirs in a chat whose profile is English, unless
    they have chosen a language: then there is an audit line that says so.
    """
    return f"""
WITH request AS (
  UPDATE account_requests r
  SET outcome = 'linked', settled_at = :now, settled_by = :by, token_hash = NULL
  WHERE {which} AND {_MAY_BE_LINKED}
  RETURNING r.*
), linking AS (
  SELECT r.*, p.name AS person, p.language AS spoken_before,
    CASE WHEN r.language = 'sv' OR EXISTS (
        SELECT FROM accounts a WHERE a.person_id = p.id AND a.platform <> 'web'
      ) OR EXISTS (
        SELECT FROM audit_lines l
        WHERE l.thing = 'person' AND l.thing_id = p.id AND 'language' = ANY(l.fields))
      THEN p.language ELSE 'en' END AS spoken
  FROM request r JOIN people p ON p.id = r.person_id
), account AS (
  INSERT INTO accounts (person_id, platform, tenant, user_id, linked_at, linked_by)
  SELECT person_id, platform, tenant, user_id, :now, :by FROM linking
  ON CONFLICT (platform, tenant, user_id) DO UPDATE SET person_id = excluded.person_id,
    linked_at = excluded.linked_at, linked_by = excluded.linked_by, ended_at = NULL,
    last_used_at = NULL
  RETURNING id
), connected AS (
  INSERT INTO connections (platform, tenant) SELECT platform, tenant FROM linking
  ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant RETURNING id
), room AS (
  INSERT INTO conversations
    (connection_id, kind, address, route, name, language, person_id, opened_at)
  SELECT k.id, 'private', l.address, l.route, l.person, l.spoken, l.person_id, :now
  FROM linking l, connected k WHERE l.address <> ''
  ON CONFLICT (connection_id, address) DO UPDATE SET name = excluded.name,
    route = excluded.route, language = excluded.language, person_id = excluded.person_id,
    opened_at = excluded.opened_at, closed_at = NULL, next_try_at = NULL, failing_since = NULL,
    failures = 0
  WHERE conversations.kind = 'private'
  RETURNING id
), speaker AS (
  UPDATE people SET language = l.spoken FROM linking l
  WHERE people.id = l.person_id AND l.spoken <> l.spoken_before RETURNING people.id
), grown AS (
  INSERT INTO revisions (name, number) SELECT 'plan', 1 FROM room
  ON CONFLICT (name) DO UPDATE SET number = revisions.number + 1
), lines AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  {_LINES}
)
SELECT l.id AS request_id, a.id AS account_id, l.person_id, l.person, l.platform, l.tenant, l.name,
  l.spoken, (SELECT id FROM room) AS conversation_id
FROM linking l, account a
"""


_LINK_ASKED = text(_link(_BY_LINK))
_LINK_FOR = text(_link(_BY_KEY))


@dataclass(frozen=True)
class Request:
    """An account that asks to be linked, and whose it says it is.

    `name` is what the platform calls it, `place` what its house is called there. `others` are
    accounts that the person has in the same place already. `organisations` are where the person
    works today, in one line.
    """

    id: int
    name: str
    platform: str
    place: str
    asked_at: datetime
    expires_at: datetime
    unmailed: Unmailed | None
    outcome: Outcome
    settled_at: datetime | None
    person_id: int
    person: str
    email: str
    others: Sequence[str]
    organisations: str


async def person_claimed(
    db: AsyncConnection, email: str, organisations: Sequence[str], today: date
) -> RowMapping | None:
    """Whoever has that address in the directory and works at one of `organisations` today.

    Names of organisations in lower case.
    """
    values = {"email": email, "organisations": list(organisations), "today": today}
    return (await db.execute(_CLAIMED, values)).mappings().one_or_none()


async def asked_before(db: AsyncConnection, key: Key) -> RowMapping | None:
    """The account's request, held until the transaction ends."""
    return (await db.execute(_BEFORE, vars(key))).mappings().one_or_none()


async def ask(
    db: AsyncConnection,
    key: Key,
    *,
    person_id: int,
    name: str,
    language: str,
    address: str,
    route: str | None,
    place: str,
    token_hash: bytes,
    now: datetime,
    expires_at: datetime,
    asked_before: datetime,
) -> int | None:
    """Keep that the account asks to be linked, in place of what it asked before.

    None when it has an open request that was made after `asked_before`.
    """
    values = vars(key) | {
        "person_id": person_id,
        "name": name,
        "language": language,
        "address": address,
        "route": route,
        "place": place,
        "token_hash": token_hash,
        "now": now,
        "expires_at": expires_at,
        "asked_before": asked_before,
    }
    return await db.scalar(_ASK, values)


async def not_mailed(db: AsyncConnection, request: int, token_hash: bytes, why: Unmailed) -> bool:
    """Nobody has the link, so it opens nothing. False: the request is settled or newer."""
    values = {"request": request, "token_hash": token_hash, "why": why}
    return await db.scalar(_NOT_MAILED, values) is not None


async def asked_by_link(
    db: AsyncConnection, token_hash: bytes, now: datetime, today: date
) -> RowMapping | None:
    """The request that the link would confirm; changes nothing. None: it confirms none."""
    values = {"token_hash": token_hash, "now": now, "today": today}
    return (await db.execute(_ASKED_BY_LINK, values)).mappings().one_or_none()


async def link_asked(
    db: AsyncConnection, token_hash: bytes, now: datetime, today: date
) -> RowMapping | None:
    """Use the link up and link the account; None when it is used, too old, unknown or replaced.

    None too when the person works nowhere today, or the account is somebody else's.
    """
    values = {"token_hash": token_hash, "now": now, "today": today}
    who = {"by": "mail", "done_by": None, "source": "mail"}
    return (await db.execute(_LINK_ASKED, values | who)).mappings().one_or_none()


async def link_for(
    db: AsyncConnection, request: int, person: int, by: By, today: date
) -> RowMapping | None:
    """Link the account of a request for that person, also one that was refused; None as above."""
    values = {"request": request, "person": person, "now": by.now, "today": today}
    who = {"by": "administrator", "done_by": by.person_id, "source": by.source}
    return (await db.execute(_LINK_FOR, values | who)).mappings().one_or_none()


async def refuse(db: AsyncConnection, request: int, person: int, by: By) -> str | None:
    """Refuse an open request for that person: the account's name; None when there is none."""
    values = {"request": request, "person": person, "now": by.now, "by": "administrator"}
    return await db.scalar(_REFUSE, values | {"done_by": by.person_id, "source": by.source})


async def request(db: AsyncConnection, request_id: int, today: date) -> Request | None:
    """One request, whatever became of it."""
    found = await db.execute(_BY_ID, {"request": request_id, "today": today})
    row = found.mappings().one_or_none()
    return Request(**row) if row else None


async def requests(
    db: AsyncConnection, outcome: Outcome, today: date, *, most: int, skip: int
) -> list[Request]:
    """Requests that wait, or were refused: first those that only an administrator can settle."""
    values = {"outcome": outcome, "today": today, "most": most, "skip": skip}
    return [Request(**row) for row in (await db.execute(_LISTED, values)).mappings()]


async def how_many(db: AsyncConnection, outcome: Outcome) -> int:
    """How many requests wait, or were refused and not asked again."""
    return cast("int", await db.scalar(_COUNT, {"outcome": outcome}))

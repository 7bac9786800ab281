"""Accounts that ask to be linked to a person, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.accounts import EMPLOYED, By, Key

Outcome = Literal["refused"] | None
"""What became of a request; None: it waits."""

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
  (platform, tenant, user_id, person_id, name, language, address, token_hash, asked_at, expires_at)
VALUES
  (:platform, :tenant, :user_id, :person_id, :name, :language, :address, :token_hash, :now,
   :expires_at)
ON CONFLICT (platform, tenant, user_id) DO UPDATE SET
  person_id = excluded.person_id, name = excluded.name, language = excluded.language,
  address = excluded.address, token_hash = excluded.token_hash, asked_at = excluded.asked_at,
  expires_at = excluded.expires_at, outcome = NULL, settled_at = NULL, settled_by = NULL
WHERE account_requests.outcome IS NOT NULL OR account_requests.asked_at <= :asked_before
RETURNING id
""")
_NOT_MAILED = text("""
UPDATE account_requests SET token_hash = NULL
WHERE id = :request AND token_hash = :token_hash AND outcome IS NULL
RETURNING id
""")
_TO_ASK = text("""
SELECT DISTINCT p.id, p.name, p.email FROM people p JOIN roles r ON r.person_id = p.id
WHERE r.role = 'administrator' AND r.starts_on <= :today
  AND (r.ends_on IS NULL OR r.ends_on > :today)
ORDER BY p.name, p.id LIMIT 5
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
SELECT r.id, r.name, r.platform, r.tenant, r.asked_at, r.expires_at,
  r.token_hash IS NOT NULL AS mailed, p.id AS person_id, p.name AS person, p.email,
  coalesce((SELECT string_agg(o.name, ', ' ORDER BY o.name) FROM employments e
   JOIN organisations o ON o.id = e.organisation_id
   WHERE e.person_id = p.id AND {EMPLOYED}), '') AS organisations
FROM account_requests r JOIN people p ON p.id = r.person_id
"""
_BY_ID = text(f"{_REQUEST} WHERE r.id = :request")
_LISTED = text(f"""
{_REQUEST} WHERE r.outcome IS NOT DISTINCT FROM CAST(:outcome AS text)
ORDER BY mailed, r.asked_at DESC, r.id DESC LIMIT :most OFFSET :skip
""")
_COUNT = text("""
SELECT count(*) FROM account_requests WHERE outcome IS NOT DISTINCT FROM CAST(:outcome AS text)
""")


@dataclass(frozen=True)
class Request:
    """An account that asks to be linked, and whose it says it is.

    `name` is what the platform calls it. `mailed`: a link was sent that nobody has used.
    `organisations` are where the person works today, in one line.
    """

    id: int
    name: str
    platform: str
    tenant: str
    asked_at: datetime
    expires_at: datetime
    mailed: bool
    person_id: int
    person: str
    email: str
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
        "token_hash": token_hash,
        "now": now,
        "expires_at": expires_at,
        "asked_before": asked_before,
    }
    return await db.scalar(_ASK, values)


async def not_mailed(db: AsyncConnection, request: int, token_hash: bytes) -> bool:
    """Nobody has the link, so it opens nothing. False: the request is settled or newer."""
    values = {"request": request, "token_hash": token_hash}
    return await db.scalar(_NOT_MAILED, values) is not None


async def administrators_to_ask(db: AsyncConnection, today: date) -> Sequence[RowMapping]:
    """At most five administrators of today: key, name and address."""
    return (await db.execute(_TO_ASK, {"today": today})).mappings().all()


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

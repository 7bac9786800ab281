"""A platform's installations, the one-time links they begin from, and installs under way."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models.base import Json

_SECRET = text("""
SELECT i.secret FROM installations i JOIN connections k ON k.id = i.connection_id
WHERE k.platform = :platform AND k.tenant = :tenant AND i.ended_at IS NULL
""")
_TENANTS = text("""
SELECT k.tenant FROM installations i JOIN connections k ON k.id = i.connection_id
WHERE k.platform = :platform AND i.ended_at IS NULL ORDER BY k.tenant
""")
_KEEP = text("""
WITH kept AS (
  INSERT INTO installations (connection_id, secret, details, installed_at)
  SELECT id, :secret, :details, :now FROM connections
  WHERE platform = :platform AND tenant = :tenant
  ON CONFLICT (connection_id) DO UPDATE SET secret = excluded.secret, details = excluded.details,
    installed_at = excluded.installed_at, ended_at = NULL
  RETURNING id
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, NULL, :by, 'installed', 'installation', id, '{}', :platform FROM kept
""").bindparams(bindparam("details", type_=JSONB))
_END = text("""
WITH ended AS (
  UPDATE installations i SET ended_at = :now FROM connections k
  WHERE k.id = i.connection_id AND k.platform = :platform AND k.tenant = :tenant
    AND i.ended_at IS NULL
  RETURNING i.id
), line AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  SELECT :now, NULL, :platform, 'uninstalled', 'installation', id, '{}', :platform FROM ended
)
SELECT count(*) FROM ended
""")
_ALL_SECRETS = text("SELECT id, secret FROM installations ORDER BY id FOR UPDATE")
_REPLACE_SECRET = text("UPDATE installations SET secret = :secret WHERE id = :id")
_MAKE_LINK = text("""
WITH made AS (
  INSERT INTO install_links (platform, token_hash, made_by, created_at, expires_at)
  VALUES (:platform, :token_hash, :made_by, :now, :expires_at) RETURNING id
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, NULL, :made_by, 'made', 'install_link', id, '{}', 'cli' FROM made
""")
_LINK_HOLDS = text("""
SELECT EXISTS (SELECT FROM install_links WHERE platform = :platform
  AND token_hash = :token_hash AND used_at IS NULL AND expires_at > :now)
""")
_SPEND_LINK = text("""
UPDATE install_links SET used_at = :now
WHERE platform = :platform AND token_hash = :token_hash AND used_at IS NULL AND expires_at > :now
RETURNING made_by
""")
_BEGIN = text("""
INSERT INTO sign_in_states (purpose, state_hash, browser_hash, details, created_at, expires_at)
VALUES (:purpose, :state_hash, :browser_hash, :details, :now, :expires_at)
""").bindparams(bindparam("details", type_=JSONB))
_FINISH = text("""
UPDATE sign_in_states SET used_at = :now
WHERE purpose = :purpose AND state_hash = :state_hash AND browser_hash = :browser_hash
  AND used_at IS NULL AND expires_at > :now
RETURNING details
""")


async def living_secret(db: AsyncConnection, platform: str, tenant: str) -> bytes | None:
    """The encrypted secret of the installation there; None when there is none, or it has ended."""
    return await db.scalar(_SECRET, {"platform": platform, "tenant": tenant})


async def installed_tenants(db: AsyncConnection, platform: str) -> tuple[str, ...]:
    """Where the platform has an installation that lives."""
    return tuple((await db.scalars(_TENANTS, {"platform": platform})).all())


async def keep_installation(
    db: AsyncConnection,
    platform: str,
    tenant: str,
    *,
    secret: bytes,
    details: Json,
    by: str,
    now: datetime,
) -> None:
    """Keep an installation of a connection there is, in place of any before it, and audit it."""
    values = {"platform": platform, "tenant": tenant, "secret": secret, "details": details}
    await db.execute(_KEEP, {**values, "by": by, "now": now})


async def end_installation(db: AsyncConnection, platform: str, tenant: str, now: datetime) -> bool:
    """Note that the platform took the installation away; False when none lived."""
    values = {"platform": platform, "tenant": tenant, "now": now}
    return bool(await db.scalar(_END, values))


async def all_secrets(db: AsyncConnection) -> Sequence[Row[int, bytes]]:
    """Key and encrypted secret of every installation, ended ones too, locked until commit."""
    return (await db.execute(_ALL_SECRETS)).all()


async def replace_secret(db: AsyncConnection, installation_id: int, secret: bytes) -> None:
    """Keep the same secret, encrypted anew."""
    await db.execute(_REPLACE_SECRET, {"id": installation_id, "secret": secret})


async def make_install_link(
    db: AsyncConnection,
    platform: str,
    *,
    token_hash: bytes,
    made_by: str,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Keep a one-time link to install by, and who made it."""
    values = {"platform": platform, "token_hash": token_hash, "made_by": made_by}
    await db.execute(_MAKE_LINK, {**values, "now": now, "expires_at": expires_at})


async def install_link_holds(
    db: AsyncConnection, platform: str, token_hash: bytes, now: datetime
) -> bool:
    """Whether the link can still be used; changes nothing."""
    values = {"platform": platform, "token_hash": token_hash, "now": now}
    return bool(await db.scalar(_LINK_HOLDS, values))


async def spend_install_link(
    db: AsyncConnection, platform: str, token_hash: bytes, now: datetime
) -> str | None:
    """Use the link up; who made it, or None when it is used, too old or unknown."""
    values = {"platform": platform, "token_hash": token_hash, "now": now}
    return await db.scalar(_SPEND_LINK, values)


async def begin_in_browser(
    db: AsyncConnection,
    purpose: str,
    *,
    state_hash: bytes,
    browser_hash: bytes,
    details: Json,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Remember what was begun in a browser, to be finished once and in that browser."""
    values = {"purpose": purpose, "state_hash": state_hash, "browser_hash": browser_hash}
    await db.execute(_BEGIN, {**values, "details": details, "now": now, "expires_at": expires_at})


async def finish_in_browser(
    db: AsyncConnection, purpose: str, *, state_hash: bytes, browser_hash: bytes, now: datetime
) -> Json | None:
    """What was begun, used up; None when it is used, too old, unknown or another browser's."""
    values = {"purpose": purpose, "state_hash": state_hash, "browser_hash": browser_hash}
    return await db.scalar(_FINISH, {**values, "now": now})

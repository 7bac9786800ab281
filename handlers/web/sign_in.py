"""Signing in: by a one-time link, and who a browser is from then on."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.tokens import hashed, new_secret
from handlers.web.security import SESSION_DAYS
from storage.queries import web_access

LINK_MINUTES = 15
LETTER_DAYS = 1
"""How long whoever comes by a mail's link is signed in: the mail may be read by others later."""


class NobodyThere(Exception):
    """Nobody in the directory has that address."""


class SignedIn(NamedTuple):
    """A browser that has been signed in: what its cookie holds, once and never again."""

    secret: str
    person_id: int


async def make_sign_in_link(
    db: AsyncConnection, person_email: str, now: datetime, made_by: str
) -> str:
    """A token that signs that person in once within 15 minutes, at `/logga-in/lank/TOKEN`.

    Only its hash is kept. NobodyThere when the directory lacks the address.
    """
    token = new_secret()
    made = await web_access.make_link(
        db,
        email=person_email.strip(),
        token_hash=hashed(token),
        made_by=made_by,
        now=now,
        expires_at=now + timedelta(minutes=LINK_MINUTES),
    )
    if not made:
        raise NobodyThere(person_email)
    return token


async def spend_link(db: AsyncConnection, token: str, now: datetime) -> SignedIn | None:
    """Sign in by a link; None when it is used, too old or unknown, or the account has ended."""
    person_id = await web_access.spend_link(db, hashed(token), now)
    if person_id is None:
        return None
    return await sign_in(db, person_id, now, source="link")


async def sign_in(
    db: AsyncConnection, person_id: int, now: datetime, *, source: str, days: int = SESSION_DAYS
) -> SignedIn | None:
    """Begin a session for that person, with account and private chat made at the first one.

    None when their account has ended."""
    account_id = await web_access.ensure_person(db, person_id, by=source)
    if account_id is None:
        return None
    secret = new_secret()
    await web_access.start_session(
        db,
        account_id=account_id,
        token_hash=hashed(secret),
        now=now,
        expires_at=now + timedelta(days=days),
        source=f"web:{source}",
    )
    return SignedIn(secret, person_id)

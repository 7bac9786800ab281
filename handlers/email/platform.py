"""Mail as delivery knows it: letters to people's addresses, each with a name of its own.

A mail cannot be looked up or changed: what of unknown outcome is sent again bears the same
Message-ID, by which mail programs know it.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage

import aiosmtplib
import structlog

from bot.clock import Clock, in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.views import Card
from bot.delivery import (
    CannotTell,
    CardGone,
    Destination,
    Gone,
    Key,
    NotSent,
    Refused,
    TryLater,
)
from bot.language import _
from bot.mail import MailNotSent
from bot.outbox import Letter
from bot.settings import Settings
from handlers.email.letters import letter, list_headers
from handlers.email.send import Mailer
from handlers.email.smtp import Unencrypted, Unsure, cause_of, code_of
from handlers.letter_links import Stop, entry_path, stop_path
from handlers.secret_keys import SecretKeys
from storage.database import Database
from storage.queries import letters as queries
from storage.queries.letters import Written

log = structlog.get_logger(__name__)

CLOSED_SECONDS = 60.0
"""How long nothing is sent after the server said that it takes no mail now."""
BUSY_SECONDS = 300.0
"""How long a mailbox that was busy, full or unknown to a wary server is left alone."""
BUSY_LASTS = timedelta(days=2)
"""How long a busy mailbox is tried."""
BUSY = (450, 451, 452)
NO_SUCH_MAILBOX = re.compile(r"\b5\.1\.(1|10)\b")
LONGEST_SUBJECT = 80
"""Characters of what has no title."""


class EmailPlatform:
    """Sends what is delivered as mail. Implements `bot.delivery.Platform`."""

    def __init__(
        self, mailer: Mailer, database: Database, settings: Settings, clock: Clock
    ) -> None:
        self._mailer, self._database, self._clock = mailer, database, clock
        self._settings = settings
        self._keys = SecretKeys(settings)

    @property
    def name(self) -> str:
        """As in `connections.platform`."""
        return queries.PLATFORM

    async def send(self, to: Destination, card: Card, *, key: Key, thread: str | None) -> str:
        """Mail a message to the address that its person has now; the reference is its Message-ID.

        Refused when they are here no more, or have stopped such letters since it was written.
        """
        if key.kind == "card":
            raise Refused(_("Levande kort visas inte i mejl."))
        now = self._clock()
        async with self._database.connection() as db:
            written = await queries.written(db, key.id, in_stockholm(now).date())
        if written is None or not written.employed:
            raise Refused(_("Personen har ingen anställning längre."))
        if written.stopped:
            raise Refused(_("Personen har stoppat sådana mejl."))
        message = await self._message(card, written, key, now)
        try:
            await self._mailer.post.hand_over(message, written.email)
        except (aiosmtplib.SMTPException, OSError, ValueError, Unencrypted) as error:
            log.warning("letter_not_sent", error=type(error).__name__, code=code_of(error))
            raise judged(error, now - written.since) from None
        except Unsure as error:
            log.warning("letter_unsure", key=str(key), error=type(error.because).__name__)
            raise
        return str(message["Message-ID"])

    async def _message(self, card: Card, written: Written, key: Key, now: datetime) -> EmailMessage:
        address = self._settings.public_url or None
        stop = self._stop(written)
        shown = letter(
            card,
            lambda path: self._lead(written, path, now),
            stop=(written.letter, stop) if written.letter and stop else None,
            chosen=written.chosen,
            has_chat=written.has_chat,
        )
        subject = card.title or shortened(card.summary, LONGEST_SUBJECT)
        sent_as = f"{key}.{int(written.created_at.timestamp() * 1_000_000)}"
        try:
            return await self._mailer.written(
                written.email,
                subject,
                shown,
                address=address,
                message_id=f"<{sent_as}@{self._mailer.domain}>",
                headers=self._headers(written.letter, stop, address),
            )
        except MailNotSent as error:
            raise Refused(error.cause) from None

    def _headers(
        self, kind: str | None, stop: str | None, address: str | None
    ) -> Mapping[str, str]:
        if kind is None:
            return {}
        page = address.rstrip("/") + stop if address and stop else None
        reply_to = self._settings.mail_reply_to
        return list_headers(kind, page, domain=self._mailer.domain, reply_to=reply_to)

    def _stop(self, written: Written) -> str | None:
        kind: Letter | None = _LETTERS.get(written.letter or "")
        if kind is None or not self._keys.there_are:
            return None
        return stop_path(self._keys, Stop(written.person_id, kind))

    def _lead(self, written: Written, path: str, now: datetime) -> str:
        """A link of the mail; for whom it would let in too much, one that asks who they are."""
        if written.administrator or not self._keys.there_are:
            return path
        return entry_path(self._keys, written.person_id, written.email, path, now)

    async def update(
        self, to: Destination, reference: str, card: Card, *, key: Key, version: int
    ) -> None:
        """What is mailed cannot be changed."""
        raise CardGone

    async def remove(self, to: Destination, reference: str) -> None:
        """What is mailed cannot be taken back: nothing is done."""

    async def find(
        self,
        to: Destination,
        *,
        key: Key,
        since: datetime,
        until: datetime,
        thread: str | None,
    ) -> str | None:
        """A mail server tells nobody what it took: CannotTell."""
        raise CannotTell


_LETTERS: Mapping[str, Letter] = {"digest": "digest", "reminder": "reminder"}


def judged(error: Exception, waited: timedelta) -> Exception:
    """What delivery is told of a mail that surely did not arrive and has waited so long."""
    code = code_of(error)
    cause = cause_of(error)
    if code == 421:
        return TryLater(CLOSED_SECONDS, whole=True)
    if code in BUSY:
        return TryLater(BUSY_SECONDS) if waited < BUSY_LASTS else Refused(cause)
    match error:
        case aiosmtplib.SMTPRecipientRefused(code=code, message=message) if code >= 500:
            gone = code == 550 and NO_SUCH_MAILBOX.search(message)
            return Gone(_("Mejladressen finns inte.")) if gone else Refused(cause)
        case aiosmtplib.SMTPDataError(code=code) if code >= 500:
            return Refused(cause)
        case _:
            return NotSent(cause)

"""Mails: a card written as HTML and text with the headers it needs, and sent."""

import asyncio
import ssl
from collections.abc import Mapping
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.policy import Policy
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any

import aiosmtplib
import structlog

from bot.clock import Clock
from bot.conversations.views import Card
from bot.documents.charts import png
from bot.language import _, language
from bot.mail import MailNotSent
from bot.plain_text import plain_text
from bot.settings import Settings
from handlers.email.render import Letter, content_id, draw_letter
from handlers.email.smtp import Post, Unencrypted, Unsure, cause_of, code_of

log = structlog.get_logger(__name__)


class Mailer:
    """Writes mails, and sends them through the server of the settings. Implements `bot.mail.Mail`.

    `trust` says which certificates are trusted; None: those of the machine.
    """

    def __init__(
        self, settings: Settings, clock: Clock, *, trust: ssl.SSLContext | None = None
    ) -> None:
        self._settings, self._clock = settings, clock
        self.post = Post(settings, trust)

    async def send(self, to: str, subject: str, card: Card, *, address: str | None) -> None:
        """Send `card` in the language spoken now; MailNotSent when it fails or takes too long."""
        message = await self.written(to, subject, card, address=address)
        try:
            await self.post.hand_over(message, to)
        except (aiosmtplib.SMTPException, OSError, ValueError, Unsure, Unencrypted) as error:
            log.warning("mail_not_sent", error=type(error).__name__, code=code_of(error))
            raise MailNotSent(cause_of(error)) from None
        log.info("mail_sent", message=str(message["Message-ID"]))

    @property
    def domain(self) -> str:
        """Where mails are from."""
        return self.post.sender.rpartition("@")[2]

    async def written(
        self,
        to: str,
        subject: str,
        card: Card,
        *,
        address: str | None,
        message_id: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> EmailMessage:
        """The mail, in the language spoken now; MailNotSent when an address is none.

        `headers` are written as they are, on one line each.
        """
        letter = Letter(address)
        html = draw_letter(card, letter)
        message = EmailMessage(policy=POLICY)
        message["From"] = _sender(
            self._settings.mail_from, _("Avsändaren i SAMSPEL_MAIL_FROM är ingen mejladress.")
        )
        message["To"] = _to(to)
        message["Subject"] = one_line(subject)
        message["Date"] = format_datetime(self._clock())
        message["Message-ID"] = message_id or make_msgid(domain=self.domain)
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        if self._settings.mail_reply_to:
            message["Reply-To"] = _sender(
                self._settings.mail_reply_to,
                _("Adressen i SAMSPEL_MAIL_REPLY_TO är ingen mejladress."),
            )
        for name, value in (headers or {}).items():
            message[name] = value
        text = plain_text(card, address)
        message.set_content(text + "\n", cte="quoted-printable")
        message.add_alternative(str(html), subtype="html", cte="quoted-printable")
        # Last: what becomes multipart hands the headers that describe its content down.
        message["Content-Language"] = language()
        await _add_charts(message, letter)
        return message


class _OneLine(UnstructuredHeader, BaseHeader):
    """A header that holds addresses of pages: broken into lines, mail programs find none in it."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _OneLine)
POLICY: Any = SMTP_POLICY.clone(header_factory=_HEADERS)


async def _add_charts(message: EmailMessage, letter: Letter) -> None:
    for nth, chart in enumerate(letter.charts, 1):
        # Drawing takes long enough to be felt by everybody else this process answers.
        picture = await asyncio.to_thread(png, chart, narrow=True)
        html = message.get_payload(1)
        assert isinstance(html, EmailMessage)
        name = content_id(nth)
        html.add_related(
            picture,
            "image",
            "png",
            cid=f"<{name}>",
            filename=f"{name}.png",
            disposition="inline",
        )


def one_line(words: str) -> str:
    """Words for a header: no line break or other control character can begin another one."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _sender(sender: str, wrong: str) -> Address:
    name, address = parseaddr(sender)
    made = _address(address, name)
    if made is None:
        raise MailNotSent(wrong)
    return made


def _to(address: str) -> Address:
    made = _address(address)
    if made is None:
        raise MailNotSent(_("Adressen går inte att skicka mejl till."))
    return made


def _address(address: str, name: str = "") -> Address | None:
    """One plain address, which leaves no room for a second one or for another header."""
    if not address.isascii() or not address.isprintable():
        return None
    try:
        made = Address(one_line(name), addr_spec=address)
    except (ValueError, IndexError):
        return None
    return made if made.domain and made.addr_spec == address else None

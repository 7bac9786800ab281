"""Mail over SMTP with TLS: one connection a mail, and a cause that says nothing it should not."""

import asyncio
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, make_msgid, parseaddr
from ipaddress import ip_address

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

log = structlog.get_logger(__name__)

GOODBYE_SECONDS = 1.0


class Mailer:
    """Sends mail through the server of the settings. Implements `bot.mail.Mail`.

    `trust` says which certificates are trusted; None: those of the machine.
    """

    def __init__(
        self, settings: Settings, clock: Clock, *, trust: ssl.SSLContext | None = None
    ) -> None:
        self._settings, self._clock, self._trust = settings, clock, trust

    async def send(self, to: str, subject: str, card: Card, *, address: str | None) -> None:
        """Send `card` in the language spoken now; MailNotSent when it fails or takes too long."""
        if self._settings.smtp_tls == "none" and not _is_loopback(self._settings.smtp_host or ""):
            raise MailNotSent(
                _("SAMSPEL_SMTP_TLS=none går bara när mejlservern finns på samma maskin.")
            )
        message = await self._message(to, subject, card, address)
        client = self._client()
        try:
            async with asyncio.timeout(self._settings.send_timeout_seconds):
                await client.connect()
                await client.send_message(message, sender=self._sender, recipients=to)
            # It is sent: a server that is slow to say goodbye changes nothing.
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=GOODBYE_SECONDS)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            log.warning("mail_not_sent", error=type(error).__name__, code=_code(error))
            raise MailNotSent(_cause(error)) from None
        finally:
            client.close()
        log.info("mail_sent", message=str(message["Message-ID"]))

    @property
    def _sender(self) -> str:
        return parseaddr(self._settings.mail_from)[1]

    def _client(self) -> aiosmtplib.SMTP:
        settings = self._settings
        password = settings.smtp_password
        return aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_user,
            password=password.get_secret_value() if password else None,
            use_tls=settings.smtp_tls == "tls",
            start_tls=settings.smtp_tls == "starttls",
            timeout=settings.send_timeout_seconds,
            tls_context=self._trust,
        )

    async def _message(
        self, to: str, subject: str, card: Card, address: str | None
    ) -> EmailMessage:
        letter = Letter(address)
        html = draw_letter(card, letter)
        message = EmailMessage(policy=SMTP_POLICY)
        message["From"] = _from(self._settings.mail_from)
        message["To"] = _to(to)
        message["Subject"] = one_line(subject)
        message["Date"] = format_datetime(self._clock())
        message["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        text = plain_text(card, address)
        message.set_content(text + "\n", cte="quoted-printable")
        message.add_alternative(str(html), subtype="html", cte="quoted-printable")
        # Last: what becomes multipart hands the headers that describe its content down.
        message["Content-Language"] = language()
        await _add_charts(message, letter)
        return message


async def _add_charts(message: EmailMessage, letter: Letter) -> None:
    for nth, chart in enumerate(letter.charts, 1):
        # Drawing takes long enough to be felt by everybody else this process answers.
        picture = await asyncio.to_thread(png, chart)
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


def _from(sender: str) -> Address:
    name, address = parseaddr(sender)
    made = _address(address, name)
    if made is None:
        raise MailNotSent(_("Avsändaren i SAMSPEL_MAIL_FROM är ingen mejladress."))
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


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _code(error: Exception) -> int | None:
    return error.code if isinstance(error, aiosmtplib.SMTPResponseException) else None


def _cause(error: Exception) -> str:
    """What went wrong; never the server's own words, which may repeat what it was sent."""
    match error:
        case aiosmtplib.SMTPAuthenticationError():
            return _("Mejlservern godtog inte användarnamnet eller lösenordet.")
        case aiosmtplib.SMTPRecipientRefused() | aiosmtplib.SMTPRecipientsRefused():
            return _("Mejlservern tog inte emot adressen.")
        case aiosmtplib.SMTPSenderRefused():
            return _("Mejlservern godtog inte avsändaren i SAMSPEL_MAIL_FROM.")
        case aiosmtplib.SMTPResponseException(code=code):
            return _("Mejlservern svarade med felkod {code}.", code=code)
        case TimeoutError():
            return _("Mejlservern svarade inte i tid.")
        case ssl.SSLError():
            return _("Mejlserverns certifikat eller kryptering godtogs inte.")
        case _ if isinstance(error.__cause__, ssl.SSLError):
            return _("Mejlserverns certifikat eller kryptering godtogs inte.")
        case ConnectionError() | OSError():
            return _("Mejlservern gick inte att nå.")
        case _:
            return _("Mejlservern kan inte det som inställningarna kräver.")

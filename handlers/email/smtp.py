"""SMTP: one connection a mail, and a cause that says nothing it should not."""

import asyncio
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import parseaddr
from ipaddress import ip_address

import aiosmtplib

from bot.language import _
from bot.settings import Settings

GOODBYE_SECONDS = 1.0
SHARE = 0.9
"""Of the time there is: whoever waits for us is told what happened before they stop waiting."""


class Unsure(Exception):
    """The mail was handed over and the server's answer was lost: it may have arrived.

    `because`: what went wrong.
    """

    def __init__(self, because: Exception) -> None:
        super().__init__(type(because).__name__)
        self.because = because


class Unencrypted(Exception):
    """The settings would have mail go unencrypted to another machine."""


class Post:
    """Hands mails to the server of the settings.

    `trust` says which certificates are trusted; None: those of the machine.
    """

    def __init__(self, settings: Settings, trust: ssl.SSLContext | None = None) -> None:
        self._settings, self._trust = settings, trust

    @property
    def sender(self) -> str:
        """The address that mails are from."""
        return parseaddr(self._settings.mail_from)[1]

    async def hand_over(self, message: EmailMessage, to: str) -> None:
        """Hand a mail to the server for that address, a little within `send_timeout_seconds`.

        Unsure when it may have arrived all the same; whatever else is raised by aiosmtplib or the
        connection, it surely did not.
        """
        if self._settings.smtp_tls == "none" and not _is_loopback(self._settings.smtp_host or ""):
            raise Unencrypted
        seconds = self._settings.send_timeout_seconds * SHARE
        until = asyncio.get_running_loop().time() + seconds
        client = self._client()
        try:
            async with asyncio.timeout_at(until):
                await client.connect()
                await client.mail(self.sender)
                await client.rcpt(to)
            await _given(client, message, until)
            # It is sent: a server that is slow to say goodbye changes nothing.
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=GOODBYE_SECONDS)
        finally:
            client.close()

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


async def _given(client: aiosmtplib.SMTP, message: EmailMessage, until: float) -> None:
    try:
        async with asyncio.timeout_at(until):
            await client.data(message.as_bytes())
    except aiosmtplib.SMTPResponseException:
        raise
    except (aiosmtplib.SMTPException, OSError) as error:
        raise Unsure(error) from None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def code_of(error: Exception) -> int | None:
    """The number that the server answered with."""
    return error.code if isinstance(error, aiosmtplib.SMTPResponseException) else None


def cause_of(error: Exception) -> str:
    """What went wrong; never the server's own words, which may repeat what it was sent."""
    match error:
        case Unencrypted():
            return _("SAMSPEL_SMTP_TLS=none går bara när mejlservern finns på samma maskin.")
        case Unsure():
            return cause_of(error.because)
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

"""What `samspel doctor` finds: one line a check, with what to do about it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.language import _
from bot.settings import Settings, TeamsConnection, Workspace
from storage.queries import set_up

CONNECT_SECONDS = 5.0

CLOCK_WARNING, CLOCK_WRONG = 60, 240
"""Seconds. Five minutes off, Slack's signatures and Microsoft's tokens are refused."""


@dataclass(frozen=True)
class Check:
    """What was looked at and how it was found; the cure when it is not as it should be."""

    level: Literal["ok", "varning", "fel"]
    what: str
    cure: str = ""

    def line(self) -> str:
        """`level; what; cure` on one line, with no other semicolon in it."""
        parts = (self.level, self.what, self.cure or "–")
        return "; ".join(" ".join(part.replace(";", ",").split()) for part in parts)


def fine(what: str) -> Check:
    """All is well."""
    return Check("ok", what)


def warning(what: str, cure: str) -> Check:
    """It works, but somebody should look."""
    return Check("varning", what, cure)


def wrong(what: str, cure: str) -> Check:
    """It does not work."""
    return Check("fel", what, cure)


async def check_mail(settings: Settings) -> AsyncIterator[Check]:
    """Whether the mail server can be reached, and what is mailed leads here; nothing is sent."""
    if settings.smtp_host is None:
        what = _("Ingen e-postserver är inställd")
        cure = _("Sätt SAMSPEL_SMTP_HOST, annars måste en administratör koppla varje konto")
        yield warning(what, cure) if settings.chat_platform_connected else fine(what)
        return
    yield await _mail_server(settings.smtp_host, settings.smtp_port)
    if settings.public_url is None:
        yield wrong(
            _("Länkar i mejl leder ingenstans, så inga mejl skickas"),
            _("Sätt SAMSPEL_PUBLIC_URL till adressen som människor når Samspels sidor på"),
        )
    elif not settings.secret_keys:
        yield warning(
            _("Länkar i mejl kan inte signeras, så de loggar inte in och stoppar inga mejl"),
            _("Gör en nyckel med samspel secrets new-key och sätt SAMSPEL_SECRET_KEYS"),
        )


async def check_registered(
    db: AsyncConnection, name: str, whose: Workspace | TeamsConnection, today: date, setting: str
) -> Check:
    """Whether the directory has the organisations, and people whom it could link from there."""
    unknown = await set_up.unknown_organisations(db, whose.organisations)
    people = await set_up.people_with_addresses(db, whose.organisations, whose.email_domains, today)
    if unknown:
        return wrong(
            _(
                "Organisationer för {workspace} finns inte i katalogen: {names}",
                workspace=name,
                names=", ".join(unknown),
            ),
            _("Rätta {setting} eller importera katalogen", setting=setting),
        )
    if not people:
        return warning(
            _(
                "Ingen i katalogen har en adress som slutar på {domains}",
                domains=", ".join(f"@{domain}" for domain in whose.email_domains),
            ),
            _("Rätta email_domains för {workspace} eller importera katalogen", workspace=name),
        )
    return fine(_("{workspace} är registrerad", workspace=name))


def check_clock(date_header: str | None, who: str, now: datetime) -> Check:
    """Our clock against that of `who`, by the Date header that its answer came with."""
    if date_header is None:
        return warning(
            _("{who} sa inte vad klockan är", who=who),
            _("Kontrollera att serverns klocka går rätt"),
        )
    apart = abs((parsedate_to_datetime(date_header) - now).total_seconds())
    cure = _("Ställ serverns klocka med NTP")
    if apart > CLOCK_WRONG:
        return wrong(_("Serverns klocka går {n} sekunder fel", n=round(apart)), cure)
    if apart > CLOCK_WARNING:
        return warning(_("Serverns klocka går {n} sekunder fel", n=round(apart)), cure)
    return fine(_("Serverns klocka går rätt"))


async def _mail_server(host: str, port: int) -> Check:
    where = f"{host}:{port}"
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            _reader, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError) as error:
        return wrong(
            _("E-postservern {where} går inte att nå: {error}", where=where, error=_said(error)),
            _("Kontrollera SAMSPEL_SMTP_HOST, SAMSPEL_SMTP_PORT och brandväggen"),
        )
    writer.close()
    return fine(_("E-postservern {where} svarar", where=where))


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__

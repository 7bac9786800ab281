"""`samspel doctor`: what Entra, Microsoft's keys and the database say of each connection."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from bot.clock import Clock, in_stockholm
from bot.language import _, short_date
from bot.settings import Settings, TeamsConnection
from handlers.checks import (
    CONNECT_SECONDS,
    Check,
    check_clock,
    check_registered,
    fine,
    warning,
    wrong,
)
from handlers.teams.certificate import read_certificate
from handlers.teams.ids import PLATFORM
from handlers.teams.no_token import CredentialUnusable, EntraUnreachable, NoToken, TokenRefused
from handlers.teams.refusals import cure_of
from handlers.teams.sdk import CloudEnvironment, cloud_of
from handlers.teams.tokens import Tokens
from storage.database import Database
from storage.queries import set_up
from storage.queries.set_up import BoundChannel

RENEW_DAYS = 30
"""So long before it ends, a certificate is worth a word."""

SETTING = "SAMSPEL_TEAMS_CONNECTIONS"


async def check_teams(
    settings: Settings, database: Database | None, clock: Clock
) -> AsyncIterator[Check]:
    """Everything that Microsoft and the database say, one check after the other."""
    if not settings.teams_is_connected:
        return
    cloud = cloud_of(settings)
    if not settings.teams_anonymous:
        for check in await check_keys(cloud, clock()):
            yield check
    for connection in settings.teams_connections:
        if connection.certificate is not None:
            yield check_certificate(connection.name, connection.certificate, clock())
        if connection.has_credential:
            yield await check_token(connection, cloud)
    if database is None:
        return
    async with database.connection() as db:
        channels = await set_up.bound_channels(db, PLATFORM)
        today = in_stockholm(clock()).date()
        registered = [
            await check_registered(db, each.name, each, today, SETTING)
            for each in settings.teams_connections
        ]
    for check in (*registered, *_channels(settings.teams_connections, channels)):
        yield check


async def check_keys(cloud: CloudEnvironment, now: datetime) -> list[Check]:
    """Whether the keys that Teams signs with can be read, and our clock agrees with Microsoft's."""
    try:
        async with httpx.AsyncClient(timeout=CONNECT_SECONDS) as client:
            answered = await client.get(cloud.openid_metadata_url)
            metadata: dict[str, Any] = answered.raise_for_status().json()
            keys = await client.get(str(metadata["jwks_uri"]))
            listed: list[object] = keys.raise_for_status().json()["keys"]
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError, KeyError) as error:
        return [
            wrong(
                _(
                    "Nycklarna som Teams skriver under med går inte att läsa: {error}",
                    error=_said(error),
                ),
                _reach(),
            )
        ]
    clock = check_clock(answered.headers.get("date"), "Microsoft", now)
    if not listed:
        return [wrong(_("Microsoft har inga nycklar på {url}", url=keys.url), _reach()), clock]
    return [fine(_("Nycklarna som Teams skriver under med går att läsa")), clock]


def check_certificate(name: str, path: Path, now: datetime) -> Check:
    """Whether the file can be read, and until when its certificate is valid."""
    try:
        until = read_certificate(path).valid_until
    except CredentialUnusable as problem:
        return _unusable(name, problem)
    day = short_date(in_stockholm(until).date())
    cure = _("Gör ett nytt, ladda upp det i Entra ID under Certificates & secrets och byt filen")
    if until <= now:
        return wrong(_("{name}: certifikatet gick ut {day}", name=name, day=day), cure)
    what = _("{name}: certifikatet gäller till {day}", name=name, day=day)
    return warning(what, cure) if until - now < timedelta(days=RENEW_DAYS) else fine(what)


async def check_token(connection: TeamsConnection, cloud: CloudEnvironment) -> Check:
    """Whether Entra gives the connection a token; why not, when it does not."""
    name = connection.name
    try:
        await Tokens(connection, cloud).token(cloud.bot_scope)
    except CredentialUnusable as problem:
        return _unusable(name, problem)
    except NoToken as error:
        what = _("{name}: Entra ID ger boten ingen token: {error}", name=name, error=_said(error))
        return wrong(what, _cure(connection, error))
    return fine(_("{name}: Entra ID ger boten en token", name=name))


def _cure(connection: TeamsConnection, error: NoToken) -> str:
    if isinstance(error, TokenRefused) and error.code.startswith("AADSTS"):
        return cure_of(error.code)
    if connection.federated and not connection.federated.startswith("file:"):
        return _("En hanterad identitet finns bara i Azure: är den kopplad till maskinen?")
    return cure_of(error.code) if isinstance(error, TokenRefused) else _reach()


def _unusable(name: str, problem: CredentialUnusable) -> Check:
    return wrong(
        f"{name}: {problem}",
        _("Kontrollera sökvägen och att Samspel får läsa filen; se docs/teams.md"),
    )


def _reach() -> str:
    return _("Kontrollera nätet, brandväggen, HTTPS_PROXY och SAMSPEL_TEAMS_CLOUD")


def _said(error: Exception) -> str:
    match error:
        case TokenRefused():
            return error.code
        case EntraUnreachable():
            return error.cause
        case _other:
            return str(error) or type(error).__name__


def _channels(
    connections: Sequence[TeamsConnection], channels: Sequence[BoundChannel]
) -> Iterator[Check]:
    names = {each.tenant_id: each.name for each in connections}
    let_go = _("skriv koppla visa till Samspel och ta bort kopplingen")
    for channel in channels:
        if channel.tenant not in names:
            yield wrong(
                _(
                    "Kanalen {name} är kopplad, men ingen anslutning finns till {tenant}",
                    name=channel.name,
                    tenant=channel.tenant,
                ),
                _("Lägg till den i {setting}, eller {let_go}", setting=SETTING, let_go=let_go),
            )
        elif channel.gone:
            yield wrong(
                _("Samspel når inte kanalen {name}", name=channel.name),
                _("Lägg till Samspel i teamet igen, eller {let_go}", let_go=let_go),
            )
    for tenant, name in names.items():
        if not any(channel.tenant == tenant for channel in channels):
            yield warning(
                _("{name}: ingen kanal är kopplad", name=name),
                _("Lägg till Samspel i ett team och skriv @Samspel koppla i en kanal där"),
            )

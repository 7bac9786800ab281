"""The commands of the weekly digests and of the clock: `samspel digest`, `samspel run-due`."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from bot import schedule
from bot.clock import STOCKHOLM, wall_clock
from bot.conversations.views import Card
from bot.digests.compose import as_text
from bot.digests.naming import whom_of
from bot.digests.period import YEARS, Audience, NoSuchWeek, Week, due_in, latest_due, next_due
from bot.digests.publish import preview_digest, sent_digest
from bot.language import _
from bot.plan import PlanInMemory
from bot.schedule import Done
from bot.settings import Settings
from handlers.app import Samspel
from handlers.setup import configure_log, open_configured_database, read_settings, run, stop
from handlers.web.channels import ensure_web_channels

AUDIENCES = {"chef": Audience.MANAGER, "styrgrupp": Audience.STEERING_GROUP}
"""What audiences are called on command lines."""

NOTHING_TO_SHOW, WRONG_USE = 1, 2


def digest(
    audience: Annotated[str, typer.Option(help=_("chef eller styrgrupp"))] = "",
    week: Annotated[
        str | None,
        typer.Option(help=_("ISO-vecka som 2026-W48; utan vecka: det senaste, eller nästa")),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help=_("gör det nu, utan att skicka det"))
    ] = False,
) -> None:
    """Skriv ut ett veckobrev som det skickades, eller en förhandsvisning av det."""
    reader = _audience(audience)
    wanted = _week(week) if week is not None else None
    settings = _configured()
    cards = run(_letter(settings, reader, wanted, preview=preview))
    if cards is None:
        stop(
            _(
                "Inget veckobrev till {audience} har skickats för {week}. "
                "Lägg till --preview för att se hur det ser ut nu.",
                audience=whom_of(reader),
                week=wanted or _("den senaste veckan"),
            ),
            NOTHING_TO_SHOW,
        )
    typer.echo(as_text(cards, settings.public_url))


def run_due(
    at: Annotated[
        str, typer.Option(help=_("tid som 2026-11-23T07:30, svensk tid om inget annat anges"))
    ] = "",
    deliver: Annotated[
        bool, typer.Option("--deliver", help=_("skicka också det som väntar"))
    ] = False,
) -> None:
    """Gör det som är dags vid en viss tid och som inte redan är gjort."""
    moment = _moment(at)
    for done in run(_do_due(_configured(), moment, deliver=deliver)):
        typer.echo(f"{done.kind} {_command_word(done.audience)} {done.period}")


async def _letter(
    settings: Settings, audience: Audience, week: Week | None, *, preview: bool
) -> tuple[Card, ...] | None:
    now = wall_clock()
    async with open_configured_database(settings) as database, database.transaction() as db:
        if preview:
            due = due_in(audience, week, settings) if week else next_due(audience, now, settings)
            return await preview_digest(db, await PlanInMemory().now(db), due, now)
        return await sent_digest(db, audience, week or latest_due(audience, now, settings).week)


async def _do_due(settings: Settings, now: datetime, *, deliver: bool) -> list[Done]:
    async with open_configured_database(settings) as database:
        samspel = Samspel(settings, database, lambda: now)
        async with database.transaction() as db:
            await ensure_web_channels(db, now)
        done = await schedule.run_due(database, now, settings, samspel.plans)
        if deliver:
            try:
                await samspel.delivery().deliver_all()
            finally:
                if samspel.slack is not None:
                    await samspel.slack.stop()
        return done


def _configured() -> Settings:
    settings = read_settings()
    configure_log(settings)
    return settings


def _audience(word: str) -> Audience:
    found = AUDIENCES.get(word.strip().lower())
    if found is None:
        stop(
            _("Mottagaren ”{word}” finns inte. Skriv --audience chef eller styrgrupp.", word=word),
            WRONG_USE,
        )
    return found


def _week(word: str) -> Week:
    try:
        return Week.read(word)
    except NoSuchWeek:
        stop(
            _("Veckan ”{word}” finns inte. Skriv år och vecka som 2026-W48.", word=word), WRONG_USE
        )


def _moment(word: str) -> datetime:
    """The time in UTC; one that a change to summer time leaps over does not exist."""
    try:
        told = datetime.fromisoformat(word.strip())
    except ValueError:
        told = None
    if told is None or told.year not in YEARS:
        stop(
            _("Tiden ”{word}” går inte att läsa. Skriv --at 2026-11-23T07:30.", word=word),
            WRONG_USE,
        )
    if told.tzinfo is not None:
        return told.astimezone(UTC)
    moment = told.replace(tzinfo=STOCKHOLM).astimezone(UTC)
    if moment.astimezone(STOCKHOLM).replace(tzinfo=None) != told:
        stop(_("Tiden ”{word}” finns inte: klockan ställs fram förbi den.", word=word), WRONG_USE)
    return moment


def _command_word(audience: str) -> str:
    """The audience as command lines have it."""
    return next((word for word, each in AUDIENCES.items() if each == audience), audience)

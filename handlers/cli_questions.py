"""Questions on the command line: `samspel ask`, `samspel questions evaluate`."""

import asyncio
import csv
import json
import shutil
import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import STOCKHOLM, in_stockholm, wall_clock
from bot.conversations.questions.answer_card import Keys, answer_card
from bot.conversations.questions.other_cards import declined_card
from bot.demo import load_samples
from bot.language import _
from bot.people import Person, PersonId, read_person
from bot.plain_text import plain_text
from bot.plan import PlanInMemory
from bot.questions.answering import answer
from bot.questions.answers import decline
from bot.questions.asking import Answered, Asking
from bot.questions.described import described
from bot.questions.evaluation import (
    COLUMNS,
    Expected,
    NotReadable,
    counts,
    misses,
    read_expected,
)
from bot.questions.hearing import hear
from bot.questions.mentioned import NOWHERE, Mentioned, mentioned
from bot.questions.question import Question
from bot.questions.understanding import Understood
from bot.questions.vocabulary import Vocabularies
from handlers.setup import configure_log, open_configured_database, read_settings, run, stop
from storage.database import Database
from storage.embedded import start_embedded
from storage.migrate import upgrade
from storage.queries.bodies import holders_of_post
from storage.queries.people import person_by_email

questions_app = typer.Typer(help="Frågor på svenska.", no_args_is_help=True)

EVALUATED_AT = datetime(2026, 3, 16, 9, 0, tzinfo=STOCKHOLM)
"""When an evaluation file is asked: the samples are of that year."""

WRONG_USE = 2


def ask(
    question: Annotated[str, typer.Argument(metavar="FRÅGA", help="frågan, inom citattecken")],
    as_email: Annotated[
        str, typer.Option("--as", metavar="E-MAIL", help="vem som frågar; annars chefen")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="svaret som JSON")] = False,
) -> None:
    """Svara på en fråga på svenska; inget ändras."""
    configure_log(read_settings())
    asking, understood, answered, found = run(_answered(question, as_email))
    if as_json:
        typer.echo(json.dumps(_as_json(understood.question, answered), ensure_ascii=False))
        return
    if not understood.surely:
        typer.echo(_unsure(asking, understood) + "\n")
    card = (
        declined_card(answered)
        if understood.declined
        else answer_card(asking, answered, Keys(""), understood.unknown, found)
    )
    typer.echo(plain_text(card, read_settings().public_url))


def _unsure(asking: Asking, understood: Understood) -> str:
    """How the question was read, and how else it may be."""
    told = described(asking)
    others = [described(asking, each) for each in understood.others if each.filters]
    if not others:
        return _("Osäkert. Frågan är läst som: {told}.", told=told)
    return _(
        "Osäkert. Frågan är läst som: {told}. Den kan också betyda: {other}.",
        told=told,
        other=others[0],
    )


def _as_json(question: Question, answered: Answered) -> dict[str, Any]:
    return {
        "intent": question.intent.value,
        "filters": question.written(),
        "text": answered.said,
        "activities": list(answered.activities),
        "needs": list(answered.needs),
        "municipalities": list(answered.municipalities),
    }


async def _answered(words: str, email: str) -> tuple[Asking, Understood, Answered, Mentioned]:
    settings, now = read_settings(), wall_clock()
    today = in_stockholm(now).date()
    async with open_configured_database(settings) as database, database.connection() as db:
        person = await _asker(db, email, today)
        plan = await PlanInMemory().now(db)
        vocabulary = await Vocabularies().of(db, plan, today)
        understood = await hear(db, words, vocabulary, today, person)
        asking = Asking(db, plan, understood.question, person, now, settings, why=understood.why)
        if understood.declined:
            return asking, understood, await decline.declined(db, understood), NOWHERE
        return asking, understood, await answer(asking), await mentioned(db, understood)


async def _asker(db: AsyncConnection, email: str, today: date) -> Person:
    """Whoever has the address; without one the manager, or where there is none nobody special."""
    if not email:
        holders = await holders_of_post(db, "manager", today)
        if not holders:
            return Person(PersonId(0), "", "")
        email = holders[0]["email"]
    row = await person_by_email(db, email, today)
    if row is None:
        stop(_("Ingen i katalogen har adressen {email}.", email=email), WRONG_USE)
    return read_person(row)


@questions_app.callback()
def _questions() -> None:
    """Frågor på svenska."""


@questions_app.command("evaluate")
def evaluate(
    file: Annotated[
        Path,
        typer.Argument(metavar="FIL", help="CSV med semikolon: question;intent;filters;note"),
    ],
) -> None:
    """Mät hur många frågor i en fil som förstås rätt, mot exempelplanen den 16 mars 2026."""
    expected = _read(file)
    configure_log(read_settings())
    answered = run(_understood(expected))
    for each in counts(answered):
        typer.echo(each.line())
    for line in misses(answered):
        typer.echo(line)
    typer.echo(f"{sum(e.meant_by(got) for e, got in answered)}/{len(answered)}")


def _read(file: Path) -> list[Expected]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, delimiter=";")
            missing = [each for each in COLUMNS if each not in (reader.fieldnames or ())]
            if missing:
                stop(
                    _(
                        "{file} saknar kolumnen {column}. Den ska ha: question;intent;filters;note",
                        file=file,
                        column=missing[0],
                    ),
                    WRONG_USE,
                )
            return read_expected(reader)
    except OSError as error:
        why = error.strerror or ""
        stop(_("Det går inte att läsa {file}: {why}.", file=file, why=why), WRONG_USE)
    except (UnicodeDecodeError, csv.Error):
        stop(_("{file} är ingen CSV-fil i UTF-8.", file=file), WRONG_USE)
    except NotReadable as error:
        stop(_("{file} har något okänt på rad {what}.", file=file, what=str(error)), WRONG_USE)


async def _understood(expected: Sequence[Expected]) -> list[tuple[Expected, Question]]:
    today = EVALUATED_AT.date()
    async with _samples() as database, database.connection() as db:
        person = await _asker(db, "", today)
        plan = await PlanInMemory().now(db)
        vocabulary = await Vocabularies().of(db, plan, today)
        return [
            (each, (await hear(db, each.said, vocabulary, today, person)).question)
            for each in expected
        ]


@asynccontextmanager
async def _samples() -> AsyncGenerator[Database]:
    """A database of its own with the samples as they are, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="samspel-questions-"))
    server = await asyncio.to_thread(start_embedded, folder)
    try:
        await asyncio.to_thread(upgrade, server.url, federation=read_settings().federation)
        database = Database(server.url)
        try:
            async with database.transaction() as db:
                await load_samples(db, EVALUATED_AT)
            yield database
        finally:
            await database.close()
    finally:
        await asyncio.to_thread(server.stop)
        shutil.rmtree(folder, ignore_errors=True)

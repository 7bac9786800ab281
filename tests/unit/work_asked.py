"""The sample plan at a moment, with work in it to ask about: needs, assignments, applications."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.acting import By
from bot.applications import changing as applications
from bot.applications.application import Application
from bot.applications.application import Wanted as Applied
from bot.assignments.asking import ask as ask_for
from bot.assignments.assignment import About, Asked, Assignment, Work
from bot.clock import in_stockholm
from bot.importing.directory import By as Importer
from bot.importing.meetings import import_meetings
from bot.needs.moving import move
from bot.needs.need import Move, Need, Wanted
from bot.needs.registering import register
from bot.people import OrganisationId, Person, read_person
from bot.plan import Plan, read_plan
from bot.questions.asking import Answered, Asking
from bot.questions.question import Filter, Intent, Question
from storage.database import Database
from storage.queries.people import person_by_email
from tests.digest_material import stockholm

NOW = stockholm("2026-03-16 09:00")
CHEF, STAFF = "chef@skaraborg", "ekonomi@skaraborg"
ANSWER = Callable[[Asking], Awaitable[Answered]]


@dataclass
class Scene:
    """The sample plan in a database, at the moment that is asked."""

    database: Database
    now: datetime = NOW

    async def plan(self) -> Plan:
        """The plan as it stands."""
        async with self.database.transaction() as db:
            return await read_plan(db, 1)

    async def person(self, address: str) -> Person:
        """Whoever has the address, without `.example.se`."""
        async with self.database.transaction() as db:
            row = await person_by_email(db, f"{address}.example.se", in_stockholm(self.now).date())
        assert row is not None, address
        return read_person(row)

    async def by(self, address: str = CHEF, *, days: int = 0) -> By:
        """That person, so many days ago."""
        return By(await self.person(address), self.now - timedelta(days=days), "web")

    async def place(self, name: str) -> OrganisationId:
        """A municipality's key."""
        known = (await self.plan()).organisations.values()
        return next(each.id for each in known if each.name == name)

    async def asked(
        self, answer: ANSWER, by: str = CHEF, *, skip: int = 0, why: bool = False, **filters: Any
    ) -> Answered:
        """The answer to the question with those filters, values apart by `|`."""
        values = {Filter(name): tuple(str(each).split("|")) for name, each in filters.items()}
        question = Question(Intent.NEEDS, values)
        plan, person = await self.plan(), await self.person(by)
        async with self.database.transaction() as db:
            return await answer(Asking(db, plan, question, person, self.now, skip=skip, why=why))

    async def said(self, answer: ANSWER, by: str = CHEF, **filters: Any) -> str:
        """What is said first, alone."""
        return (await self.asked(answer, by, **filters)).said

    async def need(
        self, title: str, *steps: Move, by: str = CHEF, days: int = 10, **wanted: Any
    ) -> Need:
        """A need that somebody registered so many days ago, and that took the steps a day after."""
        who, chef = await self.by(by, days=days), await self.by(days=days - 1)
        own = next(iter(who.person.employers), None)
        async with self.database.transaction() as db:
            need = await register(db, who, Wanted(title, "Det behövs.", **wanted), organisation=own)
            for each in steps:
                need = await move(db, chef, need, each)
        return need

    async def work(
        self, title: str, asked: Asked, *, due: str, code: str = "", days: int = 5, **more: Any
    ) -> Assignment:
        """Work that the chef asked for so many days ago."""
        plan = await self.plan()
        about = About(activity_id=plan.activities[code].id) if code else About()
        work = Work(title, date.fromisoformat(due), about=about, **more)
        async with self.database.transaction() as db:
            return await ask_for(db, await self.by(days=days), work, asked)

    async def application(self, fund: str, code: str, amount: int, **wanted: Any) -> Application:
        """An application that the chef registered and writes."""
        plan, by = await self.plan(), await self.by(days=5)
        reports = wanted.pop("reports", ())
        whole = Applied(fund, amount, **wanted)  # pyright: ignore[reportArgumentType]
        key = plan.activities[code].id
        async with self.database.transaction() as db:
            return await applications.register(db, by, plan, key, whole, by.person.id, reports)

    async def report(self, code: str, by: str = CHEF, *, days: int = 3, **said: Any) -> None:
        """What somebody reported so many days ago."""
        values = {
            **{"status": "on_track", "decision_from": "nobody"},
            **dict.fromkeys(("decision", "deviation", "measure")),
            **said,
        }
        who = await self.by(by, days=days)
        async with self.database.transaction() as db:
            await db.execute(
                text(
                    "INSERT INTO status_reports (activity_id, person_id, status, deviation, "
                    "measure, decision, decision_from, reported_at, platform) SELECT id, :who, "
                    ":status, :deviation, :measure, :decision, :decision_from, :at, 'web' "
                    "FROM activities WHERE code = :code"
                ),
                {"code": code, "who": who.person.id, "at": who.now, **values},
            )


async def with_meetings(database: Database) -> Scene:
    """The scene with the calendar of the samples."""
    by = Importer("test", date(2026, 1, 5), NOW)
    async with database.transaction() as db:
        outcome = await import_meetings(db, Path("samples/meetings-2026.csv"), by)
        assert outcome.faults == []
    return Scene(database)


def rows_of(answered: Answered) -> list[tuple[str, ...]]:
    """The rows of its table."""
    return [row for part in answered.parts if part.kind == "table" for row in part.rows]


def words_of(answered: Answered) -> str:
    """All that the answer shows in words."""
    parts = "\n".join(part.model_dump_json() for part in answered.parts)
    sources = "\n".join(each.words for each in answered.sources)
    buttons = "\n".join(each.label for each in answered.buttons)
    return f"{answered.said}\n{parts}\n{sources}\n{buttons}"

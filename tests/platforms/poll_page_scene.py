"""What stories of polls' pages begin with: polls put straight into the sample plan's database."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx
from docx import Document
from openpyxl import load_workbook
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.clock import in_stockholm
from bot.people import BodyId, OrganisationId, read_person
from bot.plan import ActivityId, Kronor, Plan, read_plan
from bot.polls import answering, casting
from bot.polls.co_financing import AnswerKind, Proposal, Said
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.mandates import mandates
from bot.polls.poll import Kind, Method, Poll, Secrecy
from bot.polls.reading import poll_by_number, sharers
from bot.polls.starting import Asked, Choice, Rules, start_co_financing, start_poll
from storage.queries.people import person_by_email
from tests.conversations.conftest import Scene
from tests.conversations.persons import OnWeb
from tests.conversations.polling import CHEF

PAGE = "/omrostningar/1"
CLOSES = datetime(2026, 3, 31, 22, tzinfo=UTC)
MEMBERS = ("vux@falkoping", "vux@lidkoping", "kompetens@skovde", "arbetsmarknad@tibro")
NETWORK = "Kompetens"


class Beginning:
    """The database in one transaction, and people who act in it at the story's time."""

    def __init__(self, samspel: Scene, db: AsyncConnection) -> None:
        self.db = db
        self._clock = samspel.clock

    async def by(self, email: str, later: timedelta = timedelta()) -> By:
        """That person, now or later."""
        now = self._clock() + later
        row = await person_by_email(self.db, f"{email}.example.se", in_stockholm(now).date())
        assert row is not None, email
        return By(read_person(row), now, "web")

    async def plan(self) -> Plan:
        """The plan as it is."""
        return await read_plan(self.db, 1)

    async def place(self, name: str) -> OrganisationId:
        """The municipality of that name."""
        places = (await self.plan()).organisations.values()
        return next(each.id for each in places if each.name == name)

    async def body(self, name: str) -> BodyId:
        """The network of that name, or the body of that kind."""
        bodies = (await self.plan()).bodies.values()
        return next(each.id for each in bodies if name in (each.name, each.kind))

    async def now(self, poll: Poll) -> Poll:
        """The poll as it is."""
        found = await poll_by_number(self.db, poll.id)
        assert found is not None
        return found

    async def asks_for_money(
        self,
        title: str = "Platsvarumärke",
        *,
        secrecy: Secrecy = Secrecy.OPEN,
        key: SharingKey = SharingKey.PER_INHABITANT,
        **more: Any,
    ) -> Poll:
        """The chef asks all 15 municipalities for 950 000 kr."""
        by = await self.by(CHEF)
        activity = (await self.plan()).activities["PLA-01"].id
        wanted = Asked(title, CLOSES, activity_id=ActivityId(activity), secrecy=secrecy, **more)
        parts = [each for each, _name in await sharers(self.db, in_stockholm(by.now).date())]
        if key is SharingKey.WEIGHTS:
            parts = [replace(each, weight=Decimal("1.5") + n) for n, each in enumerate(parts)]
        proposal = Proposal(
            "En gemensam webbplats", Kronor(950_000), Kronor(0), Kronor(950_000), Key(key)
        )
        return await start_co_financing(self.db, by, wanted, proposal, parts)

    async def answers(self, poll: Poll, where: str, said: Said) -> None:
        """The municipality's director answers."""
        by = await self.by(director(where))
        held = await mandates(self.db, "co_financing", in_stockholm(by.now).date())
        place = await self.place(where)
        await answering.answer(self.db, by, await self.now(poll), place, said, held)

    async def asks_to_choose(
        self,
        method: Method,
        labels: tuple[str, ...] = ("Tolkar", "Laddstolpar", "Jurist"),
        *,
        kind: Kind = Kind.PRIORITY,
        secrecy: Secrecy = Secrecy.OPEN,
        title: str = "Vad först?",
        **rules: Any,
    ) -> Poll:
        """The chef asks the network's members."""
        wanted = Asked(title, CLOSES, body=await self.body(NETWORK), secrecy=secrecy)
        cost = Kronor(50_000) if method is Method.BUDGET else None
        choices = [Choice(label, cost=cost) for label in labels]
        if kind is Kind.DATES:
            starts = CLOSES + timedelta(days=20)
            choices = [
                replace(each, starts_at=starts, ends_at=starts + timedelta(hours=2))
                for each in choices
            ]
        asked = Rules(kind, method, **rules)
        return await start_poll(self.db, await self.by(CHEF), wanted, asked, choices)

    async def votes(self, poll: Poll, email: str, *values: int) -> None:
        """A member gives each option a value, in order; those without one get none."""
        chosen = {
            each.id: value for each, value in zip(poll.options, values, strict=False) if value >= 0
        }
        await casting.cast(self.db, await self.by(email), poll, chosen)

    async def votes_for(self, poll: Poll, where: str, *values: int) -> None:
        """The municipality's director gives each option a value, in order."""
        by = await self.by(director(where))
        held = await mandates(self.db, "priority", in_stockholm(by.now).date())
        chosen = {each.id: value for each, value in zip(poll.options, values, strict=True)}
        place = await self.place(where)
        await casting.cast(self.db, by, poll, chosen, municipality=place, mandates=held)


def director(municipality: str) -> str:
    """The address of its director."""
    return f"kommundirektor@{municipality.lower().replace('ö', 'o')}"


def yes(amount: int, condition: str | None = None, comment: str | None = None) -> Said:
    """A yes to that sum, perhaps on a condition."""
    return Said(AnswerKind.OTHERWISE, Kronor(amount), None, condition, comment)


async def on_web(samspel: Scene, email: str) -> OnWeb:
    """The person in a browser."""
    person = await samspel.person(email)
    assert isinstance(person, OnWeb)
    return person


def words_in(file: httpx.Response) -> str:
    """All that a Word or Excel file says."""
    assert file.status_code == 200
    if "wordprocessing" in file.headers["content-type"]:
        opened = Document(io.BytesIO(file.content))
        cells = [cell.text for each in opened.tables for row in each.rows for cell in row.cells]
        return "\n".join([*cells, *(each.text for each in opened.paragraphs)])
    book = load_workbook(io.BytesIO(file.content))
    return "\n".join(
        str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    )


async def everywhere(person: OnWeb, path: str = PAGE) -> str:
    """The page's source, the list's, and what is in both files."""
    files = [await person.fetches(f"{path}/underlag.{kind}") for kind in ("docx", "xlsx")]
    pages = [await person.fetches(each) for each in (path, "/omrostningar")]
    return "\n".join([*(each.text for each in pages), *(words_in(each) for each in files)])

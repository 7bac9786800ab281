"""Demo data: applications in every state, and what the funders' answers did to the money."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.acting import By
from bot.applications import changing
from bot.applications.application import Application, Wanted
from bot.clock import in_stockholm
from bot.demo_people import CHEF, DemoPeople
from bot.plan import Kronor

STAFF = "ekonomi@skaraborg"


class Applying:
    """Those who apply for money in the demo; days are counted from today, earlier ones below 0."""

    def __init__(self, people: DemoPeople) -> None:
        self._people = people
        self.db, self.plan = people.db, people.plan

    def day(self, days: int) -> date:
        """So many days from today."""
        return self._people.today + timedelta(days=days)

    async def by(self, who: str, ago: int) -> By:
        """That person, so many days ago."""
        return await self._people.by(who, ago)

    async def register(
        self, code: str, writer: str, wanted: Wanted, *, ago: int, reports: Sequence[int] = ()
    ) -> Application:
        """An application of that activity that the chef registered, for somebody to write."""
        by, whose = await self.by(CHEF, ago), (await self._people.person(writer)).id
        activity = self.plan.activities[code].id
        days = [self.day(each) for each in reports]
        return await changing.register(self.db, by, self.plan, activity, wanted, whose, days)

    async def send(self, application: Application, writer: str, *, ago: int) -> Application:
        """Its writer sends it."""
        by = await self.by(writer, ago)
        return await changing.send(self.db, by, self.plan, application, acted_on(by))


def acted_on(by: By) -> date:
    """The day in Sweden when they act."""
    return in_stockholm(by.now).date()


async def tell_applications(people: DemoPeople) -> list[Application]:
    """Lay the demo's applications in the database, each as far as its story goes."""
    applying = Applying(people)
    tellers = (_waits_for_an_answer, _granted, _rejected, _withdrawn, _soon_to_be_sent, _planned)
    return [await tell(applying) for tell in tellers]


async def _waits_for_an_answer(applying: Applying) -> Application:
    writer = "kompetens@skovde"
    wanted = Wanted(
        fund="ESF+",
        amount=Kronor(2_700_000),
        call="Kompetens för omställning",
        last_day=applying.day(-38),
        match_demanded=Kronor(1_300_000),
        expected_on=applying.day(34),
        note="Högskolan skriver den del som handlar om kursplanerna.",
    )
    planned = await applying.register("KOM-03", writer, wanted, ago=70, reports=(300, 480))
    return await applying.send(planned, writer, ago=41)


async def _granted(applying: Applying) -> Application:
    writer = "energi@lidkoping"
    wanted = Wanted(
        fund="Energimyndigheten",
        amount=Kronor(400_000),
        call="Lokal och regional energiplanering",
        last_day=applying.day(-80),
    )
    planned = await applying.register("SAM-03", writer, wanted, ago=110, reports=(-9, 18))
    sent = await applying.send(planned, writer, ago=84)
    by = await applying.by(STAFF, 45)
    granted = await changing.grant(
        applying.db, by, applying.plan, sent, 320_000, acted_on(by), "2026-003817"
    )
    by = await applying.by(writer, 11)
    due = granted.unsent[0]
    return await changing.send_report(applying.db, by, applying.plan, granted, due, acted_on(by))


async def _rejected(applying: Applying) -> Application:
    writer = "kultur@skara"
    wanted = Wanted(fund="Kulturrådet", amount=Kronor(200_000), last_day=applying.day(-60))
    planned = await applying.register("PLA-03", writer, wanted, ago=90)
    sent = await applying.send(planned, writer, ago=63)
    by = await applying.by(writer, 15)
    reason = "Många sökte, och de tog projekt som når fler län."
    return await changing.reject(applying.db, by, applying.plan, sent, acted_on(by), reason)


async def _withdrawn(applying: Applying) -> Application:
    writer = "samordning@karlsborg"
    wanted = Wanted(
        fund="Tillväxtverket",
        amount=Kronor(250_000),
        last_day=applying.day(6),
        match_demanded=Kronor(250_000),
    )
    planned = await applying.register("STR-03", writer, wanted, ago=50)
    by = await applying.by(writer, 20)
    reason = "Vi får inte ihop medfinansieringen till sista dagen."
    return await changing.withdraw(applying.db, by, applying.plan, planned, reason)


async def _soon_to_be_sent(applying: Applying) -> Application:
    wanted = Wanted(
        fund="Vinnova",
        amount=Kronor(500_000),
        call="Innovation i värdekedjor",
        last_day=applying.day(12),
        match_demanded=Kronor(500_000),
        expected_on=applying.day(100),
    )
    return await applying.register("ETA-03", "naringsliv@mariestad", wanted, ago=16)


async def _planned(applying: Applying) -> Application:
    wanted = Wanted(
        fund="Boverket",
        amount=Kronor(800_000),
        last_day=applying.day(45),
        note="Utlysningen öppnar i nästa månad.",
    )
    return await applying.register("SAM-02", STAFF, wanted, ago=8)

"""Demo data: assignments in every state, asked of people, a municipality and networks."""

from collections.abc import Sequence
from datetime import timedelta

from bot.acting import By
from bot.assignments.answering import accept, ask_priority, decline, done, progress
from bot.assignments.asking import ask
from bot.assignments.assignment import (
    About,
    Asked,
    Assignment,
    ToMunicipality,
    ToNetwork,
    ToOnePerson,
    Work,
)
from bot.conversations.assignments.assignment_card import KIND
from bot.demo_people import CHEF, DemoPeople
from bot.needs.need import Need
from bot.needs.stages import Stage
from bot.outbox import Outbox


class Asking:
    """The chef of the demo, who asks for work."""

    def __init__(self, people: DemoPeople) -> None:
        self._people = people
        self.db = people.db

    async def ask(
        self, what: str, of: Asked, *, ago: int, due_in: int, hours: int, about: About, why: str
    ) -> Assignment:
        """Ask for it so many days ago, to be ready in so many days from today."""
        by = await self._people.by(CHEF, ago)
        due = self._people.today + timedelta(days=due_in)
        work = Work(title=what, due_on=due, reason=why, hours=hours, about=about)
        return await ask(self.db, by, work, of)

    async def by(self, address: str, ago: int) -> By:
        """That person, so many days ago."""
        return await self._people.by(address, ago)

    async def to(self, address: str) -> ToOnePerson:
        """Of that person."""
        return ToOnePerson((await self._people.person(address)).id)

    def activity(self, code: str) -> About:
        """What belongs to that activity."""
        return About(activity_id=self._people.plan.activities[code].id)

    def network(self, name: str, wanted: int) -> ToNetwork:
        """Of that network: the first so many who accept."""
        bodies = self._people.plan.bodies.values()
        key = next(each.id for each in bodies if each.kind == "network" and each.name == name)
        return ToNetwork(key, wanted)

    def municipality(self, name: str) -> ToMunicipality:
        """Of that municipality."""
        places = self._people.plan.organisations.values()
        return ToMunicipality(next(each.id for each in places if each.name == name))


async def tell_assignments(people: DemoPeople, needs: Sequence[Need]) -> None:
    """Ask for work in the demo, about activities and the needs that are being prepared."""
    chef = Asking(people)
    asked = [
        await _under_way(chef),
        await _finished(chef),
        await _open_in_a_network(chef),
        await _without_resources(chef),
        await _a_question_of_priority(chef),
        await _of_a_municipality(chef),
        *[
            await _about_a_need(chef, need)
            for need in needs
            if need.stage is Stage.PREPARING and need.is_live
        ],
    ]
    outbox = Outbox(people.plan.languages)
    for each in asked:
        if isinstance(each.asked, ToNetwork):
            outbox.raise_card(KIND, each.id, bodies=[each.asked.network])
    await outbox.flush(people.db)


async def _under_way(chef: Asking) -> Assignment:
    asked = await chef.ask(
        "Samla in lediga lokaler i Mariestad",
        await chef.to("naringsliv@mariestad"),
        ago=18,
        due_in=12,
        hours=24,
        about=chef.activity("ETA-02"),
        why="Registret saknar lokaler under 500 kvadratmeter.",
    )
    taken = await accept(chef.db, await chef.by("naringsliv@mariestad", 16), asked, hours=24)
    by = await chef.by("naringsliv@mariestad", 6)
    return await progress(chef.db, by, taken, hours=9, note="Halva centrum är inventerat.")


async def _finished(chef: Asking) -> Assignment:
    asked = await chef.ask(
        "Jämför avgifter för validering",
        await chef.to("vux@lidkoping"),
        ago=30,
        due_in=-5,
        hours=12,
        about=chef.activity("KOM-04"),
        why="Underlag till höstens överenskommelse.",
    )
    taken = await accept(chef.db, await chef.by("vux@lidkoping", 28), asked, hours=12)
    by = await chef.by("vux@lidkoping", 7)
    return await done(chef.db, by, taken, hours=14, note="Sammanställningen är skickad.")


async def _open_in_a_network(chef: Asking) -> Assignment:
    asked = await chef.ask(
        "Testa enkäten om kompetensbehov på fem företag",
        chef.network("Kompetens", 2),
        ago=5,
        due_in=20,
        hours=16,
        about=chef.activity("KOM-01"),
        why="Vi behöver veta att frågorna fungerar i både små och stora företag.",
    )
    return await accept(chef.db, await chef.by("arbetsmarknad@tibro", 3), asked, hours=8)


async def _without_resources(chef: Asking) -> Assignment:
    asked = await chef.ask(
        "Räkna på effektbehovet för nya bostadsområden",
        await chef.to("energi@lidkoping"),
        ago=11,
        due_in=25,
        hours=40,
        about=chef.activity("SAM-03"),
        why="Elnätsbolagen behöver siffrorna före årsskiftet.",
    )
    by = await chef.by("energi@lidkoping", 8)
    return await decline(chef.db, by, asked, "Jag är bokad i Lidköpings energiplan hela hösten.")


async def _a_question_of_priority(chef: Asking) -> Assignment:
    asked = await chef.ask(
        "Ta fram gemensamma mått på deltagande",
        await chef.to("folkhalsa@vara"),
        ago=9,
        due_in=30,
        hours=30,
        about=chef.activity("SOC-03"),
        why="Måtten ska med i årets folkhälsorapport.",
    )
    by = await chef.by("folkhalsa@vara", 7)
    return await ask_priority(chef.db, by, asked, "Då måste skolornas enkät vänta.")


async def _of_a_municipality(chef: Asking) -> Assignment:
    return await chef.ask(
        "Utse en kontaktperson för inflyttare",
        chef.municipality("Skara"),
        ago=4,
        due_in=16,
        hours=6,
        about=chef.activity("PLA-01"),
        why="Varje kommun ska ha en som svarar.",
    )


async def _about_a_need(chef: Asking, need: Need) -> Assignment:
    asked = await chef.ask(
        "Lista tätorter som saknar skyfallskarta",
        await chef.to("planering@mariestad"),
        ago=6,
        due_in=8,
        hours=10,
        about=About(need_id=need.id),
        why="Det behövs i underlaget till referensgruppen.",
    )
    return await accept(chef.db, await chef.by("planering@mariestad", 5), asked, hours=10)

"""Invented money: funding in every state, pledges of municipalities, costs and resources."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.money.cost import Cost, Resource, Spent
from bot.money.funding import FundingLine, Kronor
from bot.money.overview import Overview, Pledged
from bot.people import OrganisationId, PersonId
from bot.plan import Activity
from bot.specimens import invented
from bot.specimens.voice import Flavour
from bot.specimens.world import NAME, World

RESOURCES = ("Processledare", "Kansli och ekonomi", "Kommunikatör")
COSTS = ("Konsult", "Resor", "Lokalhyra", "Tryck")
STATES = ("planned", "applied", "granted", "rejected")
KINDS = ("co_financing", "external", "own_budget", "regional_development")


def overview_of_world(world: World) -> Overview:
    """The world's plan with funding of every kind, and pledges; some of it is over."""
    changed = {
        each.code: replace(each, funding=_funding(world, each, n))
        for n, each in enumerate(world.activities)
    }
    done = frozenset(each.id for each in list(changed.values())[4:5])
    return Overview(replace(world.plan, activities=changed), world.today, done)


def _funding(world: World, activity: Activity, n: int) -> tuple[FundingLine, ...]:
    if world.voice.flavour is Flavour.EMPTY:
        return ()
    lines = [
        FundingLine(
            source=world.voice.line((invented.SOURCES[at % len(invented.SOURCES)],), 300),
            kind=KINDS[at],
            amount=Kronor(max(1, activity.budget // (6 + at))),
            state=STATES[(at + n) % len(STATES)],
        )
        for at in range(len(KINDS))
    ]
    return (*lines, *_pledges(world, n))


def _pledges(world: World, n: int) -> Sequence[FundingLine]:
    places = [key for key, each in world.plan.organisations.items() if each.kind == "municipality"]
    many = 10**9 if world.voice.flavour is Flavour.EXTREME else 25_000
    return [
        FundingLine(
            source=world.plan.organisations[key].name,
            kind="in_kind" if at % 2 else "co_financing",
            amount=Kronor(many + n),
            state="pledged",
            organisation=key,
            hours=40 if at % 2 else None,
        )
        for at, key in enumerate(places[: world.voice.many(3, 15)])
    ]


def pledged_of(world: World) -> Sequence[Pledged]:
    """What each municipality has pledged and worked."""
    overview = overview_of_world(world)
    first = overview.activities[0].id
    return [replace(each, used={first: 12}) for each in overview.pledged]


def costs_in(world: World, of: Activity | Resource) -> Sequence[Cost]:
    """A page of costs, the first lowered by the second."""
    many = 10**12 if world.voice.flavour is Flavour.EXTREME else 12_500
    return [
        Cost(
            id=n + 1,
            activity=of.id if isinstance(of, Activity) else None,
            resource=of.id if isinstance(of, Resource) else None,
            spent_on=world.today - timedelta(days=9 * n),
            amount=Kronor(-many // 2 if n == 1 else many),
            name=world.voice.line((COSTS[n % len(COSTS)],), 150),
            reference=world.voice.line(("4711",), 75) if n % 2 else None,
            entered_by=PersonId(1),
            entered_by_name=world.voice.line(invented.PEOPLE, NAME),
        )
        for n in range(world.voice.many(4, 15))
    ]


def resources_in(world: World) -> Sequence[Resource]:
    """The resources of a year."""
    extreme = world.voice.flavour is Flavour.EXTREME
    return [
        Resource(
            id=n + 1,
            year=2026,
            name=world.voice.line((RESOURCES[n % len(RESOURCES)],), 150),
            amount=Kronor(10**12 if extreme else 650_000),
            funded_by=world.voice.line(("Kommunalförbundet",), 150),
        )
        for n in range(world.voice.many(3, 20))
    ]


def a_resource(world: World) -> Resource:
    """One resource, also where there is none."""
    name = world.voice.line(RESOURCES, 150)
    who = world.voice.line(("Kommunalförbundet",), 150)
    return Resource(1, 2026, name, Kronor(650_000), who)


def spent_in_world(world: World) -> Spent:
    """What has been spent: nothing where nothing is entered, else more than some budgets."""
    if world.voice.flavour is Flavour.EMPTY:
        return Spent()
    return Spent(
        {each.id: Kronor(each.budget // 3) for each in world.activities},
        {each.id: Kronor(90_000) for each in resources_in(world)},
    )


def a_municipality(world: World) -> OrganisationId:
    """The first municipality."""
    return next(k for k, each in world.plan.organisations.items() if each.kind == "municipality")

"""Invented needs in every stage, with their steps, for the views that show them."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from bot.needs.need import Need, NeedStep, Quote, Support, Wanted
from bot.needs.stages import WAY, Stage
from bot.people import OrganisationId, PersonId
from bot.plan import Contact, Kronor
from bot.specimens import invented
from bot.specimens.invented import REASONS
from bot.specimens.voice import Flavour
from bot.specimens.world import AREA, NAME, TITLE, World

TITLES = (
    "Tolktjänst i vården",
    "Gemensam upphandling av laddstolpar",
    "Simskola för alla barn",
    "Vikariepool för förskolan",
)


def contact(world: World, n: int) -> Contact:
    """Somebody."""
    name = world.voice.line(invented.PEOPLE, NAME)
    return Contact(PersonId(n + 1), name, f"person{n}@example.se")


def needs_of(world: World) -> Sequence[Need]:
    """One need in each stage, in the order of the stages."""
    return [_need(world, n, stage) for n, stage in enumerate(Stage)]


def _need(world: World, n: int, stage: Stage) -> Need:
    voice, plan = world.voice, world.plan
    places = [key for key, each in plan.organisations.items() if each.kind == "municipality"]
    decided = stage in (Stage.ACCEPTED, Stage.DECLINED)
    prepared = stage is not Stage.REGISTERED
    day = world.today - timedelta(days=4)
    return Need(
        id=10**12 + n if voice.flavour is Flavour.EXTREME else n + 11,
        wanted=_wanted(world, n, places),
        area=None if voice.flavour is Flavour.EMPTY else voice.line(("Social hållbarhet",), AREA),
        registered_by=contact(world, n),
        organisation=places[0] if places else None,
        registered_at=world.now - timedelta(days=50 + n),
        stage=stage,
        stage_since=world.now - timedelta(days=n),
        rested_from=Stage.PREPARING if stage is Stage.RESTING else None,
        preparer=contact(world, 3) if prepared else None,
        prepare_by=day if prepared else None,
        decided_on=day if decided else None,
        paragraph=voice.line(("14",), 40) if decided else None,
        motivation=voice.line(REASONS, 3_000) if stage is Stage.DECLINED else None,
        activity_id=world.activities[0].id if stage is Stage.ACCEPTED else None,
        supports=tuple(
            Support(key, PersonId(9), contact(world, 9).name, world.now)
            for key in places[: voice.many(8, 15)]
        ),
        comments=voice.many(2, 9_999),
    )


def _wanted(world: World, n: int, places: Sequence[OrganisationId]) -> Wanted:
    voice = world.voice
    quote = None
    if n % 2 and (said := voice.text(("Vi borde göra det här tillsammans.",))):
        quote = Quote(said, contact(world, n).name, "https://chat.example.se/p/1")
    full = voice.flavour is not Flavour.EMPTY
    return Wanted(
        title=voice.line((TITLES[n % len(TITLES)],), TITLE),
        description=voice.line(
            ("Det saknas i flera kommuner, och ingen klarar det själv.",), 3_000
        ),
        reason=voice.text(REASONS),
        area_id=1 if full else None,
        municipalities=frozenset(places if n % 2 else places[:3]) if full else frozenset(),
        wanted_by=world.today + timedelta(days=200) if full else None,
        cost=Kronor(10**12 if voice.flavour is Flavour.EXTREME else 400_000) if full else None,
        funding=voice.text(("En avgift per invånare.",)),
        network=next(iter(world.plan.bodies), None) if full else None,
        quote=quote,
    )


def steps_of(world: World, need: Need) -> list[NeedStep]:
    """A history in which everything that can happen has happened, newest first."""
    reason = world.voice.line(REASONS, 3_000)
    kinds = ("made", "split", "parted", "merged", "restored", "withdrawn", "edited", "taken_back")
    steps = [
        NeedStep(
            id=100 + n,
            need_id=need.id if n % 3 else need.id + 1,
            kind=kind,
            person_id=PersonId(1),
            person_name=world.person.name,
            at=world.now - timedelta(hours=n),
            from_stage=Stage.BOARD,
            to_stage=Stage.PRESIDIUM,
            reason=reason if n % 2 else None,
            other_need_id=7,
            changes={
                "title": [reason[:150], need.title],
                "description": [need.wanted.description, reason],
                "municipalities": [[], sorted(need.wanted.municipalities)],
                "wanted_by": [None, "2027-01-01"],
                "cost": [None, 1],
                "network": [1, 2],
            },
        )
        for n, kind in enumerate((*kinds, "preparer", "registered"))
    ]
    return [*steps, *_moves(world, need, reason)]


def _moves(world: World, need: Need, reason: str) -> list[NeedStep]:
    ways = [*pairwise(WAY), (Stage.BOARD, Stage.ACCEPTED)]
    ways += [(Stage.RESTING, Stage.BOARD), (Stage.PRESIDIUM, Stage.DECLINED)]
    return [
        NeedStep(
            id=n,
            need_id=need.id,
            kind="moved",
            person_id=PersonId(1),
            person_name=world.person.name,
            at=world.now - timedelta(days=n),
            from_stage=before,
            to_stage=after,
            body=None if before is Stage.RESTING else "board",
            met_on=world.today,
            paragraph="14",
            record_number=world.voice.line(("2026-114",), 60),
            reason=reason,
            preparer=contact(world, 4) if after is Stage.PREPARING else None,
            prepare_by=world.today if after is Stage.PREPARING else None,
            taken_back=n == 2,
        )
        for n, (before, after) in enumerate(ways, 1)
    ]

"""Invented polls of every kind and state, with answers, for the views that show them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import Kronor
from bot.polls.co_financing import (
    Answer,
    AnswerKind,
    CoFinancing,
    Heard,
    Place,
    Proposal,
    Said,
)
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.counting import Result, count
from bot.polls.mandates import Mandates
from bot.polls.poll import (
    MOST_OPTIONS,
    Decision,
    Kind,
    Method,
    Option,
    Poll,
    PollStep,
    Secrecy,
    State,
)
from bot.polls.seen import Seal
from bot.specimens.invented import REASONS
from bot.specimens.invented_needs import contact
from bot.specimens.voice import Flavour
from bot.specimens.world import AREA, TITLE, World
from storage.models.polls import POLL_STEPS

TITLES = ("Gemensam upphandling av laddstolpar", "Vad gör vi först?", "När ses vi?")
LABELS = ("Tolktjänst", "Laddstolpar", "Gemensam jurist", "Vuxenutbildning", "Busslinje")
COUNTED = date(2019, 12, 31)
METHODS = (
    (Kind.PRIORITY, Method.POINTS),
    (Kind.PRIORITY, Method.SCORE),
    (Kind.PRIORITY, Method.RANKING),
    (Kind.PRIORITY, Method.BUDGET),
    (Kind.QUESTION, Method.CHOICE),
    (Kind.QUESTION, Method.SEVERAL),
    (Kind.DATES, Method.DATES),
)


def _large(world: World) -> bool:
    return world.voice.flavour is Flavour.EXTREME


def poll_of(
    world: World, kind: Kind, method: Method, state: State = State.OPEN, **more: object
) -> Poll:
    """A poll that closes in nine days, or did."""
    large, voice = _large(world), world.voice
    closes = world.now + timedelta(days=9 if state in (State.OPEN, State.PLANNED) else -1)
    money = kind is Kind.CO_FINANCING
    made = Poll(
        id=10**12 if large else 7,
        kind=kind,
        method=method,
        title=voice.line(TITLES, TITLE),
        description=None if money else voice.text(REASONS),
        link="https://skaraborg.example.se/underlag" if world.latest else None,
        activity_id=world.activities[0].id if money else None,
        need_id=None,
        body=None if money else BodyId(1),
        voters="municipality" if money else "person",
        secrecy=Secrecy.OPEN,
        state=state,
        state_since=world.now - timedelta(days=2),
        opens_at=world.now + timedelta(days=2 if state is State.PLANNED else -5),
        closes_at=closes,
        decider=BodyId(1) if world.latest else None,
        decided_by=world.today + timedelta(days=30) if world.latest else None,
        seats=1,
        points=10 if method is Method.POINTS else None,
        money=Kronor(10**12 if large else 500_000) if method is Method.BUDGET else None,
        quorum=5 if kind is Kind.PRIORITY and world.latest else None,
        may_add=kind is Kind.PRIORITY and world.latest != {},
        binding=True,
        sounding_id=None,
        formal_id=None,
        version=2 if world.latest else 1,
        started_by=contact(world, 2),
        started_at=world.now - timedelta(days=5),
        electorate=290 if large else 15,
        voted=6 if world.latest else 0,
        options=() if money else options_of(world, method),
    )
    return replace(made, **more)  # pyright: ignore[reportArgumentType]


def options_of(world: World, method: Method) -> tuple[Option, ...]:
    """As many options as the world has room for."""
    many = world.voice.many(5, 10 if method in (Method.CHOICE, Method.DATES) else MOST_OPTIONS) or 2
    if method is Method.CHOICE and not _large(world):
        many = 3
    dated = method is Method.DATES
    cost = Kronor(10**12 - 1 if _large(world) else 150_000)
    return tuple(
        Option(
            id=n,
            position=n,
            label=world.voice.line((LABELS[n % len(LABELS)],), TITLE),
            cost=cost if method is Method.BUDGET else None,
            starts_at=world.now + timedelta(days=20 + n) if dated else None,
            ends_at=world.now + timedelta(days=20 + n, hours=2) if dated else None,
        )
        for n in range(1, many + 1)
    )


def result_of(poll: Poll) -> Result:
    """What six ballots add up to, tied at the top in some methods."""
    ballots = [
        {each.id: 1 + (n + each.position) % 3 for each in poll.options[: 2 + n % 3]}
        for n in range(6)
    ]
    return count(poll, ballots)


def money_poll(
    world: World, state: State = State.OPEN, *, key: SharingKey = SharingKey.PER_INHABITANT,
    **more: object,
) -> CoFinancing:  # fmt: skip
    """A co-financing poll with answers of every kind."""
    large = _large(world)
    poll = poll_of(world, Kind.CO_FINANCING, Method.PLEDGE, state, **more)
    proposal = Proposal(
        purpose=world.voice.line(REASONS, 3_000),
        total=Kronor(10**12 - 1 if large else 950_000),
        funded=Kronor(0 if large else 100_000),
        asked=Kronor(10**12 - 1 if large else 850_000),
        key=Key(key, 40 if key is SharingKey.MIXED else None),
        pays="either" if world.latest else "money",
        hourly_rate=Kronor(500) if world.latest else None,
    )
    places = [k for k, e in world.plan.organisations.items() if e.kind == "municipality"]
    return CoFinancing(
        poll,
        proposal,
        tuple(_place(world, poll, n, one) for n, one in enumerate(places)),
    )


def _place(world: World, poll: Poll, n: int, municipality: OrganisationId) -> Place:
    answer = _answers(world, poll)[n % 7] if world.latest else None
    given = _given(world, n, answer, poll.version if n != 5 else 1) if answer else None
    share = Kronor(10**10 if _large(world) else 56_667)
    suggestion = _given(world, 90 + n, _answers(world, poll)[1], poll.version) if n == 6 else None
    return Place(
        voter_id=n + 1,
        municipality=municipality,
        name=world.plan.organisations[municipality].name,
        code=f"14{n:02d}",
        share=share,
        inhabitants=9_178 + n if world.latest else None,
        counted_on=COUNTED if world.latest else None,
        weight=Decimal("2.5") if n == 1 else None,
        answer=given,
        suggestion=suggestion,
        leaning=Said(AnswerKind.YES, share) if n == 6 else None,
    )


def _answers(world: World, poll: Poll) -> Sequence[Said | None]:
    amount = Kronor(10**12 - 1 if _large(world) else 56_667)
    words = world.voice.text(REASONS)
    return (
        Said(AnswerKind.YES, amount, None, None, words),
        Said(AnswerKind.OTHERWISE, amount, None, words, words),
        Said(AnswerKind.OTHERWISE, amount, 100_000 if _large(world) else 114),
        Said(AnswerKind.NO, comment=words),
        Said(AnswerKind.POLITICAL, expected_on=world.today + timedelta(days=20)),
        Said(AnswerKind.YES, amount),
        None,
    )


def _given(world: World, n: int, said: Said | None, version: int) -> Answer | None:
    if said is None:
        return None
    heard = Heard("phone", world.voice.line(("Ada Ek",), TITLE), world.today) if n == 3 else None
    return Answer(n + 1, said, version, contact(world, n + 3), world.now, heard)


def said_of_every_kind(world: World) -> Sequence[Said]:
    """An answer of each kind."""
    poll = money_poll(world).poll
    return [each for each in _answers(world, poll) if each is not None]


def held_by_somebody(world: World) -> Mandates:
    """A person for each municipality; nobody in the last."""
    places = [k for k, e in world.plan.organisations.items() if e.kind == "municipality"]
    who = contact(world, 9)
    named = {
        one: (replace(who, id=PersonId(100 + n)), *([contact(world, 8)] if n == 1 else []))
        for n, one in enumerate(places[:-1])
    }
    return Mandates(named)


def decision_of(world: World, *, declined: bool = False) -> Decision:
    """What a body decided."""
    return Decision(
        BodyId(1),
        world.today,
        "14",
        "2026-041",
        "declined" if declined else "as_outcome",
        world.voice.text(REASONS),
        world.voice.line(REASONS, 3_000) if declined else None,
        contact(world, 3),
        world.now,
    )


def steps_of_poll(world: World) -> list[PollStep]:
    """One step of each kind, the latest first."""
    changes = {
        "asked": [950_000, 900_000],
        "sharing_key": ["equal", "per_inhabitant"],
        "title": [world.voice.line(TITLES, TITLE), world.voice.line(TITLES, TITLE)],
        "options": [["Ett", "Två"], ["Ett", "Tre"]],
        "closes_at": ["2026-12-01", "2026-12-08"],
        "link": [None, "https://x.example.se"],
    }
    return [
        PollStep(
            n,
            kind,
            contact(world, 2) if kind not in ("opened", "closed") else None,
            world.now - timedelta(days=n),
            world.voice.text(REASONS),
            changes if kind in ("proposal_changed", "text_changed", "options_changed") else {},
        )
        for n, kind in enumerate(POLL_STEPS)
    ]


def sealed_of(world: World) -> Seal:
    """The seal of a closed poll."""
    return Seal(world.now, "0123456789abcdef" * 4)


def name_of(world: World) -> str:
    """Somebody's or something's name."""
    return world.voice.line(("Åsa Öberg",), AREA)

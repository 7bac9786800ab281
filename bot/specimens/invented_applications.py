"""Invented applications in every state, with their steps, for the views that show them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.applications.application import (
    LINK_LENGTH,
    MOST_KRONOR,
    MOST_REPORTS,
    NAME_LENGTH,
    NOTHING,
    RECORD_NUMBER_LENGTH,
    Application,
    Report,
    State,
    Step,
    Wanted,
)
from bot.plan import Kronor
from bot.specimens.invented import REASONS
from bot.specimens.invented_needs import contact
from bot.specimens.voice import Flavour
from bot.specimens.world import World
from storage.models.money import APPLICATION_STEPS

FUNDS = ("ESF+", "Vinnova", "Tillväxtverket", "Energimyndigheten", "Leader Nordvästra Skaraborg")
CALLS = ("Kompetens för omställning 2026", "Hållbara platser")


def applications_of(world: World) -> Sequence[Application]:
    """One in each state, in the order of the states."""
    return [_application(world, n, state) for n, state in enumerate(State)]


def application_in(world: World, state: State) -> Application:
    """The one in that state."""
    return next(each for each in applications_of(world) if each.state is state)


def _application(world: World, n: int, state: State) -> Application:
    voice, today = world.voice, world.today
    extreme = voice.flavour is Flavour.EXTREME
    answered = state in (State.GRANTED, State.REJECTED)
    over = state in (State.REJECTED, State.WITHDRAWN)
    granted = Kronor(MOST_KRONOR - 1 if extreme else 350_000) if state is State.GRANTED else None
    activity = world.activities[0]
    return Application(
        id=10**12 + n if extreme else n + 4,
        activity_id=activity.id,
        activity_code=activity.code,
        wanted=_wanted(world, n),
        writer=contact(world, 3),
        state=state,
        state_since=world.now - timedelta(days=n),
        registered_by=contact(world, 2),
        registered_at=world.now - timedelta(days=60),
        applied_on=None if state is State.PLANNED else today - timedelta(days=30),
        answered_on=today - timedelta(days=2) if answered else None,
        granted=granted,
        record_number=voice.line(("2026-041",), RECORD_NUMBER_LENGTH) if granted else None,
        reason=voice.text(REASONS) if over else None,
        reports=_reports(world, sent=granted is not None),
    )


def _wanted(world: World, n: int) -> Wanted:
    voice, today = world.voice, world.today
    fund = voice.line((FUNDS[n % len(FUNDS)],), NAME_LENGTH)
    if voice.flavour is Flavour.EMPTY:
        return Wanted(fund=fund, amount=Kronor(400_000))
    extreme = voice.flavour is Flavour.EXTREME
    most = Kronor(MOST_KRONOR)
    return Wanted(
        fund=fund,
        amount=most if extreme else Kronor(400_000),
        call=voice.line((CALLS[n % len(CALLS)],), NAME_LENGTH),
        link="https://fond.example.se/" + ("x" * (LINK_LENGTH - 24) if extreme else "utlysning"),
        last_day=today + timedelta(days=20 if n % 2 else -3),
        match_demanded=most if extreme else (NOTHING if n % 2 else Kronor(100_000)),
        expected_on=today + timedelta(days=90),
        note=voice.text(REASONS),
    )


def _reports(world: World, *, sent: bool) -> tuple[Report, ...]:
    """The first is sent when anything is, the second late, the others to come."""
    many = world.voice.many(3, MOST_REPORTS)
    first = world.today - timedelta(days=100)
    days = [first + timedelta(days=90 * n) for n in range(many)]
    on = first - timedelta(days=1) if sent else None
    return tuple(Report(day, None if n else on) for n, day in enumerate(days))


def steps_of_application(world: World) -> Sequence[Step]:
    """One step of each kind, newest first."""
    return [
        Step(
            id=n,
            application_id=4,
            kind=kind,
            person_id=world.person.id,
            person_name=world.person.name,
            at=world.now - timedelta(days=n),
            reason=world.voice.text(REASONS),
            changes=_changes(world, kind),
        )
        for n, kind in enumerate(reversed(APPLICATION_STEPS))
    ]


def _changes(world: World, kind: str) -> Mapping[str, Any]:
    day = world.today.isoformat()
    fund = world.voice.line(FUNDS, NAME_LENGTH)
    said: Mapping[str, Mapping[str, Any]] = {
        "applied": {"applied_on": day},
        "granted": {"granted": 350_000, "answered_on": day, "record_number": "2026-041"},
        "rejected": {"answered_on": day},
        "report_sent": {"due_on": day, "sent_on": day},
        "taken_back": {"kind": "granted"},
        "edited": {
            "fund": [fund, fund],
            "call": [None, fund],
            "amount": [300_000, 400_000],
            "last_day": [None, day],
            "reports": [[], [date(2027, 3, 1).isoformat(), date(2027, 9, 1).isoformat()]],
            "note": [None, "x"],
        },
    }
    return said.get(kind, {})

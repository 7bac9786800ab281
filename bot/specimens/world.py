"""An invented plan with people, milestones and reports, in one flavour: the same for one seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.clock import in_stockholm
from bot.demo_texts import DECISIONS, DEVIATIONS, NEXT_STEPS, SITUATIONS
from bot.people import BodyId, OrganisationId, Person, PersonId
from bot.plan import (
    Activity,
    ActivityId,
    Body,
    Contact,
    Direction,
    FundingLine,
    Kronor,
    Milestone,
    Organisation,
    Plan,
    Rhythm,
)
from bot.reporting import Content, Report
from bot.specimens import invented
from bot.specimens.voice import Flavour, Voice
from bot.states import NEEDS_DEVIATION, Decider, Status

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WEEK = timedelta(weeks=1)
MOST_ACTIVITIES, MOST_MINE, MOST_MILESTONES, MOST_SOURCES = 120, 60, 25, 15
"""What the extreme world has; no limit of ours holds it back."""

STANDING = (
    *(Status.ON_TRACK, Status.ON_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.DONE),
    *(Status.OFF_TRACK, Status.ON_TRACK, Status.NOT_STARTED, Status.ON_TRACK, Status.AT_RISK),
    Status.PAUSED,
)
"""How activities stand, one after the other."""

CHANGES = (
    *(Status.ON_TRACK, Status.ON_TRACK, Status.ON_TRACK, Status.AT_RISK, Status.ON_TRACK),
    *(Status.AT_RISK, Status.ON_TRACK, Status.NOT_STARTED, Status.NOT_STARTED),
    *(Status.AT_RISK, Status.ON_TRACK),
)
"""How they stood three weeks before."""

CODE, TITLE, AREA, DIRECTION, NAME, EMAIL = 9, 150, 100, 150, 150, 200
"""Longest by the rules of the import (bot/importing)."""


@dataclass(frozen=True)
class World:
    """Everything that views are made of. `person` answers for `mine`."""

    voice: Voice
    person: Person
    plan: Plan
    latest: Mapping[ActivityId, Report]
    before: Mapping[ActivityId, Report]

    @property
    def flavour(self) -> Flavour:
        """What the world is made of."""
        return self.voice.flavour

    @property
    def now(self) -> datetime:
        """The moment that all views show."""
        return NOW

    @property
    def today(self) -> date:
        """The day of it."""
        return in_stockholm(NOW).date()

    @property
    def activities(self) -> tuple[Activity, ...]:
        """All activities, in the plan's order."""
        return tuple(self.plan.activities.values())

    @property
    def mine(self) -> tuple[Activity, ...]:
        """Those that the person answers for."""
        return self.plan.of_person(self.person, self.today)


def make_world(flavour: Flavour, seed: int) -> World:
    """The world of that flavour."""
    voice = Voice(flavour, seed)
    person = Person(
        id=PersonId(1),
        name=voice.line(invented.PEOPLE, NAME),
        email="person@skaraborg.example.se",
        roles=frozenset({"staff"}),
        employers=frozenset({OrganisationId(1)}),
    )
    organisations = _organisations(voice)
    bodies = {
        BodyId(n): Body(BodyId(n), voice.line((name,), AREA), "network")
        for n, name in enumerate(invented.NETWORKS, 1)
    }
    activities = [_activity(voice, n, person, organisations) for n in range(_how_many(voice))]
    named = {each.area: each for each in activities}
    areas = dict(enumerate(named, 1))
    plan = Plan(
        revision=1,
        year=2026,
        activities={each.code: each for each in activities},
        organisations=organisations,
        bodies=bodies,
        focus_areas=areas,
        directions={n: Direction(n, n, named[name].direction) for n, name in areas.items()},
        languages=frozenset({"sv", "en"}),
    )
    reported = activities if flavour is not Flavour.EMPTY else []
    before = {each.id: _report(voice, each, n, 3, CHANGES) for n, each in enumerate(reported)}
    latest = {each.id: _report(voice, each, n, 0, STANDING) for n, each in enumerate(reported)}
    return World(voice, person, plan, latest, before)


def _how_many(voice: Voice) -> int:
    return voice.many(len(invented.ACTIVITIES), MOST_ACTIVITIES) or 2


def _organisations(voice: Voice) -> dict[OrganisationId, Organisation]:
    names = [*invented.MUNICIPALITIES, "Kommunalförbundet"]
    return {
        OrganisationId(n): Organisation(
            id=OrganisationId(n),
            name=voice.line((name,), NAME),
            kind="federation" if n == len(names) else "municipality",
            code=f"14{n:02d}",
        )
        for n, name in enumerate(names, 1)
    }


def _activity(
    voice: Voice, n: int, person: Person, organisations: Mapping[OrganisationId, Organisation]
) -> Activity:
    known = invented.ACTIVITIES[n % len(invented.ACTIVITIES)]
    extreme = voice.flavour is Flavour.EXTREME
    is_mine = n < (MOST_MINE if extreme else 3)
    name = person.name if is_mine else voice.line(invented.PEOPLE, NAME)
    email = f"{'å' * (EMAIL - 11)}@example.se" if extreme else f"ansvarig{n}@example.se"
    everybody = [key for key, each in organisations.items() if each.kind == "municipality"]
    return Activity(
        id=ActivityId(n + 1),
        code=f"ÅÄÖXY-{n:03d}" if extreme else known.code,
        title=voice.line((known.title,), TITLE),
        description=voice.text((known.description,)),
        area=voice.line((known.area,), AREA),
        direction=voice.line((known.direction,), DIRECTION),
        responsible=Contact(PersonId(1 if is_mine else n + 2), name, email),
        coordinator=OrganisationId(n % len(everybody) + 1),
        participants=frozenset(everybody if n % 3 == 0 else everybody[n % 5 : -1]),
        network=None if voice.flavour is Flavour.EMPTY else BodyId(n % len(invented.NETWORKS) + 1),
        starts_on=date(2026, 1, 12),
        ends_on=date(2027, 6, 30),
        ended_on=None,
        budget=Kronor(10**12 if extreme else 250_000 * (n + 1)),
        funding=_funding(voice, n),
        milestones=_milestones(voice, n),
        rhythm=Rhythm("weeks", 2),
        proposed=n == 2,
    )


def _funding(voice: Voice, n: int) -> tuple[FundingLine, ...]:
    return tuple(
        FundingLine(
            source=voice.line((invented.SOURCES[each % len(invented.SOURCES)],), 300),
            kind="external",
            amount=Kronor(60_000 * (n + 1)),
            state="granted",
        )
        for each in range(voice.many(2, MOST_SOURCES))
    )


def _milestones(voice: Voice, n: int) -> tuple[Milestone, ...]:
    """One that is reached, the others to come; of every other activity one that has passed."""
    first = date(2026, 10, 1 if n % 2 else 21) + timedelta(days=7 * n % 30)
    return tuple(
        Milestone(
            id=n * 100 + each + 1,
            title=voice.line(invented.MILESTONES, TITLE),
            due_on=first + timedelta(days=40 * each),
            responsible_id=None,
            reached_at=NOW - 4 * WEEK if each == 0 else None,
        )
        for each in range(voice.many(4, MOST_MILESTONES))
    )


def _report(
    voice: Voice, activity: Activity, n: int, weeks: int, statuses: Sequence[Status]
) -> Report:
    key = activity.id * 10 + (2 if weeks == 0 else 1)
    return Report(
        id=key,
        activity_id=activity.id,
        person_id=activity.responsible.id,
        person_name=activity.responsible.name,
        reported_at=NOW - timedelta(weeks=weeks, days=n % 6, minutes=7 * n),
        replaces=None,
        replaced_by=None,
        content=content(voice, statuses[n % len(statuses)], n if n % 5 == 1 else 0),
    )


def content(voice: Voice, status: Status, n: int = 0) -> Content:
    """What a report of that status says; by `n` a decision is asked for, or none."""
    deciders = [*Decider]
    decider = deciders[n % len(deciders)]
    unplanned = status in NEEDS_DEVIATION and voice.flavour is Flavour.ORDINARY
    said = Content(
        status=status,
        situation=None if unplanned else voice.text(SITUATIONS.get(status, ("Det går bra.",))),
        decision_from=decider,
        decision=voice.text(DECISIONS) if decider is not Decider.NOBODY else None,
        next_step=voice.text(NEXT_STEPS),
        percent=100 if status is Status.DONE else 10 * voice.random.randrange(2, 9),
    )
    if status not in NEEDS_DEVIATION:
        return said
    deviation, measure = voice.random.choice(DEVIATIONS)
    return replace(
        said, deviation=voice.text((deviation,)) or deviation, measure=voice.text((measure,))
    )

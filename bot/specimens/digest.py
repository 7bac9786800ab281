"""Digests of an invented world, as the chef and the steering group get them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.absence import Absence, Deputy
from bot.assignments.assignment import About, Assignment, ToNetwork, Work
from bot.assignments.resources import Lacking, Offered
from bot.assignments.states import State
from bot.clock import in_stockholm
from bot.digests.compose import compose
from bot.digests.gather import (
    Correction,
    Material,
    PlannedMilestone,
    Standing,
    WeekEnd,
)
from bot.digests.gather import Report as ReportAtCutOff
from bot.digests.needs_then import Assignments, NeedThen
from bot.digests.period import MONTHLY, Audience, Week
from bot.digests.polls_then import Pledged, PollThen
from bot.digests.scope import Scope, scoped
from bot.needs.stages import Stage
from bot.people import BodyId, PersonId
from bot.plan import Activity, Kronor
from bot.polls.poll import Kind, Method
from bot.polls.poll import State as PollState
from bot.reporting import Report
from bot.specimens.invented import PEOPLE, REASONS
from bot.specimens.invented_needs import contact, needs_of, steps_of
from bot.specimens.invented_polls import decision_of, poll_of, result_of
from bot.specimens.specimen import Drawn
from bot.specimens.voice import Flavour
from bot.specimens.world import NAME, TITLE, WEEK, World
from bot.states import Status

WEEKS = 8

SCOPES = {
    Audience.NETWORK: Scope(networks=frozenset({BodyId(1)})),
    Audience.PERSON: Scope(networks=frozenset({BodyId(2)}), person=PersonId(1)),
}


def digests(world: World) -> Iterator[Drawn]:
    """The first one, one like the week before, one that is late, and a preview."""
    for audience in Audience:
        name = f"digest-{audience.value.replace('_', '-')}"
        material = material_of(world, audience)
        yield from _cards(name, material)
        yield from _cards(f"{name}-first", replace(material, after=None, told={}))
        told = dict(compose(material).told)
        again = replace(material, told=told, corrections=())
        yield from _cards(f"{name}-nothing-new", again)
        if audience is not Audience.MANAGER:
            continue
        late = material.cut_off + timedelta(days=2)
        yield from _cards(f"{name}-late", replace(material, late=True, made_at=late))
        yield from _cards(f"{name}-preview", replace(material, preview=True))


def _cards(name: str, material: Material) -> Iterator[Drawn]:
    for number, card in enumerate(compose(material).cards, 1):
        yield Drawn(f"{name}-{number}", "", card)


def material_of(world: World, audience: Audience) -> Material:
    """All that a digest of the audience is made of."""
    standings = tuple(_standing(world, each, n) for n, each in enumerate(world.activities))
    made = Material(
        audience=audience,
        of=1 if audience in SCOPES else None,
        period=f"{world.today:%Y-%m}" if audience in MONTHLY else "",
        name=world.plan.bodies[BodyId(1)].name if audience is Audience.NETWORK else "",
        week=Week.of(world.today),
        covers_from=world.now - WEEK,
        cut_off=world.now,
        made_at=world.now,
        after=str(Week.of(world.today - WEEK)),
        standings=standings,
        milestones=_milestones(world),
        corrections=_corrections(world),
        trend=_trend(world, standings),
        needs=_needs(world),
        assignments=_assignments(world),
        polls=_polls(world),
        organisations={key: each.name for key, each in world.plan.organisations.items()},
        away=_away(world),
        told={f"overdue:{each.id}": "late" for each in world.activities[4:9:4]},
    )
    if audience not in SCOPES:
        return made
    return replace(scoped(made, SCOPES[audience]), assignments=made.assignments, polls=made.polls)


def _away(world: World) -> Mapping[PersonId, Absence]:
    """One whose report is late is away, and somebody answers meanwhile."""
    who = world.activities[-1].responsible
    return {
        who.id: Absence(
            id=1,
            person=who.id,
            person_name=who.name,
            starts_on=world.today - timedelta(days=2),
            ends_on=world.today + timedelta(days=9),
            deputy=Deputy(PersonId(9), world.voice.line(PEOPLE, NAME)),
        )
    }


def _polls(world: World) -> tuple[PollThen, ...]:
    """An open one, a cancelled one, and closed ones of both kinds, decided on."""
    money = (Kind.CO_FINANCING, Method.PLEDGE)
    ranking = poll_of(world, Kind.PRIORITY, Method.RANKING, PollState.CLOSED, id=5)
    decision = decision_of(world)
    since = world.now - timedelta(days=2)
    amount = Kronor(10**12 - 1)
    return (
        PollThen(poll_of(world, *money), since),
        PollThen(
            poll_of(world, *money, PollState.CANCELLED, id=6),
            since,
            reason=world.voice.text(REASONS) or "–",
        ),
        PollThen(ranking, since, result=result_of(ranking)),
        PollThen(
            poll_of(world, *money, PollState.CLOSED, id=4, decision=decision),
            since,
            pledged=Pledged(14, 15, amount, amount),
            decider=world.plan.bodies.get(decision.body),
        ),
    )


def _standing(world: World, activity: Activity, n: int) -> Standing:
    report, before = world.latest.get(activity.id), world.before.get(activity.id)
    last = n == len(world.activities) - 1
    return Standing(
        activity=activity,
        report=_at_cut_off(report) if report else None,
        before_id=before.id if before else None,
        before=before.content.status if before else Status.NOT_STARTED,
        late_since=world.today - timedelta(days=n) if n in (3, 7) or last else None,
        reminded=n // 3,
    )


def _at_cut_off(report: Report) -> ReportAtCutOff:
    said = report.content
    return ReportAtCutOff(
        id=report.id,
        status=said.status,
        situation=said.situation,
        decider=said.decision_from,
        decision=said.decision,
        deviation=said.deviation,
        measure=said.measure,
        next_step=said.next_step,
        by=report.person_name,
        on=in_stockholm(report.reported_at).date(),
    )


def _milestones(world: World) -> tuple[PlannedMilestone, ...]:
    found = (
        PlannedMilestone(one.id, activity, one.title, one.due_on, one.reached_at is not None)
        for activity in world.activities
        for one in activity.milestones
    )
    return tuple(sorted(found, key=lambda each: (each.due_on, each.activity.code, each.id)))


def _corrections(world: World) -> tuple[Correction, ...]:
    return tuple(
        Correction(
            activity=activity,
            was=world.before[activity.id].content.status,
            now=world.latest[activity.id].content.status,
            was_on=world.today - WEEK,
            by=world.latest[activity.id].person_name,
        )
        for activity in world.activities[::5]
        if activity.id in world.latest
    )


def _trend(world: World, standings: tuple[Standing, ...]) -> tuple[WeekEnd, ...]:
    """As the activities stand now, with fewer reported the further back one looks."""
    return tuple(
        WeekEnd(Week.of(world.today - back * WEEK), _counts(standings, back))
        for back in reversed(range(WEEKS))
    )


def _counts(standings: tuple[Standing, ...], back: int) -> Mapping[Status, int]:
    return Counter(
        each.status if n % WEEKS >= back else Status.NOT_STARTED for n, each in enumerate(standings)
    )


def _needs(world: World) -> tuple[NeedThen, ...]:
    """In each stage; every other one new, with steps, overdue, or standing still for long."""
    if world.flavour is Flavour.EMPTY:
        return ()
    found = needs_of(world)
    return tuple(
        NeedThen(
            id=need.id + again * len(found),
            title=need.title,
            stage=Stage.PREPARING if n == 0 and again else need.stage,
            registered_by=need.registered_by.name,
            organisation=need.organisation,
            registered_at=world.now - timedelta(days=2 if n % 2 else 60),
            last_step_at=world.now - timedelta(days=2 if n % 2 else 45 + n),
            preparer=need.preparer.name if need.preparer else contact(world, n).name,
            prepare_by=world.today - timedelta(days=3 * n),
            steps=tuple(steps_of(world, need)) if n % 2 else (),
        )
        for again in range(world.voice.many(1, 6))
        for n, need in enumerate(found)
    )


def _assignments(world: World) -> Assignments:
    many = world.voice.many(2, 80)
    lacking = tuple(_lacking(world, n) for n in range(many))
    open_ones = tuple(
        replace(each.assignment, id=each.assignment.id + 100, state=State.OPEN) for each in lacking
    )
    return Assignments(
        late=many, unanswered=many + 1 if many else 0, lacking=lacking, standing=open_ones
    )


def _lacking(world: World, n: int) -> Lacking:
    about = About(activity_id=world.activities[n % len(world.activities)].id)
    title = world.voice.line(("Kartlägg utbildningarna",), TITLE)
    asked = None if n % 5 == 4 else 40
    assignment = Assignment(
        id=n + 7,
        work=Work(title, world.today - timedelta(days=n), hours=asked, about=about),
        asked=ToNetwork(BodyId(1), 3),
        asked_by=contact(world, 2),
        asked_at=world.now - WEEK,
        state=State.UNRESOURCED,
        state_since=world.now,
    )
    places = tuple(world.plan.organisations)[: world.voice.many(3, 15)]
    offers = tuple(Offered(each, assignment.share, 5 * (each % 2)) for each in places)
    return Lacking(assignment, asked, sum(each.offered for each in offers), offers)

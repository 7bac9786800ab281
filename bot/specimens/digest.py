"""Digests of an invented world, as the chef and the steering group get them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

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
from bot.digests.period import Audience, Week
from bot.plan import Activity
from bot.reporting import Report
from bot.specimens.specimen import Drawn
from bot.specimens.world import WEEK, World
from bot.states import Status

WEEKS = 8


def digests(world: World) -> Iterator[Drawn]:
    """The first one, one like the week before, one that is late, and a preview."""
    for audience in Audience:
        name = f"digest-{audience.value.replace('_', '-')}"
        material = material_of(world, audience)
        yield from _cards(name, material)
        yield from _cards(f"{name}-first", replace(material, after=None, told={}))
        again = replace(material, told=dict(compose(material).told), corrections=())
        yield from _cards(f"{name}-nothing-new", again)
        late = material.cut_off + timedelta(days=2)
        yield from _cards(f"{name}-late", replace(material, late=True, made_at=late))
        yield from _cards(f"{name}-preview", replace(material, preview=True))


def _cards(name: str, material: Material) -> Iterator[Drawn]:
    for number, card in enumerate(compose(material).cards, 1):
        yield Drawn(f"{name}-{number}", "", card)


def material_of(world: World, audience: Audience) -> Material:
    """All that a digest of the audience is made of."""
    standings = tuple(_standing(world, each, n) for n, each in enumerate(world.activities))
    return Material(
        audience=audience,
        week=Week.of(world.today),
        covers_from=world.now - WEEK,
        cut_off=world.now,
        made_at=world.now,
        after=str(Week.of(world.today - WEEK)),
        standings=standings,
        milestones=_milestones(world),
        corrections=_corrections(world),
        trend=_trend(world, standings),
    )


def _standing(world: World, activity: Activity, n: int) -> Standing:
    report, before = world.latest.get(activity.id), world.before.get(activity.id)
    return Standing(
        activity=activity,
        report=_at_cut_off(report) if report else None,
        before_id=before.id if before else None,
        before=before.content.status if before else Status.NOT_STARTED,
        late_since=world.today - timedelta(days=n) if n in (3, 7) else None,
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

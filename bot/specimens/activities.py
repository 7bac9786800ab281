"""Cards of activities: living, in lists, their history, news of them, milestones and rhythm."""

from collections.abc import Iterator
from dataclasses import replace

from bot.conversations import follow_activity, milestones, reporting_rhythm, show_activity
from bot.conversations.activity_card import activity_card, news_card
from bot.conversations.activity_ways import ways_with
from bot.plan import Activity, Plan, Rhythm
from bot.reporting import Report
from bot.specimens.specimen import Drawn
from bot.specimens.world import WEEK, World, content
from bot.states import Decider, Status


def activity_cards(world: World) -> Iterator[Drawn]:
    """All of them."""
    yield from _living(world)
    if world.latest:
        yield from _news(world)
    yield from _history(world)
    yield from _lists(world)
    yield from _milestones(world)
    yield from _rhythm(world)


def report_on(world: World, activity: Activity, status: Status, n: int = 0) -> Report:
    """A report on the activity with that status, written now."""
    return Report(
        id=activity.id * 1_000 + n,
        activity_id=activity.id,
        person_id=activity.responsible.id,
        person_name=activity.responsible.name,
        reported_at=world.now,
        replaces=None,
        replaced_by=None,
        content=content(world.voice, status, n),
    )


def _living(world: World) -> Iterator[Drawn]:
    activity, proposed = world.activities[0], world.activities[-1]
    card = activity_card(activity, None, None)
    yield Drawn("activity-never-reported", "aktivitet", card)
    yield Drawn(
        "activity-in-plan",
        "aktivitet",
        show_activity.in_plan(world.plan, activity, (), ways_with(activity, ())),
    )
    for yes in (True, False):
        card = follow_activity.follows(activity, yes=yes)
        yield Drawn(f"activity-follows-{'yes' if yes else 'no'}", "folj", card)
    before = replace(report_on(world, activity, Status.ON_TRACK), reported_at=world.now - 3 * WEEK)
    for n, status in enumerate(Status):
        card = activity_card(activity, report_on(world, activity, status, n), before)
        yield Drawn(f"activity-{status.value.replace('_', '-')}", "aktivitet", card)
    report = report_on(world, activity, Status.OFF_TRACK, 2)
    yield Drawn("activity-first-report", "aktivitet", activity_card(activity, report, None))
    again = replace(report, content=report.content.said_again())
    yield Drawn("activity-unchanged", "aktivitet", activity_card(activity, again, report))
    corrected = replace(report, replaces=before.id)
    yield Drawn("activity-corrected", "aktivitet", activity_card(activity, corrected, before))
    new = replace(proposed, proposed=True)
    yield Drawn("activity-proposed", "aktivitet", activity_card(new, report, before))


def _news(world: World) -> Iterator[Drawn]:
    """A changed state, a decision asked of each that can be asked, a correction."""
    activity = world.activities[0]
    before = report_on(world, activity, Status.ON_TRACK)
    risk = report_on(world, activity, Status.AT_RISK)
    yield Drawn("news-changed", "rapport", news_card(activity, risk, before))
    for n, decider in enumerate(Decider):
        if decider is not Decider.NOBODY:
            asks = report_on(world, activity, Status.OFF_TRACK, n)
            name = f"news-decision-{decider.value.replace('_', '-')}"
            yield Drawn(name, "rapport", news_card(activity, asks, before))
    corrected = replace(risk, replaces=before.id)
    yield Drawn("news-corrected", "ratta", news_card(activity, corrected, before))
    yield Drawn("news-first", "rapport", news_card(activity, risk, None))


def _history(world: World) -> Iterator[Drawn]:
    activity = world.activities[0]
    yield Drawn("history-empty", "historik", show_activity.never_reported(activity))
    yield Drawn("history-older", "historik", show_activity.older_reports(activity, 3))
    report = report_on(world, activity, Status.OFF_TRACK, 1)
    told = {
        "history-report": report,
        "history-replaced": replace(report, replaced_by=report.id + 1),
        "history-correction": replace(report, replaces=report.id - 1),
        "history-unchanged": replace(report, content=report.content.said_again()),
    }
    for name, each in told.items():
        yield Drawn(name, "historik", show_activity.as_reported(activity, each))


def _lists(world: World) -> Iterator[Drawn]:
    chosen, latest = world.activities, world.latest
    words = world.voice.line(("kompetens",), 3_000)
    page = show_activity.ACTIVITIES_A_PAGE
    yield Drawn("activities", "aktiviteter", show_activity.listed(chosen, "", 0, latest))
    found = show_activity.listed(chosen, words, 0, latest)
    yield Drawn("activities-searched", "aktiviteter", found)
    if len(chosen) > page:
        last = len(chosen) - 1 - (len(chosen) - 1) % page
        yield Drawn(
            "activities-last", "aktiviteter", show_activity.listed(chosen, "", last, latest)
        )
    yield Drawn("activities-none", "aktiviteter", show_activity.none_fits(world.plan, words))
    empty = Plan(revision=1)
    yield Drawn("activities-empty-plan", "aktiviteter", show_activity.none_fits(empty, words))
    yield Drawn("mine", "mina", show_activity.mine_card(world.mine, latest))
    yield Drawn("mine-none", "mina", show_activity.none_of_mine())


def _milestones(world: World) -> Iterator[Drawn]:
    activity = world.activities[0]
    card = milestones.milestones_card(activity, world.today)
    yield Drawn("milestones", "milstolpe", card)
    yield Drawn("milestone-gone", "milstolpe", milestones.no_such_milestone())
    yield Drawn("milestone-reached-before", "milstolpe", milestones.reached_before())
    for one in activity.milestones[-1:]:
        yield Drawn("milestone-reached", "milstolpe", milestones.reached(activity, one))
        yield Drawn("milestone-reopened", "milstolpe", milestones.reopened(activity, one))
        moved = milestones.moved(activity, one, one.due_on + WEEK)
        yield Drawn("milestone-moved", "milstolpe", moved)


def _rhythm(world: World) -> Iterator[Drawn]:
    activity = world.activities[0]
    words = world.voice.line(("då och då",), 3_000)
    shown = reporting_rhythm.as_it_is(activity, "", may_choose=True)
    yield Drawn("rhythm", "takt", shown)
    looked = reporting_rhythm.as_it_is(activity, "", may_choose=False)
    yield Drawn("rhythm-looked-at", "takt", looked)
    unclear = reporting_rhythm.as_it_is(activity, words, may_choose=True)
    yield Drawn("rhythm-not-understood", "takt", unclear)
    for rhythm in (
        Rhythm("weeks", 1),
        Rhythm("weeks", 3),
        Rhythm("monthly", 4),
        Rhythm("never", 2),
    ):
        name = f"rhythm-{rhythm.kind}-{rhythm.weeks}"
        yield Drawn(name, "takt", reporting_rhythm.changed(activity, rhythm))

"""Cards of running a poll: what if, changes, nudges, closing, outcomes, decisions, copies."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.conversations.polls import (
    ballot_card,
    cancelled_told,
    change_form,
    change_told,
    copying,
    decision_told,
    outcome_card,
    poll_history,
    running,
    what_if,
)
from bot.people import OrganisationId
from bot.plan import Kronor
from bot.polls.co_financing import Supposed, hidden
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.poll import Kind, Method, Secrecy, State
from bot.polls.scenarios import Scenario
from bot.polls.templates import Template
from bot.specimens.invented import REASONS
from bot.specimens.invented_polls import (
    METHODS,
    decision_of,
    money_poll,
    name_of,
    poll_of,
    result_of,
    sealed_of,
    steps_of_poll,
)
from bot.specimens.polls import OF
from bot.specimens.specimen import Drawn
from bot.specimens.world import TITLE, World


def poll_running_cards(world: World) -> Iterator[Drawn]:
    """All of them."""
    for each in (_what_if, _changed, _run, _outcomes, _decided, _copied):
        yield from each(world)


def _what_if(world: World) -> Iterator[Drawn]:
    asked = money_poll(world, key=SharingKey.EQUAL)
    context = what_if.About(asked, keeps=True)
    first = frozenset({asked.places[0].municipality})
    every = frozenset(each.municipality for each in asked.places)
    for name, supposed in (
        ("without", Supposed(first)),
        ("all", Supposed(first, Kronor(800_000), Key(SharingKey.EQUAL))),
        ("nothing", Supposed()),
        ("nobody", Supposed(every)),
    ):
        yield Drawn(f"poll-what-if-{name}", OF, what_if.counted(context, supposed))
    kept = what_if.counted(context, Supposed(first), kept=name_of(world))
    yield Drawn("poll-what-if-kept", OF, kept)
    kept_ones = [
        Scenario(n, world.voice.line(REASONS, TITLE), Supposed(), name_of(world), world.now)
        for n in range(world.voice.many(2, 30))
    ]
    yield Drawn("poll-scenarios", OF, what_if.scenario_list(asked.poll, kept_ones))
    yield Drawn("poll-scenarios-none", OF, what_if.scenario_list(asked.poll, []))


def _changed(world: World) -> Iterator[Drawn]:
    before, now = money_poll(world), money_poll(world)
    now = replace(now, proposal=replace(now.proposal, asked=Kronor(500_000)))
    reason = world.voice.line(REASONS, 3_000)
    yield Drawn("poll-choose-change", OF, change_told.choose_change(now.poll))
    yield Drawn("poll-changed", OF, change_told.changed(now, before))
    yield Drawn("poll-changed-key", OF, change_told.changed(now, now))
    for n in (0, 6):
        old = before.places[n] if n < len(before.places) else None
        place = now.places[n % len(now.places)]
        yield Drawn(f"poll-new-share-{n}", OF, change_told.new_share(now, place, old, reason))
    joined = change_told.new_share(now, now.places[0], None, reason)
    yield Drawn("poll-new-share-joined", OF, joined)
    yield Drawn("poll-nothing-changed", OF, change_form.nothing_changed(now.poll))
    yield Drawn("poll-words-changed", OF, change_form.words_changed(now.poll))


def _run(world: World) -> Iterator[Drawn]:
    poll, by = money_poll(world).poll, name_of(world)
    words = world.voice.line(REASONS, 1_000)
    reason = world.voice.line(REASONS, 3_000)
    names = [each.name for each in money_poll(world).places]
    yield Drawn("poll-nudged", OF, running.nudged(poll, by, words))
    yield Drawn("poll-nudge-sent", OF, running.nudge_sent(poll, names, 3))
    yield Drawn("poll-nudge-nobody", OF, running.nudge_sent(poll, names[:1], 0))
    yield Drawn("poll-nudge-none", OF, running.nudge_sent(poll, [], 2))
    yield Drawn("poll-nudge-secret", OF, running.nudge_sent(poll, [], 0))
    for again in (True, False):
        longer = running.open_longer(poll, by, reason, again=again)
        yield Drawn(f"poll-open-longer-{again}", OF, longer)
        yield Drawn(f"poll-extended-{again}", OF, running.extended(poll, 12, again=again))
    yield Drawn("poll-cancelled-news", OF, running.cancelled(poll, by, reason))
    yield Drawn("poll-close-missing", OF, running.close_or_not(poll, names))
    yield Drawn("poll-close-all", OF, running.close_or_not(poll, []))
    private = poll_of(world, Kind.PRIORITY, Method.SCORE, secrecy=Secrecy.ALWAYS)
    yield Drawn("poll-close-secret", OF, running.close_or_not(private, names))
    steps = steps_of_poll(world)
    yield Drawn("poll-history", OF, poll_history.history_card(poll, steps))
    yield Drawn("poll-history-older", OF, poll_history.history_card(poll, steps[8:], 8))
    gone = replace(private, state=State.CANCELLED)
    card = ballot_card.ballot_card(gone, None, world.plan, world.now)
    yield Drawn("poll-cancelled-why", OF, cancelled_told.why_cancelled(card, steps[0]))
    yield Drawn("poll-history-none", OF, poll_history.history_card(poll, []))


def _outcomes(world: World) -> Iterator[Drawn]:
    sentence, sealed = "6 av 15 röstade.", sealed_of(world)
    asked = money_poll(world, State.CLOSED)
    card = outcome_card.outcome_of_money(asked, sentence, sealed, world.plan)
    yield Drawn("poll-outcome-money", OF, card)
    decided = replace(
        money_poll(world, State.CLOSED, decision=decision_of(world)),
        accepted=frozenset({asked.places[0].municipality}),
    )
    card = outcome_card.outcome_of_money(decided, sentence, sealed, world.plan)
    yield Drawn("poll-outcome-accepted", OF, card)
    secret = hidden(money_poll(world, secrecy=Secrecy.UNTIL_CLOSING))
    card = outcome_card.outcome_of_money(secret, sentence, None, world.plan)
    yield Drawn("poll-outcome-hidden", OF, card)
    for kind, method in METHODS:
        poll = poll_of(world, kind, method, State.CLOSED, decision=decision_of(world))
        result = result_of(poll)
        card = outcome_card.outcome_of_votes(poll, result, sentence, sealed, world.plan)
        yield Drawn(f"poll-outcome-{method.value}", OF, card)


def _decided(world: World) -> Iterator[Drawn]:
    asked = money_poll(world, State.CLOSED, decision=decision_of(world, declined=True))
    accepted = [each.municipality for each in asked.places[:3]]
    for waits in (True, False):
        news = decision_told.decision_news(asked.poll, world.plan, asked, accepted, waits=waits)
        yield Drawn(f"poll-decision-{waits}", OF, news)
    votes = poll_of(world, Kind.PRIORITY, Method.POINTS, decision=decision_of(world))
    none: list[OrganisationId] = []
    news = decision_told.decision_news(votes, world.plan, None, none, waits=False)
    yield Drawn("poll-decision-votes", OF, news)
    yield Drawn("poll-no-activity-yet", OF, decision_told.no_activity_yet(asked.poll))
    yield Drawn("poll-accepted-later", OF, decision_told.accepted_later(asked.poll, 3))


def _copied(world: World) -> Iterator[Drawn]:
    poll = money_poll(world).poll
    yield Drawn("poll-template-kept", OF, copying.kept(poll, world.voice.line(REASONS, 75)))
    found = [
        Template(
            n,
            world.voice.line(REASONS, 75),
            Kind.PRIORITY,
            {},
            name_of(world),
            world.now - timedelta(days=n),
        )
        for n in range(world.voice.many(2, 30))
    ]
    for leads in (True, False):
        listed = copying.template_list(found, leads=leads)
        yield Drawn(f"poll-templates-{leads}", OF, listed)
    yield Drawn("poll-templates-none", OF, copying.template_list([], leads=True))

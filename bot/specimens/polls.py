"""Cards of polls: living, in lists, at home, started, answered, voted, run, closed and decided."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.conversations.polls import (
    announcing,
    answer_form,
    answer_told,
    answers_shown,
    at_home,
    ballot_card,
    ballot_told,
    closing_offered,
    co_financing_card,
    date_chosen,
    listing,
    naming,
    not_understood,
    on_time,
    option_form,
    priority_told,
    question_starting,
    refusals,
    showing,
    start_told,
    starting,
)
from bot.polls.co_financing import hidden
from bot.polls.poll import Kind, Method, Poll, Secrecy, State, Voter
from bot.polls.reading_question import NotAQuestion, Wrong
from bot.specimens.invented import REASONS
from bot.specimens.invented_needs import contact
from bot.specimens.invented_polls import (
    METHODS,
    decision_of,
    held_by_somebody,
    money_poll,
    name_of,
    poll_of,
    result_of,
    said_of_every_kind,
)
from bot.specimens.specimen import Drawn
from bot.specimens.world import World

OF = "rosta"
WRONGS: tuple[Wrong, ...] = (
    *("no_question", "too_long", "one_choice", "too_many", "twice", "when", "closes_first"),
    *("no_dates", "date", "past"),
)


def poll_cards(world: World) -> Iterator[Drawn]:
    """All of them, but those of running a poll."""
    for each in (_money, _ballots, _lists, _started, _answers, _votes, _questions, _refused):
        yield from each(world)


def _money(world: World) -> Iterator[Drawn]:
    for state in State:
        asked = money_poll(world, state)
        card = co_financing_card.co_financing_card(asked, world.plan, world.now)
        yield Drawn(f"poll-money-{state.value}", OF, card)
    secret = money_poll(world, secrecy=Secrecy.UNTIL_CLOSING)
    shown = co_financing_card.co_financing_card(hidden(secret), world.plan, world.now)
    yield Drawn("poll-money-hidden", OF, shown)
    sounding = money_poll(world, binding=False)
    card = co_financing_card.co_financing_card(sounding, world.plan, world.now)
    yield Drawn("poll-sounding", OF, card)
    made = money_poll(world, State.CLOSED, binding=False, formal_id=10**12)
    card = co_financing_card.co_financing_card(made, world.plan, world.now)
    yield Drawn("poll-sounding-made-formal", OF, card)
    said = refusals.as_it_is(made.poll, [contact(world, 2)], world.now)
    refused = refusals.refused(made.poll, said, world.voice.line(REASONS, 3_000))
    yield Drawn("poll-sounding-refused", OF, refused)
    decided = money_poll(world, State.CLOSED, decision=decision_of(world, declined=True))
    card = co_financing_card.co_financing_card(decided, world.plan, world.now)
    yield Drawn("poll-money-decided", OF, card)
    asked = money_poll(world)
    own = tuple(each.municipality for each in asked.places[:3])
    yours = showing.with_yours(card, showing.yours(asked, own, held_by_somebody(world)))
    yield Drawn("poll-money-yours", OF, yours)
    yield Drawn("poll-money-manage", OF, showing.with_manage(card, asked.poll))
    for state in (State.OPEN, State.CLOSED, State.PLANNED):
        each = money_poll(world, state).poll
        manage = showing.manage_card(each, leads=True, records=True)
        yield Drawn(f"poll-manage-{state.value}", OF, manage)
    yield Drawn("poll-answers", OF, answers_shown.answers_card(asked))
    place = asked.places[0]
    given = [place.answer] * 3 if place.answer is not None else []
    yield Drawn("poll-versions", OF, answers_shown.versions_card(asked, place, given))
    if len(asked.places) > 5:
        old = asked.places[5]
        confirm = answers_shown.versions_card(asked, old, [old.answer] if old.answer else [])
        yield Drawn("poll-versions-confirm", OF, confirm)


def _ballots(world: World) -> Iterator[Drawn]:
    for kind, method in METHODS:
        poll = poll_of(world, kind, method)
        card = ballot_card.ballot_card(poll, result_of(poll), world.plan, world.now)
        yield Drawn(f"poll-{method.value}", OF, card)
        closed = poll_of(world, kind, method, State.CLOSED, decision=decision_of(world))
        card = ballot_card.ballot_card(closed, result_of(closed), world.plan, world.now)
        yield Drawn(f"poll-{method.value}-closed", OF, card)
    chosen = poll_of(world, Kind.DATES, Method.DATES, State.CLOSED)
    chosen = replace(chosen, date_chosen=chosen.options[-1].starts_at)
    card = ballot_card.ballot_card(chosen, result_of(chosen), world.plan, world.now)
    yield Drawn("poll-dates-chosen", OF, card)
    few = poll_of(
        world, Kind.PRIORITY, Method.POINTS, State.CLOSED, secrecy=Secrecy.ALWAYS, voted=2
    )
    yield Drawn("poll-secret-few", OF, ballot_card.ballot_card(few, None, world.plan, world.now))
    by_place = poll_of(world, Kind.PRIORITY, Method.POINTS, voters="municipality", body=None)
    card = ballot_card.ballot_card(by_place, None, world.plan, world.now)
    yield Drawn("poll-by-municipality", OF, card)


def _every_poll(world: World) -> list[Poll]:
    return [money_poll(world).poll, *(poll_of(world, *each) for each in METHODS)]


def _lists(world: World) -> Iterator[Drawn]:
    polls = _every_poll(world)
    more = listing.page_after(10, "öppna")
    listed = listing.listed_card(polls, 40, world.now, more, listing.new_buttons())
    yield Drawn("poll-list", OF, listed)
    yield Drawn("poll-list-last", OF, listing.listed_card(polls[:1], 1, world.now, None))
    yield Drawn("poll-list-empty", OF, listing.none_yet(world.person, filtered=False))
    leader = replace(world.person, posts=frozenset({"manager"}))
    yield Drawn("poll-list-empty-leader", OF, listing.none_yet(leader, filtered=True))
    asked = money_poll(world)
    ask = at_home.Waiting(asked.poll, asked.places[:2], asked)
    suggest = at_home.Waiting(asked.poll, asked.places[-1:], asked, answers=False)
    voter = Voter(1, None, world.person.id, world.person.name, voted=False)
    votes = [at_home.Waiting(each, voters=(voter,)) for each in polls[1:6]]
    home = at_home.waiting_card([ask, suggest, *votes], world.now)
    yield Drawn("poll-home-waiting", OF, home)
    yield Drawn("poll-home-started", OF, at_home.started_card(polls[:5], world.now))


def _started(world: World) -> Iterator[Drawn]:
    asked, held = money_poll(world), held_by_somebody(world)
    yield Drawn("poll-started", OF, start_told.started(asked, held))
    planned = money_poll(world, State.PLANNED)
    yield Drawn("poll-started-later", OF, start_told.started(planned, held))
    name = name_of(world)
    yield Drawn("poll-who-starts", OF, start_told.who_starts(name, name))
    yield Drawn("poll-formal-already", OF, start_told.not_again(asked.poll))
    made = replace(asked.poll, binding=False, formal_id=10**12)
    yield Drawn("poll-made-formal", OF, start_told.not_again(made))
    several = world.activities[: world.voice.many(2, 10)]
    yield Drawn("poll-which-activity", OF, starting.which_activity(several))
    poll = poll_of(world, Kind.PRIORITY, Method.POINTS)
    yield Drawn("poll-priority-started", OF, priority_told.priority_started(poll, world.plan))
    yield Drawn("poll-you-are-asked", OF, announcing.you_are_asked(asked, asked.places[0]))
    sounding = money_poll(world, binding=False)
    told = announcing.you_are_asked(sounding, sounding.places[0])
    yield Drawn("poll-you-are-sounded", OF, told)
    yield Drawn("poll-you-may-vote", OF, announcing.you_may_vote(poll, None))
    yield Drawn("poll-you-vote-for", OF, announcing.you_may_vote(poll, name))
    yield Drawn("poll-closed-news", OF, announcing.closed_news(poll, "6 av 15 röstade."))
    yield Drawn("poll-asks-again", OF, on_time.decision_awaited(asked, asked.places[4]))
    yield Drawn("poll-all-answered", OF, closing_offered.all_answered(poll))


def _answers(world: World) -> Iterator[Drawn]:
    asked = money_poll(world)
    poll, place, name = asked.poll, asked.places[0], name_of(world)
    for n, said in enumerate(said_of_every_kind(world)):
        yield Drawn(f"poll-receipt-{n}", OF, answer_told.receipt(poll, place, said))
    said = said_of_every_kind(world)[1]
    yield Drawn("poll-answered-by", OF, answer_told.answered_by(poll, place, said, name))
    heard = next((e.answer.heard for e in asked.places if e.answer and e.answer.heard), None)
    if heard is not None:
        recorded = answer_told.recorded_for_you(poll, place, said, heard, name)
        yield Drawn("poll-recorded", OF, recorded)
    suggestion = answer_told.suggestion_for(poll, place, said, 10**12, name)
    yield Drawn("poll-suggestion", OF, suggestion)
    yield Drawn("poll-suggested", OF, answer_told.suggestion_kept(poll, place, said, name))
    yield Drawn("poll-suggestion-gone", OF, answer_told.suggestion_gone(poll, place))
    several = asked.places[: world.voice.many(2, 10) or 2]
    which = answer_form.which_municipality(poll, several, world.voice.line(REASONS, 3_000))
    yield Drawn("poll-which-municipality", OF, which)
    last = max(0, len(asked.places) - 2)
    yield Drawn("poll-answers-last", OF, answers_shown.answers_card(asked, last))
    waits = said_of_every_kind(world)[4]
    yield Drawn("poll-too-late", OF, answer_told.decided_too_late(poll, place, waits))


def _votes(world: World) -> Iterator[Drawn]:
    for kind, method in METHODS:
        poll = poll_of(world, kind, method, secrecy=Secrecy.UNTIL_CLOSING)
        chosen = {each.id: n % 3 for n, each in enumerate(poll.options)}
        receipt = ballot_told.receipt(poll, name_of(world), chosen)
        yield Drawn(f"poll-voted-{method.value}", OF, receipt)
    poll = poll_of(world, Kind.PRIORITY, Method.POINTS, secrecy=Secrecy.ALWAYS)
    yield Drawn("poll-voted-secretly", OF, ballot_told.secret_receipt(poll))
    yield Drawn("poll-no-secret-words", OF, ballot_told.no_secret_words(poll))
    yield Drawn("poll-option-added", OF, option_form.added(poll, poll.options[0].label))


def _questions(world: World) -> Iterator[Drawn]:
    plan, words = world.plan, world.voice.line(REASONS, 3_000)
    poll = poll_of(world, Kind.QUESTION, Method.CHOICE)
    yield Drawn("poll-asked", OF, question_starting.asked_card(poll, plan))
    later = poll_of(world, Kind.QUESTION, Method.CHOICE, State.PLANNED)
    yield Drawn("poll-asked-later", OF, question_starting.asked_card(later, plan))
    for dates in (False, True):
        bodies = tuple(plan.bodies)
        which = question_starting.which_body(plan, bodies, words, dates=dates)
        yield Drawn(f"poll-which-body-{dates}", OF, which)
    yield Drawn("poll-no-network", OF, question_starting.no_network())
    for wrong in WRONGS:
        error = NotAQuestion(wrong, words)
        card = question_starting.not_read(error, words, dates=wrong in ("date", "past"))
        yield Drawn(f"poll-not-read-{wrong}".replace("_", "-"), OF, card)
    dates = poll_of(world, Kind.DATES, Method.DATES)
    yield Drawn("poll-which-date", OF, date_chosen.which_date(dates, result_of(dates)))
    option = dates.options[0]
    for added in (True, False):
        news = date_chosen.date_news(dates, option, added=added)
        yield Drawn(f"poll-date-{added}", OF, news)


def _refused(world: World) -> Iterator[Drawn]:
    poll, words = money_poll(world).poll, world.voice.line(REASONS, 3_000)
    yield Drawn("poll-refused", OF, refusals.refused(poll, words, words))
    for secrecy in (Secrecy.OPEN, Secrecy.ALWAYS):
        final = poll_of(world, Kind.PRIORITY, Method.POINTS, secrecy=secrecy)
        yield Drawn(f"poll-final-{secrecy.value}", OF, refusals.answered_already(final))
    for kind, method in ((Kind.CO_FINANCING, None), *METHODS):
        made = poll if method is None else poll_of(world, kind, method)
        for is_open in (True, False):
            which = f"{kind.value}-{method.value if method else 'money'}-{is_open}".lower()
            card = not_understood.not_understood(made, words, is_open=is_open)
            yield Drawn(f"poll-not-understood-{which}", OF, card)
            card = not_understood.poll_help(made, is_open=is_open)
            yield Drawn(f"poll-help-{which}", OF, card)
    yield Drawn("polls-not-understood", OF, not_understood.nothing_listed(words))
    yield Drawn("poll-no-such", OF, naming.no_such_poll("9" * 40))
    for state in State:
        each = replace(poll, state=state)
        if state is State.OPEN:
            each = replace(each, closes_at=world.now - timedelta(days=1))
        card = refusals.refused(each, refusals.as_it_is(each, [contact(world, 2)], world.now))
        yield Drawn(f"poll-not-now-{state.value}", OF, card)

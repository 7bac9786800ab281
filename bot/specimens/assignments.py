"""Cards of assignments: living, in lists, asked, answered, made room for, done and counted."""

from collections.abc import Iterator
from dataclasses import replace

from bot.assignments.assignment import Hours
from bot.conversations.assignments import (
    answering,
    asking_form,
    deciding,
    doing,
    hours,
    listing,
    mending,
    my_assignments,
    naming,
    refusals,
    showing,
    telling,
)
from bot.conversations.assignments.assignment_card import assignment_card, verb_button
from bot.conversations.views import Button, press
from bot.needs.need import Need
from bot.people import Person
from bot.specimens.invented import REASONS
from bot.specimens.invented_assignments import (
    assignments_of,
    open_to_network,
    shared,
    steps_of_assignment,
)
from bot.specimens.invented_needs import contact, needs_of
from bot.specimens.specimen import Drawn
from bot.specimens.world import NAME, World

OF = "uppdrag"


def assignment_cards(world: World) -> Iterator[Drawn]:
    """All of them."""
    for each in (_living, _asking, _answers, _deciding, _doing, _mending, _lists, _refused):
        yield from each(world)


def _reason(world: World) -> str:
    return world.voice.line(REASONS, 3_000)


def _living(world: World) -> Iterator[Drawn]:
    plan = world.plan
    for each in assignments_of(world):
        name = f"assignment-{each.parts[0].state.value}".replace("_", "-")
        yield Drawn(name, OF, assignment_card(each, plan))
        yield Drawn(f"{name}-today", OF, assignment_card(each, plan, world.today))
        theirs = Person(each.parts[0].person.id, world.person.name, "x@example.se")
        asker = replace(theirs, id=each.asked_by.id)
        for who, person in (("theirs", theirs), ("askers", asker)):
            offered = showing.ways_offered(each, person, {part.id for part in each.parts})
            if offered:
                yield Drawn(f"{name}-{who}", OF, showing.ways_with(each, offered))
    network = open_to_network(world)
    yield Drawn("assignment-open-to-network", OF, assignment_card(network, plan))
    yield Drawn("assignment-shared", OF, assignment_card(shared(world), plan, world.today))
    steps = steps_of_assignment(world)
    yield Drawn("assignment-history", OF, showing.history_card(network, steps[:8], 8))
    yield Drawn("assignment-history-older", OF, showing.history_card(network, steps[8:], None))
    yield Drawn("assignment-what-about-it", OF, showing.what_about_it(network))
    yield Drawn("assignment-no-such", OF, naming.no_such_assignment("9" * 18))


def _asking(world: World) -> Iterator[Drawn]:
    plan, first = world.plan, assignments_of(world)[0]
    yield Drawn("assignment-asked-notice", OF, telling.asked_notice(first, plan))
    by = world.voice.line(("Åsa Öberg",), NAME)
    yield Drawn("assignment-handed-notice", OF, telling.asked_notice(first, plan, by))
    network = open_to_network(world)
    yield Drawn("assignment-network-notice", OF, telling.asked_notice(network, plan))
    yield Drawn("assignment-now-asked", OF, asking_form.now_asked(first, plan))
    yield Drawn("assignment-may-not-ask", OF, asking_form.may_not_ask())
    activity = world.activities[0]
    yield Drawn("assignment-not-from-activity", OF, asking_form.not_from_activity(activity))
    for need in needs_of(world)[:2]:
        name = f"assignment-not-from-need-{need.stage.value}"
        yield Drawn(name, OF, asking_form.not_from_need(need))
    for name, need in _over(needs_of(world)[0], world):
        yield Drawn(f"assignment-{name}-need", OF, asking_form.not_from_such_need(need))
    yield Drawn("assignment-no-such-activity", OF, asking_form.no_such_activity("X" * 30))


def _over(need: Need, world: World) -> Iterator[tuple[str, Need]]:
    """The need as it is when no more work is asked for from it."""
    yield "declined", need
    yield "withdrawn", replace(need, withdrawn_at=world.now)
    yield "merged", replace(need, merged_into=10**12)


def _answers(world: World) -> Iterator[Drawn]:
    taken, who, reason = assignments_of(world)[3], world.person.name, _reason(world)
    for many in (None, 100_000):
        name = "some" if many else "unknown"
        yield Drawn(f"assignment-yours-{name}", OF, answering.you_have_it(taken, many))
        yield Drawn(f"assignment-taken-news-{name}", OF, answering.taken_news(taken, who, many))
    yield Drawn("assignment-declined-news", OF, answering.declined_news(taken, who, reason))
    yield Drawn("assignment-handed-news", OF, answering.handed_news(taken, who, who))
    yield Drawn("assignment-handed-over", OF, answering.handed_over(taken, who))
    yield Drawn("assignment-priority-news", OF, answering.priority_news(taken, who, who))
    yield Drawn("assignment-priority-asked", OF, answering.priority_asked(taken, who, reason))
    yield Drawn("assignment-taken-by-others", OF, telling.taken_by_others(shared(world)))
    for name, each in (("some", shared(world)), ("none", open_to_network(world))):
        yield Drawn(f"assignment-nobody-has-time-{name}", OF, telling.nobody_has_time(each))
        no = answering.declined_news(each, who, reason)
        yield Drawn(f"assignment-last-no-{name}", OF, telling.nobody_has_time(each, no))
    yield Drawn("assignment-answered", OF, telling.answered_by_another(taken, who))


def _deciding(world: World) -> Iterator[Drawn]:
    waits, proposed, taken = assignments_of(world)[1:4]
    who, reason, part = world.person.name, _reason(world), waits.parts[0]
    yield Drawn("assignment-priority-notice", OF, telling.priority_notice(waits, part))
    again = telling.priority_notice(waits, part, reason)
    yield Drawn("assignment-priority-notice-again", OF, again)
    notice = telling.proposed_notice(proposed, proposed.parts[0])
    yield Drawn("assignment-proposed-notice", OF, notice)
    yield Drawn("assignment-given-news", OF, deciding.given_news(taken, who, who))
    yield Drawn("assignment-given", OF, deciding.given_receipt(taken, who))
    yield Drawn("assignment-refused-news", OF, deciding.refused_news(taken, who, who, reason))
    card = deciding.proposed_receipt(proposed, who, world.today)
    yield Drawn("assignment-day-proposed", OF, card)
    yield Drawn("assignment-agreed-news", OF, deciding.agreed_news(taken, taken.parts[0]))
    yield Drawn("assignment-agreed", OF, deciding.agreed_receipt(taken, taken.parts[0]))


def _doing(world: World) -> Iterator[Drawn]:
    taken, done = assignments_of(world)[3:5]
    who, note = world.person.name, _reason(world)
    person = done.parts[0].person.id
    yield Drawn("assignment-progress-news", OF, doing.progress_news(taken, who, 12, note))
    card = doing.progress_receipt(taken, taken.parts[0].person.id, note)
    yield Drawn("assignment-progress", OF, card)
    yield Drawn("assignment-done-news", OF, doing.done_news(done, who, person, note))
    yield Drawn("assignment-done-receipt", OF, doing.done_receipt(done, person, None))
    yield Drawn("assignment-promised", OF, doing.promised(taken, 12))
    yield Drawn("assignment-promised-none", OF, doing.promised(taken, None))
    yield Drawn("assignment-reopened-news", OF, doing.reopened_news(done, who, who, note))


def _mending(world: World) -> Iterator[Drawn]:
    first, who = assignments_of(world)[0], world.person.name
    yield Drawn("assignment-edited-news", OF, mending.edited_news(first, who))
    yield Drawn("assignment-asked-elsewhere", OF, mending.asked_elsewhere(first, who))
    news = telling.withdrawn_news(first, who, _reason(world))
    yield Drawn("assignment-withdrawn-news", OF, news)
    ways = (verb_button("Ändra", first, "andra"),)
    yield Drawn("assignment-receipt", OF, telling.receipt(first, "Sparat.", None, ways))
    yield Drawn("assignment-news", OF, telling.news(first, "Sparat."))


def _lists(world: World) -> Iterator[Drawn]:
    plan, today, person = world.plan, world.today, world.person
    found = [*assignments_of(world), shared(world), open_to_network(world)]
    page = (found * 2)[: world.voice.many(5, listing.A_PAGE)]
    more = Button(label="Visa fler", press=press(OF, "lista", 12, "sena"))
    wanted = world.voice.line(("försenade",), 200)
    if page:
        card = listing.listed_card(page, 999, wanted, plan, today, more)
        yield Drawn("assignments-listed", OF, card)
        card = listing.listed_card(page[:1], 1, "", plan, today, None)
        yield Drawn("assignments-listed-one", OF, card)
    yield Drawn("assignments-none-fits", OF, listing.none_fits(wanted))
    yield Drawn("assignments-none", OF, listing.none_fits(""))
    yield Drawn("assignments-which-municipality", OF, listing.which_municipality())
    some = tuple(found[: world.voice.many(2, my_assignments.SHOWN)])
    taken = tuple(found[3:5]) if some else ()
    theirs = frozenset(part.id for each in some for part in each.parts)
    mine = my_assignments.Mine(some, some, taken, some, (9, 9, 9, 9), theirs)
    for may in (True, False):
        card = my_assignments.mine_card(mine, person, today, may_ask=may)
        yield Drawn(f"assignments-mine{'-asking' if may else ''}", OF, card)
    nothing = my_assignments.mine_card(my_assignments.Mine(), person, today, may_ask=False)
    yield Drawn("assignments-mine-nothing", OF, nothing)
    counted = [
        Hours(each, activity.id, 100, 80, 20)
        for each in sorted(plan.organisations)
        for activity in world.activities[: world.voice.many(1, 3)]
    ]
    if counted:
        yield Drawn("assignments-hours", OF, hours.hours_card(counted, 0, wanted, plan, more))
        yield Drawn("assignments-hours-all", OF, hours.hours_card(counted[:1], 0, "", plan, None))
    yield Drawn("assignments-no-hours", OF, hours.no_hours(""))
    yield Drawn("assignments-no-hours-fit", OF, hours.no_hours(wanted))


def _refused(world: World) -> Iterator[Drawn]:
    plan, words = world.plan, _reason(world)
    person, network = assignments_of(world)[0], open_to_network(world)
    whom = [contact(world, n) for n in range(4)]
    for whose in ("asked", "decider", "asker", "changer", "taker"):
        card = refusals.who_may(person, plan, whose, whom, words)
        yield Drawn(f"assignment-who-may-{whose}", OF, card)
    yield Drawn("assignment-who-may-nobody", OF, refusals.who_may(person, plan, "asked", []))
    of_network = refusals.who_may(network, plan, "asked", [])
    yield Drawn("assignment-who-may-network", OF, of_network)
    mine = refusals.not_as_it_is(person, person.parts[0], words)
    yield Drawn("assignment-not-as-it-is-mine", OF, mine)
    yield Drawn("assignment-not-as-it-is", OF, refusals.not_as_it_is(person, None))
    yield Drawn("assignment-you-decide", OF, refusals.you_decide(person))
    yield Drawn("assignment-no-colleague", OF, refusals.no_colleague(person))
    yield Drawn("assignment-no-colleague-network", OF, refusals.no_colleague(network))
    yield Drawn("assignment-nobody-to-ask", OF, refusals.nobody_to_ask())

"""What waits for somebody who leaves, handed over to somebody else."""

from collections.abc import Iterator
from datetime import timedelta

from bot.conversations import hand_over, hand_over_cards
from bot.handing_over import HandedOver
from bot.leaving import Hanging, Kind, Leaver, Sort, Thing, Unfit
from bot.plan import Contact
from bot.specimens.forms import every_step
from bot.specimens.invented import MILESTONES, REASONS
from bot.specimens.invented_needs import contact, needs_of
from bot.specimens.specimen import Drawn
from bot.specimens.voice import Flavour
from bot.specimens.world import TITLE, World

OF = hand_over_cards.NAME


def hand_over_cards_of(world: World) -> Iterator[Drawn]:
    """All of them."""
    for each in (_listed, _found, _done):
        yield from each(world)


def hand_over_forms(world: World) -> Iterator[Drawn]:
    """For one thing, and for all."""
    hanging = _hanging(world)
    reason = {"reason": world.voice.line(REASONS, 600), "to": contact(world, 3).name}
    person = str(hanging.person.id)
    for name, things, arguments in (
        ("hand-over-one", hanging.things[:1], (person, "aktivitet", "1")),
        ("hand-over-all", hanging.things, (person, hand_over_cards.EVERYTHING)),
    ):
        about = hand_over.About(hanging, things, arguments, world.plan)
        yield from every_step(world, OF, hand_over.FLOW, about, arguments, reason, name=name)


def _person(world: World) -> Contact:
    return contact(world, 10**17 if world.flavour is Flavour.EXTREME else 4)


def _hanging(world: World) -> Hanging:
    """Everything that can hang on somebody; very much of it in the extreme world."""
    once = _things(world)
    return Hanging(_person(world), once * world.voice.many(1, 20) or once[:1])


def _things(world: World) -> tuple[Thing, ...]:
    activity, need = world.activities[0], needs_of(world)[1]
    title = world.voice.line(("Kartlägg utbildningarna",), TITLE)
    day = world.today + timedelta(days=20)
    place = next(iter(world.plan.organisations), None)
    network = next(iter(world.plan.bodies), None)
    key = 10**18 if world.flavour is Flavour.EXTREME else 7
    milestone = world.voice.line(MILESTONES, TITLE)
    return (
        Thing(Kind.ACTIVITY, activity.id, activity.title, activity.code, network=network),
        Thing(Kind.MILESTONE, key, milestone, activity.code, day),
        Thing(Kind.MANDATE, key, "co_financing", municipality=place),
        Thing(Kind.MANDATE, key + 1, "priority", municipality=place, ended=True),
        Thing(Kind.PART, key, title, due_on=day, network=network, assignment=key),
        Thing(Kind.PART, key + 1, title, due_on=day, assignment=key, waits=True),
        Thing(Kind.ASKED, key, title, due_on=day, assignment=key),
        Thing(Kind.NEED, need.id, need.title, due_on=need.prepare_by),
        Thing(Kind.APPLICATION, key, title, activity.code, day),
    )


def _leavers(world: World) -> list[Leaver]:
    what = world.voice.line(("Skövde",), TITLE)
    person, on = _person(world), world.today - timedelta(days=1)
    found = [
        Leaver(person, sort, what, on, gone=sort is Sort.EMPLOYMENT)
        for sort in Sort
        if sort is not Sort.POST
    ]
    posts = [Leaver(person, Sort.POST, post, on, False) for post in ("manager", "director")]
    return [*found, *posts] * (3 if world.flavour is Flavour.EXTREME else 1)


def _listed(world: World) -> Iterator[Drawn]:
    hanging, plan = _hanging(world), world.plan
    yield Drawn("hand-over-hanging", OF, hand_over_cards.hanging_card(hanging, plan))
    last = max(0, len(hanging.things) - 3)
    yield Drawn("hand-over-hanging-last", OF, hand_over_cards.hanging_card(hanging, plan, last))
    nothing = Hanging(hanging.person, ())
    yield Drawn("hand-over-nothing", OF, hand_over_cards.hanging_card(nothing, plan))
    for n, leaver in enumerate(_leavers(world)[:6]):
        card = hand_over_cards.hanging_card(hanging, plan, leaver=leaver)
        yield Drawn(f"hand-over-left-{n}", OF, card)
    left = hand_over_cards.all_who_left(_leavers(world))
    yield Drawn("hand-over-all-who-left", OF, left)
    yield Drawn("hand-over-nobody-left", OF, hand_over_cards.all_who_left(()))


def _found(world: World) -> Iterator[Drawn]:
    people = [contact(world, n) for n in range(world.voice.many(3, 11) or 2)]
    words = world.voice.line(("karin",), 300)
    yield Drawn("hand-over-which", OF, hand_over_cards.which_person(people))
    yield Drawn("hand-over-nobody-called", OF, hand_over_cards.nobody_called(words))
    yield Drawn("hand-over-gone-already", OF, hand_over_cards.gone_already(_person(world)))


def _done(world: World) -> Iterator[Drawn]:
    hanging, plan, to = _hanging(world), world.plan, contact(world, 6)
    things = hanging.things
    reason = world.voice.text(REASONS, 500) or ""
    left = tuple((things[n % len(things)], why) for n, why in enumerate(Unfit))
    for name, done in (
        ("one", HandedOver(things[:1], ())),
        ("all", HandedOver(things, ())),
        ("some", HandedOver(things, left * world.voice.many(1, 5))),
    ):
        card = hand_over_cards.receipt(hanging, to, done, plan)
        yield Drawn(f"hand-over-receipt-{name}", OF, card)
    by = world.person.name
    yours = hand_over_cards.yours_now(by, hanging, things, reason, plan)
    yield Drawn("hand-over-yours-now", OF, yours)
    told = hand_over_cards.taken_over(by, to, hanging, things, reason, plan)
    yield Drawn("hand-over-taken-over", OF, told)
    asker = hand_over_cards.asked_of_another(by, to, hanging, things, plan)
    yield Drawn("hand-over-asked-of-another", OF, asker)

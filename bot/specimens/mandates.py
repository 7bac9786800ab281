"""Who answers for municipalities: shown, given, ended, refused; and the form that gives it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.conversations.mandates import mandate_cards, mandate_form
from bot.conversations.mandates.mandate_cards import Shown
from bot.people import OrganisationId
from bot.plan import Contact
from bot.polls.giving_mandate import KINDS, Mandate
from bot.polls.mandates import MandateKind, Mandates
from bot.specimens.forms import every_step
from bot.specimens.invented_needs import contact
from bot.specimens.specimen import Drawn
from bot.specimens.voice import Flavour
from bot.specimens.world import NAME, World

OF = mandate_cards.NAME


def mandate_cards_of(world: World) -> Iterator[Drawn]:
    """All of them."""
    for each in (_listed, _done, _refused):
        yield from each(world)


def mandate_forms(world: World) -> Iterator[Drawn]:
    """For anybody, and for somebody who had it."""
    shown = _shown(world, gives=True)
    key = str(shown.municipality)
    typed = {"who": world.voice.line(("Karin",), 200), "last": "i höst", "first": "2020-01-01"}
    about = mandate_form.About(shown, (key,))
    yield from every_step(world, OF, mandate_form.FLOW, about, (key,), typed)
    again = mandate_form.About(shown, (key, "4"), "4")
    yield from every_step(world, OF, mandate_form.FLOW, again, (key, "4"), name="mandat-igen")


def _municipalities(world: World) -> list[tuple[OrganisationId, str]]:
    found = world.plan.organisations.values()
    return [(each.id, each.name) for each in found if each.kind == "municipality"]


def _mandate(world: World, n: int, kind: MandateKind) -> Mandate:
    """One for some months, one without an end, one to come, in turn."""
    begins = world.today + timedelta(days=40 if n % 3 == 2 else -40)
    return Mandate(
        id=10**17 + n if world.flavour is Flavour.EXTREME else n + 1,
        person=contact(world, n),
        municipality=_municipalities(world)[0][0],
        kind=kind,
        starts_on=begins,
        ends_on=None if n % 3 == 1 else world.today + timedelta(days=200),
        given_by=world.voice.line(("Maja Holm",), NAME),
    )


def _mandates(world: World) -> tuple[Mandate, ...]:
    return tuple(_mandate(world, n, KINDS[n % 2]) for n in range(world.voice.many(4, 30)))


def _shown(world: World, *, gives: bool = False, alone: bool = False) -> Shown:
    """The municipality as it is; where it is `alone` nobody answers for it."""
    key, name = _municipalities(world)[0]
    given = () if alone else _mandates(world)
    directors = () if alone else (contact(world, 7), contact(world, 8))
    now: dict[MandateKind, tuple[Contact, ...]] = {
        kind: tuple(e.person for e in given[1:] if e.kind == kind) or directors for kind in KINDS
    }
    return Shown(key, name, now, given, directors, world.today, gives)


def _listed(world: World) -> Iterator[Drawn]:
    draw = mandate_cards.mandates_card
    yield Drawn("mandates", OF, draw(_shown(world)))
    yield Drawn("mandates-mine-to-give", OF, draw(_shown(world, gives=True)))
    yield Drawn("mandates-further", OF, draw(_shown(world, gives=True), mandate_cards.A_PAGE))
    yield Drawn("mandates-nobody", OF, draw(_shown(world, alone=True)))
    every = _municipalities(world)
    many = every * (20 if world.flavour is Flavour.EXTREME else 1)
    people = {key: tuple(contact(world, n + e) for e in range(1 + n % 5))
              for n, (key, _name) in enumerate(every)}  # fmt: skip
    held: dict[MandateKind, Mandates] = {kind: Mandates(people) for kind in KINDS}
    nobody: dict[MandateKind, Mandates] = {kind: Mandates() for kind in KINDS}
    draw_every = mandate_cards.every_municipality
    yield Drawn("mandates-every", OF, draw_every(many, held))
    yield Drawn("mandates-every-further", OF, draw_every(many, held, mandate_cards.MUNICIPALITIES))
    yield Drawn("mandates-every-nobody", OF, draw_every(many[:40], nobody))


def _done(world: World) -> Iterator[Drawn]:
    shown, by = _shown(world, gives=True), world.person.name
    both: Sequence[Mandate] = [_mandate(world, n, kind) for n, kind in enumerate(KINDS)]
    for name, given in (("one", both[:1]), ("both", both)):
        for to, giver in (("", world.person.id), ("-to-oneself", given[0].person.id)):
            card = mandate_cards.given(given, replace(shown, mandates=tuple(given)), giver)
            yield Drawn(f"mandate-given-{name}{to}", OF, card)
        told = mandate_cards.given_to_you(given, shown.name, by)
        yield Drawn(f"mandate-given-{name}-to-you", OF, told)
    for each in both:
        over = replace(each, ends_on=world.today)
        name = f"mandate-ended-{each.kind}".replace("_", "-")
        yield Drawn(name, OF, mandate_cards.ended(over, shown))
        told = mandate_cards.ended_for_you(over, shown.name, by)
        yield Drawn(f"{name}-for-you", OF, told)


def _refused(world: World) -> Iterator[Drawn]:
    shown = _shown(world)
    over = mandate_cards.over_already(_mandate(world, 1, "priority"), shown.name)
    yield Drawn("mandate-over-already", OF, over)
    yield Drawn("mandate-no-such", OF, mandate_cards.no_such_mandate())
    yield Drawn("mandate-may-not", OF, mandate_cards.may_not(shown))
    yield Drawn("mandate-may-not-nobody", OF, mandate_cards.may_not(_shown(world, alone=True)))
    yield Drawn("mandate-works-in-none", OF, mandate_cards.may_not(None))

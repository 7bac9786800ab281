"""What is said about digests: read again, previewed, sent, paused, chosen."""

from collections.abc import Iterator
from datetime import timedelta

from bot.conversations.digests import leading_cards, pages, refused, rhythm, sections_form
from bot.conversations.digests.sections_form import ChooseSections, Choosing
from bot.conversations.weekly_digest import help_lines
from bot.digests.choosing import EVERY_MONTH, EVERY_WEEK, Choice
from bot.digests.compose import compose
from bot.digests.period import Audience, Due, Reader, Week
from bot.digests.publish import SentDigest
from bot.plan import Contact
from bot.specimens.digest import material_of
from bot.specimens.forms import every_step
from bot.specimens.specimen import Drawn
from bot.specimens.world import NOW, World

OF = "veckobrev"
MANAGER, NETWORK = Reader(Audience.MANAGER), Reader(Audience.NETWORK, 1)


def sent_digests(world: World) -> list[SentDigest]:
    """What each audience got last."""
    found: list[SentDigest] = []
    for audience in Audience:
        material = material_of(world, audience)
        period = material.period or str(material.week)
        found.append(SentDigest(material.reader, period, NOW, compose(material).cards))
    return found


def digest_talk_cards(world: World) -> Iterator[Drawn]:
    """All of it, but the form."""
    first, *others = sent_digests(world)
    cards = first.cards
    shown = pages.page_card(first.reader, first.period, cards, 1, others)
    yield Drawn("digest-again", OF, shown)
    last = pages.page_card(first.reader, first.period, cards, len(cards))
    yield Drawn("digest-again-last", OF, last)
    resting = pages.page_card(first.reader, first.period, cards, 1, others, world.today)
    yield Drawn("digest-again-paused", OF, resting)
    yield Drawn("digest-none-yet", OF, pages.none_yet())
    yield Drawn("digest-at-home", OF, pages.home_card(first))
    yield from _refused(world)
    yield from _led(world)
    yield from _chosen(world)


def _refused(world: World) -> Iterator[Drawn]:
    words = world.voice.line(("förra",), 300)
    yield Drawn("digest-no-such", OF, refused.no_such_digest(words, help_lines()))
    yield Drawn("digest-for-others", OF, refused.for_others())
    several = [Reader(Audience.NETWORK, each) for each in world.plan.bodies]
    which = refused.which_network(words, several, "visa", world.plan)
    yield Drawn("digest-which-network", OF, which)
    chef = [Contact(world.person.id, world.person.name, world.person.email)]
    for audience in (Audience.MANAGER, Audience.STEERING_GROUP, Audience.PERSON):
        name = audience.value.replace("_", "-")
        card = refused.led_by(Reader(audience), world.plan, chef)
        yield Drawn(f"digest-led-{name}", OF, card)
    yield Drawn("digest-led-network", OF, refused.led_by(NETWORK, world.plan, ()))


def _led(world: World) -> Iterator[Drawn]:
    plan, day = world.plan, world.today + timedelta(days=20)
    due = Due(Audience.NETWORK, Week.of(day), world.now + timedelta(days=6), 1)
    extra = f"{due.week}-1"
    yield Drawn("digest-ask-to-send", OF, leading_cards.asks_to_send(NETWORK, plan, due, extra))
    extra_only = leading_cards.asks_to_send(MANAGER, plan, None, extra)
    yield Drawn("digest-ask-to-send-extra", OF, extra_only)
    resting = leading_cards.asks_to_send(MANAGER, plan, None, extra, day)
    yield Drawn("digest-ask-to-send-paused", OF, resting)
    yield Drawn("digest-sent", OF, leading_cards.sent_card(NETWORK, plan, due.period))
    yield Drawn("digest-sent-extra", OF, leading_cards.sent_card(MANAGER, plan, extra))
    yield Drawn("digest-sent-before", OF, leading_cards.already_sent())
    yield Drawn("digest-pause-until", OF, leading_cards.until_when(NETWORK, plan))
    words = world.voice.line(("snart",), 300)
    yield Drawn("digest-pause-no-day", OF, leading_cards.no_such_day(words))
    yield Drawn("digest-paused", OF, leading_cards.paused_card(NETWORK, plan, day, due, day))
    yield Drawn("digest-resumed", OF, leading_cards.resumed_card(NETWORK, plan, due, day))
    yield Drawn("digest-not-paused", OF, leading_cards.not_paused(MANAGER, plan, None))


def _chosen(world: World) -> Iterator[Drawn]:
    plan = world.plan
    due = Due(Audience.NETWORK, Week.of(world.today), world.now + timedelta(days=6), 1)
    yield Drawn("digest-rhythm", OF, rhythm.rhythm_card(NETWORK, plan, Choice(), None))
    weekly = Choice(EVERY_WEEK, world.now)
    card = rhythm.rhythm_card(NETWORK, plan, weekly, due, "off")
    yield Drawn("digest-rhythm-weekly", OF, card)
    monthly = Choice(EVERY_MONTH, world.now, before_meetings=True)
    yield Drawn("digest-rhythm-monthly", OF, rhythm.rhythm_card(NETWORK, plan, monthly, due))
    yield Drawn("digest-rhythm-given", OF, rhythm.only_networks_choose())
    yield Drawn("digest-sections", OF, sections_form.sections_card(MANAGER, plan, None))
    few = ["money", "statuses"]
    changed = sections_form.sections_card(NETWORK, plan, few, "-")
    yield Drawn("digest-sections-changed", OF, changed)
    yield Drawn("digest-sections-given", OF, sections_form.sections_are_given())


def digest_talk_forms(world: World) -> Iterator[Drawn]:
    """The choice of sections."""
    context = Choosing(NETWORK, world.plan.bodies[next(iter(world.plan.bodies))].name, None)
    yield from every_step(world, OF, ChooseSections(), context, (str(NETWORK),))

"""Cards and forms of applications: in every state, told, listed, refused, and on one's own page."""

from collections.abc import Iterator, Mapping

from bot.applications.application import TEXT_LENGTH, State
from bot.applications.reading import Sum
from bot.conversations.applications import (
    answered,
    at_home,
    editing,
    listing,
    naming,
    refusals,
    register_form,
    sending,
    showing,
    telling,
    undoing,
)
from bot.conversations.applications.application_card import (
    application_card,
    new_button,
    ways_offered,
)
from bot.conversations.applications.fields import values_of
from bot.conversations.applications.register_form import Registering
from bot.conversations.applications.small_form import About
from bot.conversations.forms import Value
from bot.conversations.views import Button, press
from bot.language import _
from bot.plan import Kronor
from bot.specimens.forms import every_step
from bot.specimens.invented import REASONS
from bot.specimens.invented_applications import (
    FUNDS,
    application_in,
    applications_of,
    steps_of_application,
)
from bot.specimens.specimen import Drawn
from bot.specimens.voice import Flavour
from bot.specimens.world import World

OF = "ansokan"


def application_cards(world: World) -> Iterator[Drawn]:
    """All cards."""
    for each in (_shown, _on_its_way, _answered, _undone, _lists, _refused):
        yield from each(world)


def _reason(world: World) -> str:
    return world.voice.line(REASONS, TEXT_LENGTH)


def _shown(world: World) -> Iterator[Drawn]:
    plan, today, steps = world.plan, world.today, steps_of_application(world)
    for each in applications_of(world):
        name = f"application-{each.state.value}"
        card = application_card(each, plan, today, steps[: showing.LATEST], ways_offered(each))
        yield Drawn(f"{name}-ones-own", OF, card)
        yield Drawn(name, OF, application_card(each, plan, today))
    first = applications_of(world)[0]
    yield Drawn("application-history", OF, showing.history_card(first, steps[:8], 8))
    yield Drawn("application-history-older", OF, showing.history_card(first, steps[5:], None))
    yield Drawn("application-what-about-it", OF, showing.what_about_it(first))
    yield Drawn("application-no-such", OF, naming.no_such_application("9" * 18))


def _on_its_way(world: World) -> Iterator[Drawn]:
    planned, sent, given = applications_of(world)[:3]
    who = world.person.name
    due = given.reports[0].due_on if given.reports else world.today
    yield Drawn("application-registered", OF, register_form.registered(planned))
    yield Drawn("application-registered-news", OF, telling.registered_news(planned, who))
    yield Drawn("application-you-write", OF, telling.you_write(planned, who))
    names = ("fund", "amount", "call", "link", "last_day", "match_demanded", "expected_on", "note",
             "writer_id", "reports")  # fmt: skip
    yield Drawn("application-edited-news", OF, editing.edited_news(planned, who, names))
    yield Drawn("application-sent-news", OF, sending.sent_news(sent, who))
    yield Drawn("application-sent", OF, sending.sent_receipt(sent, 7))
    yield Drawn("application-reported-news", OF, sending.reported_news(given, who, due))
    yield Drawn("application-reported", OF, sending.reported_receipt(given, due, 7))
    yield Drawn("application-receipt", OF, telling.receipt(planned, _("Inget är ändrat.")))
    yield Drawn("application-news", OF, telling.news(planned, _("Inget är ändrat.")))


def _answered(world: World) -> Iterator[Drawn]:
    given, rejected = (application_in(world, each) for each in (State.GRANTED, State.REJECTED))
    who, reason = world.person.name, world.voice.text(REASONS)
    most = Kronor(10**12 if world.voice.flavour is Flavour.EXTREME else 500_000)
    for name, lacking in (("lacking", most), ("whole", Kronor(0)), ("unknown", None)):
        news = answered.granted_news(given, who, lacking)
        yield Drawn(f"application-granted-news-{name}", OF, news)
        card = answered.granted_receipt(given, lacking, 7)
        yield Drawn(f"application-granted-receipt-{name}", OF, card)
        news = answered.rejected_news(rejected, who, reason, lacking)
        yield Drawn(f"application-rejected-news-{name}", OF, news)
        card = answered.rejected_receipt(rejected, reason, lacking, 7)
        yield Drawn(f"application-rejected-receipt-{name}", OF, card)


def _undone(world: World) -> Iterator[Drawn]:
    drawn, who, reason = (
        application_in(world, State.WITHDRAWN),
        world.person.name,
        _reason(world),
    )
    yield Drawn("application-withdrawn-news", OF, undoing.withdrawn_news(drawn, who, reason))
    yield Drawn("application-withdrawn-receipt", OF, undoing.withdrawn_receipt(drawn, reason, 7))
    for each in applications_of(world)[:3]:
        name = f"application-back-to-{each.state.value}"
        yield Drawn(f"{name}-news", OF, undoing.taken_back_news(each, who, reason))
        card = undoing.taken_back_receipt(each, reason, Kronor(500_000))
        yield Drawn(name, OF, card)


def _lists(world: World) -> Iterator[Drawn]:
    today = world.today
    every = applications_of(world)
    page = [*every, *every][: world.voice.many(5, listing.A_PAGE)]
    wanted = world.voice.line((_("mina"),), 200)
    more = Button(label=_("Visa fler"), press=press(OF, "lista", 10, "mina", "t" + "x" * 40))
    sums = {each.state: Sum(99, each.worth) for each in every}
    if page:
        card = listing.listed_card(page, sums, wanted, today, (more, new_button("KOM-03")))
        yield Drawn("applications-listed", OF, card)
        one = {page[0].state: Sum(1, page[0].worth)}
        yield Drawn(
            "applications-listed-one", OF, listing.listed_card(page[:1], one, "", today, ())
        )
        yours = page[: at_home.SHOWN]
        yield Drawn("applications-yours", OF, at_home.yours_card(yours, 99, today))
    yield Drawn("applications-none-fits", OF, listing.none_fits(wanted, (new_button(),)))
    yield Drawn("applications-none", OF, listing.none_fits("", ()))


def _refused(world: World) -> Iterator[Drawn]:
    plan, words, activity = world.plan, _reason(world), world.activities[0]
    first = applications_of(world)[0]
    yield Drawn("application-who-may", OF, refusals.who_may(first, plan, words))
    yield Drawn("application-not-as-it-is", OF, refusals.not_as_it_is(first, words))
    yield Drawn("application-no-report-left", OF, refusals.no_report_left(first))
    yield Drawn("application-overtaken", OF, refusals.overtaken(first, words))
    yield Drawn("application-may-not-register", OF, refusals.may_not_register())
    yield Drawn("application-not-for-activity", OF, refusals.not_for_activity(activity))
    yield Drawn("application-no-such-activity", OF, refusals.no_such_activity("X" * 30))


def application_forms(world: World) -> Iterator[Drawn]:
    """Every form, in each step."""
    words = world.voice.line(REASONS, 3_500)
    first = applications_of(world)[0]
    filled: Mapping[str, Value] = {
        **values_of(first),
        "fund": world.voice.line(FUNDS, 200),
        "note": words,
        "reports": world.voice.line(("2027-03-01, i höst",), 500),
        "link": "fond.example.se",
    }
    plan, person, today, activity = world.plan, world.person, world.today, world.activities[0]
    flow = register_form.REGISTER
    free, given = Registering(plan, person, today), Registering(plan, person, today, activity)
    chosen = {**filled, "activity": activity.code}
    yield from every_step(world, OF, flow, free, (), chosen)
    yield from every_step(world, OF, flow, given, (activity.code,), filled, name="ansokan-given")
    for each in applications_of(world)[:3]:
        name = f"ansokan-andra-{each.state.value}"
        number = (str(each.id),)
        yield from every_step(world, OF, editing.EDIT, each, number, filled, name=name)
    yield from _small(world, words)


def _small(world: World, words: str) -> Iterator[Drawn]:
    filled = {"day": "snart", "amount": "tio", "record_number": words[:100], "reason": words}
    for flow, state in (
        (sending.SENT, State.PLANNED),
        (answered.GRANTED, State.APPLIED),
        (answered.REJECTED, State.APPLIED),
        (undoing.WITHDRAW, State.APPLIED),
        (undoing.TAKE_BACK, State.REJECTED),
        (sending.REPORTED, State.GRANTED),
    ):
        about = About(application_in(world, state), world.today)
        if about.application.allows(flow.kind):
            number = (str(about.application.id),)
            yield from every_step(world, OF, flow, about, number, filled)

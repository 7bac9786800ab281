"""What is said to those who lead a digest: asked, sent, paused, gone on."""

from datetime import date

from bot.conversations.activity_card import shortened
from bot.conversations.digests.pages import rests_until
from bot.conversations.digests.refused import NAME
from bot.conversations.digests.whose import reader_name
from bot.conversations.views import Button, Buttons, Card, Part, press, quiet, text
from bot.digests.naming import title_of
from bot.digests.period import Audience, Due, Reader
from bot.digests.wording import moment
from bot.language import _, weekday_date
from bot.people import BodyId
from bot.plan import Plan


def asks_to_send(
    reader: Reader, plan: Plan, due: Due | None, extra: str, paused_until: date | None = None
) -> Card:
    """Asks whether to send the one that comes next now, or one beside it; while it is paused only
    the latter."""
    whom = reader_name(reader, plan)
    said = _("Ska brevet till {whom} skickas nu?", whom=whom)
    parts: list[Part] = [text(said)]
    buttons: list[Button] = []
    if paused_until is not None:
        beside = _("Ett extra brev går ut ändå, och pausen fortsätter.")
        parts.append(quiet(rests_until(paused_until), " ", beside))
    if due is not None:
        parts.append(
            quiet(
                _(
                    "Nästa skulle gå {when}. Skickar du det nu i stället kommer inget då. Ett "
                    "extra brev går ut vid sidan av.",
                    when=moment(due.at),
                )
            )
        )
        buttons.append(
            Button(
                label=_("Skicka nästa brev nu"),
                press=press(NAME, "skicka_nu", str(reader), due.period),
                style="primary",
            )
        )
    send_extra = press(NAME, "skicka_nu", str(reader), extra)
    buttons.append(Button(label=_("Skicka ett extra brev"), press=send_extra))
    show = press(NAME, "visa", str(reader))
    buttons.append(Button(label=_("Förhandsvisa"), press=show))
    return Card(summary=said, parts=(*parts, Buttons(buttons=tuple(buttons))))


def sent_card(reader: Reader, plan: Plan, period: str) -> Card:
    """That it is on its way."""
    title = title_of(reader, period, _network(reader, plan))
    said = _("{title} är skickat.", title=shortened(title, 150))
    read = Button(label=_("Läs veckobrevet"), press=press(NAME, "sida", str(reader), period, 1))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(read,))), tone="good")


def already_sent() -> Card:
    """That somebody has sent it already; nothing goes out again."""
    said = _("Brevet är redan skickat. Det går inte ut igen.")
    return Card(summary=said, parts=(text(said),))


def until_when(reader: Reader, plan: Plan) -> Card:
    """Asks how long a pause is to be."""
    said = _(
        "Hur länge ska brevet till {whom} vara pausat? Skriv till exempel veckobrev pausa till "
        "12 augusti.",
        whom=reader_name(reader, plan),
    )
    return Card(summary=said, parts=(text(said),))


def no_such_day(words: str) -> Card:
    """What is said of a day that is none, has passed, or is too far away."""
    said = _(
        "Jag kan inte pausa till ”{words}”. Skriv en dag som kommer, högst ett år fram, till "
        "exempel veckobrev pausa till 12 augusti.",
        words=shortened(words, 60),
    )
    return Card(summary=said, parts=(text(said),), tone="warning")


def paused_card(reader: Reader, plan: Plan, day: date, due: Due | None, today: date) -> Card:
    """That it rests till the day, and when the next one comes."""
    said = _(
        "Brevet till {whom} är pausat till {day}.",
        whom=reader_name(reader, plan),
        day=_day(day),
    )
    undo = Button(label=_("Ångra"), press=press(NAME, "fortsatt", str(reader)))
    ways = Buttons(buttons=(undo,))
    told = _("Det nästa berättar också om tiden under pausen.")
    parts = (text(said), quiet(_coming(due, today), " ", told), ways)
    return Card(summary=said, parts=parts, tone="good")


def resumed_card(reader: Reader, plan: Plan, due: Due | None, before: date) -> Card:
    """That it comes again, and when; back to the pause with one press."""
    said = _("Pausen är slut. Brevet till {whom} kommer igen.", whom=reader_name(reader, plan))
    undo = press(NAME, "pausa_till", str(reader), before.isoformat())
    buttons = (
        Button(label=_("Ångra"), press=undo),
        Button(label=_("Skicka nu"), press=press(NAME, "skicka", str(reader))),
    )
    parts = (text(said), quiet(_coming(due)), Buttons(buttons=buttons))
    return Card(summary=said, parts=parts, tone="good")


def not_paused(reader: Reader, plan: Plan, due: Due | None) -> Card:
    """That there is no pause to end."""
    said = _("Brevet till {whom} är inte pausat.", whom=reader_name(reader, plan))
    return Card(summary=said, parts=(text(said), quiet(_coming(due))))


def _coming(due: Due | None, today: date | None = None) -> str:
    if due is None:
        return _("Inget är planerat.")
    return _("Nästa kommer {when}.", when=moment(due.at, today))


def _day(day: date) -> str:
    return _("{day} {year}", day=weekday_date(day), year=day.year)


def _network(reader: Reader, plan: Plan) -> str:
    body = plan.bodies.get(BodyId(reader.of or 0))
    return body.name if body is not None and reader.audience is Audience.NETWORK else ""

"""What is said when somebody answers a reminder."""

from datetime import date

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.reminders.wording import NAME
from bot.conversations.running_words import thing_kind
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.language import _, short_time, weekday_date
from bot.plan import Activity
from bot.reminding.naming import Named
from bot.reminding.things import Kind
from bot.reporting import Report
from bot.states import status_label

EVERYTHING = "allt"
ACTIVITY = "activity"
"""The first word of the key that stands for all that concerns an activity."""


def kind_name(named: Named) -> str:
    """What the thing is called in a receipt."""
    if named.activity is not None:
        return named.activity.name
    match named.kind:
        case Kind.POLL | Kind.POLL_MISSING:
            return _("omröstning {n}", n=named.subject)
        case Kind.NEED | Kind.PREPARE:
            return _("behov {n}", n=named.subject)
        case Kind.ASSIGNMENT | Kind.ASKED:
            return _("uppdrag {n}", n=named.subject)
        case Kind.APPLICATION | Kind.FUNDER_REPORT:
            return _("ansökan {n}", n=named.subject)
        case Kind.MANDATE:
            return _("mandatet")
        case Kind.PLAN:
            return _("planen för {year}", year=named.subject)
        case _:
            return _("mötet")


def when_then(name: str, key: str, tomorrow: date, monday: date, later: date) -> Card:
    """Asks when the person would rather hear of it; `key` is the thing's or `allt`."""
    said = _("När ska jag påminna om {what}?", what=name)
    days = ((_("I morgon"), tomorrow), (_("Nästa vecka"), monday), (_("Om två veckor"), later))
    buttons = [
        Button(label=label, press=press(NAME, "vila", key, day.isoformat())) for label, day in days
    ]
    other = press("formular", "paminnelse_senare", key)
    buttons.append(Button(label=_("Välj dag"), press=other))
    return Card(summary=said, parts=(text(said), Buttons(buttons=tuple(buttons))))


def of_kind(name: str, key: str) -> str:
    """What the thing is called, and what sort of thing it is where the name does not say so."""
    kind = thing_kind(key.partition(":")[0]).lower()
    return name if name.startswith(kind) else f"{name}, {kind}"


def until_day(until: date, today: date) -> str:
    """Until when, with the year when it is another."""
    day = weekday_date(until)
    return day if until.year == today.year else _("{day} {year}", day=day, year=until.year)


def rests(name: str, key: str, until: date, today: date) -> Card:
    """The receipt: until when nothing is said of it, with the way back."""
    said = _("Jag påminner om {what} tidigast {day}.", what=name, day=until_day(until, today))
    undo = Button(label=_("Ångra"), press=press(NAME, "vakna", key))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(undo,))), tone="good")


def wakes(name: str) -> Card:
    """The receipt for a pause taken back."""
    said = _("Jag påminner om {what} som vanligt igen.", what=name)
    return Card(summary=said, parts=(text(said),), tone="good")


def gone() -> Card:
    """What is said of a thing that there is no longer."""
    said = _("Det där är inte aktuellt längre.")
    show = Button(label=_("Min sida"), press=press("hem"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show,))))


def nothing_to_say_again(activity: Activity) -> Card:
    """What is said when there is no report that could be unchanged."""
    said = _(
        "{code} har ingen rapport än, så den kan inte vara oförändrad. Rapportera hur den går.",
        code=activity.code,
    )
    report = press("rapport", activity.code)
    button = Button(label=_("Rapportera nu"), press=report, style="primary")
    return Card(summary=said, parts=(text(said), Buttons(buttons=(button,))), tone="warning")


def reported_already(activity: Activity, last: Report) -> Card:
    """What is said when a reminder that a report has answered is answered once more."""
    said = _(
        "{activity} är redan rapporterad: {status}, {when}.",
        activity=activity.name,
        status=status_label(last.content.status),
        when=short_time(in_stockholm(last.reported_at)),
    )
    ways = (
        Button(label=_("Rapportera nu"), press=press("rapport", activity.code)),
        Button(label=_("Visa historik"), press=press("historik", activity.code)),
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=ways)))


def keep_unchanged(activity: Activity, last: Report, key: str) -> Card:
    """Asks whoever follows a link whether the activity stands as it did; its button says so."""
    said = _(
        "Ska jag rapportera {activity} som oförändrad? Den senaste rapporten är från {when}: "
        "{status}.",
        activity=activity.name,
        when=short_time(in_stockholm(last.reported_at)),
        status=status_label(last.content.status),
    )
    ways = (
        Button(label=_("Oförändrat"), press=press(NAME, "oforandrat", key), style="primary"),
        Button(label=_("Rapportera nu"), press=press("rapport", activity.code)),
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=ways)))


def not_mine_told(name: str, whose: str) -> Card:
    """The receipt: the chef knows whose it is."""
    said = _("Tack. Chefen får veta att {whose} borde ha hand om {what}.", whose=whose, what=name)
    also = _("Jag påminner inte dig om det under tiden.")
    return Card(summary=f"{said} {also}", parts=(text(said), text(also)), tone="good")


def whose_it_is(who: str, name: str, whose: str, note: str | None, owner: int) -> Card:
    """What the chef reads; `owner` is the key of whoever was reminded."""
    said = _("{who} säger att {whose} borde ha hand om {what}.", who=who, whose=whose, what=name)
    parts = [text(said)]
    if note:
        parts.append(text(shortened(note, 1_000)))
    hand = Button(label=_("Lämna över"), press=press("overlamna", str(owner)), style="primary")
    return Card(
        summary=" ".join((said, shortened(note, 1_000) if note else "")).strip(),
        parts=(*parts, Buttons(buttons=(hand,))),
    )


def which_report(words: str, mark: str, activities: list[Activity]) -> Card:
    """Several activities were asked about: which of them the words are about. `mark` is theirs."""
    said = _(
        "Vilken aktivitet gäller ”{words}”? Välj den, så sparar jag det som rapport.",
        words=shortened(words, 100),
    )
    buttons = tuple(
        Button(
            label=shortened(each.name, 75),
            press=press(NAME, "galler", each.code, mark),
        )
        for each in activities[:5]
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=buttons)))


def is_it_a_report(words: str, mark: str, activity: Activity) -> Card:
    """Asks whether words that hold a question are the report of the activity that was asked for."""
    said = _(
        "Ska jag spara ”{words}” som rapport om {activity}? Läget blir detsamma som förut.",
        words=shortened(words, 100),
        activity=activity.name,
    )
    keep = Button(
        label=_("Spara som rapport"),
        press=press(NAME, "galler", activity.code, mark),
        style="primary",
    )
    report = Button(label=_("Rapportera nu"), press=press("rapport", activity.code))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(keep, report))))

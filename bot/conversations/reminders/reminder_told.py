"""What is said when somebody answers a reminder."""

from datetime import date

from bot.conversations.activity_card import shortened
from bot.conversations.reminders.wording import NAME
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.language import _, weekday_date
from bot.plan import Activity
from bot.reminding.naming import Named
from bot.reminding.things import Kind

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


def rests(name: str, key: str, until: date) -> Card:
    """The receipt: until when nothing is said of it, with the way back."""
    said = _("Jag påminner om {what} tidigast {day}.", what=name, day=weekday_date(until))
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


def which_report(words: str, activities: list[Activity]) -> Card:
    """Several activities were asked about: which of them the words are about."""
    said = _(
        "Vilken aktivitet gäller ”{words}”? Välj den, så sparar jag det som rapport.",
        words=shortened(words, 100),
    )
    buttons = tuple(
        Button(
            label=shortened(each.name, 75),
            press=press(NAME, "galler", each.code),
        )
        for each in activities[:5]
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=buttons)))

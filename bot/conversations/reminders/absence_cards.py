"""What is said of absences."""

from collections.abc import Sequence
from datetime import date

from bot.absence import Absence
from bot.conversations.activity_card import shortened
from bot.conversations.views import Button, Buttons, Card, Part, bold, bullets, press, quiet, text
from bot.language import _, short_date, weekday_date
from bot.reading_absence import first_day_back

NAME = "borta"


def _day(day: date, today: date) -> str:
    return weekday_date(day) if day.year == today.year else short_date(day)


def away_card(absence: Absence, today: date) -> Card:
    """The receipt: when the person is away, who hears meanwhile, and the way back."""
    last, back = _day(absence.last_day, today), _day(first_day_back(absence.ends_on), today)
    if absence.starts_on == absence.last_day:
        said = _("Du är borta {day}.", day=last)
    elif absence.starts_on <= today:
        said = _("Du är borta till och med {day}.", day=last)
    else:
        first = _day(absence.starts_on, today)
        said = _("Du är borta från {first} till och med {last}.", first=first, last=last)
    told = [
        _("Under tiden får du inga påminnelser. De kommer när du är tillbaka, {day}.", day=back)
    ]
    if absence.deputy is not None:
        told = [
            _("Under tiden går dina påminnelser till {name}.", name=absence.deputy.name),
            _("Du är tillbaka {day}.", day=back),
        ]
    change = Button(label=_("Ändra"), press=press("formular", NAME, absence.id))
    undo = Button(label=_("Jag är inte borta"), press=press(NAME, "tillbaka", absence.id))
    return Card(
        summary=" ".join((said, *told)),
        parts=(text(bold(said)), text(" ".join(told)), Buttons(buttons=(change, undo))),
        tone="good",
    )


def back_card(absence: Absence, today: date) -> Card:
    """The receipt for an absence taken back."""
    last = _day(absence.last_day, today)
    said = _("Välkommen tillbaka. Frånvaron till och med {day} är borttagen.", day=last)
    again = Button(label=_("Jag är borta"), press=press("formular", NAME))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(again,))), tone="good")


def absences_card(absences: Sequence[Absence], today: date) -> Card:
    """When the person is away, as far as is known, and how to say more."""
    new = Button(label=_("Lägg in frånvaro"), press=press("formular", NAME), style="primary")
    hint = quiet(
        _("Eller skriv till exempel borta till 12 aug, borta 3 dagar eller borta v. 28-31.")
    )
    if not absences:
        said = _("Du har ingen frånvaro inlagd.")
        return Card(
            title=_("Frånvaro"),
            summary=said,
            parts=(text(said), hint, Buttons(buttons=(new,))),
        )
    lines = [absence_line(each, today) for each in absences]
    first = absences[0]
    change = Button(label=_("Ändra den första"), press=press("formular", NAME, first.id))
    back = Button(label=_("Ta bort den första"), press=press(NAME, "tillbaka", first.id))
    if len(absences) == 1:
        change = Button(label=_("Ändra"), press=press("formular", NAME, first.id))
        back = Button(label=_("Ta bort"), press=press(NAME, "tillbaka", first.id))
    parts: tuple[Part, ...] = (
        bullets(*lines),
        hint,
        Buttons(buttons=(new, change, back)),
    )
    return Card(title=_("Frånvaro"), summary=" ".join(lines), parts=parts)


def absence_line(absence: Absence, today: date) -> str:
    """One absence in a line."""
    first, last = _day(absence.starts_on, today), _day(absence.last_day, today)
    said = first if first == last else _("{first} till och med {last}", first=first, last=last)
    if absence.deputy is None:
        return f"{said}."
    return _("{when}, ersättare {name}.", when=said, name=absence.deputy.name)


def not_an_absence(words: str) -> Card:
    """What is said of words that say no time to be away; they are given back."""
    said = _(
        "Jag förstår inte när du är borta av ”{words}”. Skriv till exempel borta till 12 aug, "
        "borta 3 dagar eller borta v. 28-31, eller välj dagarna.",
        words=shortened(words, 100),
    )
    form = Button(label=_("Välj dagar"), press=press("formular", NAME), style="primary")
    return Card(summary=said, parts=(text(said), Buttons(buttons=(form,))), tone="warning")


def no_such_deputy(words: str, absence: Absence, today: date) -> Card:
    """The absence is noted, but nobody of that name was found to stand in."""
    card = away_card(absence, today)
    said = _(
        "Jag hittar ingen ersättare som heter ”{words}”. Frånvaron är sparad utan ersättare; tryck "
        "på Ändra för att välja en.",
        words=shortened(words, 100),
    )
    return Card(summary=f"{said} {card.summary}", parts=(text(said), *card.parts), tone="warning")


def no_such_absence() -> Card:
    """What is said of an absence that is not there any more."""
    said = _("Den frånvaron finns inte längre.")
    show = Button(label=_("Visa min frånvaro"), press=press(NAME))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show,))), tone="warning")


def stands_in_card(name: str, absence: Absence, today: date) -> Card:
    """What the deputy reads."""
    said = _(
        "{name} är borta från {first} till och med {last} och har utsett dig till ersättare. Du "
        "får påminnelserna under tiden.",
        name=name,
        first=_day(absence.starts_on, today),
        last=_day(absence.last_day, today),
    )
    return Card(summary=said, parts=(text(said),))

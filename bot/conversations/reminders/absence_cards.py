"""What is said of absences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.absence import Absence
from bot.conversations.activity_card import shortened
from bot.conversations.views import Button, Buttons, Card, Part, bold, bullets, press, quiet, text
from bot.language import _, short_date, weekday_date
from bot.reading_absence import LONGEST, Why, first_day_back

NAME = "borta"


def _day(day: date, today: date) -> str:
    return weekday_date(day) if day.year == today.year else short_date(day)


@dataclass(frozen=True)
class Noted:
    """An absence that was noted, those it came in place of, and what is left of them beside it."""

    absence: Absence
    replaced: tuple[Absence, ...] = ()
    kept: tuple[Absence, ...] = ()


def away_card(
    absence: Absence,
    today: date,
    replaced: Sequence[Absence] = (),
    kept: Sequence[Absence] = (),
) -> Card:
    """The receipt: when the person is away, who hears meanwhile, and the way back.

    `replaced` and `kept`: what was said before of those days, and what holds of it.
    """
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
    told += [_("Det ersätter: {what}", what=absence_line(each, today)) for each in replaced]
    told += [_("Du är också borta: {what}", what=absence_line(each, today)) for each in kept]
    change = Button(label=_("Ändra"), press=press("formular", NAME, absence.id))
    undo = Button(label=_("Jag är inte borta"), press=press(NAME, "tillbaka", absence.id))
    return Card(
        summary=" ".join((said, *told)),
        parts=(text(bold(said)), text(" ".join(told)), Buttons(buttons=(change, undo))),
        tone="good",
    )


def back_card(absence: Absence, today: date, others: Sequence[Absence] = ()) -> Card:
    """The receipt for an absence taken back; `others` are to come."""
    last = _day(absence.last_day, today)
    told = [_("Frånvaron till och med {day} är borttagen.", day=last)]
    if absence.starts_on <= today:
        told.insert(0, _("Välkommen tillbaka."))
    told += [_("Du är också borta: {what}", what=absence_line(each, today)) for each in others]
    said = " ".join(told)
    again = Button(label=_("Jag är borta"), press=press("formular", NAME))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(again,))), tone="good")


def not_away_today(absences: Sequence[Absence], today: date) -> Card:
    """What is said to whoever is back and was not away; with what is to come."""
    said = _("Du är inte borta i dag, så jag har inte ändrat något.")
    card = absences_card(absences, today)
    return Card(title=card.title, summary=f"{said} {card.summary}", parts=(text(said), *card.parts))


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


def not_an_absence(words: str, why: Why = "unclear") -> Card:
    """What is said of words that say no time to be away, or one that cannot be; they are given
    back."""
    said = _no_time(shortened(words, 100), why)
    form = Button(label=_("Välj dagar"), press=press("formular", NAME), style="primary")
    return Card(summary=said, parts=(text(said), Buttons(buttons=(form,))), tone="warning")


def _no_time(words: str, why: Why) -> str:
    match why:
        case "passed":
            return _(
                "Tiden ”{words}” har redan varit. Menar du nästa år, så skriv året också, eller "
                "välj dagarna.",
                words=words,
            )
        case "backwards":
            return _(
                "Slutet kommer före början i ”{words}”. Skriv den första dagen eller veckan "
                "först, eller välj dagarna.",
                words=words,
            )
        case "no_day":
            return _("Du måste vara borta minst en dag. Du skrev ”{words}”.", words=words)
        case "too_long":
            return _(
                "Tiden ”{words}” är för lång. Jag kan lägga in högst {n} dagar i taget.",
                words=words,
                n=LONGEST.days,
            )
        case "unclear":
            return _(
                "Jag förstår inte när du är borta av ”{words}”. Skriv till exempel borta till 12 "
                "aug, borta 3 dagar eller borta v. 28-31, eller välj dagarna.",
                words=words,
            )


def no_such_deputy(words: str, noted: Noted, today: date) -> Card:
    """The absence is noted, but nobody of that name was found to stand in."""
    card = away_card(noted.absence, today, noted.replaced, noted.kept)
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
    title = _("Du är ersättare för {name}", name=shortened(name, 60))
    return Card(title=title, summary=said, parts=(text(said),))

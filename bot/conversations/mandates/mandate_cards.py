"""Cards of mandates: who answers for a municipality, a mandate given and ended, refusals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.bodies import named
from bot.conversations.activity_card import shortened
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Part,
    Press,
    Table,
    bold,
    bullets,
    press,
    quiet,
    text,
)
from bot.language import _, ngettext, short_date
from bot.people import OrganisationId, PersonId
from bot.plan import Contact
from bot.polls.giving_mandate import KINDS, Mandate
from bot.polls.mandates import MandateKind, Mandates

NAME = "mandat"
FORM = "mandat_ge"
A_PAGE = 8
"""Mandates on a card, each with its button."""
MUNICIPALITIES = 40
"""Municipalities on a page of all."""
_NAME = 60
"""Characters of a person's name in a sentence with other names."""


@dataclass(frozen=True)
class Shown:
    """A municipality: who answers for it now, by kind, its mandates, and its directors."""

    municipality: OrganisationId
    name: str
    now: Mapping[MandateKind, tuple[Contact, ...]]
    mandates: tuple[Mandate, ...]
    directors: tuple[Contact, ...]
    today: date
    gives: bool = False

    def is_idle(self, mandate: Mandate) -> bool:
        """Whether it holds but counts for nothing: the person does not work there now."""
        counted = any(each.id == mandate.person.id for each in self.now[mandate.kind])
        return mandate.holds_on(self.today) and not counted


def kind_word(kind: MandateKind) -> str:
    """What a mandate is about, within a sentence."""
    return _("medfinansiering") if kind == "co_financing" else _("prioriteringar")


def kinds_words(kinds: Sequence[MandateKind]) -> str:
    """The same for one or both."""
    if set(kinds) == set(KINDS):
        return _("medfinansiering och prioriteringar")
    return kind_word(kinds[0])


def _heading(kind: MandateKind) -> str:
    return _("Medfinansiering: ") if kind == "co_financing" else _("Prioriteringar: ")


def period(mandate: Mandate) -> str:
    """From when to when it holds, within a sentence."""
    first = short_date(mandate.starts_on)
    if mandate.last_day is None:
        return _("från {first} tills vidare", first=first)
    return _("från {first} till {last}", first=first, last=short_date(mandate.last_day))


def mandates_card(shown: Shown, skip: int = 0) -> Card:
    """Who answers for the municipality, each mandate with its days, and for its director ways to
    give and end them."""
    title = _("Vem svarar för {name}", name=shown.name)
    parts: list[Part] = [text(bold(_heading(kind)), _who(shown, kind)) for kind in KINDS]
    if any(not any(m.kind == kind for m in _held(shown)) for kind in KINDS):
        parts.append(
            quiet(_("Där ingen har mandat för en period är det kommundirektören som svarar."))
        )
    parts += _each(shown, skip)
    left = len(shown.mandates) - skip - A_PAGE
    more = (
        [Button(label=_("Visa fler"), press=_press("visa", shown.municipality, skip + A_PAGE))]
        if left > 0
        else []
    )
    give = [give_button(shown.municipality)] if shown.gives else []
    every = Button(label=_("Alla kommuner"), press=_press("alla"))
    parts.append(Buttons(buttons=(*give, *more, every)))
    money = _who(shown, "co_financing")
    summary = _("{title}: {names} om medfinansiering", title=title, names=money)
    return Card(title=shortened(title, 150), summary=shortened(summary, 1_500), parts=tuple(parts))


def _press(*arguments: int | str) -> Press:
    return press(NAME, *arguments)


def _held(shown: Shown) -> list[Mandate]:
    return [m for m in shown.mandates if m.holds_on(shown.today) and not shown.is_idle(m)]


def _who(shown: Shown, kind: MandateKind) -> str:
    return named(_short(shown.now[kind])) or _("ingen än")


def _short(people: Sequence[Contact]) -> list[Contact]:
    return [Contact(each.id, shortened(each.name, _NAME), each.email) for each in people]


def _each(shown: Shown, skip: int) -> list[Part]:
    """The mandates, each with a button that ends it for whoever may."""
    page = shown.mandates[skip : skip + A_PAGE]
    if not page:
        return []
    if not shown.gives:
        return [bullets(*(_line(shown, each) for each in page))]
    parts: list[Part] = []
    for each in page:
        end = Button(label=_("Avsluta mandatet"), press=_press("avsluta", each.id))
        parts += [text(_line(shown, each)), Buttons(buttons=(end,))]
    return parts


def _line(shown: Shown, mandate: Mandate) -> str:
    said = _(
        "{name}: {kind} {days}, givet av {by}",
        name=shortened(mandate.person.name, _NAME),
        kind=kind_word(mandate.kind),
        days=period(mandate),
        by=shortened(mandate.given_by, _NAME),
    )
    return said + _(" · arbetar inte i kommunen nu") if shown.is_idle(mandate) else said


def give_button(municipality: OrganisationId, *more: int) -> Button:
    """To the form that gives a mandate."""
    return Button(
        label=_("Ge mandat"),
        press=press("formular", FORM, municipality, *more),
        style="primary",
    )


def show_button(municipality: OrganisationId) -> Button:
    """To who answers for the municipality."""
    return Button(label=_("Visa vem som svarar"), press=_press("visa", municipality))


def every_municipality(
    names: Sequence[tuple[OrganisationId, str]],
    held: Mapping[MandateKind, Mandates],
    skip: int = 0,
) -> Card:
    """Who answers for each municipality now."""
    title = _("Vem svarar för kommunerna")
    page = names[skip : skip + MUNICIPALITIES]
    rows = tuple(
        (shortened(name, 40), *(_cell(held[kind].of(key)) for kind in KINDS)) for key, name in page
    )
    lacking = [name for key, name in names if not held["co_financing"].of(key)]
    said = (
        ngettext(
            "{n} kommun har ingen som svarar om medfinansiering.",
            "{n} kommuner har ingen som svarar om medfinansiering.",
            len(lacking),
        )
        if lacking
        else _("Alla kommuner har någon som svarar om medfinansiering.")
    )
    parts: list[Part] = [text(said)]
    if rows:
        columns = (_("Kommun"), _("Medfinansiering"), _("Prioriteringar"))
        parts.append(Table(caption=title, columns=columns, rows=rows))
    if skip + MUNICIPALITIES < len(names):
        more = Button(label=_("Visa fler"), press=_press("alla", skip + MUNICIPALITIES))
        parts.append(Buttons(buttons=(more,)))
    return Card(title=title, summary=f"{title}. {said}", parts=tuple(parts))


def _cell(people: Sequence[Contact]) -> str:
    short = [Contact(each.id, shortened(each.name, 40), each.email) for each in people]
    return named(short) or _("ingen än")


def given(mandates: Sequence[Mandate], shown: Shown, by: PersonId) -> Card:
    """The receipt for a mandate: who answers now, and about what whoever gave it does not
    meanwhile."""
    person = shortened(mandates[0].person.name, _NAME)
    first = _(
        "{person} har fått mandat att svara för {name} om {what}, {days}.",
        person=person,
        name=shown.name,
        what=kinds_words([each.kind for each in mandates]),
        days=period(mandates[0]),
    )
    parts: list[Part] = [text(bold(first))]
    parts += [text(bold(_heading(each.kind)), _who(shown, each.kind)) for each in mandates]
    ends = [
        Button(label=_end_label(each, many=len(mandates) > 1), press=_press("avsluta", each.id))
        for each in mandates
    ]
    said = ""
    lost: list[MandateKind] = [
        each.kind for each in mandates if not _answers_beside(shown, by, each)
    ]
    if lost:
        said = _(
            "Så länge {person} har mandatet är det hen som svarar om {what}, inte du. Avsluta det "
            "när du vill svara själv igen, eller ge dig själv mandat också så kan ni båda.",
            person=person,
            what=kinds_words(lost),
        )
        parts.append(text(said))
        also = press("formular", FORM, shown.municipality, by)
        ends.append(Button(label=_("Ge mig mandat också"), press=also))
    parts.append(Buttons(buttons=(show_button(shown.municipality), *ends)))
    return Card(summary=f"{first} {said}".rstrip(), parts=tuple(parts), tone="good")


def _answers_beside(shown: Shown, person: PersonId, given: Mandate) -> bool:
    """Whether the person has a mandate of that kind too when it begins."""
    return any(
        each.person.id == person and each.kind == given.kind and each.holds_on(given.starts_on)
        for each in shown.mandates
    )


def _end_label(mandate: Mandate, *, many: bool) -> str:
    if not many:
        return _("Avsluta mandatet")
    if mandate.kind == "co_financing":
        return _("Avsluta medfinansiering")
    return _("Avsluta prioriteringar")


def given_to_you(mandates: Sequence[Mandate], name: str, by: str) -> Card:
    """What whoever gets a mandate reads."""
    first = _(
        "Du har fått mandat av {by} att svara för {name} om {what}, {days}.",
        by=shortened(by, _NAME),
        name=name,
        what=kinds_words([each.kind for each in mandates]),
        days=period(mandates[0]),
    )
    said = _("Jag frågar dig när en omröstning kommer. Ditt svar blir kommunens.")
    polls = Button(label=_("Visa omröstningar"), press=press("rosta", "lista"))
    buttons = Buttons(buttons=(polls, show_button(mandates[0].municipality)))
    return Card(
        summary=f"{first} {said}", parts=(text(bold(first)), text(said), buttons), tone="good"
    )


def ended(mandate: Mandate, shown: Shown) -> Card:
    """The receipt for a mandate that is ended; who answers now, and the way back."""
    first = _(
        "{person} har inte längre mandat att svara för {name} om {what}.",
        person=shortened(mandate.person.name, _NAME),
        name=shown.name,
        what=kind_word(mandate.kind),
    )
    again = Button(
        label=_("Ge mandatet igen"),
        press=press("formular", FORM, mandate.municipality, mandate.person.id),
    )
    parts = (
        text(bold(first)),
        text(bold(_heading(mandate.kind)), _who(shown, mandate.kind)),
        Buttons(buttons=(show_button(mandate.municipality), again)),
    )
    return Card(summary=first, parts=parts, tone="good")


def ended_for_you(mandate: Mandate, name: str, by: str) -> Card:
    """What whoever had the mandate reads."""
    first = _(
        "{by} har avslutat ditt mandat att svara för {name} om {what}.",
        by=shortened(by, _NAME),
        name=name,
        what=kind_word(mandate.kind),
    )
    said = _("Svar som du redan har gett gäller fortfarande. Du kan föreslå nya.")
    buttons = Buttons(buttons=(show_button(mandate.municipality),))
    return Card(summary=f"{first} {said}", parts=(text(bold(first)), text(said), buttons))


def over_already(mandate: Mandate, name: str) -> Card:
    """What is said of a mandate that is over."""
    said = _(
        "Mandatet för {person} i {name} är redan avslutat.",
        person=shortened(mandate.person.name, _NAME),
        name=name,
    )
    show = Buttons(buttons=(show_button(mandate.municipality),))
    return Card(summary=said, parts=(text(said), show), tone="warning")


def no_such_mandate() -> Card:
    """What is said of a button whose mandate there is none of."""
    said = _("Det mandatet finns inte.")
    every = Button(label=_("Alla kommuner"), press=_press("alla"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(every,))), tone="warning")


def may_not(shown: Shown | None) -> Card:
    """Who gives the municipality's mandate, said to whoever may not."""
    every = Button(label=_("Alla kommuner"), press=_press("alla"))
    if shown is None:
        said = _(
            "Mandat att svara för en kommun ges av kommunens kommundirektör. Du arbetar inte i "
            "någon kommun."
        )
        return Card(summary=said, parts=(text(said), Buttons(buttons=(every,))), tone="warning")
    who = named(_short(shown.directors))
    said = (
        _("Mandat att svara för {name} ges och avslutas av {who}.", name=shown.name, who=who)
        if who
        else _(
            "Mandat att svara för {name} ges av kommundirektören, men {name} har ingen i "
            "kommundirektörsgruppen nu. Be administratören lägga till hen.",
            name=shown.name,
        )
    )
    show = show_button(shown.municipality)
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show, every))), tone="warning")

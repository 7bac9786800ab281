"""Cards of accounts that ask to be linked: those that wait, those refused, what became of each."""

from collections.abc import Sequence
from datetime import datetime

from bot.account_cards import about_account, known_facts, platform_name, settle_buttons
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.views import Button, Buttons, Card, Part, press, quiet, text
from bot.language import _, ngettext, short_time
from bot.people import PersonId
from storage.queries.account_requests import Request

NAME = "konton"
"""Of the conversation, and so of its buttons."""

A_PAGE = 6


def waiting_card(
    waiting: Sequence[Request],
    total: int,
    page: int,
    now: datetime,
    refused: int,
    unreached: int = 0,
) -> Card:
    """Accounts that wait to be linked, one page of them, each with what can be done."""
    title = how_many_wait(total)
    parts: list[Part] = []
    for each in waiting:
        parts += [*about_account(each), quiet(_waits_for(each, now)), settle_buttons(each)]
    parts += _turning("sida", total, page, _to_others(refused, unreached))
    return Card(title=title, summary=f"{title}: {_named_in(waiting)}", parts=tuple(parts))


def how_many_wait(total: int) -> str:
    """How many accounts wait, as a heading."""
    return ngettext(
        "{n} konto väntar på att bli kopplat", "{n} konton väntar på att bli kopplade", total
    )


def none_waiting(refused: int, command: str, unreached: int = 0) -> Card:
    """What is said when nothing waits; `command` is how a person's accounts are asked for."""
    said = _("Inget konto väntar på att bli kopplat.")
    how = _("Så ser du en persons konton: skriv {command}", command=command)
    others = _to_others(refused, unreached)
    ways = (Buttons(buttons=tuple(others)),) if others else ()
    return Card(summary=said, parts=(text(said), quiet(how), *ways))


def _to_others(refused: int, unreached: int) -> list[Button]:
    buttons: list[Button] = []
    if refused:
        buttons.append(Button(label=_("Visa avvisade"), press=press(NAME, "avvisade", 1)))
    if unreached:
        label = ngettext("Visa {n} som inte nås", "Visa {n} som inte nås", unreached)
        buttons.append(Button(label=label, press=press(NAME, "onabara", 1)))
    return buttons


def _named_in(found: Sequence[Request]) -> str:
    """Whose they are said to be, in one breath."""
    said = (
        _("{name} i {platform} ({person})", name=each.name, platform=name, person=each.person)
        for each in found
        for name in (platform_name(each.platform),)
    )
    return shortened(", ".join(said), 1_500) + "."


def _waits_for(waiting: Request, now: datetime) -> str:
    asked = short_time(in_stockholm(waiting.asked_at))
    if waiting.unmailed == "not_set_up":
        return _("Frågade {when}. Jag kan inte skicka mejl, så du får avgöra.", when=asked)
    if waiting.unmailed == "failed":
        return _("Frågade {when}. Mejlet gick inte att skicka, så du får avgöra.", when=asked)
    if waiting.expires_at <= now:
        return _("Frågade {when}. Länken i mejlet har gått ut.", when=asked)
    return _("Frågade {when}. Ett mejl är skickat till personen.", when=asked)


def refused_card(refused: Sequence[Request], total: int, page: int) -> Card:
    """Accounts that were refused and have not asked for another person since."""
    if not total:
        said = _("Inget konto är avvisat.")
        return Card(summary=said, parts=(text(said), Buttons(buttons=(_to_waiting(),))))
    title = ngettext("{n} konto är avvisat", "{n} konton är avvisade", total)
    parts: list[Part] = []
    for each in refused:
        parts += [known_facts(each), settle_buttons(each, refused=True)]
    parts += _turning("avvisade", total, page, [_to_waiting()])
    return Card(title=title, summary=f"{title}: {_named_in(refused)}", parts=tuple(parts))


def _to_waiting() -> Button:
    return Button(label=_("Visa dem som väntar"), press=press(NAME))


def _turning(verb: str, total: int, page: int, others: Sequence[Button]) -> list[Part]:
    """Buttons to the pages before and after, and `others`; nothing when there are none."""
    buttons = [*others]
    if page * A_PAGE < total:
        buttons.insert(0, Button(label=_("Nästa"), press=press(NAME, verb, page + 1)))
    if page > 1:
        buttons.insert(0, Button(label=_("Föregående"), press=press(NAME, verb, page - 1)))
    return [Buttons(buttons=tuple(buttons))] if buttons else []


def linked_card(
    name: str, platform: str, person: str, person_id: PersonId, *, greeted: bool = True
) -> Card:
    """The receipt for an account that an administrator linked; `greeted`: the person hears it."""
    about = {"name": name, "platform": platform, "person": person}
    if greeted:
        said = _(
            "Kontot {name} i {platform} är kopplat till {person}. Jag har hälsat personen "
            "välkommen.",
            **about,
        )
    else:
        said = _(
            "Kontot {name} i {platform} är kopplat till {person}. Personen kan inte nås där än: be "
            "personen lägga till Samspel och skriva något till mig.",
            **about,
        )
    show = Button(label=_("Visa personens konton"), press=press(NAME, "person", person_id))
    return Card(
        summary=said,
        parts=(text(said), Buttons(buttons=(show, _to_waiting()))),
        tone="good",
    )


def refused_receipt(name: str, request: int, person: int) -> Card:
    """The receipt for an account that was refused."""
    said = _("Kontot {name} är avvisat. Länken i mejlet gäller inte längre.", name=name)
    then = _("Skriver kontot igen svarar jag att det får vända sig till er administratörer.")
    link = Button(label=_("Koppla ändå"), press=press(NAME, "koppla", request, person))
    return Card(
        summary=said,
        parts=(text(said), quiet(then), Buttons(buttons=(link, _to_waiting()))),
        tone="good",
    )


def settled_otherwise(found: Request | None, person: int) -> Card:
    """What is said when a request cannot be settled as it was shown, for that person."""
    said = _how_it_stands(found, person)
    buttons = [_to_waiting()]
    if found is not None and found.outcome == "linked":
        show = press(NAME, "person", found.person_id)
        buttons.insert(0, Button(label=_("Visa personens konton"), press=show))
    if found is not None and found.outcome == "refused" and found.person_id == person:
        link = press(NAME, "koppla", found.id, found.person_id)
        buttons.insert(0, Button(label=_("Koppla ändå"), press=link))
    ways = Buttons(buttons=tuple(buttons))
    return Card(summary=said, parts=(text(said), ways), tone="warning")


def _how_it_stands(found: Request | None, person: int) -> str:
    if found is None:
        return _("Den frågan finns inte längre.")
    settled = short_time(in_stockholm(found.settled_at)) if found.settled_at else ""
    about = {"name": found.name, "person": found.person, "when": settled}
    if found.outcome == "linked":
        return _("Kontot {name} är redan kopplat till {person}, sedan {when}.", **about)
    if found.person_id != person:
        return _("Kontot {name} gäller en annan person nu: {person}.", **about)
    if found.outcome == "refused":
        return _("Kontot {name} är redan avvisat för {person}, sedan {when}.", **about)
    return _(
        "Det gick inte: {person} arbetar inte hos er i dag, eller så är kontot {name} någon "
        "annans.",
        **about,
    )


def home_card(total: int) -> Card:
    """That accounts wait, and the way to them."""
    said = how_many_wait(total)
    show = Button(label=_("Visa konton som väntar"), press=press(NAME), style="primary")
    return Card(title=said, summary=said, parts=(Buttons(buttons=(show,)),))

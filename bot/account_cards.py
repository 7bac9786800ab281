"""What is said about accounts: to those who ask to be linked, by mail, and to administrators."""

from collections.abc import Sequence
from datetime import timedelta

from bot.conversations.activity_card import shortened
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Facts,
    Part,
    facts,
    press,
    quiet,
    text,
)
from bot.language import _, ngettext
from storage.queries.account_requests import Request

LINK_LASTS = timedelta(hours=24)
"""How long the link in a mail opens something."""

BETWEEN_MAILS = timedelta(minutes=10)
"""For one account."""

Administrators = Sequence[tuple[str, str]]
"""Names and addresses."""


def platform_name(platform: str) -> str:
    """What people call the platform."""
    match platform:
        case "web":
            return _("webben")
        case "email":
            return _("mejl")
        case _:
            return platform.capitalize()


def outsider() -> Card:
    """To a guest or somebody of elsewhere."""
    said = _("Hej! Jag vet inte vem du är. Be den som bjöd in dig hit om hjälp.")
    return Card(summary=said, parts=(text(said),))


def unregistered() -> Card:
    """To anybody in a place that no administrator has registered."""
    said = _("Hej! Jag vet inte vem du är. Be den som lade till mig här om hjälp.")
    return Card(summary=said, parts=(text(said),))


def not_known(administrators: Administrators) -> Card:
    """To somebody whom the house may not link, whatever the reason."""
    said = _("Hej! Jag vet inte vem du är. Be {whom} om hjälp.", whom=_whom(administrators))
    return Card(summary=said, parts=(text(said),))


def linked_already() -> Card:
    """To somebody whose account is linked, whatever address it has now."""
    said = _("Ditt konto är redan kopplat. Tryck på Hjälp så ser du vad du kan göra.")
    return Card(summary=said, parts=(text(said), _help()))


def mailed(to: str) -> Card:
    """That a mail is on its way to the address `to`, which is masked."""
    said = _(
        "Hej! Jag behöver veta att du är du. Därför har jag skickat ett mejl till {to}.", to=to
    )
    then = ngettext(
        "Öppna det och tryck på knappen inom {n} timme, så är vi igång.",
        "Öppna det och tryck på knappen inom {n} timmar, så är vi igång.",
        LINK_LASTS // timedelta(hours=1),
    )
    return Card(summary=f"{said} {then}", parts=(text(said), text(then)))


def mailed_already(to: str | None) -> Card:
    """That a mail was sent a moment ago; to the masked address `to`, where it may be told."""
    said = (
        _("Jag har redan skickat ett mejl till {to}. Öppna det och tryck på knappen.", to=to)
        if to
        else _("Jag har redan skickat ett mejl. Öppna det och tryck på knappen.")
    )
    then = ngettext(
        "Har det inte kommit? Titta i skräpposten. Om {n} minut kan jag skicka ett nytt.",
        "Har det inte kommit? Titta i skräpposten. Om {n} minuter kan jag skicka ett nytt.",
        BETWEEN_MAILS // timedelta(minutes=1),
    )
    return Card(summary=said, parts=(text(said), quiet(then)))


def administrator_must(administrators: Administrators, *, told_before: bool) -> Card:
    """That no mail can be sent, so that an administrator has to confirm who it is."""
    said = _("Hej! Jag kan inte mejla dig just nu. En administratör måste bekräfta att du är du.")
    whom = _whom(administrators)
    if not administrators:
        told = _("Tala med {whom}.", whom=whom)
        return Card(summary=f"{said} {told}", parts=(text(said), text(told)))
    told = (
        _("Jag har redan frågat. Vill du skynda på är det {whom} du ska tala med.", whom=whom)
        if told_before
        else _("Jag har frågat. Vill du skynda på är det {whom} du ska tala med.", whom=whom)
    )
    return Card(summary=shortened(f"{said} {told}", 3_000), parts=(text(said), text(told)))


def letter(name: str, place: str, platform: str, person: str, token: str) -> Card:
    """The mail to the directory's own address, with the link that the account is linked by."""
    said = _(
        "Någon som heter {name} i {place} vill använda Samspel som {person}.",
        name=name,
        place=place,
        person=person,
    )
    mine = ngettext(
        "Är det du? Öppna sidan och tryck på knappen där. Länken gäller i {n} timme.",
        "Är det du? Öppna sidan och tryck på knappen där. Länken gäller i {n} timmar.",
        LINK_LASTS // timedelta(hours=1),
    )
    open_page = Button(label=_("Koppla kontot"), href=f"/konto/koppla/{token}", style="primary")
    other = _("Är det inte du? Då behöver du inte göra något. Kontot kopplas inte.")
    return Card(
        title=_("Koppla ditt konto i {platform} till Samspel", platform=platform),
        summary=said,
        parts=(text(said), text(mine), Buttons(buttons=(open_page,)), quiet(other)),
    )


def welcome(person: str) -> Card:
    """The first words in the private chat of an account that has been linked."""
    said = _("Hej {name}! Nu vet jag att det är du, och vi kan börja.", name=person)
    lost = _("Skrev du något till mig innan? Det sparades inte, så skriv det igen.")
    then = _("Här kan du rapportera och få veta vad som händer. Skriv eller tryck.")
    parts = (text(said), text(lost), text(then), _help())
    return Card(summary=f"{said} {lost}", parts=parts, tone="good")


def who_is_it(waiting: Request) -> Card:
    """To an administrator: an account whose person no mail can be sent to."""
    said = _(
        "{name} i {platform} vill kopplas till {person}. Jag kan inte mejla personen, så du får "
        "avgöra.",
        name=waiting.name,
        platform=platform_name(waiting.platform),
        person=waiting.person,
    )
    ask = _("Fråga personen på ett annat sätt än i chatten innan du kopplar.")
    warned = known_already(waiting)
    return Card(
        title=_("Ett konto väntar på dig"),
        summary=f"{said} {warned}".strip(),
        parts=(text(said), *about_account(waiting), quiet(ask), settle_buttons(waiting)),
    )


def known_already(waiting: Request) -> str:
    """A warning when the person has an account in the same place; empty when they have none."""
    if not waiting.others:
        return ""
    return ngettext(
        "{person} har redan ett konto här: {names}. Koppla bara om du vet att det är samma person.",
        "{person} har redan {n} konton här: {names}. Koppla bara om du vet att det är samma "
        "person.",
        len(waiting.others),
        person=waiting.person,
        names=shortened(", ".join(waiting.others), 300),
    )


def about_account(waiting: Request) -> tuple[Part, ...]:
    """What is known, and what to beware of."""
    warned = known_already(waiting)
    return (known_facts(waiting), *((text("⚠ ", warned),) if warned else ()))


def known_facts(waiting: Request) -> Facts:
    """What is known of the account and of the person it says it is."""
    return facts(
        (_("Konto"), f"{waiting.name}, {platform_name(waiting.platform)} {waiting.place}"),
        (_("Person"), f"{waiting.person}, {waiting.email}"),
        (_("Arbetar i"), shortened(waiting.organisations, 300) or _("ingenstans i dag")),
    )


def settle_buttons(waiting: Request, *, refused: bool = False) -> Buttons:
    """Link, or refuse; what is `refused` can only be linked."""
    about = (waiting.id, waiting.person_id)
    label = _("Koppla ett konto till") if waiting.others else _("Koppla")
    link = Button(label=label, press=press("konton", "koppla", *about), style="primary")
    refuse = Button(label=_("Avvisa"), press=press("konton", "avvisa", *about), style="danger")
    return Buttons(buttons=(link,) if refused else (link, refuse))


def deactivated(name: str, platform: str, person: str, person_id: int) -> Card:
    """To administrators: the platform has deactivated a linked account."""
    said = _(
        "Kontot {name} i {platform} är avaktiverat där, så jag har kopplat bort det från {person}.",
        name=name,
        platform=platform,
        person=person,
    )
    then = _("Blir det aktivt igen kopplas det på nytt när personen skriver till mig.")
    show = Button(label=_("Visa personens konton"), press=press("konton", "person", person_id))
    return Card(
        title=_("Ett konto är avaktiverat"),
        summary=said,
        parts=(text(said), quiet(then), Buttons(buttons=(show,))),
        tone="warning",
    )


def _whom(administrators: Administrators) -> str:
    if not administrators:
        return _("den som sköter Samspel hos er")
    names = [f"{name} ({email})" for name, email in administrators]
    if len(names) == 1:
        return names[0]
    return _("{names} eller {last}", names=", ".join(names[:-1]), last=names[-1])


def _help() -> Buttons:
    return Buttons(
        buttons=(
            Button(label=_("Rapportera läget"), press=press("rapport"), style="primary"),
            Button(label=_("Mina aktiviteter"), press=press("mina")),
            Button(label=_("Hjälp"), press=press("hjalp")),
        )
    )

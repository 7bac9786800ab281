"""Accounts, for administrators: who waits to be linked, and who has which accounts."""

from collections.abc import Sequence
from datetime import date

from bot.account_cards import platform_name
from bot.accounts import confirm_for, unlink
from bot.clock import in_stockholm
from bot.conversations import reaching
from bot.conversations.activity_card import shortened
from bot.conversations.calling import to_write
from bot.conversations.protocol import Conversation, Example, Pressed, Refusal, Replies, Turn
from bot.conversations.reaching import nowhere, reach, unreached_card
from bot.conversations.saving_report import say
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.conversations.waiting_accounts import (
    A_PAGE,
    NAME,
    home_card,
    linked_card,
    none_waiting,
    refused_card,
    refused_receipt,
    settled_otherwise,
    waiting_card,
)
from bot.finding import Found, Nothing, Several, find_person, plain, read_number
from bot.language import _, ngettext, short_date
from bot.people import Person
from storage.queries import account_requests
from storage.queries.account_requests import Outcome
from storage.queries.accounts import (
    By,
    LinkedAccount,
    accounts_of,
    how_many_unreached,
    unreached,
)
from storage.queries.people import people_named

SHOWN_ACCOUNTS = 12


def refusal(person: Person) -> Refusal | None:
    """Only administrators link and unlink."""
    if person.is_administrator:
        return None
    return Refusal(
        _(
            "Bara administratörerna kopplar konton till personer. Be IT-förvaltaren "
            "(administratören) att koppla kontot, och säg vem det gäller."
        )
    )


async def answer(turn: Turn) -> Replies:
    """What waits; a person's accounts by words; or what a press asks for."""
    if isinstance(turn.doing, Pressed):
        return (say(turn, await _pressed(turn, *turn.doing.press.arguments)),)
    if plain(turn.words) in ("avvisade", "refused"):
        return (say(turn, await _listed(turn, "refused", 1)),)
    if plain(turn.words) in ("onabara", "nas inte", "unreachable"):
        return (say(turn, await _unreached(turn, 1)),)
    if turn.words:
        return (say(turn, await _named(turn, turn.words)),)
    return (say(turn, await _listed(turn, None, 1)),)


async def _pressed(turn: Turn, verb: str = "", first: str = "", second: str = "") -> Card:
    about = (read_number(first), read_number(second))
    match verb:
        case "koppla":
            return await _link(turn, *about)
        case "avvisa":
            return await _refuse(turn, *about)
        case "bort":
            return await _unlink(turn, *about)
        case "person":
            return await _accounts(turn, about[0])
        case "avvisade":
            return await _listed(turn, "refused", about[0])
        case "onabara":
            return await _unreached(turn, about[0])
        case _:
            return await _listed(turn, None, about[0])


def _by(turn: Turn) -> By:
    return By(turn.person.id, turn.now, turn.place.platform)


async def _listed(turn: Turn, outcome: Outcome, page: int) -> Card:
    total = await account_requests.how_many(turn.db, outcome)
    page = min(max(page, 1), max(1, -(-total // A_PAGE)))
    waiting = await account_requests.requests(
        turn.db, outcome, _today(turn), most=A_PAGE, skip=(page - 1) * A_PAGE
    )
    if outcome == "refused":
        return refused_card(waiting, total, page)
    refused = await _refused(turn)
    unreachable = await how_many_unreached(turn.db, _today(turn))
    if not total:
        return none_waiting(refused, _asking_for(turn), unreachable)
    return waiting_card(waiting, total, page, turn.now, refused, unreachable)


async def _unreached(turn: Turn, page: int) -> Card:
    total = await how_many_unreached(turn.db, _today(turn))
    page = min(max(page, 1), max(1, -(-total // reaching.A_PAGE)))
    people = await unreached(
        turn.db, _today(turn), most=reaching.A_PAGE, skip=(page - 1) * reaching.A_PAGE
    )
    return unreached_card(people, total, page)


async def _refused(turn: Turn) -> int:
    return await account_requests.how_many(turn.db, "refused")


def _today(turn: Turn) -> date:
    return in_stockholm(turn.now).date()


async def _link(turn: Turn, request: int, person: int) -> Card:
    linked = await confirm_for(turn.db, request, person, _by(turn))
    if linked is None:
        found = await account_requests.request(turn.db, request, _today(turn))
        return settled_otherwise(found, person)
    told = any(
        each.id == linked.account_id and each.chat == "open"
        for each in await accounts_of(turn.db, linked.person_id)
    )
    platform = platform_name(linked.platform)
    return linked_card(linked.name, platform, linked.person, linked.person_id, greeted=told)


async def _refuse(turn: Turn, request: int, person: int) -> Card:
    name = await account_requests.refuse(turn.db, request, person, _by(turn))
    if name is None:
        found = await account_requests.request(turn.db, request, _today(turn))
        return settled_otherwise(found, person)
    return refused_receipt(name, request, person)


async def _named(turn: Turn, words: str) -> Card:
    match await find_person(turn.db, words, _today(turn)):
        case Found(one=person):
            return await _accounts(turn, person)
        case Several(these=several):
            known = await people_named(turn.db, list(several))
            people = [(key, known[key]["name"], known[key]["email"]) for key in several]
            return which_person(people)
        case Nothing():
            return nobody_called(words, _asking_for(turn))


def _asking_for(turn: Turn) -> str:
    """How somebody's accounts are asked for here."""
    command = _("konton anna.ek@kommunen.se")
    return to_write(command, in_channel=turn.place.kind == "channel")


def nobody_called(words: str, command: str) -> Card:
    """What is said of words that name nobody in the directory; `command` would name somebody."""
    said = _("Jag hittar ingen i katalogen som passar ”{words}”.", words=shortened(words, 60))
    how = _("Skriv till exempel: {command}", command=command)
    return Card(summary=f"{said} {how}", parts=(text(said), text(how)), tone="warning")


def which_person(people: Sequence[tuple[int, str, str]]) -> Card:
    """The likeliest people, to choose from: key, name and address."""
    said = _("Flera passar. Vem menar du?")
    buttons = [
        Button(
            label=shortened(f"{name}, {email}", 75),
            press=press(NAME, "person", key),
        )
        for key, name, email in people[:10]
    ]
    parts: list[Part] = [text(said)]
    parts.append(Buttons(buttons=tuple(buttons[:5]), overflow=tuple(buttons[5:])))
    if len(people) > len(buttons):
        parts.append(quiet(_("Fler passar också. Skriv hela adressen.")))
    names = shortened(", ".join(name for _key, name, _email in people[:10]), 1_000)
    return Card(summary=f"{said} {names}.", parts=tuple(parts))


async def _accounts(turn: Turn, person: int) -> Card:
    known = await people_named(turn.db, [person])
    if person not in known:
        return nobody_called(str(person), _asking_for(turn))
    accounts = await accounts_of(turn.db, person)
    return accounts_card(person, known[person]["name"], known[person]["email"], accounts)


def accounts_card(
    person_id: int, person: str, email: str, accounts: Sequence[LinkedAccount]
) -> Card:
    """A person's accounts, each with a button that takes it away; the web's own stays."""
    whose = f"{person} ({email})"
    if not accounts:
        said = _("{person} har inget kopplat konto.", person=whose)
        return Card(summary=said, parts=(text(said),))
    said = _("De konton som är kopplade till {person}:", person=whose)
    parts: list[Part] = [text(said)]
    for each in accounts[:SHOWN_ACCOUNTS]:
        platform = platform_name(each.platform)
        if each.platform == "web":
            parts.append(text(bold(platform.capitalize())))
            parts.append(quiet(_used(each), " ", reach(each)))
            continue
        parts.append(text(bold(each.name), f", {platform} {each.place}"))
        parts.append(quiet(_used(each), " ", reach(each)))
        away = press(NAME, "bort", each.id, person_id)
        button = Button(label=_("Koppla bort"), press=away, style="danger")
        parts.append(Buttons(buttons=(button,)))
    left = len(accounts) - SHOWN_ACCOUNTS
    if left > 0:
        parts.append(quiet(ngettext("… och {n} till.", "… och {n} till.", left)))
    lost = nowhere(accounts)
    parts += [text("⚠ ", lost)] if lost else []
    title = shortened(_("Konton: {person}", person=person), 150)
    names = (
        platform_name(each.platform) if each.platform == "web" else f"{each.name} ({each.place})"
        for each in accounts[:SHOWN_ACCOUNTS]
    )
    told = _("Kopplade: {list}.", list=shortened(", ".join(names), 1_500))
    summary = f"{title}. {told} {lost}".strip()
    return Card(title=title, summary=summary, parts=tuple(parts))


def _used(account: LinkedAccount) -> str:
    linked = short_date(in_stockholm(account.linked_at).date())
    if account.last_used_at is None:
        return _("Kopplat {linked}, inte använt än.", linked=linked)
    used = short_date(in_stockholm(account.last_used_at).date())
    return _("Kopplat {linked}, senast använt {used}.", linked=linked, used=used)


async def _unlink(turn: Turn, account: int, person: int) -> Card:
    if person == turn.person.id and await _stands_on(turn, account):
        return own_account()
    name = await unlink(turn.db, account, person, _by(turn))
    return not_linked() if name is None else unlinked_card(name, person)


async def _stands_on(turn: Turn, account: int) -> bool:
    """Whether it is an account on the platform where the administrator sits now."""
    return any(
        each.id == account and each.platform == turn.place.platform
        for each in await accounts_of(turn.db, turn.person.id)
    )


def own_account() -> Card:
    """What is said to somebody who would shut themselves out."""
    said = _(
        "Du kan inte koppla bort ditt eget konto där du skriver nu. Be en annan administratör, "
        "eller gör det från ett annat ställe."
    )
    return Card(summary=said, parts=(text(said),), tone="warning")


def not_linked() -> Card:
    """What is said of an account that is not linked to that person, or not any more."""
    said = _("Det kontot är inte kopplat till personen längre.")
    return Card(summary=said, parts=(text(said),), tone="warning")


def unlinked_card(name: str, person: int) -> Card:
    """The receipt for an account taken away."""
    said = _("Kontot {name} är bortkopplat, och den privata chatten är stängd.", name=name)
    then = _("Skriver personen till mig därifrån igen skickar jag ett nytt mejl att bekräfta.")
    show = Button(label=_("Visa personens konton"), press=press(NAME, "person", person))
    return Card(
        summary=said, parts=(text(said), quiet(then), Buttons(buttons=(show,))), tone="good"
    )


async def at_home(turn: Turn) -> tuple[Card, ...]:
    """How many accounts wait; nothing when none does."""
    total = await account_requests.how_many(turn.db, None)
    return (home_card(total),) if total else ()


ACCOUNTS = Conversation(
    name=NAME,
    says=lambda: _("Koppla konton till personer i katalogen"),
    answer=answer,
    synonyms=("konto", "accounts"),
    examples=lambda: (
        Example(
            words=_("konton"),
            answer=_("konto"),
            meaning=_("visar konton som väntar på att bli kopplade"),
        ),
    ),
    refusal=refusal,
    at_home=at_home,
)

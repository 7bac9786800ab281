"""Cards about accounts: to those who ask to be linked, by mail, and to administrators."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot import account_cards
from bot.conversations import accounts, linking_told, reaching, waiting_accounts
from bot.people import PersonId
from bot.specimens.invented import PEOPLE
from bot.specimens.specimen import Drawn
from bot.specimens.world import EMAIL, NAME, NOW, World
from storage.queries.account_requests import Request
from storage.queries.accounts import LinkedAccount, Unreached

ADDRESSES = ("asa.lind@skovde.example.se", "per.ek@hjo.example.se")
PLACES = ("Skövde", "Hjo", "Kommunalförbundet")
ACCOUNT_NAME = 100
"""Longest name of an account: bot/accounts.py cuts it there."""


def cards_of_accounts(world: World) -> Iterator[Drawn]:
    """All of them."""
    yield from _to_newcomers(world)
    yield from _to_administrators(world)
    yield from _lists(world)


def _to_newcomers(world: World) -> Iterator[Drawn]:
    voice = world.voice
    asked = [
        (voice.line(PEOPLE, NAME), voice.line(ADDRESSES, EMAIL)) for _n in range(voice.many(2, 5))
    ]
    name, person = voice.line(PEOPLE, ACCOUNT_NAME), voice.line(PEOPLE, NAME)
    for platforms in (["slack", "teams"], ["slack"], []):
        card = linking_told.how_to_link(voice.line(ADDRESSES, EMAIL), platforms)
        yield Drawn(f"account-how-{len(platforms)}", linking_told.NAME, card)
    yield Drawn("account-outsider", "", account_cards.outsider())
    yield Drawn("account-unregistered", "", account_cards.unregistered())
    yield Drawn("account-not-known", "", account_cards.not_known(asked))
    yield Drawn("account-linked-already", "", account_cards.linked_already())
    yield Drawn("account-mailed", "", account_cards.mailed("a•••@skovde.example.se"))
    again = account_cards.mailed_already("a•••@skovde.example.se")
    yield Drawn("account-mailed-already", "", again)
    yield Drawn("account-mailed-another", "", account_cards.mailed_already(None))
    for told in (False, True):
        must = account_cards.administrator_must(asked, told_before=told)
        yield Drawn(f"account-unmailed-{'again' if told else 'first'}", "", must)
    letter = account_cards.letter(name, "Skövde", "Slack", person, "x" * 43)
    yield Drawn("account-letter", "", letter)
    yield Drawn("account-welcome", "", account_cards.welcome(person))


def _to_administrators(world: World) -> Iterator[Drawn]:
    waiting = _request(world, 0)
    name, person = waiting.name, waiting.person
    key = PersonId(waiting.person_id)
    yield Drawn("account-who-is-it", "konton", account_cards.who_is_it(waiting))
    gone = account_cards.deactivated(name, "Slack", person, key)
    yield Drawn("account-deactivated", "konton", gone)
    yield Drawn(
        "account-linked", "konton", waiting_accounts.linked_card(name, "Slack", person, key)
    )
    unheard = waiting_accounts.linked_card(name, "Slack", person, key, greeted=False)
    yield Drawn("account-linked-unheard", "konton", unheard)
    refused = waiting_accounts.refused_receipt(name, waiting.id, key)
    yield Drawn("account-refused", "konton", refused)
    yield from _settled(waiting)
    yield Drawn("account-unlinked", "konton", accounts.unlinked_card(name, key))
    yield Drawn("account-not-linked", "konton", accounts.not_linked())
    yield Drawn("account-own", "konton", accounts.own_account())
    nobody = accounts.nobody_called(
        world.voice.line(("Kalle Kula",), 3_000), "konton anna.ek@kommunen.se"
    )
    yield Drawn("account-nobody", "konton", nobody)


def _settled(waiting: Request) -> Iterator[Drawn]:
    """What a button says of a request that has been settled since it was shown."""
    about = waiting.person_id
    told = {
        "linked": replace(waiting, outcome="linked", settled_at=NOW),
        "refused": replace(waiting, outcome="refused", settled_at=NOW),
        "in-vain": waiting,
        "gone": None,
    }
    for name, found in told.items():
        card = waiting_accounts.settled_otherwise(found, about)
        yield Drawn(f"account-settled-{name}", "konton", card)
    another = waiting_accounts.settled_otherwise(waiting, about + 1)
    yield Drawn("account-settled-another", "konton", another)


def _lists(world: World) -> Iterator[Drawn]:
    voice = world.voice
    total = voice.many(4, 40)
    shown = [_request(world, n) for n in range(min(total, waiting_accounts.A_PAGE))]
    waiting = waiting_accounts.waiting_card(shown, total, 1, NOW, refused=1, unreached=3)
    yield Drawn("accounts-waiting", "konton", waiting)
    none = waiting_accounts.none_waiting(1, "konton anna.ek@kommunen.se", 1)
    yield Drawn("accounts-none-waiting", "konton", none)
    yield Drawn("accounts-at-home", "konton", waiting_accounts.home_card(max(1, total)))
    yield Drawn("accounts-refused", "konton", waiting_accounts.refused_card(shown, total, 1))
    second = waiting_accounts.refused_card(shown, total + waiting_accounts.A_PAGE, 2)
    yield Drawn("accounts-refused-second", "konton", second)
    linked = [_account(world, n) for n in range(voice.many(2, 30))]
    person, email = voice.line(PEOPLE, NAME), voice.line(ADDRESSES, EMAIL)
    yield Drawn("accounts-of", "konton", accounts.accounts_card(7, person, email, linked))
    lost = [replace(each, chat="closed") for each in linked]
    yield Drawn("accounts-unreached", "konton", accounts.accounts_card(7, person, email, lost))
    yield from _unreached(world)
    people = [
        (n, voice.line(PEOPLE, NAME), voice.line(ADDRESSES, EMAIL))
        for n in range(max(2, voice.many(3, 20)))
    ]
    yield Drawn("accounts-which", "konton", accounts.which_person(people))


def _unreached(world: World) -> Iterator[Drawn]:
    voice = world.voice
    people = [
        Unreached(n, voice.line(PEOPLE, NAME), voice.line(ADDRESSES, EMAIL))
        for n in range(min(voice.many(3, 40), reaching.A_PAGE))
    ]
    yield Drawn("people-unreached", "konton", reaching.unreached_card(people, len(people), 1))
    second = reaching.unreached_card(people, 3 * reaching.A_PAGE, 2)
    yield Drawn("people-unreached-second", "konton", second)


def _request(world: World, nth: int) -> Request:
    voice = world.voice
    return Request(
        id=nth + 1,
        name=voice.line(PEOPLE, ACCOUNT_NAME),
        platform="slack",
        place="Skövde kommun",
        asked_at=NOW - timedelta(hours=9 * nth + 1),
        expires_at=NOW + timedelta(hours=23 - 9 * nth),
        unmailed=("not_set_up", "failed", None)[min(nth, 2)],
        outcome=None,
        settled_at=None,
        person_id=nth + 7,
        person=voice.line(PEOPLE, NAME),
        email=voice.line(ADDRESSES, EMAIL),
        others=[voice.line(PEOPLE, ACCOUNT_NAME) for _n in range(voice.many(nth % 2, 3))],
        organisations=voice.text(PLACES) or "",
    )


def _account(world: World, nth: int) -> LinkedAccount:
    return LinkedAccount(
        id=nth + 1,
        platform="web" if nth == 0 else "slack",
        place="web" if nth == 0 else "Skövde kommun",
        name=world.voice.line(PEOPLE, ACCOUNT_NAME),
        linked_at=NOW - timedelta(days=30),
        last_used_at=NOW - timedelta(days=nth) if nth % 2 == 0 else None,
        chat=("open", "closed", "missing", "place_closed")[nth % 4],
    )

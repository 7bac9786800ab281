"""Accounts on chat platforms: linked to a person in the directory, and ended.

A platform's word for an e-mail address proves nothing: whoever runs or fills in a foreign directory
can write any address there. So an account is linked by a button behind a link that was sent to the
address in our own directory, or by an administrator. Once linked it is known by its id on the
platform, and a changed address changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import account_cards as cards
from bot.account_cards import BETWEEN_MAILS, LINK_LASTS, platform_name
from bot.administrators import tell_administrators
from bot.clock import in_stockholm
from bot.conversations.protocol import AccountKey
from bot.conversations.views import Card
from bot.language import LANGUAGES, _
from bot.outbox import Outbox, ToConversation
from bot.people import PersonId
from bot.tokens import hashed, new_secret
from storage.queries import account_requests, people, places
from storage.queries import accounts as queries
from storage.queries.account_requests import Unmailed
from storage.queries.accounts import By, Key

LONGEST_NAME = 100

MOST_NAMED = 5
"""Administrators that somebody is told of."""


@dataclass(frozen=True)
class Profile:
    """What a platform says of an account.

    `address` is its private chat with the bot, empty when there is none, and `route` where that is
    reached, if the platform says so. `outsider`: a guest, a bot, or of elsewhere.
    """

    key: AccountKey
    name: str
    email: str | None
    language: Literal["sv", "en"]
    address: str
    outsider: bool
    route: str | None = None


@dataclass(frozen=True)
class House:
    """A place that an administrator has registered: whose people it may link.

    Names of organisations as in the directory, and the domains of their addresses.
    """

    organisations: Sequence[str]
    email_domains: Sequence[str]
    name: str = ""


@dataclass(frozen=True)
class Answered:
    """There is nothing to mail: this is said."""

    card: Card


@dataclass(frozen=True)
class ToMail:
    """`letter` is to be sent to `to`, once the transaction is committed; then `card` is said."""

    request: int
    token_hash: bytes
    to: str
    subject: str
    letter: Card
    card: Card
    administrators_know: bool
    """They were told of this account already, when no mail could be sent."""


Asked = Answered | ToMail


@dataclass(frozen=True)
class Linked:
    """An account that has just been linked."""

    account_id: int
    person_id: PersonId
    person: str
    name: str
    platform: str
    language: str


async def ask_to_link(
    db: AsyncConnection, profile: Profile, house: House | None, now: datetime
) -> Asked:
    """What an account that nobody is behind is told, and what is to be mailed to whom.

    Whoever cannot be linked hears whom to ask and nothing else: not whether an address or a person
    is known. At most one mail in ten minutes for each account.
    """
    if profile.outsider:
        return Answered(cards.outsider())
    if await queries.owner_of(db, _key(profile.key)) is not None:
        return Answered(cards.linked_already())
    if house is None:
        return Answered(cards.unregistered())
    administrators = await _to_ask(db, now)
    person = await _claimed(db, profile, house, now)
    if person is None:
        return Answered(cards.not_known(administrators))
    before = await account_requests.asked_before(db, _key(profile.key))
    same = before is not None and before["person_id"] == person["id"]
    if before is not None and same and before["outcome"] == "refused":
        return Answered(cards.not_known(administrators))
    if (
        before is not None
        and before["outcome"] is None
        and now - before["asked_at"] < BETWEEN_MAILS
    ):
        return Answered(_already(before, person if same else None, administrators))
    known = before is not None and same and before["outcome"] is None and not before["mailed"]
    return await _begin(db, profile, house, person, now, administrators_know=known)


def _already(
    before: RowMapping, person: RowMapping | None, administrators: Sequence[tuple[str, str]]
) -> Card:
    if not before["mailed"]:
        return cards.administrator_must(administrators, told_before=True)
    return cards.mailed_already(masked(person["email"]) if person else None)


async def _claimed(
    db: AsyncConnection, profile: Profile, house: House, now: datetime
) -> RowMapping | None:
    """Who in the directory the account says it is, if the house may link them."""
    email = _of_the_house(profile.email, house.email_domains)
    if email is None:
        return None
    organisations = [name.strip().lower() for name in house.organisations]
    today = in_stockholm(now).date()
    return await account_requests.person_claimed(db, email, organisations, today)


def _of_the_house(email: str | None, domains: Sequence[str]) -> str | None:
    """The address in lower case, when it is a plain one in exactly one of the domains.

    Letters that only look like those of the domain, or become them in lower case, are others.
    """
    said = (email or "").strip()
    name, at, domain = said.rpartition("@")
    plain = said.isascii() and said.isprintable() and " " not in said and "@" not in name
    if not (plain and name and at):
        return None
    known = {each.lower().lstrip("@") for each in domains}
    return said.lower() if domain.lower() in known else None


async def _begin(
    db: AsyncConnection,
    profile: Profile,
    house: House,
    person: RowMapping,
    now: datetime,
    *,
    administrators_know: bool,
) -> Asked:
    token = new_secret()
    name = shown_name(profile.name) or profile.key.user_id
    request = await account_requests.ask(
        db,
        _key(profile.key),
        person_id=person["id"],
        name=name,
        language=profile.language,
        address=profile.address,
        route=profile.route,
        place=house.name,
        token_hash=hashed(token),
        now=now,
        expires_at=now + LINK_LASTS,
        asked_before=now - BETWEEN_MAILS,
    )
    to = person["email"]
    if request is None:
        return Answered(cards.mailed_already(masked(to)))
    platform = platform_name(profile.key.platform)
    return ToMail(
        request=request,
        token_hash=hashed(token),
        to=to,
        subject=_("Koppla ditt konto i {platform} till Samspel", platform=platform),
        letter=cards.letter(name, house.name or platform, platform, person["name"], token),
        card=cards.mailed(masked(to)),
        administrators_know=administrators_know,
    )


async def ask_administrators(
    db: AsyncConnection, asked: ToMail, why: Unmailed, now: datetime, outbox: Outbox
) -> Card:
    """No mail was sent: its link opens nothing, and administrators are asked instead."""
    if await account_requests.not_mailed(db, asked.request, asked.token_hash, why):
        waiting = await account_requests.request(db, asked.request, in_stockholm(now).date())
        if waiting is not None and not asked.administrators_know:
            await tell_administrators(db, now, outbox, partial(cards.who_is_it, waiting))
    administrators = await _to_ask(db, now)
    return cards.administrator_must(administrators, told_before=asked.administrators_know)


async def _to_ask(db: AsyncConnection, now: datetime) -> list[tuple[str, str]]:
    """Names and addresses of administrators, for somebody who must ask one."""
    found = await people.administrators(db, in_stockholm(now).date())
    return [(each.name, each.email) for each in found[:MOST_NAMED]]


async def asked_for(db: AsyncConnection, token_hash: bytes, now: datetime) -> RowMapping | None:
    """What the button of that link would do: account, person and address. None: nothing."""
    return await account_requests.asked_by_link(db, token_hash, now, in_stockholm(now).date())


async def confirm_request(db: AsyncConnection, token_hash: bytes, now: datetime) -> Linked | None:
    """Link the account whose mailed link has that token, once, and say welcome in its chat.

    None when the link is used, too old, unknown, replaced by a newer one or settled otherwise; or
    when the person works nowhere today, or the account has become somebody else's.
    """
    row = await account_requests.link_asked(db, token_hash, now, in_stockholm(now).date())
    outbox = Outbox(LANGUAGES)
    linked = _linked(row, outbox)
    await outbox.flush(db)
    return linked


async def confirm_for(db: AsyncConnection, request: int, person: int, by: By) -> Linked | None:
    """The same, by an administrator who has seen that the request is for that person."""
    today = in_stockholm(by.now).date()
    row = await account_requests.link_for(db, request, person, by, today)
    # In all languages: it may be the first of theirs that the person is spoken to in.
    outbox = Outbox(LANGUAGES)
    linked = _linked(row, outbox)
    await outbox.flush(db)
    return linked


def _linked(row: RowMapping | None, outbox: Outbox) -> Linked | None:
    if row is None:
        return None
    linked = Linked(
        account_id=row["account_id"],
        person_id=PersonId(row["person_id"]),
        person=row["person"],
        name=row["name"],
        platform=row["platform"],
        language=row["spoken"],
    )
    if row["conversation_id"] is not None:
        outbox.say(ToConversation(row["conversation_id"]), lambda: cards.welcome(linked.person))
    return linked


async def unlink(db: AsyncConnection, account: int, person: int, by: By) -> str | None:
    """That account is the person's no more, and its private chat is closed: what it was called.

    None when it is not linked to them. The web's own account cannot be taken away.
    """
    ended = await queries.end_account_of(db, account, person, by)
    if ended is None:
        return None
    await _close(db, ended, by)
    return ended["name"]


async def account_ended(
    db: AsyncConnection, key: AccountKey, now: datetime, outbox: Outbox
) -> bool:
    """The platform has deactivated the account: it is nobody's, and its private chat is closed.

    The administrators hear. Active again, it is linked anew by asking. False: it was nobody's.
    """
    by = By(None, now, key.platform)
    ended = await queries.end_account(db, _key(key), by)
    if ended is None:
        return False
    await _close(db, ended, by)
    platform = platform_name(key.platform)
    await tell_administrators(
        db,
        now,
        outbox,
        lambda: cards.deactivated(ended["name"], platform, ended["person"], ended["person_id"]),
    )
    return True


async def _close(db: AsyncConnection, ended: RowMapping, by: By) -> None:
    cause = _("Kontot är inte kopplat längre.")
    await places.close(db, ended["rooms"], now=by.now, cause=cause, source=by.source)


def _key(key: AccountKey) -> Key:
    return Key(key.platform, key.tenant, key.user_id)


def shown_name(name: str) -> str:
    """A name from a platform on one line: no control characters, at most 100 letters."""
    plain = "".join(letter if letter.isprintable() else " " for letter in name)
    return " ".join(plain.split())[:LONGEST_NAME].strip()


def masked(email: str) -> str:
    """`anna@skovde.se` as `a•••@skovde.se`: enough for whoever has it to know it again."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}•••@{domain}"

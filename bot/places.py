"""Channels that the bot joins and loses, workspaces that come and go, and who hears of it."""

from collections.abc import Container, Sequence
from datetime import datetime
from functools import partial
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.administrators import tell_administrators
from bot.bindings import bound_names
from bot.conversations.activity_card import shortened
from bot.conversations.views import Button, Buttons, Card, Paragraph, press, quiet, text
from bot.language import LANGUAGES, _, ngettext
from bot.outbox import Outbox, ToConversation
from storage.queries import places as queries
from storage.queries.connections import close_connection, open_connection
from storage.queries.delivery import Lease
from storage.queries.outcomes import conversation_closed
from storage.queries.places import Bound

BETWEEN = " / "
"""Between the names of a team and of its channel."""

LONGEST_NAME = 80
"""Letters of a channel's name, with its team's."""

Why = Literal["left", "archived", "deleted", "refused"]
"""How a channel was lost; `refused`: the platform said so when something was to be said there."""


async def channel_joined(
    db: AsyncConnection,
    *,
    platform: str,
    tenant: str,
    address: str,
    name: str,
    now: datetime,
    outbox: Outbox,
    route: str | None = None,
    team: str | None = None,
    chat: bool = False,
) -> int:
    """The bot is in the channel now: its conversation, made or opened again, and a greeting there.

    A channel that it is in already is only called `name` and reached by `route`, so that the same
    word twice is harmless. `chat`: it is several people's own, and no channel of a team.
    """
    channel = await queries.ensure_channel(
        db,
        platform=platform,
        tenant=tenant,
        address=address,
        name=name,
        now=now,
        route=route,
        team=team,
    )
    if channel.closed:
        await queries.reopen(db, [channel.id], now=now, source=platform)
    if channel.made or channel.closed:
        bound = await queries.bound_to(db, [channel.id])
        outbox.say(ToConversation(channel.id), lambda: greeting(bound, chat=chat))
    return channel.id


async def channel_back(
    db: AsyncConnection, *, platform: str, tenant: str, address: str, now: datetime, outbox: Outbox
) -> bool:
    """An archived channel is there again, with its bindings. False: it was not lost."""
    channel = await queries.channel_at(db, platform=platform, tenant=tenant, address=address)
    if channel is None or not channel.closed:
        return False
    await queries.reopen(db, [channel.id], now=now, source=platform)
    bound = await queries.bound_to(db, [channel.id])
    outbox.say(ToConversation(channel.id), lambda: greeting(bound))
    return True


async def channel_gone(
    db: AsyncConnection,
    *,
    platform: str,
    tenant: str,
    address: str,
    why: Why,
    now: datetime,
    outbox: Outbox,
) -> bool:
    """Nothing can be said there any more: it is closed, and what waits there fails.

    Was it bound, every administrator hears. False: there was no such channel, or it was closed.
    """
    channel = await queries.channel_at(db, platform=platform, tenant=tenant, address=address)
    if channel is None or channel.closed:
        return False
    failed = await queries.close(
        db, [channel.id], now=now, cause=_cause(why, channel.name), source=platform
    )
    await _tell_gone(db, channel.id, channel.name, why=why, failed=failed, now=now, outbox=outbox)
    return True


async def channel_renamed(
    db: AsyncConnection, *, platform: str, tenant: str, address: str, name: str
) -> bool:
    """The channel is called `name` now. False: the bot is not in it."""
    return await queries.rename(db, platform=platform, tenant=tenant, address=address, name=name)


async def team_gone(
    db: AsyncConnection,
    *,
    platform: str,
    tenant: str,
    team: str,
    why: Why,
    now: datetime,
    outbox: Outbox,
) -> None:
    """The same for every channel of the team that is known."""
    where = {"platform": platform, "tenant": tenant}
    for channel in await queries.channels_of(db, **where, team=team):
        await channel_gone(db, **where, address=channel.address, why=why, now=now, outbox=outbox)


async def team_back(
    db: AsyncConnection,
    *,
    platform: str,
    tenant: str,
    team: str,
    there: Container[str] | None,
    now: datetime,
    outbox: Outbox,
) -> None:
    """The team is there again, and its channels that were lost; a greeting in those that are bound.

    `there`: the addresses of the channels that it has now; None when that is not known.
    """
    lost = [
        channel
        for channel in await queries.channels_of(db, platform=platform, tenant=tenant, team=team)
        if channel.closed and (there is None or channel.address in there)
    ]
    await queries.reopen(db, [channel.id for channel in lost], now=now, source=platform)
    bindings = await queries.bindings_of(db, [channel.id for channel in lost])
    for channel, bound in bindings.items():
        if bound:
            outbox.say(ToConversation(channel), partial(greeting, bound))


async def team_renamed(
    db: AsyncConnection, *, platform: str, tenant: str, team: str, name: str
) -> None:
    """The team is called `name` now, and so the channels of it that are known."""
    where = {"platform": platform, "tenant": tenant}
    for channel in await queries.channels_of(db, **where, team=team):
        _team, _between, own = channel.name.rpartition(BETWEEN)
        called = name_in_team(name, own)
        await queries.rename(db, **where, address=channel.address, name=called)


def name_in_team(team: str, channel: str) -> str:
    """What a channel of a team is called here; without a team, by its own name alone."""
    if not team:
        return shortened(channel, LONGEST_NAME)
    left = LONGEST_NAME - len(BETWEEN) - len(channel)
    return shortened(f"{shortened(team, max(left, 12))}{BETWEEN}{channel}", LONGEST_NAME)


async def workspace_gone(
    db: AsyncConnection, *, platform: str, tenant: str, now: datetime, outbox: Outbox
) -> bool:
    """The platform lets us speak there no more: all its conversations are closed.

    The administrators hear, on the platforms that they are left with. False: it was gone before.
    """
    conversations = await close_connection(db, platform=platform, tenant=tenant, now=now)
    if conversations is None:
        return False
    bound = await queries.bound_to(db, conversations)
    cause = _("Samspel är borttaget ur arbetsytan.")
    failed = await queries.close(db, conversations, now=now, cause=cause, source=platform)
    await tell_administrators(
        db, now, outbox, lambda: workspace_lost(platform, tenant, bound, failed)
    )
    return True


async def workspace_here(db: AsyncConnection, *, platform: str, tenant: str, now: datetime) -> None:
    """The platform lets us speak there (again): what was closed with it is open as before."""
    conversations = await open_connection(db, platform=platform, tenant=tenant)
    await queries.reopen(db, conversations, now=now, source=platform)


async def found_gone(db: AsyncConnection, lease: Lease, *, cause: str, now: datetime) -> int:
    """Delivery found that nothing can be said where its lease is: closed, and how many failed.

    Of a bound channel the administrators hear, in the same transaction.
    """
    name = await queries.channel_held_open(db, lease)
    failed = await conversation_closed(db, lease, now=now, cause=cause)
    if name is not None:
        outbox = Outbox(LANGUAGES)
        await _tell_gone(
            db, lease.conversation_id, name, why="refused", failed=failed, now=now, outbox=outbox
        )
        await outbox.flush(db)
    return failed


async def _tell_gone(
    db: AsyncConnection,
    channel: int,
    name: str,
    *,
    why: Why,
    failed: int,
    now: datetime,
    outbox: Outbox,
) -> None:
    bound = await queries.bound_to(db, [channel])
    if bound:
        await tell_administrators(db, now, outbox, lambda: channel_lost(name, why, bound, failed))


def greeting(bound: Sequence[Bound], *, chat: bool = False) -> Card:
    """The first words in a channel or a `chat` of several; fewer where the bot was before."""
    if bound:
        said = _(
            "Jag är tillbaka. Hit kommer som förut det som gäller {list}.", list=bound_names(bound)
        )
        shown = Button(label=_("Visa vad som kommer hit"), press=press("koppla", "visa"))
        return Card(summary=said, parts=(text(said), Buttons(buttons=(shown,))))
    said = _(
        "Hej! Jag är Samspel. Jag håller reda på läget i våra gemensamma aktiviteter: här kan ni "
        "rapportera och få veta vad som händer."
    )
    then = _(
        "Chefen eller en administratör bestämmer vad som ska komma hit, till exempel ett nätverks "
        "aktiviteter. Det görs med knappen här, eller genom att skriva @samspel koppla."
    )
    bind = _("Koppla chatten") if chat else _("Koppla kanalen")
    buttons = (
        Button(label=bind, press=press("koppla"), style="primary"),
        Button(label=_("Hjälp"), press=press("hjalp")),
    )
    how = _("I den här chatten svarar jag när ni nämner mig.") if chat else ""
    parts = (text(said), *([text(how)] if how else ()), text(then), Buttons(buttons=buttons))
    return Card(summary=f"{said} {then}", parts=parts)


def channel_lost(name: str, why: Why, bound: Sequence[Bound], failed: int) -> Card:
    """Which channel, what came there, and the cure."""
    said = _cause(why, name)
    missed = _(
        "Det som gäller {bodies} kommer därför inte fram där längre.", bodies=bound_names(bound)
    )
    return Card(
        title=_("En kopplad kanal är borta"),
        summary=f"{said} {missed}",
        parts=(text(said, " ", missed), *_not_arrived(failed), text(_cure(why))),
        tone="warning",
    )


def workspace_lost(platform: str, tenant: str, bound: Sequence[Bound], failed: int) -> Card:
    """Which workspace, what came to its channels, and the cure."""
    said = _(
        "Samspel är borttaget ur arbetsytan {tenant} i {platform}. Ingen där får längre något.",
        tenant=tenant,
        platform=platform.capitalize(),
    )
    missed = _("Dit kom det som gäller {bodies}.", bodies=bound_names(bound)) if bound else ""
    cure = _("Installera Samspel där igen, så är kanalerna kopplade som förut.")
    return Card(
        title=_("En arbetsyta är borta"),
        summary=f"{said} {missed}".strip(),
        parts=(text(said), *([text(missed)] if missed else ()), *_not_arrived(failed), text(cure)),
        tone="warning",
    )


def _cause(why: Why, name: str) -> str:
    match why:
        case "left":
            return _("Samspel är borttaget ur kanalen {name}.", name=name)
        case "archived":
            return _("Kanalen {name} är arkiverad.", name=name)
        case "deleted":
            return _("Kanalen {name} är borttagen.", name=name)
        case "refused":
            return _("Samspel kommer inte längre åt kanalen {name}.", name=name)


def _cure(why: Why) -> str:
    another = _("Annars: bjud in Samspel till en annan kanal och skriv @samspel koppla där.")
    match why:
        case "left":
            first = _("Bjud in Samspel till kanalen igen, så är den kopplad som förut.")
        case "archived":
            first = _("Öppna kanalen igen och bjud in Samspel, så är den kopplad som förut.")
        case "deleted":
            return _("Bjud in Samspel till en annan kanal och skriv @samspel koppla där.")
        case "refused":
            first = _("Finns kanalen kvar, bjud in Samspel igen, så är den kopplad som förut.")
    return f"{first} {another}"


def _not_arrived(failed: int) -> tuple[Paragraph, ...]:
    if not failed:
        return ()
    said = ngettext(
        "{n} meddelande som väntade kom inte fram. Det finns bland det olevererade.",
        "{n} meddelanden som väntade kom inte fram. De finns bland det olevererade.",
        failed,
    )
    return (quiet(said),)

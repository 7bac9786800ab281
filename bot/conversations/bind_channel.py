"""Binding a channel by words: `koppla Kompetens`, `koppla bort chef`, `koppla visa`."""

import re
from collections.abc import Callable, Iterable, Sequence

from bot.bindings import bound_name, bound_names, find_bound, in_order
from bot.conversations.activity_card import shortened
from bot.conversations.bind_channel_form import About, BindChannel, about_channel, no_channel
from bot.conversations.binding import (
    FORM,
    NAME,
    change,
    coming_line,
    coming_parts,
    key_of,
    may_bind,
    not_allowed,
    told,
)
from bot.conversations.filling import open_flow
from bot.conversations.gone_channel import (
    LET_GO_OF_GONE,
    gone_parts,
    let_go_of_gone,
    platform_name,
)
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, bold, bullets, press, text
from bot.finding import Found, Nothing, Several, plain, read_number
from bot.language import _
from bot.people import Person
from storage.queries import bindings as queries
from storage.queries.bindings import Channel
from storage.queries.places import Bound

CHANNELS_A_PAGE = 25
READ = 10
"""Channels that a summary names."""

_AWAY = re.compile(r"(?:ta )?(?:bort|fran|loss|av)\b\s*", re.IGNORECASE)
_SHOW = {"visa", "lista", "status", "show", "vad"}
_ALL = {"allt", "alla", "all", "allting"}
_AND = re.compile(r"\s*(?:,|;|\boch\b|\bsamt\b)\s*", re.IGNORECASE)


async def answer(turn: Turn) -> Replies:
    """Show, bind or let go; by words or by a press."""
    if isinstance(turn.doing, Pressed):
        verb, *arguments = turn.doing.press.arguments or ("",)
        if verb == "visa":
            return await _show(turn, (*arguments, "")[0])
        if verb:
            return await _pressed(turn, verb, arguments)
    first, _space, rest = turn.words.partition(" ")
    if plain(first) in _SHOW:
        return await _show(turn, "")
    if not may_bind(turn.person):
        return await not_allowed(turn)
    channel = await _this_channel(turn)
    if channel is None:
        return (here(turn, elsewhere(in_channel=turn.place.kind == "channel")),)
    if not turn.words:
        return await open_flow(turn, BindChannel(), (str(channel.id),))
    about = await about_channel(turn, channel)
    away = _AWAY.match(plain(turn.words))
    if away is not None:
        return await _let_go(turn, about, turn.words[away.end() :].strip())
    return await _bind(turn, about, rest if plain(first) == "till" else turn.words)


async def _this_channel(turn: Turn) -> Channel | None:
    if turn.place.kind != "channel" or turn.place.conversation_id is None:
        return None
    return await queries.open_channel(turn.db, turn.place.conversation_id)


def elsewhere(*, in_channel: bool) -> Card:
    """Where it is to be written; in a channel, that the bot is not in it yet."""
    if in_channel:
        said = _("Jag är inte med i den här kanalen än. Bjud in mig hit, så går det att koppla.")
        return Card(summary=said, parts=(text(said),), tone="warning")
    said = _(
        "Skriv @samspel koppla i den kanal som det gäller, så väljer du där vad som ska komma dit."
    )
    shown = Button(label=_("Visa kopplade kanaler"), press=press(NAME, "visa"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(shown,))))


async def _bind(turn: Turn, about: About, words: str) -> Replies:
    found = _each_named(words, about.bindable)
    if isinstance(found, Unclear):
        return (here(turn, which_of_them(about, found, "till")),)
    changed = await change(turn, about.channel, add=found)
    title = _("Kanalen är kopplad")
    if not changed.anything:
        title = _("Kanalen är redan kopplad till {names}", names=bound_names(found))
    return await told(turn, changed, shortened(title, 150))


async def _let_go(turn: Turn, about: About, words: str) -> Replies:
    free = [each for each in in_order(about.bound) if each not in about.kept]
    if plain(words) in _ALL and free:
        return await _without(turn, about, free)
    if about.kept and not free and (not words or plain(words) in _ALL):
        return (say(turn, always_there(about, about.kept)),)
    if not words or not about.bound:
        return (here(turn, what_to_let_go(about, free)),)
    found = _each_named(words, about.bindable)
    if isinstance(found, Unclear):
        return (here(turn, which_of_them(about, found, "bort")),)
    return await _without(turn, about, found)


async def _without(turn: Turn, about: About, wanted: Sequence[Bound]) -> Replies:
    staying = [each for each in wanted if each in about.kept]
    if staying:
        return (say(turn, always_there(about, staying)),)
    changed = await change(turn, about.channel, remove=wanted)
    title = _("Kopplingen är borttagen")
    if not changed.anything:
        title = _("Kanalen var inte kopplad till {names}", names=bound_names(wanted))
    return await told(turn, changed, shortened(title, 150))


def always_there(about: About, staying: Sequence[Bound]) -> Card:
    """What is said of bindings that a channel of the web chat keeps."""
    said = _(
        "Kanalen {name} är webbchattens egen och hör alltid till {names}.",
        name=about.channel.name,
        names=bound_names(staying),
    )
    return Card(summary=said, parts=(text(said),), tone="warning")


class Unclear:
    """Words that name nothing, or nothing for sure, and what comes near."""

    def __init__(self, words: str, near: Sequence[Bound] = ()) -> None:
        self.words = words
        self.near = near


def _each_named(words: str, among: Sequence[Bound]) -> list[Bound] | Unclear:
    """Everything that the words name: one thing, or several with commas or `och` between."""
    whole = find_bound(words, among)
    if isinstance(whole, Found):
        return [whole.one]
    named = [part for part in _AND.split(words) if part]
    if len(named) < 2:
        return Unclear(words, whole.these if isinstance(whole, Several) else ())
    found: list[Bound] = []
    for part in named:
        match find_bound(part, among):
            case Found(one=one):
                found.append(one)
            case Several(these=near):
                return Unclear(part, near)
            case Nothing():
                return Unclear(part)
    return found


def which_of_them(about: About, unclear: Unclear, verb: str) -> Card:
    """What is said of words that name nothing for sure, with what comes near."""
    shown = shortened(unclear.words, 60)
    said = _("Jag hittar inget som heter ”{words}”.", words=shown)
    buttons = [
        Button(
            label=shortened(bound_name(each), 75),
            press=press(NAME, verb, about.channel.id, key_of(each)),
        )
        for each in unclear.near[:4]
    ]
    near = shortened(", ".join(bound_name(each) for each in unclear.near[:4]), 600)
    names = shortened(bound_names(in_order(about.bindable)), 2_000)
    meant = _("Menade du {names}?", names=near) if near else ""
    parts = [text(said, " ", meant)]
    if not near:
        meant = _("En kanal kan kopplas till {names}.", names=names)
        parts.append(text(meant))
    form = Button(label=_("Välj i formuläret"), press=press("formular", FORM, about.channel.id))
    summary = f"{said} {meant}"
    return Card(summary=summary, parts=(*parts, Buttons(buttons=(*buttons, form))), tone="warning")


def what_to_let_go(about: About, free: Sequence[Bound]) -> Card:
    """Asks which of the `free` bindings is to go, when there are any."""
    if not free:
        said = _("Kanalen {name} har ingen koppling att ta bort.", name=about.channel.name)
        return Card(summary=said, parts=(text(said),))
    said = _("Vad ska inte längre komma till kanalen {name}?", name=about.channel.name)
    buttons = tuple(
        Button(
            label=shortened(bound_name(each), 75),
            press=press(NAME, "bort", about.channel.id, key_of(each)),
        )
        for each in free[:4]
    )
    form = Button(label=_("Välj i formuläret"), press=press("formular", FORM, about.channel.id))
    now = _("Nu kommer det som gäller {names}.", names=shortened(bound_names(free), 1_000))
    summary = f"{said} {now}"
    return Card(summary=summary, parts=(text(said), Buttons(buttons=(*buttons, form))))


async def _pressed(turn: Turn, verb: str, arguments: Sequence[str]) -> Replies:
    if not may_bind(turn.person):
        return await not_allowed(turn)
    key, words = (*arguments, "")[0], arguments[1:]
    if verb == LET_GO_OF_GONE:
        return await let_go_of_gone(turn, read_number(key))
    channel = await queries.open_channel(turn.db, read_number(key))
    if channel is None:
        return (here(turn, no_channel()),)
    about = await about_channel(turn, channel)
    named = _keyed(about)
    match verb:
        case "till":
            changed = await change(turn, channel, add=named(words))
            return await told(turn, changed, _("Kanalen är kopplad"))
        case "bort":
            return await _without(turn, about, named(words))
        case "angra":
            changed = await change(
                turn,
                channel,
                add=named(word[1:] for word in words if word.startswith("-")),
                remove=named(word[1:] for word in words if word.startswith("+")),
                language=next((word for word in words if word in ("sv", "en")), None),
            )
            return await told(turn, changed, _("Ångrat") if changed.anything else _already())
        case _:
            return await open_flow(turn, BindChannel(), (key,))


def _already() -> str:
    return _("Det är redan ångrat")


def _keyed(about: About) -> Callable[[Iterable[str]], list[Bound]]:
    """Finds what short keys stand for; those that are gone are left out."""
    by_key = {key_of(each): each for each in about.bindable}
    return lambda keys: [by_key[key] for key in keys if key in by_key]


async def _show(turn: Turn, skip: str) -> Replies:
    """What comes to this channel; in a private chat, which channels are bound to what."""
    if turn.place.kind == "channel":
        channel = await _this_channel(turn)
        if channel is None:
            return (here(turn, elsewhere(in_channel=turn.place.kind == "channel")),)
        return (
            here(
                turn,
                shown_card(await about_channel(turn, channel), may_change=may_bind(turn.person)),
            ),
        )
    at = min(int(skip), 10**6) if skip.isdecimal() else 0
    person = turn.person
    found = await queries.bound_channels(
        turn.db,
        everything=may_bind(person) or person.is_staff,
        bodies=list(person.bodies),
        posts=list(person.posts),
        most=CHANNELS_A_PAGE + 1,
        skip=at,
    )
    more = at + CHANNELS_A_PAGE if len(found) > CHANNELS_A_PAGE else None
    gone = await queries.gone_channels(turn.db) if may_bind(person) and not at else []
    return (here(turn, channels_card(found[:CHANNELS_A_PAGE], more, gone)),)


def shown_card(about: About, *, may_change: bool) -> Card:
    """What comes to the channel."""
    parts = coming_parts(about.channel.name, in_order(about.bound))
    if may_change:
        form = press("formular", FORM, about.channel.id)
        parts.append(Buttons(buttons=(Button(label=_("Ändra"), press=form),)))
    return Card(summary=coming_line(about.channel.name, about.bound), parts=tuple(parts))


def channels_card(
    found: Sequence[tuple[Channel, Sequence[Bound]]],
    more: int | None = None,
    gone: Sequence[tuple[Channel, Sequence[Bound]]] = (),
) -> Card:
    """Channels with what they are bound to; `more`: from where the next page goes on.

    `gone` are those that are bound but lost, for whoever may let go of them.
    """
    if not found and not gone:
        said = _("Det finns inga kopplade kanaler att visa för dig.")
        return Card(summary=said, parts=(text(said),))
    lines = [
        (
            bold(channel.name),
            f" ({platform_name(channel.platform)}): "
            + shortened(bound_names(in_order(bound)), 300),
        )
        for channel, bound in found
    ]
    title = _("Kanaler som är kopplade")
    paged: tuple[Buttons, ...] = ()
    if more is not None:
        further = Button(label=_("Visa fler"), press=press(NAME, "visa", more))
        paged = (Buttons(buttons=(further,)),)
    listed = (bullets(*lines),) if lines else ()
    summary = (
        f"{title}: {'; '.join(_told(*each) for each in found[:READ])}." if found else f"{title}."
    )
    if gone:
        names = ", ".join(channel.name for channel, _to in gone[:READ])
        summary += " " + _("Borta: {names}.", names=names)
    return Card(title=title, summary=summary, parts=(*listed, *paged, *gone_parts(gone)))


def _told(channel: Channel, bound: Sequence[Bound]) -> str:
    names = shortened(bound_names(in_order(bound)), 120)
    return f"{channel.name} ({platform_name(channel.platform)}) – {names}"


def examples_for(person: Person) -> tuple[Example, ...]:
    """What whoever may bind can write as well."""
    if not may_bind(person):
        return ()
    return (
        Example(
            words=_("koppla Kompetens"),
            answer=_("kanal"),
            meaning=_("kopplar kanalen där du skriver det till det nätverket"),
        ),
    )


BIND_CHANNEL = Conversation(
    name=NAME,
    says=lambda: _("Se eller bestäm vad som kommer till en kanal"),
    answer=answer,
    synonyms=("koppling", "kopplingar", "bind", "binding"),
    examples=lambda: (
        Example(
            words=_("koppla visa"),
            answer=_("kopplade"),
            meaning=_("visar vilka kanaler som är kopplade till vad"),
        ),
    ),
    forms=(BindChannel(),),
)

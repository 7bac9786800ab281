"""Binding a channel and letting go: who may, what changes there, and what is said of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.bindings import bound_name, bound_names, in_order, what_comes
from bot.clock import in_stockholm
from bot.conversations.activity_card import KIND, shortened
from bot.conversations.protocol import Replies, Say, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import Button, Buttons, Card, Part, bold, bullets, press, quiet, text
from bot.language import _, ngettext
from bot.outbox import ToConversation
from bot.people import Person
from storage.queries import bindings as queries
from storage.queries.accounts import By
from storage.queries.bindings import Channel
from storage.queries.places import Bound, bound_to

NAME = "koppla"
"""Of the conversation, and so of its buttons."""

FORM = "koppla_kanal"

MOST_CARDS = 20
"""Living cards that a channel gets at once when it is bound; others come with their reports."""

PRESS_CHARACTERS = 75


@dataclass(frozen=True)
class Changed:
    """What a change of bindings came to."""

    channel: Channel
    added: tuple[Bound, ...]
    removed: tuple[Bound, ...]
    language_before: str | None = None
    cards: int = 0

    @property
    def anything(self) -> bool:
        """Whether anything is other than before."""
        return bool(self.added or self.removed or self.language_before)


def may_bind(person: Person) -> bool:
    """Administrators and the manager bind channels."""
    return person.is_administrator or person.is_manager


async def not_allowed(turn: Turn) -> Replies:
    """Who may, by name."""
    names = await queries.who_may_bind(turn.db, in_stockholm(turn.now).date())
    return (say(turn, others_bind(names)),)


def others_bind(names: Sequence[str]) -> Card:
    """That others decide what comes to a channel, and who they are."""
    said = _("Det är chefen och administratörerna som bestämmer vad som kommer till en kanal.")
    if names:
        said += " " + _("Fråga {names}.", names=_one_of(names))
    shown = Button(label=_("Visa vad som kommer hit"), press=press(NAME, "visa"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(shown,))), tone="warning")


def _one_of(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _("{first} eller {last}", first=", ".join(names[:-1]), last=names[-1])


async def change(
    turn: Turn,
    channel: Channel,
    *,
    add: Iterable[Bound] = (),
    remove: Iterable[Bound] = (),
    language: str | None = None,
) -> Changed:
    """Bind and unbind the channel, with audit lines; its living cards come and go with that."""
    by = By(turn.person.id, turn.now, turn.place.platform)
    added = [each for each in add if await queries.bind(turn.db, channel.id, each, by)]
    removed = [each for each in remove if await queries.unbind(turn.db, channel.id, each, by)]
    cards = await _cards_come_and_go(turn, channel, added, removed)
    before = None
    if language and await queries.set_channel_language(turn.db, channel.id, language, by):
        before = channel.language
        for kind, subject in await queries.living_cards(turn.db, channel.id):
            turn.outbox.raise_card(kind, subject)
    return Changed(channel, tuple(added), tuple(removed), before, cards)


async def _cards_come_and_go(
    turn: Turn, channel: Channel, added: Sequence[Bound], removed: Sequence[Bound]
) -> int:
    """How many cards come."""
    today = in_stockholm(turn.now).date()
    networks, ended = _networks(added), _networks(removed)
    activities = turn.plan.activities.values()
    coming = [each for each in activities if each.network in networks and each.runs_on(today)]
    coming = coming[:MOST_CARDS]
    if ended:
        await queries.withdraw_cards(
            turn.db,
            channel.id,
            KIND,
            withdrawn=[each.id for each in activities if each.network in ended],
            raised=[each.id for each in coming],
        )
    for each in coming:
        turn.outbox.raise_card(KIND, each.id, bodies=[each.network] if each.network else [])
    return len(coming)


def _networks(bound: Iterable[Bound]) -> set[int]:
    return {each.id for each in bound if each.kind == "network"}


async def told(turn: Turn, changed: Changed, title: str) -> Replies:
    """The result: in the channel for everybody, and to the person wherever they are."""
    bound = await bound_to(turn.db, [changed.channel.id])
    card = result_card(changed, bound, title)
    if turn.place.conversation_id == changed.channel.id:
        return (Say(card=card),)
    if changed.anything:
        turn.outbox.say(
            ToConversation(changed.channel.id), lambda: result_card(changed, bound, title)
        )
    return (say(turn, card),)


def result_card(changed: Changed, bound: Sequence[Bound], title: str) -> Card:
    """What comes to the channel from now on, and how to take it back."""
    name = changed.channel.name
    parts = [*coming_parts(name, bound)]
    summary = coming_line(name, bound)
    if changed.removed:
        names = bound_names(changed.removed)
        gone = _("Hit kommer inte längre det som gäller {names}.", names=names)
        parts.append(text(gone))
        summary += " " + gone
    if changed.cards:
        said = ngettext(
            "{n} aktivitet läggs upp här som ett kort, som alltid visar läget.",
            "{n} aktiviteter läggs upp här som kort, som alltid visar läget.",
            changed.cards,
        )
        parts.append(quiet(said))
    if changed.language_before:
        parts.append(text(_language_word(changed)))
    parts.append(Buttons(buttons=tuple(_buttons(changed))))
    return Card(title=title, summary=shortened(summary, 3_000), parts=tuple(parts), tone="good")


def _language_word(changed: Changed) -> str:
    if changed.language_before == "sv":
        return _("Kanalens språk är nu engelska.")
    return _("Kanalens språk är nu svenska.")


def coming_parts(name: str, bound: Sequence[Bound]) -> list[Part]:
    """What comes to the channel, a line for each thing it is bound to."""
    if not bound:
        return [text(coming_line(name, bound))]
    lines = [(bold(bound_name(each)), f": {what_comes(each)}") for each in in_order(bound)]
    parts: list[Part] = [text(_("Till kanalen {name} kommer:", name=name))]
    return parts + [bullets(*lines[at : at + 40]) for at in range(0, len(lines), 40)]


def coming_line(name: str, bound: Iterable[Bound]) -> str:
    """The same on one line."""
    names = bound_names(in_order(bound))
    if names:
        return _("Till kanalen {name} kommer: {names}.", name=name, names=names)
    return _(
        "Kanalen {name} är inte kopplad till något. Det går att rapportera där ändå.", name=name
    )


def _buttons(changed: Changed) -> list[Button]:
    buttons: list[Button] = []
    undone = _undoing(changed)
    if undone is not None:
        buttons.append(undone)
    change_more = press("formular", FORM, changed.channel.id)
    return [*buttons, Button(label=_("Ändra"), press=change_more)]


def _undoing(changed: Changed) -> Button | None:
    """The button that takes the change back, where its reference has room for all of it."""
    if not changed.anything:
        return None
    words = [
        *(f"+{key_of(each)}" for each in changed.added),
        *(f"-{key_of(each)}" for each in changed.removed),
        *([changed.language_before] if changed.language_before else []),
    ]
    room = PRESS_CHARACTERS - len("|".join((NAME, "angra", str(changed.channel.id))))
    if sum(len(word) + 1 for word in words) > room:
        return None
    return Button(label=_("Ångra"), press=press(NAME, "angra", changed.channel.id, *words))


def key_of(bound: Bound) -> str:
    """Short and for ever: `body7`, `post1`."""
    return f"{bound.to}{bound.id}"

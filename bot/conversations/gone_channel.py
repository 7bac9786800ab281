"""Channels that are bound and lost: shown to whoever binds channels, and let go of."""

from collections.abc import Sequence

from bot.bindings import bound_names, in_order
from bot.conversations.activity_card import shortened
from bot.conversations.binding import NAME, change
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Heading, Part, bold, press, quiet, text
from bot.language import _, ngettext
from storage.queries import bindings as queries
from storage.queries.bindings import Channel
from storage.queries.places import Bound, bound_to

LET_GO_OF_GONE = "borta"
"""Of the button that lets go."""

SHOWN = 5
"""Lost channels on a card; others follow as these are let go of."""


def platform_name(name: str) -> str:
    """What people call the platform that a channel is on."""
    return _("webbchatten") if name == "web" else name.capitalize()


def gone_parts(gone: Sequence[tuple[Channel, Sequence[Bound]]]) -> list[Part]:
    """Each of them marked as gone, with the button that lets go of it."""
    if not gone:
        return []
    parts: list[Part] = [Heading(text=_("Kanaler som är borta"))]
    for channel, bound in gone[:SHOWN]:
        names = shortened(bound_names(in_order(bound)), 300)
        line = _(
            "({platform}), borta: {names}", platform=platform_name(channel.platform), names=names
        )
        let_go = press(NAME, LET_GO_OF_GONE, channel.id)
        button = Button(label=_("Ta bort kopplingen"), press=let_go)
        parts += [text(bold(channel.name), " ", line), Buttons(buttons=(button,))]
    if len(gone) > SHOWN:
        more = ngettext(
            "{n} kanal till är borta. Den visas när du har tagit bort en koppling här.",
            "{n} kanaler till är borta. De visas när du har tagit bort en koppling här.",
            len(gone) - SHOWN,
        )
        parts.append(quiet(more))
    return parts


async def let_go_of_gone(turn: Turn, key: int) -> Replies:
    """Nothing comes to that channel any more, also if it is opened again."""
    channel = await queries.gone_channel(turn.db, key)
    if channel is None:
        return (here(turn, nothing_to_let_go()),)
    changed = await change(turn, channel, remove=await bound_to(turn.db, [channel.id]))
    return (say(turn, let_go_card(channel.name, changed.removed)),)


def nothing_to_let_go() -> Card:
    """Said of a channel that is there again, or let go of already."""
    said = _("Kanalen är inte borta längre, eller så är kopplingen redan borttagen.")
    return Card(summary=said, parts=(text(said), _show()))


def let_go_card(name: str, removed: Sequence[Bound]) -> Card:
    """What no longer comes to a channel that is gone."""
    said = _(
        "Kanalen {name} är borta och inte längre kopplad till {names}.",
        name=name,
        names=bound_names(in_order(removed)),
    )
    again = _("Vill du ha den tillbaka: bjud in Samspel i kanalen och skriv @samspel koppla där.")
    return Card(
        title=_("Kopplingen är borttagen"),
        summary=shortened(said, 1_000),
        parts=(text(said), quiet(again), _show()),
        tone="good",
    )


def _show() -> Buttons:
    return Buttons(buttons=(Button(label=_("Visa kopplade kanaler"), press=press(NAME, "visa")),))

"""Help: what one can do, for this person, with examples."""

from collections.abc import Awaitable, Callable, Sequence

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_form
from bot.conversations.offering import Offer, offer, offers
from bot.conversations.protocol import (
    Conversation,
    OpenForm,
    Pressed,
    Replies,
    Say,
    SayPrivately,
    Turn,
)
from bot.conversations.registry import Listing
from bot.conversations.views import (
    Bullets,
    Button,
    Buttons,
    Card,
    Part,
    bold,
    bullets,
    press,
    quiet,
    text,
)
from bot.conversations.ways_on import all_activities_button
from bot.language import _

NAME = "hjalp"

OPENERS = ("formular", "nytt_formular")
"""The conversations whose buttons open a form: as it was left, or anew."""

A_CARD = 14
"""Things to do that a card of help has room for."""


def help_on(listing: Listing) -> Conversation:
    """The conversation that tells what there is."""

    async def answer(turn: Turn) -> Replies:
        wanted = turn.words
        if isinstance(turn.doing, Pressed):
            wanted = (*turn.doing.press.arguments, "")[0]
        known = listing()
        about = known.called(wanted.split()[0]) if wanted else None
        person, in_channel = turn.person, turn.place.kind == "channel"
        if about is not None and about.name != NAME and about.refusal(person) is None:
            cards = (help_on_one(offer(about, person), in_channel=in_channel),)
        else:
            today = in_stockholm(turn.now).date()
            offered = offers(known.offered_to(person), person, turn.plan, today)
            cards = help_cards(person.name, offered, in_channel=in_channel)
        shown = Say if turn.place.kind == "private" else SayPrivately
        return tuple([shown(card=card) for card in cards])

    return Conversation(
        name=NAME,
        says=lambda: _("Se vad du kan göra här"),
        answer=answer,
        synonyms=("hjälp", "help", "?", "hej", "kommandon", "start"),
    )


def help_cards(
    name: str, offered: Sequence[Offer], *, in_channel: bool = False
) -> tuple[Card, ...]:
    """What somebody can do, each with examples; on two cards when it is much."""
    first = help_card(name, offered[:A_CARD], in_channel=in_channel)
    more = offered[A_CARD:]
    return (first, more_help(more)) if more else (first,)


def more_help(offered: Sequence[Offer]) -> Card:
    """What there was no room for on the first card."""
    title = _("Det här kan du också göra")
    listed = ", ".join(each.conversation.says().lower() for each in offered)
    return Card(title=title, summary=f"{title}: {listed}.", parts=tuple(_offered(offered)))


def _offered(offered: Sequence[Offer]) -> list[Part]:
    parts: list[Part] = []
    for each in offered:
        parts.append(text(bold(each.conversation.says())))
        if each.examples:
            parts.append(_examples(each))
    return parts


def help_card(name: str, offered: Sequence[Offer], *, in_channel: bool = False) -> Card:
    """What somebody can do, each with examples, and buttons that begin the usual."""
    said = _("Hej {name}! Det här kan du göra. Skriv orden eller tryck.", name=name)
    if in_channel:
        said += " " + _("I en kanal börjar du med @samspel.")
    parts: list[Part] = [text(said), *_offered(offered)]
    buttons = [all_activities_button()]
    names = {each.name for each in offered}
    if "mina" in names:
        buttons.insert(0, Button(label=_("Mina aktiviteter"), press=press("mina")))
    if "rapport" in names:
        report = Button(label=_("Rapportera läget"), press=press("rapport"), style="primary")
        buttons.insert(0, report)
    parts.append(Buttons(buttons=tuple(buttons)))
    listed = ", ".join(each.conversation.says().lower() for each in offered)
    summary = _("Det här kan du göra: {list}.", list=listed)
    return Card(title=_("Hjälp"), summary=summary, parts=tuple(parts))


def help_on_one(about: Offer, *, in_channel: bool = False) -> Card:
    """What one word does, with examples and the button that does it."""
    says = about.conversation.says()
    parts: list[Part] = [_examples(about)] if about.examples else []
    lines = about.conversation.help_lines()
    if lines:
        parts.append(bullets(*((bold(words), f" – {meaning}") for words, meaning in lines)))
    if in_channel:
        parts.append(quiet(_("I en kanal börjar du med @samspel.")))
    begin = Button(label=shortened(says, 75), press=press(about.name), style="primary")
    parts.append(Buttons(buttons=(begin,)))
    said = [*((each.words, each.meaning) for each in about.examples), *lines]
    examples = "; ".join(f"{words} – {meaning}" for words, meaning in said)
    summary = f"{says}. {examples}" if examples else f"{says}."
    return Card(title=says, summary=summary, parts=tuple(parts))


def _examples(about: Offer) -> Bullets:
    return bullets(*((bold(each.words), f" – {each.meaning}") for each in about.examples))


def form_openers(listing: Listing) -> tuple[Conversation, Conversation]:
    """The two that a button opens a form with: as it was left, or anew."""

    def opener(*, again: bool) -> Callable[[Turn], Awaitable[Replies]]:
        async def answer(turn: Turn) -> Replies:
            if not isinstance(turn.doing, Pressed) or not turn.doing.press.arguments:
                return await help_on(listing).answer(turn)
            name, *arguments = turn.doing.press.arguments
            wanted = OpenForm(form=name, arguments=tuple(arguments), again=again)
            return await open_form(listing(), turn, wanted)

        return answer

    return (
        Conversation(
            name=OPENERS[0],
            says=lambda: _("Öppna ett formulär"),
            answer=opener(again=False),
            in_help=False,
        ),
        Conversation(
            name=OPENERS[1],
            says=lambda: _("Öppna ett formulär från början"),
            answer=opener(again=True),
            in_help=False,
        ),
    )

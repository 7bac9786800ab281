"""Help: what one can do, for this person, with examples."""

from collections.abc import Awaitable, Callable, Sequence

from bot.conversations.filling import open_form
from bot.conversations.protocol import (
    Conversation,
    OpenForm,
    Pressed,
    Replies,
    Say,
    SayPrivately,
    Turn,
)
from bot.conversations.registry import Conversations
from bot.conversations.views import Button, Buttons, Card, Part, bold, bullets, press, text
from bot.language import _

OPENERS = ("formular", "nytt_formular")
"""The conversations whose buttons open a form: as it was left, or anew."""

Listing = Callable[[], Conversations]
"""The registry that help tells of; asked when shown, since help stands in it."""


def help_on(listing: Listing) -> Conversation:
    """The conversation that tells what there is."""

    async def answer(turn: Turn) -> Replies:
        wanted = turn.words
        if isinstance(turn.doing, Pressed):
            wanted = (*turn.doing.press.arguments, "")[0]
        known = listing()
        about = known.called(wanted.split()[0]) if wanted else None
        offered = [each for each in known.offered_to(turn.person) if about in (None, each)]
        card = help_card(turn.person.name, offered or list(known.offered_to(turn.person)))
        return (Say(card=card) if turn.place.kind == "private" else SayPrivately(card=card),)

    return Conversation(
        name="hjalp",
        says=lambda: _("Se vad du kan göra här"),
        answer=answer,
        synonyms=("help", "?", "hej", "kommandon", "start"),
    )


def help_card(name: str, offered: Sequence[Conversation]) -> Card:
    """What somebody can do, each with examples."""
    parts: list[Part] = [
        text(_("Hej {name}! Det här kan du göra. Skriv orden eller tryck.", name=name))
    ]
    for each in offered:
        if each.name == "hjalp":
            continue
        parts.append(text(bold(each.says())))
        examples = each.examples()
        if examples:
            parts.append(bullets(*((bold(one.words), f" – {one.meaning}") for one in examples)))
    buttons = (
        Button(label=_("Rapportera läget"), press=press("rapport"), style="primary"),
        Button(label=_("Mina aktiviteter"), press=press("mina")),
        Button(label=_("Alla aktiviteter"), press=press("aktiviteter")),
    )
    parts.append(Buttons(buttons=buttons))
    said = _(
        "Det här kan du göra: {list}.", list=", ".join(each.says().lower() for each in offered)
    )
    return Card(title=_("Hjälp"), summary=said, parts=tuple(parts))


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

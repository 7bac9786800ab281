"""What is said to whoever may not, of whom it may be, or where no digest is meant."""

from collections.abc import Sequence

from bot import bodies
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.digests.whose import reader_name
from bot.conversations.protocol import Refusal, Turn
from bot.conversations.views import Button, Buttons, Card, bold, bullets, press, text
from bot.conversations.ways_on import refusal_card
from bot.digests.period import Audience, Reader
from bot.language import _
from bot.plan import Contact, Plan

NAME = "veckobrev"


def whom_for() -> str:
    """Who gets which digest."""
    return _(
        "Chefens brev läser chefen, förbundsdirektören och förbundets medarbetare. Andra brev "
        "läser de också, och de som är med i gruppen eller nätverket."
    )


def for_others() -> Card:
    """Whom the digests are for, said to somebody who asks for another's."""
    return refusal_card(Refusal(whom_for()))


async def not_yours_to_lead(turn: Turn, reader: Reader) -> Card:
    """Who may preview, send, pause and choose the reader's digest."""
    today = in_stockholm(turn.now).date()
    return led_by(reader, turn.plan, await bodies.holders(turn.db, "manager", today))


def led_by(reader: Reader, plan: Plan, chef: Sequence[Contact]) -> Card:
    """Who leads the reader's digest."""
    name = bodies.named(chef) or _("ingen just nu")
    match reader.audience:
        case Audience.PERSON:
            said = _("Det brevet är någon annans. Var och en väljer sitt eget.")
        case Audience.MANAGER:
            said = _("Chefens brev styr chefen ({chef}) och förbundsdirektören.", chef=name)
        case Audience.NETWORK:
            said = _(
                "Brevet till {whom} styr den som är ordförande där, chefen ({chef}), "
                "förbundsdirektören och förbundets medarbetare.",
                whom=reader_name(reader, plan),
                chef=name,
            )
        case _:
            said = _(
                "Brevet till {whom} styr chefen ({chef}), förbundsdirektören och förbundets "
                "medarbetare.",
                whom=reader_name(reader, plan),
                chef=name,
            )
    return refusal_card(Refusal(said))


def no_such_digest(words: str, ways: Sequence[tuple[str, str]]) -> Card:
    """What is said of words after `veckobrev` that mean nothing there: `ways` are what can be
    written, each with what it does."""
    said = _(
        "Efter veckobrev förstår jag inte ”{words}”. Tryck på knappen så visar jag det senaste.",
        words=shortened(words, 60),
    )
    also = _("Du kan också skriva:")
    show = Button(label=_("Visa senaste veckobrevet"), press=press(NAME))
    written = bullets(*((bold(line), f": {meaning}") for line, meaning in ways))
    listed = ", ".join(line for line, _meaning in ways)
    return Card(
        summary=f"{said} {also} {listed}.",
        parts=(text(said), Buttons(buttons=(show,)), text(also), written),
    )


def which_network(words: str, several: Sequence[Reader], verb: str, plan: Plan) -> Card:
    """Asks which of the networks that come near is meant."""
    said = _("Vilket nätverk menar du med ”{words}”?", words=shortened(words, 60))
    buttons = tuple(
        Button(label=shortened(reader_name(each, plan), 75), press=press(NAME, verb, str(each)))
        for each in several[:5]
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=buttons)))

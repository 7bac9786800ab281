"""The weekly digest as it was sent, a page at a time, for those whom it is for."""

from collections.abc import Sequence

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.protocol import Conversation, Example, Pressed, Refusal, Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Press, press, quiet, text
from bot.conversations.ways_on import refusal_card
from bot.digests.period import Audience, NoSuchWeek, Week
from bot.digests.publish import SentDigest, latest_digest, sent_digest
from bot.finding import plain
from bot.language import _, short_time
from bot.people import Person

NAME = "veckobrev"

FIRST_LINES = 400
"""Characters of the digest that a person's own page shows."""

AUDIENCE_WORDS = {
    Audience.MANAGER: ("chef", "chefen", "chefens", "chefs", "manager"),
    Audience.STEERING_GROUP: ("styrgrupp", "styrgruppen", "styrgruppens", "styrgrupps"),
}
_LATEST = {"senaste", "sista", "latest", "till", "for"}


def audiences_of(person: Person) -> tuple[Audience, ...]:
    """Whose digests are the person's too."""
    with_manager = person.is_manager or person.is_staff or "federation_director" in person.posts
    in_group = "steering_group" in person.bodies.values()
    found = ((Audience.MANAGER, with_manager), (Audience.STEERING_GROUP, in_group))
    return tuple(audience for audience, belongs in found if belongs)


def refusal(person: Person) -> Refusal | None:
    """Whom the digests are for, said to everybody else."""
    return None if audiences_of(person) else Refusal(whom_for())


def whom_for() -> str:
    """Who gets which digest."""
    return _(
        "Veckobreven går till chefen och förbundets medarbetare, och till styrgruppen. "
        "Hur det går för aktiviteterna ser du i listan med alla aktiviteter."
    )


async def answer(turn: Turn) -> Replies:
    """The latest digest of the person's own, or the page of one that a press asks for."""
    mine = audiences_of(turn.person)
    if isinstance(turn.doing, Pressed) and turn.doing.press.arguments:
        return await _pressed(turn, mine, turn.doing.press.arguments)
    asked = [word for word in plain(turn.words).split() if word not in _LATEST]
    if not asked:
        return await _latest(turn, mine)
    wanted = _audience(asked)
    if wanted is None:
        return (here(turn, no_such_digest(turn.words)),)
    if wanted not in mine:
        return (here(turn, for_others()),)
    return await _latest(turn, (wanted,))


def _audience(words: Sequence[str]) -> Audience | None:
    if len(words) == 1:
        for audience, names in AUDIENCE_WORDS.items():
            if words[0] in names:
                return audience
    return None


async def _latest(turn: Turn, audiences: Sequence[Audience]) -> Replies:
    sent = [await latest_digest(turn.db, each) for each in audiences]
    found = [each for each in sent if each is not None]
    if not found:
        return (here(turn, none_yet()),)
    first, *others = found
    return (here(turn, page_card(first.audience, first.week, first.cards, 1, others)),)


async def _pressed(turn: Turn, mine: Sequence[Audience], arguments: Sequence[str]) -> Replies:
    """`sida|manager|2026-W48|2`: authorised anew, since it comes back from the client."""
    _verb, audience, week, page = (*arguments, "", "", "", "")[:4]
    wanted = next((each for each in mine if each == audience), None)
    if wanted is None:
        return await _latest(turn, mine)
    try:
        asked = Week.read(week)
    except NoSuchWeek:
        return await _latest(turn, (wanted,))
    cards = await sent_digest(turn.db, wanted, asked)
    if cards is None:
        return await _latest(turn, (wanted,))
    number = int(page) if page.isdecimal() and len(page) < 4 else 1
    shown = page_card(wanted, asked, cards, min(max(number, 1), len(cards)))
    return (here(turn, shown),)


def for_others() -> Card:
    """Whom the digests are for, said to somebody who asks for another's."""
    return refusal_card(Refusal(whom_for()))


def none_yet() -> Card:
    """What is said before the first digest."""
    said = _("Veckobrevet har inte gått ut än. Det kommer hit när det första är skrivet.")
    return Card(summary=said, parts=(text(said),))


def page_card(
    audience: Audience,
    week: Week,
    cards: Sequence[Card],
    number: int,
    others: Sequence[SentDigest] = (),
) -> Card:
    """Page `number` as it was sent, with the way on; `others` are digests of other audiences."""
    card = cards[number - 1]
    buttons: list[Button] = []
    if number < len(cards):
        label = _("Nästa sida ({number} av {of})", number=number + 1, of=len(cards))
        buttons.append(Button(label=label, press=_page(audience, week, number + 1)))
    if number > 1:
        back = Button(label=_("Föregående sida"), press=_page(audience, week, number - 1))
        buttons.append(back)
    for other in others:
        title = shortened(other.cards[0].title, 75)
        buttons.append(Button(label=title, press=_page(other.audience, other.week, 1)))
    if not buttons:
        return card
    return card.model_copy(update={"parts": (*card.parts, Buttons(buttons=tuple(buttons)))})


def _page(audience: Audience, week: Week, number: int) -> Press:
    return press(NAME, "sida", str(audience), str(week), number)


def no_such_digest(words: str) -> Card:
    """What is said of words after `veckobrev` that mean nothing there."""
    said = _(
        "Efter veckobrev förstår jag inte ”{words}”. Tryck på knappen så visar jag det senaste.",
        words=shortened(words, 60),
    )
    show = Button(label=_("Visa senaste veckobrevet"), press=press(NAME))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show,))))


async def at_home(turn: Turn) -> tuple[Card, ...]:
    """When the latest one came, and its first lines."""
    sent = [await latest_digest(turn.db, each) for each in audiences_of(turn.person)]
    return tuple(home_card(each) for each in sent if each is not None)


def home_card(sent: SentDigest) -> Card:
    """A digest in short, and the way to read it."""
    first = sent.cards[0]
    read = Button(label=_("Läs veckobrevet"), press=_page(sent.audience, sent.week, 1))
    when = _("Skickat {when}", when=short_time(in_stockholm(sent.sent_at)))
    return Card(
        title=_("Senaste veckobrevet"),
        summary=first.summary,
        parts=(
            text(shortened(first.summary, FIRST_LINES)),
            quiet(when),
            Buttons(buttons=(read,)),
        ),
    )


WEEKLY_DIGEST = Conversation(
    name=NAME,
    says=lambda: _("Läs det senaste veckobrevet"),
    answer=answer,
    synonyms=("veckobrevet", "veckobreven", "digest"),
    examples=lambda: (
        Example(
            words=_("veckobrev"),
            answer=_("Veckobrev"),
            meaning=_("visar det senaste veckobrevet, en sida i taget"),
        ),
    ),
    refusal=refusal,
    at_home=at_home,
)

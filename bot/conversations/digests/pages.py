"""A digest a page at a time: as it was sent, or as it would be now."""

from collections.abc import Sequence
from datetime import date

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.digests.refused import NAME
from bot.conversations.views import Button, Buttons, Card, Press, press, quiet, text
from bot.digests.period import Reader
from bot.digests.publish import SentDigest
from bot.language import _, short_time, weekday_date

FIRST_LINES = 400
"""Characters of the digest that a person's own page shows."""

PREVIEW = "nu"
"""The period of a preview, in buttons that turn its pages."""

MOST_OTHERS = 3


def page_card(
    reader: Reader,
    period: str,
    cards: Sequence[Card],
    number: int,
    others: Sequence[SentDigest] = (),
    paused_until: date | None = None,
) -> Card:
    """Page `number` as it was sent, with the way on; `others` are digests of other audiences.

    `paused_until`: until when none comes.
    """
    card = cards[number - 1]
    if paused_until is not None:
        card = card.model_copy(update={"parts": (quiet(rests_until(paused_until)), *card.parts)})
    buttons: list[Button] = []
    if number < len(cards):
        label = _("Nästa sida ({number} av {of})", number=number + 1, of=len(cards))
        buttons.append(Button(label=label, press=_page(reader, period, number + 1)))
    if number > 1:
        back = Button(label=_("Föregående sida"), press=_page(reader, period, number - 1))
        buttons.append(back)
    for other in others[:MOST_OTHERS]:
        title = shortened(other.cards[0].title, 75)
        buttons.append(Button(label=title, press=_page(other.reader, other.period, 1)))
    if not buttons:
        return card
    return card.model_copy(update={"parts": (*card.parts, Buttons(buttons=tuple(buttons)))})


def rests_until(day: date) -> str:
    """That there is a pause, and until when."""
    when = _("{day} {year}", day=weekday_date(day), year=day.year)
    return _("Brevet är pausat till {day}.", day=when)


def _page(reader: Reader, period: str, number: int) -> Press:
    return press(NAME, "sida", str(reader), period, number)


def none_yet() -> Card:
    """What is said before the first digest."""
    said = _("Det finns inget brev att visa än. Det kommer hit när det första är skrivet.")
    days = Button(label=_("Välj dagar för ett eget brev"), press=press("formular", "installningar"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(days,))))


def home_card(sent: SentDigest) -> Card:
    """A digest in short, and the way to read it."""
    first = sent.cards[0]
    read = Button(label=_("Läs veckobrevet"), press=_page(sent.reader, sent.period, 1))
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

"""The cards of synonyms, and of questions that could not be answered."""

from collections.abc import Sequence

from sqlalchemy import RowMapping

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.language import _, ngettext, short_date

NAME = "synonym"
A_PAGE = 6
UNANSWERED, SYNONYMS, SETTLE, FORGET = "obesvarade", "lista", "klar", "bort"


def kept_card(phrase: str, means: str, understood: int) -> Card:
    """That the phrase stands for something from now on; how many questions are understood by it."""
    said = _("Från och med nu läser jag ”{phrase}” som ”{means}”.", phrase=phrase, means=means)
    parts: list[Part] = [text(said)]
    if understood:
        parts.append(
            text(
                ngettext(
                    "{n} obesvarad fråga förstår jag nu; den är borta från listan.",
                    "{n} obesvarade frågor förstår jag nu; de är borta från listan.",
                    understood,
                )
            )
        )
    ways = (_to_unanswered(), _to_synonyms())
    return Card(summary=said, parts=(*parts, Buttons(buttons=ways)), tone="good")


def forgotten_card(phrase: str, means: str) -> Card:
    """That the phrase stands for nothing more, and how it was."""
    again = _("synonym {phrase} = {means}", phrase=phrase, means=means)
    said = _(
        "Jag har glömt ”{phrase}”. Ångra genom att skriva: {again}", phrase=phrase, again=again
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=(_to_synonyms(),))))


def no_such_synonym(phrase: str) -> Card:
    """That there is no such synonym."""
    said = _("Det finns ingen synonym ”{phrase}”.", phrase=shortened(phrase, 60))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(_to_synonyms(),))))


def not_a_synonym(words: str) -> Card:
    """How a synonym is written, for words that are none."""
    said = _(
        "”{words}” är ingen synonym. Skriv ordet, ett likhetstecken och vad det betyder, till "
        "exempel: synonym batteriskolan = KOM-03",
        words=shortened(words, 100),
    )
    return Card(summary=said, parts=(text(said),), tone="warning")


def means_nothing(phrase: str, means: str) -> Card:
    """That what it should stand for is not understood either."""
    said = _(
        "”{means}” förstår jag inte heller. Skriv en kod, ett namn ur planen eller ett ord som jag "
        "kan, till exempel: synonym {phrase} = KOM-03",
        means=shortened(means, 60),
        phrase=shortened(phrase, 60),
    )
    return Card(summary=said, parts=(text(said),), tone="warning")


def means_already(phrase: str) -> Card:
    """That the phrase means something already, so it cannot stand for something else."""
    said = _(
        "”{phrase}” betyder redan något för mig, så det kan inte stå för något annat. Välj ett ord "
        "som jag inte känner till.",
        phrase=shortened(phrase, 60),
    )
    return Card(summary=said, parts=(text(said),), tone="warning")


def synonyms_card(rows: Sequence[RowMapping], skip: int) -> Card:
    """Synonyms, a page at a time, each with a way to take it away."""
    title = _("Synonymer")
    if not rows:
        said = _("Det finns inga synonymer än. Skriv till exempel: synonym batteriskolan = KOM-03")
        return Card(title=title, summary=said, parts=(text(said), _ways(0, 0, 0, SYNONYMS)))
    parts: list[Part] = []
    for row in rows:
        parts.append(text(bold(row["phrase"]), " = ", row["means"]))
        by = _(
            "{who}, {day}", who=row["made_by"], day=short_date(in_stockholm(row["made_at"]).date())
        )
        parts.append(quiet(by))
        parts.append(_one(_("Ta bort"), FORGET, row["id"]))
    total = int(rows[0]["total"])
    count = ngettext("{n} synonym", "{n} synonymer", total)
    parts.append(_ways(skip, len(rows), total, SYNONYMS))
    return Card(title=title, summary=f"{title}: {count}", parts=tuple(parts))


def unanswered_card(rows: Sequence[RowMapping], skip: int) -> Card:
    """What was asked and not answered, the most asked first, with what to do about it."""
    title = _("Frågor utan svar")
    if not rows:
        said = _("Alla frågor har fått svar.")
        return Card(title=title, summary=said, parts=(text(said), _ways(0, 0, 0, UNANSWERED)))
    how = _(
        "Så här har det frågats, utan namn på dem som frågade. Skriv en synonym för ord som jag "
        "borde kunna, till exempel: synonym batteriskolan = KOM-03"
    )
    parts: list[Part] = [text(how)]
    for row in rows:
        times = ngettext("{n} gång", "{n} gånger", row["times"])
        day = short_date(in_stockholm(row["last_at"]).date())
        parts.append(text(bold(shortened(row["words"], 300))))
        parts.append(quiet(_("{times}, senast {day}", times=times, day=day)))
        parts.append(_one(_("Ta bort från listan"), SETTLE, row["id"]))
    total = int(rows[0]["total"])
    count = ngettext("{n} fråga har inte fått svar", "{n} frågor har inte fått svar", total)
    parts.append(_ways(skip, len(rows), total, UNANSWERED))
    return Card(title=title, summary=f"{count}.", parts=tuple(parts))


def _one(label: str, verb: str, key: int) -> Buttons:
    return Buttons(buttons=(Button(label=label, press=press(NAME, verb, key)),))


def _ways(skip: int, shown: int, total: int, here: str) -> Buttons:
    """On to the rest, and to the other list."""
    ways: list[Button] = []
    if skip + shown < total:
        ways.append(Button(label=_("Visa fler"), press=press(NAME, here, skip + shown)))
    ways.append(_to_synonyms() if here == UNANSWERED else _to_unanswered())
    return Buttons(buttons=tuple(ways))


def _to_unanswered() -> Button:
    return Button(label=_("Frågor utan svar"), press=press(NAME, UNANSWERED))


def _to_synonyms() -> Button:
    return Button(label=_("Alla synonymer"), press=press(NAME, SYNONYMS))

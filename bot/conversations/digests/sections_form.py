"""Which sections a digest has, and in which order: `veckobrev avsnitt`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.conversations.acting import acting
from bot.conversations.digests.leading import refused
from bot.conversations.digests.refused import NAME
from bot.conversations.digests.whose import reader_name
from bot.conversations.forms import AmountField, Value
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, bullets, press, quiet, text
from bot.conversations.ways_on import stuck
from bot.digests.choosing import choice_of, choose
from bot.digests.passage import Section
from bot.digests.period import Audience, Reader
from bot.digests.sections import SECTIONS
from bot.language import _
from bot.plan import Plan

FORM = "veckobrev_avsnitt"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""One for each of a reader's usual sections, so that a button can carry an order."""

USUAL = "-"
"""In a button: as when nobody has chosen."""


def coded(sections: Sequence[str] | None, audience: Audience) -> str:
    """An order as a word that a button carries."""
    if sections is None:
        return USUAL
    letters = {each.name: letter for each, letter in zip(SECTIONS[audience], LETTERS, strict=False)}
    return "".join(letters[name] for name in sections if name in letters)


def decoded(word: str, audience: Audience) -> list[str] | None:
    """The order that `coded` wrote."""
    if word == USUAL:
        return None
    names = {letter: each.name for each, letter in zip(SECTIONS[audience], LETTERS, strict=False)}
    return [names[letter] for letter in dict.fromkeys(word) if letter in names]


async def show_sections(turn: Turn, reader: Reader, rest: Sequence[str]) -> Replies:
    """The sections in order, and the way to choose others."""
    if no := await refused(turn, reader):
        return no
    if reader.audience is Audience.PERSON:
        return (here(turn, sections_are_given()),)
    choice = await choice_of(turn.db, reader)
    return (here(turn, sections_card(reader, turn.plan, choice.sections)),)


async def put_sections_back(turn: Turn, reader: Reader, rest: Sequence[str]) -> Replies:
    """The sections that the button carries."""
    if no := await refused(turn, reader):
        return no
    wanted = decoded(rest[0] if rest else USUAL, reader.audience)
    if wanted == []:
        return await show_sections(turn, reader, ())
    before = (await choice_of(turn.db, reader)).sections
    await choose(turn.db, acting(turn), reader, {"sections": wanted})
    undo = coded(before, reader.audience)
    return (here(turn, sections_card(reader, turn.plan, wanted, undo)),)


def sections_card(reader: Reader, plan: Plan, chosen: Sequence[str] | None, undo: str = "") -> Card:
    """The sections in order; `undo` carries those before a change."""
    whom = reader_name(reader, plan)
    known = {each.name: each for each in SECTIONS[reader.audience]}
    shown = _shown(reader.audience, chosen)
    said = _("Avsnitten i brevet till {whom}, i ordning:", whom=whom)
    left = [each.label() for each in known.values() if each not in shown]
    absent = [quiet(_("Inte med: {list}.", list=", ".join(left)))] if left else []
    buttons = [
        Button(
            label=_("Ändra avsnitten"),
            press=press("formular", FORM, str(reader)),
            style="primary",
        ),
        Button(label=_("Förhandsvisa"), press=press(NAME, "visa", str(reader))),
    ]
    if undo:
        back = press(NAME, "avsnitt_var", str(reader), undo)
        buttons.append(Button(label=_("Ångra"), press=back))
    if chosen is not None:
        usual = press(NAME, "avsnitt_var", str(reader), USUAL)
        buttons.append(Button(label=_("Som vanligt"), press=usual))
    return Card(
        title=_("Avsnitt"),
        summary=said,
        parts=(
            text(said),
            bullets(*(each.label() for each in shown)),
            *absent,
            Buttons(buttons=tuple(buttons)),
        ),
        tone="good" if undo else "neutral",
    )


def _shown(audience: Audience, chosen: Sequence[str] | None) -> list[Section]:
    usual = SECTIONS[audience]
    if chosen is None:
        return list(usual)
    known = {each.name: each for each in usual}
    return [known[name] for name in chosen if name in known]


def sections_are_given() -> Card:
    """What is said of one's own digest, whose sections are not chosen."""
    said = _("I ditt eget brev står det som rör dig. Dagarna väljer du i inställningarna.")
    settings = Button(label=_("Inställningar"), press=press("formular", "installningar"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(settings,))))


@dataclass(frozen=True)
class Choosing:
    """Whose sections are chosen, what they are called, and those chosen now."""

    reader: Reader
    whom: str
    chosen: tuple[str, ...] | None


class ChooseSections:
    """A number for each section: its place, or none when it is to be left out."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Choosing | NotNow:
        """The reader's sections as they are; refuses whoever does not lead it."""
        reader = Reader.read(arguments[0] if arguments else "")
        if reader is None or reader.audience is Audience.PERSON:
            return NotNow((say(turn, stuck(_("Det brevet finns inte."))),))
        if no := await refused(turn, reader):
            return NotNow(no)
        choice = await choice_of(turn.db, reader)
        return Choosing(reader, reader_name(reader, turn.plan), choice.sections)

    def first_values(self, context: Choosing) -> dict[str, Value]:
        """The places now."""
        shown = _shown(context.reader.audience, context.chosen)
        return {each.name: str(place) for place, each in enumerate(shown, 1)}

    def steps(self, context: Choosing, values: Mapping[str, Value]) -> list[Step]:
        """One step with all of them, in the usual order."""
        usual = SECTIONS[context.reader.audience]
        return [
            Step(
                name="avsnitt",
                title=_("Avsnitt"),
                intro=(
                    text(
                        _(
                            "Skriv vilken plats varje avsnitt ska ha i brevet till {whom}. Lämna "
                            "tomt för det som inte ska vara med.",
                            whom=context.whom,
                        )
                    ),
                ),
                fields=tuple(
                    AmountField(name=each.name, label=each.label(), unit="", least=1, most=99)
                    for each in usual
                ),
                submit=_("Spara"),
                check=lambda answers: _nothing_left(usual, answers),
            )
        ]

    async def save(self, turn: Turn, context: Choosing, answers: Answers) -> Replies:
        """Keep the order; of two with the same place the usual order decides."""
        usual = [each.name for each in SECTIONS[context.reader.audience]]
        placed = [name for name in usual if answers[name] is not None]
        order = sorted(placed, key=lambda name: (answers[name], usual.index(name)))
        wanted = None if order == usual else order
        await choose(turn.db, acting(turn), context.reader, {"sections": wanted})
        undo = coded(context.chosen, context.reader.audience)
        card = sections_card(context.reader, turn.plan, wanted, undo)
        return (say(turn, card),)


def _nothing_left(usual: Sequence[Section], answers: Answers) -> dict[str, str]:
    if any(answers.get(each.name) is not None for each in usual):
        return {}
    return {usual[0].name: _("Något avsnitt måste vara med.")}

"""The card of an answer: what was understood, the answer, the figures behind it and ways deeper."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Part,
    Press,
    Span,
    link,
    press,
    quiet,
    text,
)
from bot.language import _, dated_time, ngettext
from bot.pages import answer_file
from bot.questions.asking import Answered, Asking, Source
from bot.questions.described import described
from bot.questions.mentioned import NOWHERE, Mentioned
from bot.questions.question import Intent

NAME = "fraga"
WHY = "varfor"
SOURCES = 3
"""Sources that are named; the others are counted."""

LONGEST_SAID = 2_000
"""Characters of what is said first."""

_BUTTONS = 5
_WITH_STATES = (Intent.STATUS, Intent.OVERVIEW, Intent.ACTIVITIES)
_IN_FILES = frozenset(Intent) - {Intent.DECLINE, Intent.OVERVIEW, Intent.OWNER}


@dataclass(frozen=True)
class Keys:
    """Keys of the question for buttons: itself, and the same with only deviations; empty where
    there is none."""

    question: str
    deviations: str = ""


def answer_card(
    asking: Asking,
    answered: Answered,
    keys: Keys,
    unknown: Sequence[str],
    mentioned: Mentioned = NOWHERE,
) -> Card:
    """The answer; `unknown` are words that it takes no account of, `mentioned` where they are
    mentioned."""
    said = shortened(_which(asking, answered) or answered.said, LONGEST_SAID)
    parts: list[Part] = [text(said)]
    if unknown:
        further = (mentioned.said(),) if mentioned.found else ()
        parts += [quiet(" ".join((not_understood(unknown), *further))), *mentioned.parts()]
    parts += answered.parts
    parts.append(quiet(*_as_of(asking, answered)))
    ways = [*_ways(asking, answered, keys), *mentioned.buttons()]
    if ways:
        parts.append(Buttons(buttons=tuple(ways[:_BUTTONS]), overflow=tuple(ways[_BUTTONS:10])))
    return Card(
        title=shortened(described(asking), 150),
        summary=said,
        parts=tuple(parts),
    )


def all_shown_card(asking: Asking, total: int, keys: Keys) -> Card:
    """That there is no more of the answer, and a way to its beginning."""
    said = _("Det finns inget mer att visa.")
    if total:
        said = ngettext("Det var allt: {n} är visad.", "Det var allt: alla {n} är visade.", total)
    parts: list[Part] = [text(said)]
    if keys.question:
        again = Button(label=_("Visa från början"), press=_page(asking, keys, 0))
        parts.append(Buttons(buttons=(again,)))
    return Card(title=shortened(described(asking), 150), summary=said, parts=tuple(parts))


def _page(asking: Asking, keys: Keys, skip: int) -> Press:
    """The press that shows the answer from there, with reasons when they are asked for."""
    return press(NAME, keys.question, skip, *((WHY,) if asking.why else ()))


def _which(asking: Asking, answered: Answered) -> str:
    """Which rows a page that goes on from another shows: what was said first stands there."""
    if not asking.skip or not answered.shown:
        return ""
    return _(
        "Det här är {first}–{last} av {total}.",
        first=asking.skip + 1,
        last=asking.skip + answered.shown,
        total=answered.total,
    )


def not_understood(unknown: Sequence[str]) -> str:
    """That some words were not understood, and so are not in the answer."""
    words = ", ".join(f"”{shortened(each, 40)}”" for each in unknown[:3])
    return ngettext(
        "Ordet {words} förstod jag inte, så svaret tar inte hänsyn till det.",
        "Orden {words} förstod jag inte, så svaret tar inte hänsyn till dem.",
        len(unknown),
        words=words,
    )


def _as_of(asking: Asking, answered: Answered) -> list[str | Span]:
    """When it was true, and what it rests on."""
    said: list[str | Span] = [_("Per {when}.", when=dated_time(in_stockholm(asking.now)))]
    sources = answered.sources[:SOURCES]
    if sources:
        said.append(ngettext(" Källa: ", " Källor: ", len(answered.sources)))
    for at, each in enumerate(sources):
        said += [*(["; "] if at else []), _source(each)]
    left = len(answered.sources) - len(sources)
    if left > 0:
        said.append(ngettext(" och {n} till", " och {n} till", left))
    return [*said, "."] if sources else said


def _source(source: Source) -> str | Span:
    return link(source.words, source.page) if source.page else source.words


def _ways(asking: Asking, answered: Answered, keys: Keys) -> list[Button]:
    """On to the rest, the reasons, only what deviates, what the answer leads to, and a file."""
    ways: list[Button] = []
    if not keys.question:
        return list(answered.buttons)
    rest = answered.total - asking.skip - answered.shown
    if answered.shown and rest > 0:
        further = _page(asking, keys, asking.skip + answered.shown)
        ways.append(Button(label=_("Visa fler"), press=further))
    if answered.may_why and not asking.why:
        reasons = press(NAME, keys.question, asking.skip, WHY)
        ways.append(Button(label=_("Varför?"), press=reasons))
    ways += answered.buttons
    if keys.deviations and asking.question.intent in _WITH_STATES:
        ways.append(Button(label=_("Bara risk och avvikelse"), press=press(NAME, keys.deviations)))
    has_rows = any(part.kind == "table" for part in answered.parts)
    if asking.question.intent in _IN_FILES and has_rows:
        ways.append(Button(label=_("Hämta som Excel"), href=answer_file(keys.question)))
    return ways

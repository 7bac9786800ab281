"""`behov`: register, see and follow what the municipalities need jointly."""

from dataclasses import replace

from bot.conversations.activity_card import shortened
from bot.conversations.needs.becoming import ACTIVITY, AREA
from bot.conversations.needs.commenting import COMMENT
from bot.conversations.needs.line_changed import need_of_line
from bot.conversations.needs.listing import board, list_needs, my_needs, read_filter
from bot.conversations.needs.material_form import MATERIAL
from bot.conversations.needs.mending_steps import PREPARER, TAKE_BACK
from bot.conversations.needs.merging import MERGE, SPLIT
from bot.conversations.needs.naming import asked_need, no_part_in_it
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.need_form import FLOW
from bot.conversations.needs.notes import NOTE
from bot.conversations.needs.registering import (
    keep_words,
    register_anyway,
    register_kept,
    register_line,
)
from bot.conversations.needs.step_form import STEP
from bot.conversations.needs.telling import show_button
from bot.conversations.needs.verbs import ALSO, PHRASES, VERBS
from bot.conversations.needs.waiting import needs_at_home
from bot.conversations.needs.withdrawing import WITHDRAW
from bot.conversations.needs.wording import need_name
from bot.conversations.protocol import (
    Conversation,
    Example,
    Pressed,
    Replies,
    Shortcut,
    Turn,
)
from bot.conversations.saving_report import say
from bot.conversations.spoken_verbs import NUMBER, first_word, verb_in
from bot.conversations.steps import NotNow
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, bold, bullets, press, quiet, text
from bot.language import _
from bot.needs.need import TEXT_LENGTH, Need
from bot.needs.reading import need_by_id
from bot.needs.rights import municipalities_of, takes_part

_A_SENTENCE = 3
"""Words after a number that may be a need, and not a slip about the need of that number."""
_FOR_THE_TARGET = frozenset(("stotta", "angra_stod", "folj", "kommentera", "vidare"))
"""Verbs that, said of a merged need, are meant for the one it is merged into."""


async def answer(turn: Turn) -> Replies:
    """A need by its number and what to do with it; a list; or words that register one."""
    if isinstance(turn.doing, Pressed):
        return await _pressed(turn, turn.doing.press.arguments)
    words = turn.words.strip()
    named, rest = first_word(words)
    if not words or named in ("lista", "list") or (named == "alla" and _only_filters(turn, rest)):
        return await list_needs(turn, rest)
    if named in ("tavla", "board") and not rest:
        return await board(turn, rest)
    if named in ("mina", "mine", "my") and not rest:
        return await my_needs(turn, rest)
    match = NUMBER.match(words)
    if match:
        return await _numbered(turn, match[1], words[match.end() :], words)
    verb = _verb(words)
    if verb is not None and (later := NUMBER.match(verb[1])):
        return await _do(turn, later[1], f"{verb[0]} {verb[1][later.end() :]}")
    return await _register(turn, words)


async def _pressed(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    first, *rest = arguments or ("lista",)
    match first:
        case "tavla":
            return await board(turn, "")
        case "mina":
            return await my_needs(turn, "")
        case "anda":
            return await register_anyway(turn, (*rest, "")[0])
        case "nytt":
            return await register_kept(turn, (*rest, "")[0])
        case _ if first.isdecimal():
            return await _do(turn, first, " ".join(rest))
        case _:
            return await list_needs(turn, "")


def _only_filters(turn: Turn, words: str) -> bool:
    return not read_filter(words, turn.plan, municipalities_of(turn.person, turn.plan)).words


async def _numbered(turn: Turn, number: str, rest: str, words: str) -> Replies:
    """Do what is said about the need; words that begin with a number may be a need themselves."""
    said = len(rest.split()) >= _A_SENTENCE and _verb(rest.strip()) is None
    if not said or not takes_part(turn.person) or len(words) > TEXT_LENGTH:
        return await _do(turn, number, rest)
    if await need_of_line(turn) is not None:
        return await register_line(turn, words)
    need = await asked_need(turn, (number,))
    found = need if isinstance(need, Need) else None
    return (say(turn, number_or_new(words, found, await keep_words(turn, words))),)


async def _register(turn: Turn, words: str) -> Replies:
    """Register what the words say; a word or two that only name a filter are a list."""
    if not takes_part(turn.person):
        return (say(turn, no_part_in_it()),)
    if len(words.split()) <= 2:
        asked = read_filter(words, turn.plan, municipalities_of(turn.person, turn.plan))
        if not asked.words or len(words.split()) == 1:
            return await list_needs(turn, words)
    return await register_line(turn, words)


def _verb(words: str) -> tuple[str, str] | None:
    return verb_in(words, VERBS, ALSO, PHRASES)


async def _do(turn: Turn, number: str, words: str) -> Replies:
    need = await asked_need(turn, (number,))
    if isinstance(need, NotNow):
        return need.replies
    if not words.strip():
        return await VERBS["visa"](turn, need, "")
    verb = _verb(words.strip())
    if verb is None:
        return (here(turn, what_about_it(need)),)
    while need.merged_into is not None and verb[0] in _FOR_THE_TARGET:
        need = await need_by_id(turn.db, need.merged_into) or replace(need, merged_into=None)
    if not takes_part(turn.person) and verb[0] not in ("visa", "historik", "kommentarer"):
        return (say(turn, no_part_in_it()),)
    return await VERBS[verb[0]](turn, need, verb[1])


def number_or_new(words: str, need: Need | None, token: str) -> Card:
    """What is asked of words that begin with a number: the need of that number, or a new one?"""
    said = _("Inget är registrerat än. Ska det här bli ett nytt behov?")
    register = Button(
        label=_("Registrera som nytt"), press=press("behov", "nytt", token), style="primary"
    )
    buttons = (register, show_button(need)) if need is not None else (register,)
    return Card(
        summary=f"{said} {shortened(words, 300)}",
        parts=(text(said), text(bold(shortened(words, 300))), Buttons(buttons=buttons)),
    )


def what_about_it(need: Need) -> Card:
    """What is said when the word after a need's number means nothing here."""
    said = _("Vad vill du göra med {title}?", title=title_of(need))
    name = need_name(need.id)
    ways = bullets(
        _("{name} stötta", name=name),
        _("{name} kommentera och din kommentar", name=name),
        _("{name} historik", name=name),
        _("{name} vidare", name=name),
    )
    support = Button(label=_("Stötta"), press=press("behov", need.id, "stotta"))
    return Card(
        summary=said,
        parts=(
            text(said),
            quiet(_("Skriv till exempel:")),
            ways,
            Buttons(buttons=(show_button(need), support)),
        ),
    )


NEEDS = Conversation(
    name="behov",
    says=lambda: _("Registrera och följ gemensamma behov"),
    answer=answer,
    synonyms=("need", "needs", "behoven"),
    examples=lambda: (
        Example(
            words=_("behov Vi behöver gemensam upphandling av laddstolpar"),
            answer=_("Registrerat"),
            meaning=_("registrerar ett behov och säger vad som händer sedan"),
        ),
        Example(words=_("behov lista"), answer=_("behov"), meaning=_("listar behoven")),
        Example(words=_("behov tavla"), answer=_("behov"), meaning=_("visar hur många som är var")),
    ),
    at_home=needs_at_home,
    forms=(
        FLOW,
        COMMENT,
        WITHDRAW,
        MERGE,
        SPLIT,
        STEP,
        TAKE_BACK,
        PREPARER,
        NOTE,
        MATERIAL,
        ACTIVITY,
        AREA,
    ),
    command=True,
    shortcuts=(
        Shortcut(FLOW.name, lambda: _("Registrera behov")),
        Shortcut(FLOW.name, lambda: _("Registrera som behov"), of_message=True),
    ),
)

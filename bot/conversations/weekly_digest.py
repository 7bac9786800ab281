"""`veckobrev`: the latest one read again, and for those who lead it all that can be chosen."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.clock import in_stockholm
from bot.conversations.digests.leading import ask_to_send, pause, preview, resume, send, set_pause
from bot.conversations.digests.pages import PREVIEW, home_card, none_yet, page_card
from bot.conversations.digests.refused import (
    NAME,
    for_others,
    no_such_digest,
    which_network,
)
from bot.conversations.digests.rhythm import read_rhythm, set_rhythm, show_rhythm
from bot.conversations.digests.sections_form import (
    ChooseSections,
    put_sections_back,
    show_sections,
)
from bot.conversations.digests.whose import find_reader, may_read, own_readers, usual_reader
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Card
from bot.digests.choosing import choice_of
from bot.digests.period import Audience, Reader
from bot.digests.publish import latest_digest, sent_digest
from bot.finding import Found, Nothing, Several, plain
from bot.language import _

_LATEST = {"senaste", "sista", "latest", "till", "for", "las"}

Does = Callable[[Turn, Reader, Sequence[str]], Awaitable[Replies]]
"""What one verb does with a reader's digest, and with the rest of a press."""

VERBS: Mapping[str, Does] = {
    "visa": preview,
    "skicka": ask_to_send,
    "skicka_nu": send,
    "pausa": pause,
    "pausa_till": set_pause,
    "fortsatt": resume,
    "avsnitt": show_sections,
    "avsnitt_var": put_sections_back,
    "takt": show_rhythm,
    "takt_ny": set_rhythm,
}
SPOKEN = {
    **{"visa": "visa", "forhandsvisa": "visa", "preview": "visa", "show": "visa"},
    **{"skicka": "skicka", "send": "skicka"},
    **{"pausa": "pausa", "paus": "pausa", "pause": "pausa"},
    **{"fortsatt": "fortsatt", "ateruppta": "fortsatt", "resume": "fortsatt"},
    **{"avsnitt": "avsnitt", "avsnitten": "avsnitt", "sections": "avsnitt"},
    **{"takt": "takt", "rytm": "takt", "rhythm": "takt"},
}


async def answer(turn: Turn) -> Replies:
    """The latest digest of the person's own, or what words or a press ask for."""
    if isinstance(turn.doing, Pressed):
        return await _pressed(turn, turn.doing.press.arguments)
    words = turn.words.split()
    at = next((n for n, word in enumerate(words) if plain(word) in SPOKEN), None)
    if at is not None:
        return await _led(turn, SPOKEN[plain(words[at])], " ".join(words[:at] + words[at + 1 :]))
    named, rhythm = read_rhythm(turn.words)
    if rhythm is not None:
        return await _with_reader(turn, "takt_ny", named, (rhythm,))
    asked = [word for word in words if plain(word) not in _LATEST]
    if not asked:
        return await _latest(turn, own_readers(turn.person))
    match find_reader(" ".join(asked), turn.plan, turn.person):
        case Found(one=reader) if may_read(turn.person, reader):
            return await _latest(turn, (reader,))
        case Found():
            return (here(turn, for_others()),)
        case Several(these=several):
            card = which_network(turn.words, several, "las", turn.plan)
            return (here(turn, card),)
        case Nothing():
            return (here(turn, no_such_digest(turn.words, help_lines())),)


async def _led(turn: Turn, verb: str, rest: str) -> Replies:
    """`pausa styrgruppen till 12 aug`: the reader first, then what the verb wants of it."""
    if verb != "pausa":
        return await _with_reader(turn, verb, rest, ())
    named, until = _divided(rest)
    return await _with_reader(turn, verb, named, (until,))


def _divided(words: str) -> tuple[str, str]:
    """The reader's words and those of the day, parted by `till`."""
    said = words.split()
    at = next((n for n, word in enumerate(said) if plain(word) in ("till", "until", "to")), None)
    if at is None:
        return words, ""
    return " ".join(said[:at]), " ".join(said[at + 1 :])


async def _with_reader(turn: Turn, verb: str, named: str, rest: Sequence[str]) -> Replies:
    said = " ".join(word for word in named.split() if plain(word) not in ("nu", "now", "till"))
    if not said:
        return await VERBS[verb](turn, await usual_reader(turn), rest)
    match find_reader(said, turn.plan, turn.person):
        case Found(one=reader):
            return await VERBS[verb](turn, reader, rest)
        case Several(these=several):
            shown = "takt" if verb == "takt_ny" else verb
            return (here(turn, which_network(said, several, shown, turn.plan)),)
        case Nothing():
            return (here(turn, no_such_digest(turn.words, help_lines())),)


async def _latest(turn: Turn, readers: Sequence[Reader]) -> Replies:
    sent = [await latest_digest(turn.db, each) for each in readers]
    found = [each for each in sent if each is not None]
    if not found:
        return (here(turn, none_yet()),)
    first, *others = found
    until = (await choice_of(turn.db, first.reader)).paused_until
    resting = until if until is not None and until > in_stockholm(turn.now).date() else None
    card = page_card(first.reader, first.period, first.cards, 1, others, resting)
    return (here(turn, card),)


async def _pressed(turn: Turn, arguments: Sequence[str]) -> Replies:
    """`sida|manager|2026-W48|2`: authorised anew, since it comes back from the client."""
    verb, key = (*arguments, "", "")[:2]
    rest = list(arguments[2:])
    reader = Reader.read(key)
    if verb in VERBS and reader is not None:
        return await VERBS[verb](turn, reader, rest)
    if reader is None or not may_read(turn.person, reader):
        return await _latest(turn, own_readers(turn.person))
    period, page = (*rest, "", "")[:2]
    if period == PREVIEW:
        return await preview(turn, reader, (page,))
    cards = await sent_digest(turn.db, reader, period) if verb == "sida" else None
    if cards is None:
        return await _latest(turn, (reader,))
    number = int(page) if page.isdecimal() and len(page) < 4 else 1
    return (here(turn, page_card(reader, period, cards, min(max(number, 1), len(cards)))),)


async def at_home(turn: Turn) -> tuple[Card, ...]:
    """When the latest ones came, and their first lines; those of networks stand in channels."""
    mine = [each for each in own_readers(turn.person) if each.audience is not Audience.NETWORK]
    sent = [await latest_digest(turn.db, each) for each in mine]
    return tuple(home_card(each) for each in sent if each is not None)


def _examples() -> tuple[Example, ...]:
    return (
        Example(
            words=_("veckobrev"),
            answer=_("brev"),
            meaning=_("visar det senaste veckobrevet, en sida i taget"),
        ),
    )


def help_lines() -> tuple[tuple[str, str], ...]:
    """What those write who lead a digest; without a name it is the one nearest to them."""
    return (
        (_("veckobrev styrgruppen"), _("visar styrgruppens senaste")),
        (_("veckobrev visa"), _("visar hur det skulle se ut nu, utan att skicka")),
        (_("veckobrev skicka nu"), _("skickar nästa nu, eller ett extra, när du har bekräftat")),
        (_("veckobrev pausa till 12 aug"), _("låter det vila till dess")),
        (_("veckobrev fortsätt"), _("avslutar pausen")),
        (_("veckobrev avsnitt"), _("väljer vad som står i det, och i vilken ordning")),
        (_("veckobrev nätverket Energi varje vecka"), _("ger nätverkets kanal ett eget")),
        (_("veckobrev takt Energi"), _("visar hur ofta nätverket får ett, med fler val")),
    )


WEEKLY_DIGEST = Conversation(
    name=NAME,
    says=lambda: _("Läs det senaste veckobrevet"),
    answer=answer,
    synonyms=("veckobrevet", "veckobreven", "brev", "brevet", "digest"),
    examples=_examples,
    help_lines=help_lines,
    at_home=at_home,
    forms=(ChooseSections(),),
)

"""Words about polls that say nothing the bot knows: what can be written, and the words back."""

from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_flow
from bot.conversations.polls.answer_form import FLOW, begun_for
from bot.conversations.polls.buttons import NAME, answer_button, show_button, verb_button
from bot.conversations.polls.wording import short_title, told
from bot.conversations.protocol import Replies, Turn
from bot.conversations.spoken_verbs import first_word
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.language import _
from bot.polls.poll import Kind, Method, Option, Poll, Secrecy
from bot.polls.reading_vote import read_vote

_ABSTAINS = ("avstar", "avsta", "abstain", "abstains")


async def ask_again(turn: Turn, poll: Poll, said: str) -> Replies:
    """Words after a poll's number that are not understood. A municipality that abstains is asked
    in the form what it means, since that is no answer of its own."""
    word, rest = first_word(said)
    if poll.kind is Kind.CO_FINANCING and word in _ABSTAINS:
        typed = {"kind": "", "comment": rest.strip()} if rest.strip() else {"kind": ""}
        asked = {"kind": _("Inget är registrerat. Välj Nej om kommunen inte ska bidra.")}
        return await open_flow(turn, FLOW, begun_for(poll, None), typed=typed, problems=asked)
    return (here(turn, not_understood(poll, said, is_open=poll.is_open_at(turn.now))),)


async def help_with(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`hjälp`: what can be written to the poll."""
    return (here(turn, poll_help(poll, is_open=poll.is_open_at(turn.now))),)


def not_understood(poll: Poll, words: str, *, is_open: bool) -> Card:
    """That nothing is recorded, and what the poll takes; the words are given back."""
    said, ways = _nothing_done(words), what_to_write(poll, is_open=is_open)
    return Card(
        summary=told(poll, f"{said} {ways}"),
        parts=(
            text(bold(short_title(poll))),
            *_given_back(said, ways, words),
            Buttons(buttons=_ways(poll, is_open)),
        ),
        tone="warning",
    )


def _nothing_done(words: str) -> str:
    return _("Jag förstår inte ”{words}”. Inget är registrerat.", words=shortened(words, 100))


def _given_back(said: str, ways: str, words: str) -> tuple[Part, ...]:
    return text(said), text(ways), quiet(_("Du skrev: {words}", words=shortened(words, 2_500)))


def poll_help(poll: Poll, *, is_open: bool) -> Card:
    """What can be written to the poll, and the buttons to all else."""
    ways = what_to_write(poll, is_open=is_open)
    more = verb_button(_("Mer att göra"), poll, "hantera")
    return Card(
        title=short_title(poll),
        summary=told(poll, ways),
        parts=(text(ways), Buttons(buttons=(*_ways(poll, is_open), more))),
    )


def _ways(poll: Poll, is_open: bool) -> tuple[Button, ...]:
    show = show_button(poll)
    return (answer_button(poll), show) if is_open else (show,)


def what_to_write(poll: Poll, *, is_open: bool) -> str:
    """Examples of what the poll takes as it is now."""
    if not is_open:
        return _("Skriv till exempel rosta {n} visa eller rosta {n} historik.", n=poll.id)
    if poll.kind is Kind.CO_FINANCING:
        return _(
            "Skriv till exempel rosta {n} ja, rosta {n} ja 25 000, rosta {n} nej eller rosta {n} "
            "politiskt beslut den 15 maj.",
            n=poll.id,
        )
    votes = () if poll.secrecy is Secrecy.ALWAYS else _votes(poll)
    if not votes:
        return _("Svara i formuläret, eller skriv rosta {n} visa.", n=poll.id)
    if len(votes) == 1:
        return _("Skriv till exempel rosta {n} {vote}.", n=poll.id, vote=votes[0])
    return _(
        "Skriv till exempel rosta {n} {vote} eller rosta {n} {other}.",
        n=poll.id,
        vote=votes[0],
        other=votes[1],
    )


def _votes(poll: Poll) -> tuple[str, ...]:
    """One or two votes that the poll reads, with the options' own names where those are read."""
    names = [_written(poll, each) for each in poll.options[:2]]
    match poll.method:
        case Method.CHOICE:
            return tuple(names)
        case Method.POINTS | Method.SCORE:
            few = poll.points is not None and poll.points < 5
            points = zip(names, ("1",) if few else ("3", "2"), strict=False)
            return (", ".join(f"{name} {value}" for name, value in points),) if names else ()
        case Method.DATES:
            said = zip(names, (_("ja"), _("kanske")), strict=False)
            return (", ".join(f"{name} {word}" for name, word in said),) if names else ()
        case Method.BUDGET:
            return tuple(names[:1])
        case _:
            return (", ".join(names),) if names else ()


def _written(poll: Poll, option: Option) -> str:
    """The name, or the number where the name is long or is read as something else."""
    valued = {Method.POINTS: " 3", Method.SCORE: " 3", Method.DATES: " ja"}.get(poll.method, "")
    read = read_vote(poll, option.label + valued)
    named = read is not None and list(read) == [option.id]
    return option.label if named and len(option.label) <= 60 else str(option.position)


def nothing_listed(words: str) -> Card:
    """The same of words that are neither a poll's number, nor some polls, nor a question."""
    said = _nothing_done(words)
    ways = _(
        "Svara med omröstningens nummer: rosta 7 ja. Se omröstningar: rosta öppna, rosta stängda, "
        "rosta mina. Ställ en snabbfråga inom citattecken: rosta ”Vem tar anteckningar?” Hjo, Tibro"
    )
    every = Button(label=_("Visa alla omröstningar"), press=press(NAME, "lista"))
    ask = Button(label=_("Snabbfråga"), press=press("formular", "omrostning_fraga"))
    return Card(
        summary=f"{said} {ways}",
        parts=(*_given_back(said, ways, words), Buttons(buttons=(every, ask))),
        tone="warning",
    )

"""`rosta`: answer, start and follow polls about money, priorities, quick questions and dates."""

from bot.conversations.calling import read_line
from bot.conversations.polls.answer_form import FLOW as ANSWER
from bot.conversations.polls.answering import answer_by_words
from bot.conversations.polls.at_home import polls_at_home
from bot.conversations.polls.ballot_answering import vote_by_words
from bot.conversations.polls.ballot_form import FLOW as BALLOT
from bot.conversations.polls.ballot_form import answer_ballot
from bot.conversations.polls.change_form import PROPOSAL, WORDS
from bot.conversations.polls.copying import FLOW as TEMPLATE
from bot.conversations.polls.copying import list_templates, take_template_away, use_template
from bot.conversations.polls.decision_form import FLOW as DECISION
from bot.conversations.polls.help_lines import help_lines
from bot.conversations.polls.listing import list_polls
from bot.conversations.polls.naming import asked_poll
from bot.conversations.polls.not_understood import ask_again
from bot.conversations.polls.option_form import FLOW as OPTION
from bot.conversations.polls.priority_form import FLOW as PRIORITY
from bot.conversations.polls.question_form import DATES, QUESTION
from bot.conversations.polls.question_starting import ask_dates, ask_question, mark_of
from bot.conversations.polls.recording import FLOW as RECORD
from bot.conversations.polls.running import CANCEL, EXTEND, NUDGE, REOPEN
from bot.conversations.polls.start_form import FLOW as START
from bot.conversations.polls.starting import new_poll
from bot.conversations.polls.verbs import ALSO, PHRASES, VERBS
from bot.conversations.polls.what_if import FLOW as WHAT_IF
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn, Words
from bot.conversations.spoken_verbs import NUMBER, first_word, verb_in
from bot.conversations.steps import NotNow
from bot.finding import read_number
from bot.language import _
from bot.people import BodyId
from bot.polls.poll import Kind, Poll, Secrecy
from bot.polls.reading import poll_by_number
from bot.polls.reading_answer import read_answer
from bot.polls.reading_question import is_question
from bot.polls.reading_vote import read_vote
from storage.queries.turns import recent_words

_DATES = ("datum", "tid", "tider", "dates")
_TEMPLATES = {
    "mallar": list_templates,
    "mall": use_template,
    "mall_bort": take_template_away,
}
_ASKS = ("fraga_till", "datum_till")
_LATELY = 50
"""Lines back that a button is looked for among what a person has typed."""
_LISTS = ("lista", "list", "alla", "mina", "oppna", "stangda")


async def answer(turn: Turn) -> Replies:
    """A poll by its number and what to do with it; a list; or words that begin a new one."""
    if isinstance(turn.doing, Pressed):
        first, *rest = turn.doing.press.arguments or ("lista",)
        if first.isdecimal():
            return await _do(turn, first, " ".join(rest))
        if first in _ASKS:
            body, mark = (*rest, "", "")[:2]
            return await _ask(turn, await _line(turn, mark), BodyId(read_number(body)))
        if first in _TEMPLATES:
            return await _TEMPLATES[first](turn, (*rest, "")[0])
        return await list_polls(turn, "")
    words = turn.words.strip()
    known, rest = first_word(words)
    if known in ("ny", "new", "starta"):
        return await new_poll(turn, rest.strip())
    if known in ("mallar", "mall", "templates"):
        return await list_templates(turn, rest)
    if not words or known in _LISTS:
        return await list_polls(turn, words if known not in ("lista", "list", "alla") else rest)
    match = NUMBER.match(words)
    # With a question mark in it, it may be said to a poll, or be a question that begins so.
    if match and (not is_question(words) or await poll_by_number(turn.db, read_number(match[1]))):
        return await _do(turn, match[1], words[match.end() :])
    if known in _DATES or is_question(words):
        return await _ask(turn, words)
    verb = _verb(words)
    if verb is not None and (later := NUMBER.match(verb[1])):
        return await _do(turn, later[1], f"{verb[0]} {verb[1][later.end() :]}")
    return await list_polls(turn, words)


async def _line(turn: Turn, mark: str) -> str:
    """The line with that mark, which the person typed lately; nothing when it is not there."""
    for words in await recent_words(turn.db, turn.person.id, _LATELY):
        line = read_line(words).rest.strip()
        if mark_of(_without_dates(line)) == mark:
            return line
    return ""


def _without_dates(line: str) -> str:
    known, rest = first_word(line)
    return rest.strip() if known in _DATES else line


async def _ask(turn: Turn, words: str, body: BodyId | None = None) -> Replies:
    """A quick question, or one of dates when the words begin so."""
    known, rest = first_word(words)
    if known in _DATES:
        return await ask_dates(turn, rest.strip(), body)
    return await ask_question(turn, words, body)


def _verb(words: str) -> tuple[str, str] | None:
    return verb_in(words, VERBS, ALSO, PHRASES)


async def _do(turn: Turn, number: str, words: str) -> Replies:
    poll = await asked_poll(turn, (number,))
    if isinstance(poll, NotNow):
        return poll.replies
    if not words.strip():
        return await VERBS["visa"](turn, poll, "")
    said = words.strip()
    if poll.kind is Kind.CO_FINANCING and read_answer(said, turn.now) is not None:
        return await answer_by_words(turn, poll, said)
    verb = _verb(said)
    if _may_be_secret(turn, poll, said, verb):
        turn.hushed = True
        if verb is None or read_vote(poll, said) is not None:
            return await answer_ballot(turn, poll, said)
    if verb is None:
        voted = await vote_by_words(turn, poll, said)
        if voted is None and isinstance(turn.doing, Pressed):
            return await VERBS["visa"](turn, poll, "")
        return voted if voted is not None else await ask_again(turn, poll, said)
    return await VERBS[verb[0]](turn, poll, verb[1])


def _may_be_secret(turn: Turn, poll: Poll, said: str, verb: tuple[str, str] | None) -> bool:
    """Whether what was typed may tell a vote that is to stay secret: more than a verb alone."""
    if poll.secrecy is not Secrecy.ALWAYS or not isinstance(turn.doing, Words):
        return False
    return verb is None or bool(verb[1].strip()) or read_vote(poll, said) is not None


POLLS = Conversation(
    name="rosta",
    says=lambda: _("Rösta, svara om medfinansiering och starta omröstningar"),
    answer=answer,
    synonyms=("rösta", "röst", "omröstning", "omröstningar", "poll", "polls", "vote"),
    examples=lambda: (
        Example(
            words=_("rosta lista"),
            answer=_("omröstning"),
            meaning=_("visar omröstningarna, de öppna överst"),
        ),
        Example(
            words=_("rosta ”Vem tar anteckningar?” Hjo, Tibro"),
            answer=_("Frågan är ställd till"),
            meaning=_("ställer en snabbfråga till ditt nätverk"),
        ),
    ),
    help_lines=help_lines,
    at_home=polls_at_home,
    forms=(
        START,
        PRIORITY,
        ANSWER,
        RECORD,
        BALLOT,
        OPTION,
        QUESTION,
        DATES,
        WHAT_IF,
        PROPOSAL,
        WORDS,
        NUDGE,
        EXTEND,
        REOPEN,
        CANCEL,
        DECISION,
        TEMPLATE,
    ),
    command=True,
)

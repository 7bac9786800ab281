"""`uppdrag`: ask for work, answer, do it, and see who does what."""

from bot.conversations.assignments.answering import DECLINE, HAND_OVER, PRIORITY
from bot.conversations.assignments.asking_form import ASK, may_begin, may_not_ask, open_with
from bot.conversations.assignments.deciding import ANOTHER_DAY, REFUSE, REFUSE_DAY
from bot.conversations.assignments.doing import DONE, HOURS, PROGRESS, REOPEN
from bot.conversations.assignments.hours import show_hours
from bot.conversations.assignments.listing import list_assignments, of_municipality
from bot.conversations.assignments.mending import ASK_AGAIN, EDIT, WITHDRAW
from bot.conversations.assignments.my_assignments import assignments_at_home, show_mine
from bot.conversations.assignments.naming import asked_assignment
from bot.conversations.assignments.showing import what_about_it
from bot.conversations.assignments.verbs import ALSO, PHRASES, VERBS
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.spoken_verbs import NUMBER, first_word, verb_in
from bot.conversations.steps import NotNow
from bot.conversations.understanding import here
from bot.language import _

_LISTS = {
    "mina": show_mine,
    "mine": show_mine,
    "my": show_mine,
    "lista": list_assignments,
    "list": list_assignments,
    "alla": list_assignments,
    "kommun": of_municipality,
    "municipality": of_municipality,
    "timmar": show_hours,
    "hours": show_hours,
}


async def answer(turn: Turn) -> Replies:
    """An assignment by its number and what to do with it; a list; or words that begin a new one."""
    if isinstance(turn.doing, Pressed):
        first, *rest = turn.doing.press.arguments or ("mina",)
        if first.isdecimal():
            return await _do(turn, first, " ".join(rest))
        return await _LISTS.get(first, show_mine)(turn, "")
    words = turn.words.strip()
    known, rest = first_word(words)
    if not words:
        return await show_mine(turn, "")
    if known in _LISTS and (not rest or known not in ("mina", "mine", "my")):
        return await _LISTS[known](turn, rest.strip())
    match = NUMBER.match(words)
    if match:
        return await _do(turn, match[1], words[match.end() :])
    verb = _verb(words)
    if verb is not None and (later := NUMBER.match(verb[1])):
        return await _do(turn, later[1], f"{verb[0]} {verb[1][later.end() :]}")
    if not may_begin(turn):
        return (say(turn, may_not_ask()),)
    return await open_with(turn, words)


def _verb(words: str) -> tuple[str, str] | None:
    return verb_in(words, VERBS, ALSO, PHRASES)


async def _do(turn: Turn, number: str, words: str) -> Replies:
    assignment = await asked_assignment(turn, (number,))
    if isinstance(assignment, NotNow):
        return assignment.replies
    if not words.strip():
        return await VERBS["visa"](turn, assignment, "")
    verb = _verb(words.strip())
    if verb is None:
        return (here(turn, what_about_it(assignment)),)
    return await VERBS[verb[0]](turn, assignment, verb[1])


ASSIGNMENTS = Conversation(
    name="uppdrag",
    says=lambda: _("Ge, ta emot och följ uppdrag"),
    answer=answer,
    synonyms=("assignment", "assignments", "uppdragen"),
    examples=lambda: (
        Example(
            words=_("uppdrag"),
            answer=_("uppdrag"),
            meaning=_("visar vad som väntar på dig och vad du har tagit"),
        ),
        Example(
            words=_("uppdrag kommun Hjo"),
            answer=_("uppdrag"),
            meaning=_("visar vad som görs i en kommun"),
        ),
        Example(
            words=_("uppdrag timmar"),
            answer=_("timmar"),
            meaning=_("visar lovad och använd tid per kommun och aktivitet"),
        ),
    ),
    at_home=assignments_at_home,
    forms=(
        ASK,
        EDIT,
        ASK_AGAIN,
        WITHDRAW,
        DECLINE,
        HAND_OVER,
        PRIORITY,
        REFUSE,
        ANOTHER_DAY,
        REFUSE_DAY,
        PROGRESS,
        DONE,
        HOURS,
        REOPEN,
    ),
    command=True,
)

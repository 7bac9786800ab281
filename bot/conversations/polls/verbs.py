"""What can be done with a poll, by the word that does it."""

from collections.abc import Awaitable, Callable, Mapping

from bot.conversations.polls.answering import answer_as_suggested, answer_money, confirm
from bot.conversations.polls.answers_shown import show_answers
from bot.conversations.polls.ballot_answering import choose
from bot.conversations.polls.ballot_form import answer_ballot
from bot.conversations.polls.change_form import change, names_part
from bot.conversations.polls.copying import copy, keep_as_template
from bot.conversations.polls.date_chosen import choose_date
from bot.conversations.polls.decision_form import accept_later, decide
from bot.conversations.polls.not_understood import help_with
from bot.conversations.polls.option_form import add_option
from bot.conversations.polls.outcome_card import show_outcome
from bot.conversations.polls.poll_history import show_history
from bot.conversations.polls.recording import record_for
from bot.conversations.polls.running import cancel, close, extend, nudge, reopen
from bot.conversations.polls.showing import manage, show
from bot.conversations.polls.starting import make_formal
from bot.conversations.polls.what_if import show_scenarios, suppose
from bot.conversations.protocol import Replies, Turn, Words
from bot.polls.poll import Kind, Poll
from bot.polls.rights import runs

Verb = Callable[[Turn, Poll, str], Awaitable[Replies]]


async def _answer(turn: Turn, poll: Poll, rest: str) -> Replies:
    answers = answer_money if poll.kind is Kind.CO_FINANCING else answer_ballot
    return await answers(turn, poll, rest)


async def _change(turn: Turn, poll: Poll, rest: str) -> Replies:
    """What whoever may not run the poll types of changing is their own answer, while it can be."""
    theirs = isinstance(turn.doing, Words) and not runs(turn.person, poll)
    if theirs and poll.is_open_at(turn.now) and not names_part(rest):
        return await _answer(turn, poll, "")
    return await change(turn, poll, rest)


VERBS: Mapping[str, Verb] = {
    "visa": show,
    "hantera": manage,
    "svara": _answer,
    "svara_sa": answer_as_suggested,
    "bekrafta": confirm,
    "svar": show_answers,
    "at": record_for,
    "formell": make_formal,
    "valj": choose,
    "valj_tid": choose_date,
    "lagg_till": add_option,
    "tank_om": suppose,
    "scenarier": show_scenarios,
    "andra": _change,
    "puffa": nudge,
    "forlang": extend,
    "stang": close,
    "oppna_igen": reopen,
    "stall_in": cancel,
    "utfall": show_outcome,
    "beslut": decide,
    "skriv_in": accept_later,
    "historik": show_history,
    "kopiera": copy,
    "spara_mall": keep_as_template,
    "hjalp": help_with,
}
"""Buttons carry these words, so they stay."""

ALSO: Mapping[str, str] = {
    "show": "visa",
    "manage": "hantera",
    "rosta": "svara",
    "answer": "svara",
    "rost": "svara",
    "answers": "svar",
    "confirm": "bekrafta",
    "for": "at",
    "registrera": "at",
    "om": "tank_om",
    "what": "tank_om",
    "nudge": "puffa",
    "paminn": "puffa",
    "forlanga": "forlang",
    "extend": "forlang",
    "close": "stang",
    "stanga": "stang",
    "cancel": "stall_in",
    "resultat": "utfall",
    "outcome": "utfall",
    "result": "utfall",
    "decision": "beslut",
    "besluta": "beslut",
    "history": "historik",
    "copy": "kopiera",
    "redigera": "andra",
    "edit": "andra",
    "scenario": "scenarier",
    "help": "hjalp",
    "mall": "spara_mall",
    "template": "spara_mall",
    "formal": "formell",
}
"""Other words that people type for them."""

PHRASES: Mapping[str, str] = {
    "tank om": "tank_om",
    "oppna igen": "oppna_igen",
    "stall in": "stall_in",
    "spara som mall": "spara_mall",
    "spara mall": "spara_mall",
    "som mall": "spara_mall",
    "save as template": "spara_mall",
    "gor formell": "formell",
    "make formal": "formell",
    "skriv in": "skriv_in",
    "lagg till": "lagg_till",
    "valj tid": "valj_tid",
}
"""Verbs that people write in two words."""

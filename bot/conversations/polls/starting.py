"""`rosta ny`: which poll to start, and what it is about."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_flow
from bot.conversations.polls.priority_form import FLOW as PRIORITY
from bot.conversations.polls.question_form import DATES, QUESTION
from bot.conversations.polls.start_form import FLOW
from bot.conversations.protocol import Replies, Turn
from bot.conversations.report_status import no_such
from bot.conversations.saving_report import say
from bot.conversations.spoken_verbs import NUMBER, first_word
from bot.conversations.steps import FormFlow
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.finding import Found, Nothing, Several, find_activity
from bot.language import _
from bot.plan import Activity
from bot.polls.poll import Poll

_PRIORITY = ("prioritering", "prio", "prioritera", "priority")
_MONEY = ("medfinansiering", "avstamning", "samfinansiering")
_QUESTION = ("fraga", "snabbfraga", "question")
_DATES = ("datum", "datumfraga", "tid", "tider", "dates")
_ABOUT_NEED = ("behov", "need")
_FORMS: Mapping[str, FormFlow[Any]] = {
    **dict.fromkeys(_PRIORITY, PRIORITY),
    **dict.fromkeys(_QUESTION, QUESTION),
    **dict.fromkeys(_DATES, DATES),
}


async def new_poll(turn: Turn, rest: str) -> Replies:
    """The form for such a poll: of money, about the activity or need that is named, unless
    another kind is."""
    known, words = first_word(rest)
    if known in _MONEY:
        rest = words.strip()
        known, words = first_word(rest)
    if known in _FORMS:
        return await open_flow(turn, _FORMS[known], ())
    number = NUMBER.match(words)
    if known in _ABOUT_NEED and number is not None:
        return await open_flow(turn, FLOW, ("behov", number[1]))
    if not rest:
        return await open_flow(turn, FLOW, ())
    match find_activity(turn.plan, rest):
        case Found(activity):
            return await open_flow(turn, FLOW, ("aktivitet", activity.code))
        case Several(these=several):
            return (say(turn, which_activity(several)),)
        case Nothing():
            return (say(turn, no_such(rest, "")),)


def which_activity(several: Sequence[Activity]) -> Card:
    """A list to choose from when several activities fit the words."""
    said = _("Flera aktiviteter passar. Vilken menar du?")
    found = [(each.code, each.name) for each in several[:10]]
    rows = [
        Buttons(
            buttons=(
                Button(
                    label=shortened(name, 75),
                    press=press("formular", FLOW.name, "aktivitet", code),
                ),
            )
        )
        for code, name in found
    ]
    names = shortened(", ".join(name for _code, name in found), 1_000)
    return Card(summary=f"{said} {names}", parts=(text(said), *rows))


async def make_formal(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`formell`: the form with what the sounding says."""
    return await open_flow(turn, FLOW, ("formell", str(poll.id)))

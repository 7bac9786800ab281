"""The activity that a turn is about, named by a press or by words; or what is said instead."""

from dataclasses import dataclass

from bot.conversations.calling import to_write
from bot.conversations.protocol import Pressed, Replies, Turn
from bot.conversations.report_status import no_such, which
from bot.conversations.saving_report import say
from bot.conversations.views import Buttons, Card, text
from bot.conversations.ways_on import all_activities_button
from bot.finding import Found, Nothing, Several, find_activity
from bot.language import _
from bot.plan import Activity


@dataclass(frozen=True)
class Named:
    """An activity, and the rest of a press's arguments."""

    activity: Activity
    arguments: tuple[str, ...] = ()


def named_activity(turn: Turn, command: str, example: str) -> Named | Replies:
    """The activity that words or a press name, or replies that help to name one.

    `example` is how it could have been written.
    """
    if isinstance(turn.doing, Pressed):
        code, *rest = turn.doing.press.arguments or ("",)
        activity = turn.plan.activities.get(code)
        if activity is not None:
            return Named(activity, tuple(rest))
        return (say(turn, no_such(code, "")),) if code else which_activity(turn, example)
    if not turn.words:
        return which_activity(turn, example)
    match find_activity(turn.plan, turn.words):
        case Found(one=activity):
            return Named(activity)
        case Several(these=several):
            return (say(turn, which(several, "", command)),)
        case Nothing():
            return (say(turn, no_such(turn.words, "")),)


def which_activity(turn: Turn, example: str) -> Replies:
    """How to say which activity is meant, to somebody who named none."""
    command = to_write(example, in_channel=turn.place.kind == "channel")
    return (say(turn, ask_which(command)),)


def ask_which(command: str) -> Card:
    """The same, with the words as they are to be written."""
    said = _("Skriv vilken aktivitet du menar, till exempel: {command}", command=command)
    ways = Buttons(buttons=(all_activities_button(),))
    return Card(summary=said, parts=(text(said), ways))

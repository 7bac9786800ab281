"""Correct a report of one's own: the correction is a new report that names the one it replaces."""

from bot import reporting
from bot.conversations import report_form
from bot.conversations.calling import to_write
from bot.conversations.filling import open_flow
from bot.conversations.forms import Value
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn
from bot.conversations.reading_report import Typed, Unclear, Unknown, read_report_words
from bot.conversations.report_status import no_such, which
from bot.conversations.saving_report import say
from bot.conversations.views import Card, text
from bot.language import _
from bot.reporting import Report
from bot.states import NEEDS_DEVIATION


async def answer(turn: Turn) -> Replies:
    """The form, filled with the report to correct: the one pressed, or one's latest by words."""
    if isinstance(turn.doing, Pressed):
        code, report_id, *_rest = (*turn.doing.press.arguments, "", "")
        if not code:
            return _which_one(turn)
        return await open_flow(turn, report_form.FLOW, (code, "rattar", report_id))
    if not turn.words:
        return _which_one(turn)
    match read_report_words(turn.plan, turn.words):
        case Typed() as typed:
            return await _correct_latest(turn, typed)
        case Unclear(activities=several):
            return (say(turn, which(several, "", "ratta")),)
        case Unknown(words=named, rest=rest):
            return (say(turn, no_such(named, rest)),)


def _which_one(turn: Turn) -> Replies:
    command = to_write(_("rätta KOM-03"), in_channel=turn.place.kind == "channel")
    return (say(turn, correct_which(command)),)


async def _correct_latest(turn: Turn, typed: Typed) -> Replies:
    code = typed.activity.code
    last = await reporting.latest(turn.db, typed.activity)
    if last is None or last.person_id != turn.person.id:
        return (say(turn, nothing_to_correct(code, last)),)
    values: dict[str, Value] = {}
    if typed.status is not None:
        values["status"] = typed.status.value
    if typed.text:
        status = typed.status or last.content.status
        values["deviation" if status in NEEDS_DEVIATION else "situation"] = typed.text
    arguments = (code, "rattar", str(last.id))
    return await open_flow(turn, report_form.FLOW, arguments, typed=values or None)


def correct_which(command: str) -> Card:
    """How to say which activity's report is to be corrected."""
    said = _("Skriv vilken aktivitet du vill rätta, till exempel: {command}", command=command)
    return Card(summary=said, parts=(text(said),))


def nothing_to_correct(code: str, last: Report | None) -> Card:
    """What is said to somebody who did not write the activity's `last` report, if it has any."""
    said = _("Du har ingen egen rapport att rätta på {code}.", code=code)
    if last is not None:
        said += " " + _("Senast rapporterade {name}.", name=last.person_name)
    return Card(summary=said, parts=(text(said),), tone="warning")


def _examples() -> tuple[Example, ...]:
    return (
        Example(
            words=_("rätta KOM-03"),
            answer="KOM-03",
            meaning=_("rättar din senaste rapport om aktiviteten"),
        ),
    )


CORRECT_REPORT = Conversation(
    name="ratta",
    says=lambda: _("Rätta en rapport som du själv har skrivit"),
    answer=answer,
    synonyms=("andra", "korrigera", "correct"),
    examples=_examples,
)

"""A chat line that made a report, changed or taken away: the report is corrected, or stands."""

from bot import reporting
from bot.conversations import report_form
from bot.conversations.activity_card import shortened
from bot.conversations.calling import to_write
from bot.conversations.filling import open_flow
from bot.conversations.forms import Value
from bot.conversations.protocol import Replies, Turn, Words
from bot.conversations.reading_report import Typed
from bot.conversations.saving_report import (
    MOST_CHARACTERS,
    already_corrected,
    save_correction,
    say,
)
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.language import _
from bot.plan import Plan
from bot.reporting import Content, Report
from bot.states import NEEDS_DEVIATION


async def report_of_line(turn: Turn) -> Report | None:
    """The report that the line made before it was changed; None for any other turn."""
    if not isinstance(turn.doing, Words) or turn.doing.edits is None:
        return None
    return await reporting.said_in_turn(turn.db, turn.person, turn.doing.edits)


async def retyped(turn: Turn, typed: Typed, report: Report) -> Replies:
    """Correct the report by the changed line; what is missing is asked for in the form."""
    activity = typed.activity
    if activity.id != report.activity_id:
        again = _("rapport {words}", words=activity.code)
        other = to_write(again, in_channel=turn.place.kind == "channel")
        return (say(turn, stands(turn.plan, report, other=other)),)
    if report.replaced_by is not None:
        return (say(turn, already_corrected(activity)),)
    status = typed.status or report.content.status
    said = typed.text or None
    if (
        len(typed.text) > MOST_CHARACTERS
        or typed.status is None
        or (status in NEEDS_DEVIATION and said is None)
    ):
        values: dict[str, Value] = {"status": status.value}
        if said:
            values["deviation" if status in NEEDS_DEVIATION else "situation"] = said
        arguments = (activity.code, "rattar", str(report.id))
        return await open_flow(turn, report_form.FLOW, arguments, typed=values)
    if status in NEEDS_DEVIATION:
        content = Content(status=status, deviation=said, measure=report.content.measure)
    else:
        content = Content(status=status, situation=said)
    return await save_correction(turn, activity, content, report.id)


async def answer_deleted(turn: Turn, key: str) -> Replies:
    """A line taken away takes no report with it; of any other line nothing is said."""
    report = await reporting.said_in_turn(turn.db, turn.person, key)
    if report is None or report.replaced_by is not None:
        return ()
    return (say(turn, stands(turn.plan, report, deleted=True)),)


def stands(plan: Plan, report: Report, *, other: str = "", deleted: bool = False) -> Card:
    """The word that the record stays, with a way to correct it.

    The line was `deleted`, or else is about something else now; `other` is a report that is to be
    written by itself.
    """
    activity = plan.by_id.get(report.activity_id)
    code = activity.code if activity is not None else ""
    if deleted:
        said = _("Rapporten om {code} finns kvar fast du tog bort raden.", code=code)
    else:
        said = _("Rapporten om {code} finns kvar fast raden nu handlar om annat.", code=code)
    if other:
        said += " " + _("Skriv det nya på en egen rad: {words}", words=shortened(other, 60))
    correct = Button(label=_("Rätta"), press=press("ratta", code, str(report.id)))
    history = Button(label=_("Visa historik"), press=press("historik", code))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(correct, history))))

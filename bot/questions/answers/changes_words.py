"""A change in a table's row: what it is about, what happened, who did it and when."""

from datetime import date, datetime

from bot.clock import in_stockholm
from bot.conversations.needs.wording import capital, need_name, step_told
from bot.digests.wording import long_day, quoted, sentences
from bot.language import _
from bot.needs.stages import Stage
from bot.questions.answers.changes_read import (
    Change,
    Corrected,
    MilestoneChanged,
    NeedStepped,
    StateMoved,
)
from bot.questions.answers.status import latest, reason
from bot.reporting import Report
from bot.states import status_label, status_word

LONGEST = 160
LONGEST_WHY = 300


def change_row(
    one: Change, report: Report | None, today: date, *, why: bool
) -> tuple[str, str, str]:
    """The row of a change. `report`: what was said last of the activity whose state it is."""
    match one:
        case StateMoved():
            return (one.activity.name, _moved(one, report, why=why), _reported(report, today))
        case Corrected():
            return (one.activity.name, _corrected(one), _who(one.by, one.at, today))
        case MilestoneChanged():
            what = _milestone(one, today, why=why)
            return (one.activity.name, what, _who(one.by, one.at, today))
        case NeedStepped():
            name = f"{capital(need_name(one.step.need_id))} {one.title}"
            return (name, _stepped(one, why=why), _who(one.step.person_name, one.step.at, today))


def _who(name: str, at: datetime, today: date) -> str:
    return _("{who}, {day}", who=name, day=long_day(in_stockholm(at).date(), today))


def _reported(report: Report | None, today: date) -> str:
    return "" if report is None else _who(report.person_name, report.reported_at, today)


def _moved(one: StateMoved, report: Report | None, *, why: bool) -> str:
    now = status_label(one.now)
    said = now if one.was is one.now else _("{now}, var {was}", now=now, was=status_word(one.was))
    if report is None:
        return said
    told = reason(report, LONGEST_WHY) if why else latest(report)
    return f"{said}." + sentences(told)


def _corrected(one: Corrected) -> str:
    if one.was is one.now:
        return _("Rättad rapport: läget är {now}", now=status_word(one.now))
    return _(
        "Rättad rapport: läget är {now}, inte {was}",
        now=status_word(one.now),
        was=status_word(one.was),
    )


def _milestone(one: MilestoneChanged, today: date, *, why: bool) -> str:
    because = sentences(quoted(one.reason, LONGEST_WHY if why else LONGEST))
    match one.kind:
        case "reached":
            return _("✅ Milstolpe nådd: {title}", title=one.title)
        case "moved":
            return (
                _(
                    "Milstolpe flyttad från {was} till {now}: {title}.",
                    was=long_day(one.moved_from, today) if one.moved_from else "–",
                    now=long_day(one.moved_to, today) if one.moved_to else "–",
                    title=one.title,
                )
                + because
            )
        case _:
            return _("Milstolpe inte nådd ändå: {title}.", title=one.title) + because


def _stepped(one: NeedStepped, *, why: bool) -> str:
    """What happened; why, when it is asked for or the need was declined by it."""
    step = one.step
    declined = step.kind == "moved" and step.to_stage is Stage.DECLINED
    because = quoted(step.reason, LONGEST_WHY) if why or declined else ""
    undone = _("Det steget är taget tillbaka.") if step.taken_back else ""
    return f"{step_told(step)}." + sentences(because, undone)

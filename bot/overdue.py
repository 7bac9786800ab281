"""Lateness by an activity's own rhythm: pure, so that everybody judges it alike."""

from calendar import monthrange
from datetime import date, timedelta

from bot.plan import Activity, Rhythm
from bot.states import NEVER_LATE, Status


def next_report_due(rhythm: Rhythm, starts_on: date, last_report: date | None) -> date | None:
    """The last day on which the next report is in time; None when none is awaited.

    Counted from the start date or the last report, whichever is later; a month after the 31st is
    the last day of a shorter month.
    """
    since = max(starts_on, last_report) if last_report else starts_on
    match rhythm.kind:
        case "never":
            return None
        case "monthly":
            return _a_month_after(since)
        case _:
            return since + timedelta(weeks=rhythm.weeks)


def late_since(
    activity: Activity, status: Status | None, last_report: date | None, today: date
) -> date | None:
    """The day when the activity's report was due, if that day has passed; None when not late.

    Paused, done and ended activities and those that have not started are never late.
    """
    if status in NEVER_LATE or not activity.runs_on(today):
        return None
    due = next_report_due(activity.rhythm, activity.starts_on, last_report)
    return due if due is not None and due < today else None


def _a_month_after(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))

"""Words that answer a reminder count as the report that it asked for."""

from datetime import timedelta

from bot.clock import in_stockholm
from bot.conversations.protocol import Replies, Turn
from bot.conversations.reading_report import with_state
from bot.conversations.reminders import reminder_told as told
from bot.conversations.report_status import report_typed
from bot.conversations.saving_report import refusal, say, unchanged
from bot.plan import Activity, ActivityId
from storage.queries import reminders as queries
from storage.queries.turns import latest_words

ASKED_DAYS = timedelta(days=3)
"""How long words that are no command are taken for the report that a reminder asked for."""


async def words_as_report(turn: Turn, words: str) -> Replies | None:
    """Words that are no command, as the report that the person's last reminder asked for.

    None when it asked for none, or when a single word says no state: that is hardly a report.
    """
    since = in_stockholm(turn.now).date() - ASKED_DAYS
    asked = await queries.activities_asked_about(turn.db, turn.person.id, since)
    known = [turn.plan.by_id.get(ActivityId(each)) for each in asked]
    activities = [each for each in known if each is not None]
    if not activities:
        return None
    typed = with_state(activities[0], words.split())
    if typed.status is None and not typed.unchanged and len(words.split()) < 2:
        return None
    if len(activities) > 1:
        return (say(turn, told.which_report(words, activities)),)
    return await _said_of(turn, activities[0], words)


async def about_chosen(turn: Turn, code: str) -> Replies:
    """The activity that the words were about, which are the person's latest."""
    activity = turn.plan.activities.get(code)
    words = await latest_words(turn.db, turn.person.id)
    if activity is None or not words:
        return (say(turn, told.gone()),)
    return await _said_of(turn, activity, words)


async def _said_of(turn: Turn, activity: Activity, words: str) -> Replies:
    """The words with the state that they say; without one the activity is as it was."""
    refused = await refusal(turn, activity)
    if refused is not None:
        return refused
    typed = with_state(activity, words.split())
    if typed.status is None and not typed.unchanged:
        again = await unchanged(turn, activity, words)
        if again is not None:
            return again
    return await report_typed(turn, typed)

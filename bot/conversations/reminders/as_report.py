"""Words that answer a reminder count as the report that it asked for."""

from datetime import timedelta
from hashlib import sha256

from bot.clock import in_stockholm
from bot.conversations.calling import read_line
from bot.conversations.protocol import Replies, Turn
from bot.conversations.reading_report import with_state
from bot.conversations.reminders import reminder_told as told
from bot.conversations.report_status import report_typed
from bot.conversations.saving_report import refusal, say, unchanged
from bot.plan import Activity, ActivityId
from storage.queries import reminders as queries
from storage.queries.turns import recent_words

ASKED_DAYS = timedelta(days=3)
"""How long words that are no command are taken for the report that a reminder asked for."""

LATELY = 50
"""Lines of theirs among which those that a button stands for are looked for."""


async def words_as_report(turn: Turn, words: str) -> Replies | None:
    """Words that are no command, as the report that the person's last reminder asked for.

    None when it asked for none, and of words without a state for a single word, which is hardly a
    report, and for a question. What holds a question and more is asked about first.
    """
    since = in_stockholm(turn.now).date() - ASKED_DAYS
    asked = await queries.activities_asked_about(turn.db, turn.person.id, since)
    known = [turn.plan.by_id.get(ActivityId(each)) for each in asked]
    activities = [each for each in known if each is not None]
    if not activities:
        return None
    typed = with_state(activities[0], words.split())
    says_no_state = typed.status is None and not typed.unchanged
    if says_no_state and (len(words.split()) < 2 or words.rstrip(" .!").endswith("?")):
        return None
    if len(activities) > 1:
        return (say(turn, told.which_report(words, mark_of(words), activities)),)
    if says_no_state and "?" in words:
        return (say(turn, told.is_it_a_report(words, mark_of(words), activities[0])),)
    return await _said_of(turn, activities[0], words)


def mark_of(words: str) -> str:
    """What a button carries of the words that it stands for."""
    return sha256(words.encode()).hexdigest()[:16]


async def about_chosen(turn: Turn, code: str, mark: str) -> Replies:
    """The activity that the person's words with that mark were about."""
    activity = turn.plan.activities.get(code)
    lines = await recent_words(turn.db, turn.person.id, LATELY)
    said = (read_line(each).words for each in lines)
    words = next((each for each in said if mark_of(each) == mark), None)
    if activity is None or words is None:
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

"""No reminders of an activity for a while: `påminnelse pausa KOM-03 till 12 aug`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_flow
from bot.conversations.forms import ActivityField, DateField, Value
from bot.conversations.protocol import Replies, Turn
from bot.conversations.reminders import reminder_told as told
from bot.conversations.reminders.put_off import LONGEST, PAUSE, put_off
from bot.conversations.reminders.rests_card import PAUSE_ANY
from bot.conversations.reminders.wording import NAME
from bot.conversations.report_status import no_such
from bot.conversations.saving_report import say
from bot.conversations.spoken_verbs import first_word
from bot.conversations.steps import Answers, Step
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.finding import Found, Nothing, Several, find_activity
from bot.language import _
from bot.plan import Activity
from bot.reading_moments import NotAMoment, read_said
from storage.queries import reminders as queries

_PAUSE = ("pausa", "paus", "pause")
_GO_ON = ("fortsatt", "ateruppta", "vack", "resume", "continue")
_UNTIL = ("till", "tills", "until", "to")


async def answer_pause(turn: Turn) -> Replies | None:
    """What words that begin with pausing or going on ask; None for other words."""
    verb, rest = first_word(turn.words)
    if verb not in (*_PAUSE, *_GO_ON):
        return None
    named, until = _parted(rest)
    if not named and verb in _PAUSE:
        return await open_flow(turn, PAUSE_ONE, ())
    match find_activity(turn.plan, named):
        case Found(one=activity):
            return await (
                _pause(turn, activity, until) if verb in _PAUSE else _go_on(turn, activity)
            )
        case Several(these=several):
            return (say(turn, which_one(several, pauses=verb in _PAUSE)),)
        case Nothing():
            return (say(turn, no_such(named, "")),)


def which_one(several: Sequence[Activity], *, pauses: bool) -> Card:
    """Asks which of those that fit the words is to be paused, or to be heard of again."""
    said = _("Flera aktiviteter passar. Vilken menar du?")
    ways = ("formular", PAUSE.name) if pauses else (NAME, "vakna")
    buttons = tuple(
        Button(label=shortened(each.name, 75), press=press(*ways, key_of(each)))
        for each in several[:10]
    )
    names = shortened(", ".join(each.name for each in several[:10]), 1_000)
    parts = (text(said), Buttons(buttons=buttons[:5], overflow=buttons[5:]))
    return Card(summary=f"{said} {names}", parts=parts)


def _parted(words: str) -> tuple[str, str]:
    """What is named, and the words after the last `till`."""
    said = words.split()
    at = next((n for n in range(len(said) - 1, -1, -1) if said[n].casefold() in _UNTIL), len(said))
    return " ".join(said[:at]), " ".join(said[at + 1 :])


def key_of(activity: Activity) -> str:
    """What a pause of all that concerns the activity is kept under."""
    return f"{told.ACTIVITY}:{activity.id}"


async def _pause(turn: Turn, activity: Activity, words: str) -> Replies:
    """Until the day that is said; without one, or one that cannot be, the form asks for it."""
    today = in_stockholm(turn.now).date()
    try:
        until = read_said(words, turn.now).day if words else None
    except NotAMoment:
        until = None
    if until is None or not today < until <= today + LONGEST:
        return await open_flow(turn, PAUSE, (key_of(activity),))
    return await _paused(turn, activity, until)


async def _paused(turn: Turn, activity: Activity, until: date) -> Replies:
    await put_off(turn, key_of(activity), until)
    today = in_stockholm(turn.now).date()
    return (say(turn, told.rests(activity.name, key_of(activity), until, today)),)


async def _go_on(turn: Turn, activity: Activity) -> Replies:
    await queries.wake(turn.db, turn.person.id, key_of(activity))
    return (say(turn, told.wakes(activity.name)),)


@dataclass(frozen=True)
class PausedFrom:
    """The day today."""

    today: date


class PauseOneForm:
    """`paminnelse_pausa`: which activity, and until when."""

    name = PAUSE_ANY

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> PausedFrom:
        """Nothing but the day."""
        return PausedFrom(in_stockholm(turn.now).date())

    def first_values(self, context: PausedFrom) -> dict[str, Value]:
        """A month."""
        return {"until": (context.today + timedelta(days=PAUSE.days)).isoformat()}

    def steps(self, context: PausedFrom, values: Mapping[str, Value]) -> list[Step]:
        """An activity and a day."""
        fields = (
            ActivityField(name="activity", label=_("Vilken aktivitet?"), required=True),
            DateField(
                name="until",
                label=_("Påminn mig igen"),
                required=True,
                earliest=context.today + timedelta(days=1),
                latest=context.today + LONGEST,
            ),
        )
        return [Step(name="vilken", title=PAUSE.title(), fields=fields, submit=PAUSE.submit())]

    async def save(self, turn: Turn, context: PausedFrom, answers: Answers) -> Replies:
        """Say nothing of the activity before the day."""
        activity = turn.plan.activities.get(answers["activity"])
        if activity is None:
            return (say(turn, told.gone()),)
        return await _paused(turn, activity, answers["until"])


PAUSE_ONE = PauseOneForm()

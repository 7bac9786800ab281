"""Another day for a reminder, or for all that concerns an activity: later, or a pause."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import in_stockholm
from bot.conversations.forms import DateField, Value
from bot.conversations.protocol import Replies, Turn
from bot.conversations.reminders import reminder_told as told
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import text
from bot.finding import read_number
from bot.language import _
from bot.plan import ActivityId
from bot.reminding.naming import named
from storage.queries import reminders as queries

LONGEST = timedelta(days=366)


async def name_of_key(turn: Turn, key: str) -> str | None:
    """What the thing, the activity or everything is called; None for what is no such key."""
    if key == told.EVERYTHING:
        return _("det här")
    word, _colon, number = key.partition(":")
    if word == told.ACTIVITY:
        activity = turn.plan.by_id.get(ActivityId(read_number(number)))
        return activity.name if activity else None
    found = await named(turn.db, turn.plan, key)
    return told.kind_name(found) if found is not None else None


async def keys_of(turn: Turn, key: str) -> list[str]:
    """The key itself; of `allt`, those of all that the last reminder held."""
    if key != told.EVERYTHING:
        return [key]
    return await queries.last_things(turn.db, turn.person.id)


async def put_off(turn: Turn, key: str, until: date) -> None:
    """Say nothing of it before the day."""
    keys = await keys_of(turn, key)
    for each in keys:
        await queries.rest(turn.db, turn.person.id, each, until, turn.now)
    await queries.answered(turn.db, turn.person.id, keys, "later", turn.now)


@dataclass(frozen=True)
class About:
    """What is put off: its key and name, and the day today."""

    key: str
    name: str
    today: date


@dataclass
class PutOffForm:
    """`NAME KEY`: the day when one would hear of it again, `days` from now unless one says."""

    name: str
    title: Callable[[], str]
    submit: Callable[[], str]
    days: int

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """What the key names."""
        key = (*arguments, "")[0]
        name = await name_of_key(turn, key)
        if name is None:
            return NotNow((say(turn, told.gone()),))
        return About(key, name, in_stockholm(turn.now).date())

    def first_values(self, context: About) -> dict[str, Value]:
        """The usual day."""
        return {"until": (context.today + timedelta(days=self.days)).isoformat()}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """A day."""
        until = DateField(
            name="until",
            label=_("Påminn mig igen"),
            required=True,
            earliest=context.today + timedelta(days=1),
            latest=context.today + LONGEST,
        )
        return [
            Step(
                name="dag",
                title=self.title(),
                intro=(text(_about(context)),),
                fields=(until,),
                submit=self.submit(),
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Say nothing of it before that day."""
        await put_off(turn, context.key, answers["until"])
        return (say(turn, told.rests(context.name, context.key, answers["until"], context.today)),)


def _about(context: About) -> str:
    word = context.key.partition(":")[0]
    if word == told.EVERYTHING:
        return _("Det gäller allt i den senaste påminnelsen.")
    if word == told.ACTIVITY:
        return _("Det gäller alla påminnelser om {what}.", what=context.name)
    return _("Det gäller {what}.", what=told.of_kind(context.name, context.key))


LATER = PutOffForm(
    name="paminnelse_senare",
    title=lambda: _("Påminn senare"),
    submit=lambda: _("Spara"),
    days=7,
)
PAUSE = PutOffForm(
    name="paminnelse_paus",
    title=lambda: _("Pausa påminnelser"),
    submit=lambda: _("Pausa"),
    days=30,
)

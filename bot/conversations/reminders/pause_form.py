"""Another day for a reminder, and a pause for all that concerns an activity."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import in_stockholm
from bot.conversations.forms import DateField, Value
from bot.conversations.protocol import Replies, Turn
from bot.conversations.reminders import reminder_told as told
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.language import _
from bot.plan import Activity
from bot.reminding.naming import named
from storage.queries import reminders as queries

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class About:
    """What is put off: its key and name, and the day today."""

    key: str
    name: str
    today: date


async def keys_of(turn: Turn, key: str) -> list[str]:
    """The thing's key; of `allt`, those of all that the last reminder held."""
    if key != told.EVERYTHING:
        return [key]
    return await queries.last_things(turn.db, turn.person.id)


async def put_off(turn: Turn, keys: list[str], until: date) -> None:
    """Say nothing of the things before the day."""
    for key in keys:
        await queries.rest(turn.db, turn.person.id, key, until, turn.now)
    await queries.answered(turn.db, turn.person.id, keys, "later", turn.now)


def _until(today: date, label: str) -> DateField:
    return DateField(
        name="until",
        label=label,
        required=True,
        earliest=today + timedelta(days=1),
        latest=today + LONGEST,
    )


class LaterForm:
    """`paminnelse_senare KEY`: the day when one would hear of it again."""

    name = "paminnelse_senare"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The thing, or all of the last reminder."""
        key, today = (*arguments, "")[0], in_stockholm(turn.now).date()
        if key == told.EVERYTHING:
            return About(key, _("det här"), today)
        found = await named(turn.db, turn.plan, key)
        if found is None:
            return NotNow((say(turn, told.gone()),))
        return About(key, told.kind_name(found), today)

    def first_values(self, context: About) -> dict[str, Value]:
        """In a week."""
        return {"until": (context.today + timedelta(weeks=1)).isoformat()}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """A day."""
        return [
            Step(
                name="dag",
                title=_("Påminn senare"),
                fields=(_until(context.today, _("Påminn mig igen")),),
                submit=_("Spara"),
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Say nothing of it before that day."""
        await put_off(turn, await keys_of(turn, context.key), answers["until"])
        return (say(turn, told.rests(context.name, context.key, answers["until"])),)


@dataclass(frozen=True)
class Paused:
    """The activity, and the day today."""

    activity: Activity
    today: date


class PauseForm:
    """`paminnelse_paus CODE`: no reminders about an activity for a while, for oneself."""

    name = "paminnelse_paus"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Paused | NotNow:
        """The activity."""
        activity = turn.plan.activities.get((*arguments, "")[0])
        if activity is None:
            return NotNow((say(turn, told.gone()),))
        return Paused(activity, in_stockholm(turn.now).date())

    def first_values(self, context: Paused) -> dict[str, Value]:
        """A month."""
        return {"until": (context.today + timedelta(days=30)).isoformat()}

    def steps(self, context: Paused, values: Mapping[str, Value]) -> list[Step]:
        """Until when."""
        return [
            Step(
                name="dag",
                title=_("Pausa påminnelser"),
                fields=(_until(context.today, _("Påminn mig igen")),),
                submit=_("Pausa"),
            )
        ]

    async def save(self, turn: Turn, context: Paused, answers: Answers) -> Replies:
        """Say nothing of the activity before that day."""
        key = f"activity:{context.activity.id}"
        await queries.rest(turn.db, turn.person.id, key, answers["until"], turn.now)
        return (say(turn, told.paused(context.activity, answers["until"])),)

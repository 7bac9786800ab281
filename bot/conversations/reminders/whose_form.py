"""A reminder that came to the wrong person: whose is it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import in_stockholm
from bot.conversations.forms import PersonField, TextField, Value
from bot.conversations.needs.telling import tell_manager
from bot.conversations.protocol import Replies, Turn
from bot.conversations.reminders import reminder_told as told
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.language import _
from bot.reminding.naming import Named, named
from storage.queries import reminders as queries
from storage.queries.people import people_named

MEANWHILE = timedelta(days=14)
"""How long nothing more is said of it to whoever says that it is not theirs."""


@dataclass(frozen=True)
class Wrong:
    """The thing, and what it is called."""

    thing: Named
    name: str


class WhoseForm:
    """`paminnelse_vems KEY`: tells the chef, who can hand it over."""

    name = "paminnelse_vems"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Wrong | NotNow:
        """The thing."""
        found = await named(turn.db, turn.plan, (*arguments, "")[0])
        if found is None:
            return NotNow((say(turn, told.gone()),))
        return Wrong(found, told.kind_name(found))

    def first_values(self, context: Wrong) -> dict[str, Value]:
        """Nobody is chosen."""
        return {}

    def steps(self, context: Wrong, values: Mapping[str, Value]) -> list[Step]:
        """Who should have it, as far as the person knows."""
        return [
            Step(
                name="vems",
                title=_("Inte mitt"),
                fields=(
                    PersonField(
                        name="whose",
                        label=_("Vem borde ha hand om {what}?", what=context.name)[:150],
                        required=True,
                    ),
                    TextField(name="note", label=_("Något mer?"), lines=3, max_length=1_000),
                ),
                submit=_("Skicka till chefen"),
            )
        ]

    async def save(self, turn: Turn, context: Wrong, answers: Answers) -> Replies:
        """Tell the chef, and leave the person in peace meanwhile."""
        who = await people_named(turn.db, [answers["whose"]])
        whose, by = str(who[answers["whose"]]["name"]), turn.person
        key, note, name = context.thing.key, answers["note"], context.name
        until = in_stockholm(turn.now).date() + MEANWHILE
        await queries.rest(turn.db, by.id, key, until, turn.now)
        await queries.answered(turn.db, by.id, [key], "not_mine", turn.now)
        await tell_manager(turn, lambda: told.whose_it_is(by.name, name, whose, note, int(by.id)))
        return (say(turn, told.not_mine_told(name, whose)),)

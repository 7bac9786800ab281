"""A form of one step about an assignment: a reason, hours, a day or a colleague."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.assignments.assignment import Assignment, Part
from bot.assignments.changing import NotPossible, NotYours
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.assignments.naming import asked_assignment
from bot.conversations.assignments.refusals import Whose, not_as_it_is, not_yours
from bot.conversations.assignments.wording import title_of
from bot.conversations.forms import FormField, TextField, Value
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import bold, text
from bot.finding import read_number
from bot.language import _

TEXT_LENGTH = 3_000
"""Of a reason or a note; the database holds the same limit."""
MOST_HOURS = 100_000


@dataclass(frozen=True)
class About:
    """The assignment that a form is about, the part of it if it is about one, and the day."""

    assignment: Assignment
    part: Part | None
    today: date


@dataclass
class SmallForm:
    """One step. Arguments: the assignment's number, and the key of the part if it is about one.

    `judge` raises NotYours or NotPossible for whoever could not send it.
    """

    name: str
    whose: Whose
    title: Callable[[], str]
    submit: Callable[[], str]
    fields: Callable[[About], Sequence[FormField]]
    judge: Callable[[Turn, About], Awaitable[None]]
    act: Callable[[Turn, About, Answers], Awaitable[Replies]]
    first: Callable[[About], dict[str, Value]] = lambda about: {}

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The assignment and the part; refuses whoever could not send it."""
        assignment = await asked_assignment(turn, arguments)
        if isinstance(assignment, NotNow):
            return assignment
        key = (*arguments, "", "")[1]
        part = assignment.part(read_number(key))
        about = About(assignment, part, in_stockholm(turn.now).date())
        try:
            await self.judge(turn, about)
        except NotYours:
            return NotNow(await not_yours(turn, assignment, self.whose, part=part))
        except NotPossible:
            mine = assignment.part_of(turn.person.id)
            return NotNow((say(turn, not_as_it_is(assignment, mine)),))
        return about

    def first_values(self, context: About) -> dict[str, Value]:
        """What is known before."""
        return self.first(context)

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """The one step."""
        return [
            Step(
                name="svar",
                title=self.title(),
                fields=tuple(self.fields(context)),
                submit=self.submit(),
                intro=(text(bold(shortened(title_of(context.assignment), 200))),),
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Do it."""
        return await self.act(turn, context, answers)


def reason_field(label: str, *, required: bool = True) -> TextField:
    """Why, in some words."""
    help = _("Skriv skälet i en mening") if required else _("Frivilligt")
    return TextField(
        name="reason", label=label, help=help, required=required, lines=3, max_length=TEXT_LENGTH
    )

"""A form of one step about an application: a day, an amount, a reason. Words can fill it in."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.applications.application import TEXT_LENGTH, Application, State
from bot.applications.rights import may_change
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.applications.naming import asked_application
from bot.conversations.applications.refusals import no_report_left, not_as_it_is, who_may
from bot.conversations.applications.wording import title_of
from bot.conversations.filling import open_flow
from bot.conversations.forms import DateField, FormField, TextField, Value
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step, judge
from bot.conversations.views import bold, text
from bot.finding import read_number
from bot.language import _


@dataclass(frozen=True)
class About:
    """The application that a form is about, the day, and the step to take back if one is named."""

    application: Application
    today: date
    step_id: int | None = None


@dataclass
class SmallForm:
    """One step of an application's way. Arguments: its number, and a step's key if one is named.

    `kind` is the step that it takes: whoever may not, or when that cannot be, is told so.
    """

    name: str
    kind: str
    title: Callable[[], str]
    submit: Callable[[], str]
    fields: Callable[[About], Sequence[FormField]]
    act: Callable[[Turn, About, Answers], Awaitable[Replies]]
    first: Callable[[About], dict[str, Value]] = lambda about: {}

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The application; refuses whoever could not send it."""
        return await self.about(turn, arguments)

    async def about(
        self, turn: Turn, arguments: tuple[str, ...], words: str | None = None
    ) -> About | NotNow:
        """The same, where `words` that were typed are given back with a refusal."""
        application = await asked_application(turn, arguments)
        if isinstance(application, NotNow):
            return application
        if not may_change(turn.person, application, turn.plan):
            return NotNow((say(turn, who_may(application, turn.plan, words)),))
        if self.kind == "report_sent" and application.state is State.GRANTED:
            if not application.unsent:
                return NotNow((say(turn, no_report_left(application)),))
        elif not application.allows(self.kind):
            return NotNow((say(turn, not_as_it_is(application, words)),))
        step_id = read_number((*arguments, "", "")[1]) or None
        return About(application, in_stockholm(turn.now).date(), step_id)

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
                intro=(text(bold(shortened(title_of(context.application), 200))),),
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Do it."""
        return await self.act(turn, context, answers)


async def do_or_ask(
    turn: Turn, form: SmallForm, arguments: tuple[str, ...], typed: Mapping[str, Value]
) -> Replies:
    """Do what the form does, when the words typed say it all; else ask, with what they said."""
    if not typed:
        return await open_flow(turn, form, arguments)
    words = " ".join(each for each in typed.values() if isinstance(each, str))
    context = await form.about(turn, arguments, words)
    if isinstance(context, NotNow):
        return context.replies
    values = {**form.first_values(context), **typed}
    judged = await judge(turn, form.steps(context, values)[0], values)
    if judged.problems:
        return await open_flow(turn, form, arguments, typed=typed, problems=judged.problems)
    return await form.act(turn, context, judged.answers)


def day_field(label: str, earliest: date | None, today: date) -> DateField:
    """A day that has come, today or earlier."""
    return DateField(name="day", label=label, required=True, earliest=earliest, latest=today)


def reason_field(label: str, *, required: bool = True) -> TextField:
    """Why, in some words."""
    help = _("Skriv skälet i en mening") if required else _("Frivilligt")
    return TextField(
        name="reason", label=label, help=help, required=required, lines=3, max_length=TEXT_LENGTH
    )

"""A form of one step for whoever runs a poll: a reason, a day, words to those who are missing."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import in_stockholm
from bot.conversations.forms import DateField, FormField, TextField, Value
from bot.conversations.polls.naming import asked_poll
from bot.conversations.polls.refusals import Whose, not_as_it_is, not_yours, refused
from bot.conversations.polls.wording import short_title
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step, no_problems
from bot.conversations.views import Part, bold, text
from bot.language import _
from bot.people import Person
from bot.polls.moments import end_of, last_day
from bot.polls.poll import TEXT_LENGTH, Poll, State
from bot.polls.rights import runs


@dataclass(frozen=True)
class About:
    """The poll, the day, and whom a nudge can go to: key to name."""

    poll: Poll
    today: date
    missing: Mapping[str, str]


async def nobody_missing(turn: Turn, poll: Poll) -> Mapping[str, str]:
    """For forms that nudge nobody."""
    return {}


@dataclass
class RunningForm:
    """One step. Argument: the poll's number. Refuses those who may not, and polls that are not in
    one of `states`."""

    name: str
    title: Callable[[], str]
    submit: Callable[[], str]
    fields: Callable[[About], Sequence[FormField]]
    act: Callable[[Turn, About, Answers], Awaitable[Replies]]
    states: tuple[State, ...] = (State.OPEN,)
    intro: Callable[[About], Sequence[Part]] = lambda about: ()
    first: Callable[[About], dict[str, Value]] = lambda about: {}
    may: Callable[[Person, Poll], bool] = runs
    whose: Whose = "runner"
    missing: Callable[[Turn, Poll], Awaitable[Mapping[str, str]]] = nobody_missing
    check: Callable[[Answers], dict[str, str]] = no_problems

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The poll; refuses whoever does not run it."""
        poll = await asked_poll(turn, arguments)
        if isinstance(poll, NotNow):
            return poll
        if not self.may(turn.person, poll):
            return NotNow((say(turn, await not_yours(turn, poll, self.whose)),))
        if poll.state not in self.states:
            return NotNow((say(turn, await not_as_it_is(turn, poll)),))
        today = in_stockholm(turn.now).date()
        missing = await self.missing(turn, poll)
        if self.missing is not nobody_missing and not missing:
            return NotNow((say(turn, refused(poll, _("Alla har svarat."))),))
        return About(poll, today, missing)

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
                intro=(text(bold(short_title(context.poll))), *self.intro(context)),
                check=self.check,
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Do it."""
        return await self.act(turn, context, answers)


def reason_field(label: str) -> TextField:
    """Why, in some words."""
    return TextField(
        name="reason",
        label=label,
        help=_("Skriv skälet i en mening"),
        required=True,
        lines=3,
        max_length=TEXT_LENGTH,
    )


def until_field(context: About, *, later: bool = False) -> DateField:
    """Until when it is open; `later` than it is now."""
    closes_at = context.poll.closes_at
    last = last_day(closes_at)
    after = last if end_of(last) > closes_at else last + timedelta(days=1)
    return DateField(
        name="closes_on",
        label=_("Svara senast"),
        help=_("Till och med den dagen"),
        required=True,
        earliest=max(after, context.today) if later else context.today,
    )
